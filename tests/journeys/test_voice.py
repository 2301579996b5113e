"""Somebody answers on a shared phone, in their own language; nothing of it is left, and the officer sees nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from casework.nrm.leaflets import written_in
from casework.voice.questions import HERE
from followups.rules.voice import VoiceNotRead, VoiceUnsafe
from tests.journeys.conftest import Browse, watch, with_and_without_scripts
from tests.journeys.looking import kept_in_browser, sticks_out, wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import press

NARROW, HIGH = 360, 740
LANGUAGES = ("ar", "vi", "en-simple")
TELLING = ("how it was for them", "voice", VoiceUnsafe.why, VoiceUnsafe.act, VoiceNotRead.act)
"""Words by which a page would tell the officer that there is an answer."""
OWN = "c.status = 'allocated' AND u.username = 'olu' AND s.restriction = 'standard'"


@pytest.fixture(scope="module")
def case(site: Site) -> str:
    """A case of Olu's, whose person is asked again and again."""
    return site.take_case(OWN)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Any]:
    """A phone on which nothing of ours was ever opened: `phone(scripts=False)`."""
    opened, wrong = [], []

    def new(*, scripts: bool) -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=scripts,
            viewport={"width": NARROW, "height": HIGH},
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        watch(context, site.url, wrong)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()
    assert wrong == []


def link_for(page: Page, reference: str, language: str) -> str:
    """The navigator makes a link; it is shown this once."""
    page.goto(f"/case/{reference}/voice")
    page.get_by_label("After an interview").check()
    page.get_by_label("In which language?").select_option(language)
    page.get_by_label("By themselves, with a link").check()
    press(page, "Continue")
    expect(page.get_by_role("img", name="Square for the camera of their phone")).to_be_visible()
    return page.locator("code").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
@with_and_without_scripts
def test_a_full_answer_on_a_small_phone_leaves_nothing_and_the_link_is_dead(
    browse: Browse, phone: Any, site: Site, case: str, language: str, *, scripts: bool
) -> None:
    link = link_for(browse("tarek"), case, language)
    sheet = written_in(HERE)[language]
    said = sheet.sentences

    page = phone(scripts=scripts)
    page.goto("about:blank")
    page.goto(link)
    assert page.title() == said["title"]
    assert "olice" not in page.title()
    expect(page.locator("html")).to_have_attribute("dir", sheet.direction)
    expect(page.locator(".app-voice__mark")).to_contain_text("no translator has checked")
    exit_ = page.get_by_role("link", name=said["leave"])
    expect(exit_).to_be_in_viewport()
    assert "weather" in str(exit_.get_attribute("href"))
    assert sticks_out(page) == []
    if scripts:
        assert wrong_with(page, widths=(NARROW,)) == []
    page.set_viewport_size({"width": NARROW, "height": HIGH})

    for question, answer in (("safe_now", "no"), ("listened", "partly"), ("complain", "yes")):
        page.get_by_role("group", name=said[question]).get_by_label(
            said[answer], exact=True
        ).check()
    page.get_by_label(said["words"]).fill(said["words_hint"])
    press(page, said["send"])
    expect(page.get_by_role("heading", name=said["thanks_title"])).to_be_visible()
    assert sticks_out(page) == []
    if scripts:
        assert wrong_with(page, widths=(NARROW,)) == []

    assert page.context.cookies() == []
    if scripts:
        assert said["words_hint"] not in kept_in_browser(page)
        assert kept_in_browser(page).strip(" \n{}") == ""
    page.go_back()
    expect(page.get_by_role("heading", name=said["over_title"])).to_be_visible()
    expect(page.locator("textarea, input")).to_have_count(0)
    assert said["words_hint"] not in page.content()
    page.goto(link)
    expect(page.get_by_role("heading")).to_have_count(1)
    expect(page.locator("form")).to_have_count(0)
    assert page.context.cookies() == []

    given = site.one(
        "SELECT v.answers FROM casework_voiceanswer v JOIN casework_asking a ON a.id = v.asking_id"
        " JOIN casework_case c ON c.id = a.case_id WHERE c.reference = %s AND a.way = 'link'"
        " ORDER BY v.at DESC LIMIT 1",
        case,
    )
    assert given == {
        "safe_now": "no",
        "listened": "partly",
        "interpreter": "skip",
        "complain": "yes",
    }
    nothing_for_the_officer(browse("olu"), site, case, said["words_hint"])


def nothing_for_the_officer(page: Page, site: Site, reference: str, typed: str) -> None:
    """The case's own officer looks everywhere, and finds neither that there is an answer nor what it says."""
    site.manage("followups", "--once")
    for address in (
        f"/case/{reference}",
        f"/case/{reference}/history",
        f"/case/{reference}/reminders",
        "/",
        "/work",
    ):
        page.goto(address)
        for word in (*map(str, TELLING), typed):
            assert word not in page.locator("main").inner_text(), (address, word)
    for address in ("/voice", f"/case/{reference}/voice"):
        assert page.goto(address).status == 403  # type: ignore[union-attr]


@with_and_without_scripts
def test_whoever_skips_it_all_needs_one_press_and_a_supervisor_reads_what_others_say(
    browse: Browse, phone: Any, site: Site, case: str, *, scripts: bool
) -> None:
    page, navigator = phone(scripts=scripts), browse("tarek", scripts=scripts)
    page.goto(link_for(navigator, case, "en"))
    press(page, "I do not want to answer")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    page.goto(link_for(navigator, case, "en"))
    page.get_by_role("group", name="Do you feel safe where you are now?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_label("Is there anything else that you want to say?").fill("He waits outside")
    press(page, "Send")
    site.manage("followups", "--once")
    who, answer = site.ask(
        "SELECT u.username, f.subject_id FROM followups_followup f JOIN accounts_user u ON u.id = f.holder_id"
        " WHERE f.rule = 'voice-unsafe' AND f.state = 'open' ORDER BY f.since DESC LIMIT 1"
    )[0]
    reader = browse(who, scripts=scripts)
    reader.goto("/work")
    reader.locator(f"a[href='/voice/{answer}']").first.click()
    expect(reader.locator("main")).to_contain_text("He waits outside")
    expect(reader.locator("main")).to_contain_text(case)
    reader.get_by_label("Somebody made sure that they are safe").check()
    reader.get_by_label("How, and by whom?").fill("The navigator moved her tonight")
    press(reader, "Save what was done")
    expect(reader.locator("main")).to_contain_text("Somebody made sure that they are safe")
