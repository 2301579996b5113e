"""On a phone, in gloves, in a moving car: every button of the intake and of a case can be pressed."""

import pytest
from playwright.sync_api import Page

from tests.journeys.addresses import VISITS
from tests.journeys.conftest import PHONE, Browse
from tests.journeys.site import Site
from tests.journeys.steps import WORDS, press
from tests.journeys.test_every_page import address, make_what_it_needs

THUMB = 44
PRESSED = """() => [...document.querySelectorAll("main .govuk-button, main button, main [role=button]")]
    .filter(e => e.offsetParent && e.getClientRects().length)
    .map(e => [Math.round(e.getBoundingClientRect().height), e.innerText.trim()])"""
PAGES = [*sorted(name for name in VISITS if name.startswith("casework:")), "followups:home"]


def pressed(page: Page) -> list[tuple[int, str]]:
    """Each button, or link that looks like one, with its height."""
    return [(height, words) for height, words in page.evaluate(PRESSED)]


@pytest.mark.parametrize("who", ["olu", "sade"])
def test_every_button_is_as_high_as_a_thumb_needs(browse: Browse, site: Site, who: str) -> None:
    page, small, seen = browse(who, width=PHONE), {}, set()
    if who == "olu":  # a draft, so that there is one to continue and to hand on
        page.goto("/concern/new?all=1")
        page.get_by_label("What did you see, or what did they say?").fill(WORDS)
        press(page, "Save and leave")
    for name in [name for name in PAGES if VISITS[name].who == who]:
        make_what_it_needs(VISITS[name], browse, site)
        page.goto(address(name, VISITS[name], site))
        buttons = pressed(page)
        seen |= {words for _, words in buttons}
        if too_small := [button for button in buttons if button[0] < THUMB]:
            small[name] = too_small
    assert small == {}
    looked_for = {"olu": "Hand to the duty supervisor", "sade": "Record what happened"}[who]
    assert any(words.startswith(looked_for) for words in seen)
