"""Proofs of what stands round every page, and of the pages that belong to no app."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string

from pages import context, views
from tests.pages.markup import Page

Ask = Callable[..., HttpRequest]
TEMPLATES = Path(settings.BASE_DIR) / "templates"
NOTICES = ["help", "cookies", "accessibility", "privacy"]
ERRORS = ["400", "403", "403_csrf", "404", "409", "429", "500", "503"]


def page_of(request: HttpRequest) -> Page:
    return Page(views.gallery(request).content.decode())


def test_a_page_has_one_heading_one_main_and_a_way_past_the_top(ask: Ask) -> None:
    page = page_of(ask("/gallery"))
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.all("a")[0]["href"] == "#main-content"
    assert "main-content" in page.ids("main")


def test_the_title_says_that_there_are_errors(ask: Ask) -> None:
    assert page_of(ask("/gallery")).texts("title") == ["Gallery - Holdfast"]
    assert page_of(ask("/gallery?errors")).texts("title") == ["Error: Gallery - Holdfast"]


def test_nothing_is_read_that_nobody_gave(ask: Ask) -> None:
    for signed_in in (True, False):
        for path in ("/gallery", "/gallery?errors"):
            assert "UNDEFINED" not in page_of(ask(path, signed_in=signed_in)).markup


def test_a_signed_in_page_can_be_hidden_and_left(ask: Ask) -> None:
    page = page_of(ask("/gallery"))
    assert any("data-hide-screen" in link and link["href"] == "/hidden" for link in page.all("a"))
    assert page.all("dialog")[0]["data-stay-url"] == "/stay-signed-in"
    assert "Signed in as PC 1001 Example" in page.markup


def test_nobody_signed_in_sees_no_sections_and_no_name(ask: Ask) -> None:
    page = page_of(ask("/gallery", signed_in=False))
    assert "data-hide-screen" not in page.markup
    assert page.all("dialog") == []
    assert "app-nav" not in page.markup
    assert "Signed in as" not in page.markup


def test_the_section_one_is_in_is_marked(ask: Ask) -> None:
    markup = views.notice(ask("/help"), page="help").content.decode()
    nav = markup.split('<nav class="app-nav"')[1].split("</nav>")[0]
    marked = re.findall(r'href="([^"]+)" aria-current="page"', nav)
    assert marked == ["/help"]


def test_a_longer_address_marks_its_own_section_only(ask: Ask) -> None:
    items = context.chrome(ask("/work/team"))["navigation"]
    assert [item["words"] for item in items if item["current"]] == ["Work"]


def test_a_count_over_ninety_nine_says_so_and_says_of_what(ask: Ask) -> None:
    nav = page_of(ask("/gallery")).markup.split('<nav class="app-nav"')[1].split("</nav>")[0]
    assert "99+" in nav
    assert "overdue" in nav


def test_the_demo_says_that_it_is_one_and_the_real_thing_does_not(ask: Ask, settings: Any) -> None:
    assert "Demo data" in views.notice(ask("/help"), page="help").content.decode()
    settings.DEMO = False
    assert "Demo data" not in views.notice(ask("/help"), page="help").content.decode()


def test_paper_carries_the_marking_who_and_when(ask: Ask) -> None:
    markup = page_of(ask("/gallery")).markup
    assert "OFFICIAL-SENSITIVE" in markup
    assert re.search(r"Printed by PC 1001 Example · page made \d+ \w+ \d{4}, \d\d:\d\d", markup)


def test_an_upper_room_puts_its_banner_on_signed_in_pages(
    ask: Ask, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "late.html").write_text("Reminders are late")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]
    settings.BANNERS = ["late.html"]
    assert "Reminders are late" in page_of(ask("/gallery")).markup
    assert "Reminders are late" not in page_of(ask("/gallery", signed_in=False)).markup


# Theme


def test_the_theme_that_was_pressed_is_on_the_next_page(ask: Ask) -> None:
    pressed = views.set_theme(ask("/theme", method="post", data={"theme": "night"}))
    cookie = pressed.cookies["theme"]
    assert cookie.value == "night"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    request = ask("/gallery")
    request.COOKIES["theme"] = cookie.value
    assert page_of(request).all("html")[0]["data-theme"] == "night"


@pytest.mark.parametrize("typed", ["", "pink", '"><script>'])
def test_a_theme_that_does_not_exist_changes_nothing(ask: Ask, typed: str) -> None:
    pressed = views.set_theme(ask("/theme", method="post", data={"theme": typed}))
    assert "theme" not in pressed.cookies
    request = ask("/gallery")
    request.COOKIES["theme"] = typed
    assert page_of(request).all("html")[0]["data-theme"] == "system"


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/case/HF-4F7K2?page=2", "/case/HF-4F7K2?page=2"),
        ("http://elsewhere.example/case", "/"),
        ("//elsewhere.example", "/"),
        ("http://[", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leaves_the_house(ask: Ask, came_from: str, goes_to: str) -> None:
    pressed = views.set_theme(ask("/theme", method="post", HTTP_REFERER=came_from))
    assert pressed["Location"] == goes_to
    shown = views.hidden(ask("/hidden", HTTP_REFERER=came_from)).content.decode()
    assert f'href="{goes_to}" role="button"' in shown


def test_a_theme_and_a_longer_session_need_a_press(ask: Ask) -> None:
    assert views.set_theme(ask("/theme")).status_code == 405
    assert views.stay_signed_in(ask("/stay-signed-in")).status_code == 405


def test_staying_signed_in_answers_scripts_without_a_page(ask: Ask) -> None:
    by_script = ask("/stay-signed-in", method="post", HTTP_X_REQUESTED_WITH="idle")
    assert views.stay_signed_in(by_script).status_code == 204
    assert views.stay_signed_in(ask("/stay-signed-in", method="post")).status_code == 302


# Pages of words


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_can_be_read_without_signing_in(ask: Ask, name: str) -> None:
    page = Page(views.notice(ask(f"/{name}", signed_in=False), page=name).content.decode())
    assert len(page.all("h1")) == 1
    assert "UNDEFINED" not in page.markup


def test_the_gallery_is_not_in_production(ask: Ask, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        views.gallery(ask("/gallery"))


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_says_what_became_of_the_answers_and_needs_nothing(name: str) -> None:
    page = Page(render_to_string(f"{name}.html"))
    words = page.markup.split("<main")[1]
    assert len(page.all("h1")) == 1
    assert re.search(r"[Nn]othing was|not saved|is safe", words)
    assert "999" in words
    assert "UNDEFINED" not in page.markup


def test_a_refusal_and_a_conflict_say_why(ask: Ask) -> None:
    asked = ask("/case")
    refused = render_to_string("403.html", {"sentence": "Only a <supervisor> may."}, asked)
    differs = render_to_string("409.html", {"sentence": "It moved.", "fields": ["Owner"]}, asked)
    assert "Only a &lt;supervisor&gt; may." in refused
    assert "It moved." in differs
    assert "<li>Owner</li>" in differs


# What no page may contain


NEVER = {
    "a style": r"\sstyle\s*=|<style",
    "a handler": r"\son[a-z]+\s*=\s*[\"']|javascript:",
    "a script": r"<script(?![^>]*\ssrc=)",
}


def test_no_template_has_an_inline_script_style_or_handler() -> None:
    wrong = []
    for path, source in sources():
        wrong += [f"{path}: {what}" for what, how in NEVER.items() if re.search(how, source)]
        if re.search(r"\s(required|disabled)\b", _controls(source)):
            wrong.append(f"{path}: a control that is required or disabled")
    assert wrong == []


def test_every_form_leaves_checking_to_the_server() -> None:
    wrong = []
    for path, source in sources():
        for form in re.findall(r"<form\b[^>]*>", source):
            if "app-theme" in form or "sign-out" in form or "data-idle-form" in form:
                continue  # one button each, nothing to check
            if "novalidate" not in form:
                wrong.append(f"{path}: {form}")
    assert wrong == []


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text()


def _controls(source: str) -> str:
    """The opening tags of controls and buttons, less what a template decides."""
    opened = re.findall(r"<(?:input|select|textarea|button)\b[^>]*>", source)
    return "\n".join(re.sub(r"{%.*?%}", "", tag) for tag in opened)
