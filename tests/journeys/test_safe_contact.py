"""A number is nowhere until it is asked for, and gone after a minute."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, with_and_without_scripts
from tests.journeys.looking import sticks_out, wrong_with
from tests.journeys.site import Site
from tests.journeys.steps import choose, follow, give, press, send_concern

NUMBER = "01632 960777"
REVEALED = (
    "SELECT count(*) FROM accounts_auditevent e JOIN casework_case c ON c.id::text = e.subject_id"
    " WHERE e.verb = 'case.number_revealed' AND e.actor_name = 'PC Olu Adeyemi'"
    " AND c.reference = %s"
)


def case_with_a_number(browse: Browse) -> str:
    """Olu's case with a phone number that is safe to call."""
    reference = send_concern(browse("rhys"))
    give(browse("sade"), reference, "PC Olu Adeyemi")
    olu = browse("olu")
    olu.goto(f"/case/{reference}/safe-contact")
    choose(olu, "Which way is this rule about?", "Phone call")
    choose(olu, "Is it safe to use?", "Yes")
    olu.get_by_label("Number or address").fill(NUMBER)
    olu.get_by_label("What must somebody read before using it?").fill("Only while he is at work.")
    press(olu, "Save this rule")
    return reference


def reveal(page: Page, reference: str) -> None:
    page.goto(f"/case/{reference}")
    assert NUMBER not in page.content()
    follow(page, re.compile("read before"))
    expect(page.locator("main")).to_contain_text("Only while he is at work.")
    assert NUMBER not in page.content()
    press(page, "Show it for 60 seconds")
    expect(page.get_by_text(NUMBER)).to_be_visible()


def test_a_number_is_shown_for_sixty_seconds_and_taken_out_of_the_page(
    browse: Browse, site: Site
) -> None:
    reference = case_with_a_number(browse)
    page = browse("olu")
    page.clock.install()
    reveal(page, reference)
    expect(page.get_by_text("Hidden again in 60 seconds.")).to_be_visible()
    page.clock.run_for(31_000)
    expect(page.get_by_text("Hidden again in 30 seconds.")).to_be_visible()
    page.clock.run_for(30_000)
    expect(page.get_by_text("It is hidden again.")).to_be_visible()
    assert NUMBER not in page.content()


def test_without_scripts_the_browser_leaves_the_number_by_itself(
    browse: Browse, site: Site
) -> None:
    reference = case_with_a_number(browse)
    page = browse("olu", scripts=False)
    with page.expect_response("**/reveal") as answer:
        reveal(page, reference)
    shown = answer.value
    assert shown.headers["refresh"] == f"60; url=/case/{reference}/safe-contact"
    assert shown.headers["cache-control"] == "no-store"


def test_the_page_with_the_number_is_for_everybody(browse: Browse, site: Site) -> None:
    reference = case_with_a_number(browse)
    page = browse("olu")
    reveal(page, reference)
    assert wrong_with(page) == []
    assert sticks_out(page) == []


@with_and_without_scripts
def test_whoever_saw_a_number_is_on_record(browse: Browse, site: Site, *, scripts: bool) -> None:
    reference = case_with_a_number(browse)
    page = browse("olu", scripts=scripts)
    reveal(page, reference)
    page.goto(f"/case/{reference}/history")
    assert NUMBER not in page.content()
    assert site.one(REVEALED, reference) == 1
