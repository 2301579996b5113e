"""Takes the pictures in docs/shots again: `make screenshots`."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import site as sites
from tests.journeys.conftest import DESK, PHONE, Browse
from tests.journeys.site import Site

pytest_plugins = ["tests.conftest", "tests.journeys.conftest"]

sites.CASES = 200  # the force that `make run` shows
SHOTS = Path(__file__).parent / "shots"
CASE = "/case/{case}"
PICTURES = {
    "queue": ("sade", "/work/team", DESK, "light"),
    "queue_night": ("sade", "/work/team", PHONE, "night"),
    "case": ("sade", CASE, DESK, "light"),
    "case_phone": ("sade", CASE, PHONE, "light"),
    "log_a_concern": ("olu", "/concern/new", PHONE, "light"),
    "agency_inbox": ("hana", "/agency", DESK, "light"),
    "training_register": ("bronwen", "/training", DESK, "light"),
}


@pytest.fixture
def case(site: Site) -> str:
    """A case with something of everything: told topics, a safe contact, a referral."""
    return str(
        site.one(
            "SELECT c.reference FROM casework_case c JOIN accounts_user u ON u.id = c.owner_id"
            " WHERE u.username = 'olu' AND c.status = 'allocated'"
            " ORDER BY (SELECT count(*) FROM referrals_supportreferral r WHERE r.case_id = c.id) > 0"
            "   DESC, (SELECT count(*) FROM victims_toldtopic t WHERE t.victim_id = c.victim_id) DESC,"
            "   c.reference LIMIT 1"
        )
    )


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, browse: Browse, site: Site, case: str) -> None:
    """One picture for the README and the documents."""
    who, address, width, theme = PICTURES[name]
    page: Page = browse(who, width=width, theme=theme)
    site.manage("followups", "--once")
    page.goto(address.format(case=case))
    assert page.locator("h1").count() == 1
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=False)
