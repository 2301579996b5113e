"""Proofs of the scripts in a real browser: typing is safe, screens hide, numbers leave, links focus.

The browser's requests are answered in this process, so that a test can take the signal away, sign the
person out, or refuse a draft.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from playwright.sync_api import Browser, Locator, Request, Route, expect, sync_playwright
from playwright.sync_api import Page as Tab

from config.launcher import browser as chromium
from pages import views
from tests.pages.conftest import Officer
from tests.pages.markup import rendered

HOUSE = "http://house.test"
MINUTE = 60_000
FIRST_RETRY = 2_100  # and no more: the scripts give up on a request after 8 seconds of their clock
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
TRUSTED = "; require-trusted-types-for 'script'; trusted-types holdfast"
POLICY = f"default-src 'none'; form-action 'self'{TRUSTED}" + "".join(
    f"; {kind}-src 'self'" for kind in ("script", "style", "img", "connect")
)
GALLERY_FORM = '<form method="get" action="/gallery" novalidate class="app-intake">'


class House:
    """The far end of the browser: pages, styles, and a place for drafts that can misbehave."""

    def __init__(self) -> None:
        self.drafts: list[str] = []
        self.submitted: list[str] = []
        self.stays = 0
        self.draft_answer = HTTPStatus.NO_CONTENT
        self.token = "fresh"
        self.signed_in = True

    def answer(self, route: Route, request: Request) -> None:
        """One answer for one request."""
        address = urlsplit(request.url)
        name = address.path.removeprefix("/static/")
        if address.path.startswith("/static/"):
            content = (settings.STATICFILES_DIRS[0] / name).read_bytes()
            route.fulfill(body=content, content_type=TYPES[name[name.rindex(".") :]])
        elif address.path == "/draft":
            route.fulfill(status=self.take_draft(request))
        elif address.path == "/stay-signed-in":
            self.stays += 1
            route.fulfill(status=HTTPStatus.NO_CONTENT)
        elif not self.signed_in:
            route.fulfill(status=HTTPStatus.FOUND, headers={"Location": "/signin"})
        else:
            if "saved" in parse_qs(address.query):
                self.submitted.append(address.query)
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
            route.fulfill(body=self.page(address.path, address.query), headers=headers)

    def take_draft(self, request: Request) -> HTTPStatus:
        """Keep what was typed, if the token is the one of this sign-in."""
        body = request.post_data or ""
        if not self.signed_in or not re.search(rf"csrfmiddlewaretoken\"\s+{self.token}\s", body):
            return HTTPStatus.FORBIDDEN
        if self.draft_answer is HTTPStatus.NO_CONTENT:
            found = re.search(r'name="what"\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
            self.drafts.append(found.group(1) if found else "")
        return self.draft_answer

    def page(self, path: str, query: str) -> str:
        """The gallery with its form autosaved and a number to reveal."""
        request: HttpRequest = RequestFactory().get(f"{path}?{query}")
        request.user = Officer()  # type: ignore[assignment]
        token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.token}">'
        number = rendered("{% reveal 60 %}<p>01632 960001</p>{% endreveal %}")
        markup = views.gallery(request).content.decode()
        autosaved = GALLERY_FORM.replace(" class", ' data-draft-url="/draft" class')
        assert GALLERY_FORM in markup
        markup = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', token, markup)
        return markup.replace(GALLERY_FORM, f"{number}{autosaved}{token}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = chromium.ensure()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def tab(browser: Browser, house: House) -> Iterator[Tab]:
    """An officer's tab on the gallery; a script error or a breach of the policy fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route("**/*", house.answer)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda said: wrong.append(said.text) if "Content Security" in said.text else None,
    )
    opened.clock.install(time=0)
    opened.clock.pause_at(
        1000
    )  # time goes on only when a test says so, however slow the machine is
    opened.goto(f"{HOUSE}/gallery?errors")
    yield opened
    context.close()
    assert wrong == []


def status(tab: Tab) -> Locator:
    return tab.locator("[data-save-status]")


def test_every_error_link_moves_focus_to_a_control(tab: Tab) -> None:
    links = tab.locator(".govuk-error-summary a")
    assert links.count() > 5
    for position in range(links.count()):
        link = links.nth(position)
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert tab.evaluate("document.activeElement.id") == target
        assert tab.evaluate("document.activeElement.matches('input, select, textarea')")


def test_typing_is_saved_without_a_press_and_nothing_stays_in_the_browser(
    tab: Tab, house: House
) -> None:
    tab.fill("#id_what", "she has no passport")
    tab.clock.run_for(1500)
    expect(status(tab)).to_contain_text("Saved at")
    assert house.drafts == ["she has no passport"]
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0


def test_typing_without_a_signal_is_saved_when_it_is_back(tab: Tab, house: House) -> None:
    tab.context.route("**/draft", lambda route: route.abort())
    tab.fill("#id_what", "in a basement")
    tab.clock.run_for(1500)
    expect(status(tab)).to_contain_text("Not saved yet: no signal")
    tab.context.unroute("**/draft")
    tab.clock.run_for(FIRST_RETRY)
    expect(status(tab)).to_contain_text("Saved at")
    assert house.drafts == ["in a basement"]


