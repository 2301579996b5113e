"""Every page that somebody can open: accessible by day and by night, at a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.journeys.addresses import (
    CLOSED_TO,
    COURSE,
    DRAFT_REFERRAL,
    EMERGENCY,
    HIT,
    IMPORT,
    LINK,
    LIST,
    LOST,
    MISMATCH,
    MOVE,
    NO_PAGE,
    OPEN,
    OPERATION,
    SAMPLE,
    VISITS,
    Visit,
    every_address,
    for_machines,
)
from tests.journeys.conftest import PHONE, Browse
from tests.journeys.looking import (
    empty_and_press,
    lost_links,
    named_in_title,
    sticks_out,
    wrong_with,
)
from tests.journeys.site import Site
from tests.journeys.steps import begin, is_asked_why, press, say_why, send_concern


def test_every_address_is_sorted() -> None:
    sorted_ones = VISITS.keys() | NO_PAGE.keys()
    addresses = {name for name in every_address() if not for_machines(name)}
    assert addresses - sorted_ones == set(), "who opens these, or why does nobody?"
    assert sorted_ones - addresses == set(), "these are gone"


@pytest.fixture(scope="module")
def names(site: Site) -> list[str]:
    """Everybody whose name must stay out of a title."""
    rows = site.ask(
        "SELECT called FROM victims_victim WHERE length(called) > 2"
        " UNION SELECT name FROM accounts_user"
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize("name", VISITS)
def test_page(
    name: str,
    browse: Browse,
    at_desk: Callable[[str], Page],
    site: Site,
    names: list[str],
) -> None:
    visit = VISITS[name]
    make_what_it_needs(visit, browse, site)
    page = at_desk(visit.who)
    answer = page.goto(address(name, visit, site))
    assert answer is not None
    assert answer.status in {200, 410}, f"{answer.status} {page.url}"
    assert not visit.who or "/account/login/" not in page.url, "nobody is signed in here"
    check(page, names)
    if is_asked_why(page):  # the page in its place; then what it stands before
        assert empty_and_press(page) == 400
        check(page, names)
        page.goto(address(name, visit, site))
        say_why(page)
        check(page, names)
    if empty_and_press(page) in {400, 409}:
        assert lost_links(page) == []
        assert named_in_title(page, names) == []
        assert wrong_with(page, widths=[PHONE]) == []


def upload_training(browse: Browse) -> None:
    """A file of training that somebody looked at."""
    page = browse("bronwen")
    page.goto("/training/import")
    rows = b"officer,course,provider,completed,expires\nolu,No such course,,27/03/2026,\n"
    page.locator("[type=file]").set_input_files(
        {"name": "training.csv", "mimeType": "text/csv", "buffer": rows}
    )
    press(page, "Look at it")


def add_course(browse: Browse) -> None:
    """A course of the force's own."""
    page = browse("bronwen")
    page.goto("/training/courses/new")
    page.get_by_label("Name").fill("Speaking through an interpreter")
    page.get_by_label("Who says so").fill("Set by the force")
    press(page, "Add")


def begin_referral(browse: Browse) -> None:
    """A referral to Harbour that waits for what will be shared."""
    page = browse("sade")
    begin(page, send_concern(page))


def link_two(browse: Browse) -> None:
    """Two cases that may be of one person."""
    page = browse("sade")
    first, second = send_concern(page), send_concern(page)
    page.goto(f"/case/{first}/links")
    page.get_by_label("Reference of the other case").fill(second)
    page.get_by_label("Why may they be the same person?").fill("Same phone.")
    press(page, "Link")


def begin_operation(browse: Browse) -> None:
    """An operation with one case and one shared fact in it."""
    page = browse("sade")
    reference = send_concern(page)
    page.goto("/operations/new")
    page.get_by_label("Name of the operation").fill("Operation Gannet")
    press(page, "Begin")
    page.get_by_label("Reference of the case").fill(reference)
    press(page, "Put in")
    page.get_by_label("Vehicle").check()
    page.get_by_label("What do we know?").fill("A white van, dented at the back.")
    press(page, "Save")