def test_typing_survives_a_service_that_fails(tab: Tab, house: House) -> None:
    house.draft_answer = HTTPStatus.INTERNAL_SERVER_ERROR
    tab.fill("#id_what", "kept")
    tab.clock.run_for(1500)
    expect(status(tab)).to_contain_text("the service could not take it")
    house.draft_answer = HTTPStatus.NO_CONTENT
    tab.clock.run_for(FIRST_RETRY)
    expect(status(tab)).to_contain_text("Saved at")
    assert house.drafts == ["kept"]


def test_typing_survives_a_sign_out_and_a_sign_in_in_another_tab(tab: Tab, house: House) -> None:
    house.signed_in = False
    tab.fill("#id_what", "typed while signed out")
    tab.clock.run_for(1500)
    expect(status(tab)).to_contain_text("Sign in again in another tab")
    assert tab.input_value("#id_what") == "typed while signed out"
    house.signed_in, house.token = True, "another"
    tab.clock.run_for(FIRST_RETRY)
    expect(status(tab)).to_contain_text("Saved at")
    assert house.drafts == ["typed while signed out"]


def test_what_one_person_typed_is_never_sent_as_another(
    tab: Tab, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.token = "theirs"
    monkeypatch.setattr(Officer, "pk", 8)
    tab.fill("#id_what", "mine")
    tab.clock.run_for(1500)
    expect(status(tab)).to_contain_text("Sign in again in another tab")
    tab.clock.run_for(FIRST_RETRY)
    expect(status(tab)).to_contain_text("Sign in again in another tab")
    assert house.drafts == []


def test_a_draft_never_stands_in_the_way_of_the_button(tab: Tab, house: House) -> None:
    house.draft_answer = HTTPStatus.INTERNAL_SERVER_ERROR
    tab.locator("form.app-intake").evaluate(
        "form => form.append(Object.assign(document.createElement('input'),"
        " {type: 'hidden', name: 'saved', value: '1'}))"
    )
    tab.fill("#id_what", "sent")
    tab.click("text=Save and continue")
    tab.wait_for_url("**saved=1**")
    assert any("what=sent" in query for query in house.submitted)


def test_hide_screen_blanks_page_and_title_at_once_saves_first_and_comes_back(
    tab: Tab, house: House
) -> None:
    tab.fill("#id_called", "Mai")
    tab.fill("#id_what", "half a sentence")
    title, words = tab.evaluate(
        """() => { document.querySelector('[data-hide-screen]').click()
        return [document.title, document.body.innerText] }"""
    )  # before the browser does anything else
    assert title == "Screen hidden"
    assert "Screen hidden" in words
    assert "HF-4F7K2" not in words
    tab.clock.run_for(100)
    tab.click("text=Show the screen")
    assert "Gallery" in tab.title()
    assert tab.input_value("#id_called") == "Mai"
    assert tab.evaluate("document.activeElement.id") == "id_what"
    expect(status(tab)).to_contain_text("Saved at")
    assert house.drafts == ["half a sentence"]


def test_a_number_leaves_the_page_after_its_minute_and_says_how_long_is_left(tab: Tab) -> None:
    tab.goto(f"{HOUSE}/gallery")
    expect(tab.get_by_text("01632 960001")).to_be_visible()
    tab.clock.run_for(20_000)
    expect(tab.get_by_text("Hidden again in 45 seconds.")).to_be_visible()
    tab.clock.run_for(41_000)
    assert "01632" not in tab.content()
    expect(tab.get_by_text("It is hidden again.")).to_be_visible()


def test_idle_time_is_warned_of_and_a_press_keeps_the_session(tab: Tab, house: House) -> None:
    dialog = tab.locator("dialog[data-idle]")
    tab.clock.run_for(24 * MINUTE)
    assert not dialog.is_visible()
    tab.clock.run_for(2 * MINUTE)
    assert dialog.is_visible()
    assert "Minutes left: 4" in dialog.inner_text()
    tab.click("text=Stay signed in")
    expect(dialog).to_be_hidden()
    assert house.stays == 1


def test_a_session_that_ended_covers_the_page_and_keeps_the_words(tab: Tab) -> None:
    tab.fill("#id_called", "Mai")
    tab.clock.run_for(2000)
    tab.clock.fast_forward(31 * MINUTE)
    tab.clock.run_for(2000)
    expect(tab.get_by_text("You have been signed out because nothing was pressed")).to_be_visible()
    tab.click("text=Show the screen")
    assert tab.input_value("#id_called") == "Mai"


def test_none_of_these_clears_the_others(tab: Tab) -> None:
    tab.check("#id_risks_0")
    tab.check("#id_risks_3")
    assert not tab.is_checked("#id_risks_0")


@pytest.mark.parametrize("theme", ["light", "night"])
def test_no_part_has_an_accessibility_finding_or_scrolls_sideways(
    browser: Browser, house: House, theme: str
) -> None:
    context = browser.new_context()
    context.route("**/*", house.answer)
    opened = context.new_page()
    opened.goto(f"{HOUSE}/gallery?errors")
    opened.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for width in (1280, 390, 320):
        opened.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(opened)
        assert found.violations_count == 0, found.generate_report()
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_targets_in_an_intake_form_are_big_enough_for_gloves(tab: Tab) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    small = tab.evaluate(
        """() => [...document.querySelectorAll(
        '.app-intake .govuk-input, .app-intake .govuk-select, .app-intake .govuk-button')]
        .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
    )
    assert small == []