def lose_contact(browse: Browse, site: Site) -> None:
    """Three tries by two ways that did not reach the person."""
    page, (reference,) = browse("olu"), site.row(OPEN).values()
    for way in ("", "", "another"):
        page.goto(f"/case/{reference}/contact")
        page.get_by_label("Tried, no answer").check()
        if way:
            page.get_by_text("I used another way").click()
            page.get_by_role("radio", name="Another way").check()
            page.get_by_label("If another way: which?").select_option(index=1)
            page.get_by_label("If another way: why?").fill("Nothing else is left.")
        else:
            page.get_by_label("In person").check()
        press(page, "Save and set next contact")


def look_at_list(browse: Browse) -> None:
    """A list of the Home Office that somebody looked at."""
    page = browse("ines")
    page.goto("/lists")
    page.get_by_label("The Home Office's list").check()
    rows = b"reference,received,stage\nINVENTED-999999,27/03/2026,waiting\n"
    page.locator("[type=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": rows}
    )
    press(page, "Look at it")


def compare_list(browse: Browse) -> None:
    """The same, compared: what does not agree is owed."""
    look_at_list(browse)
    page = browse("ines")
    page.goto("/lists")
    page.locator("a[href^='/lists/']").last.click()
    press(page, "Make the mismatches owed")


def move_several(browse: Browse) -> None:
    """The cases of nobody, shared out among the unit's officers."""
    page = browse("sade")
    send_concern(page)
    page.goto("/moves/new")
    page.get_by_label("Whose cases are to be moved?").select_option("nobody")
    page.get_by_label(re.compile("^Shared out")).check()
    page.get_by_label("Why are they moved?").fill("Each needs an owner tonight.")
    press(page, "Move them")


def draw_cases(browse: Browse) -> None:
    """A few open cases of the unit, drawn at random."""
    page = browse("sade")
    page.goto("/samples")
    page.get_by_label("Open cases").check()
    press(page, "Draw cases")


def open_in_an_emergency(browse: Browse) -> None:
    """A case of another unit that Petra opened because somebody is in danger."""
    reference, page = send_concern(browse("sade")), browse("petra")
    page.goto(f"/case/{reference}/break-glass")
    page.get_by_label("Somebody is in danger now").check()
    page.get_by_label("What has happened?").fill("Her brother rang 999, he is at the door.")
    press(page, "Open the case for 60 minutes")


def close_to_a_colleague(browse: Browse) -> None:
    """A case in which Rhys knows somebody."""
    page = browse("sade")
    page.goto(f"/case/{send_concern(page)}/conflict")
    page.get_by_label("Who?").fill("rhys")
    page.get_by_label("Family or partner").check()
    press(page, "Close the case to them")


def fit_a_pattern(site: Site) -> None:
    """What the night's search would find of somebody who is refused again and again."""
    site.ask(
        "INSERT INTO casework_misusehit (id, force_id, pattern, person_id, about, times, first_at, last_at, found_at,"
        " finding, finding_words) SELECT gen_random_uuid(), force_id, 'refusals', id, 'today', 5, now(), now(), now(),"
        " '', '' FROM accounts_user WHERE username = 'ming'"
    )


MAKE = {
    EMERGENCY: open_in_an_emergency,
    CLOSED_TO: close_to_a_colleague,
    LIST: look_at_list,
    MISMATCH: compare_list,
    LINK: link_two,
    OPERATION: begin_operation,
    MOVE: move_several,
    SAMPLE: draw_cases,
    VISITS["followups:sampled"].row: draw_cases,
    IMPORT: upload_training,
    COURSE: add_course,
    DRAFT_REFERRAL: begin_referral,
}


def make_what_it_needs(visit: Visit, browse: Browse, site: Site) -> None:
    """What the invented force does not have by itself is made as people make it."""
    if visit.row == LOST and not site.ask(LOST):
        lose_contact(browse, site)
    if visit.row == HIT and not site.ask(HIT):
        fit_a_pattern(site)
    if visit.row in MAKE and not site.ask(visit.row):
        MAKE[visit.row](browse)


def check(page: Page, names: list[str]) -> None:
    assert named_in_title(page, names) == []
    assert wrong_with(page) == []
    assert sticks_out(page) == []


def address(name: str, visit: Visit, site: Site) -> str:
    """The address of a row that is in the invented force."""
    filled = site.row(visit.row) if visit.row else {}
    return reverse(name, kwargs=filled) + visit.query
