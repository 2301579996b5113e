"""A due time says how far it can be relied on, wherever it is shown: never unverified as if it were law."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

import clocks
from accounts.models import User
from casework.models import InvestigationEvent
from clocks.models import Deadline
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES, STANDINGS
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import add_fact
from tests.followups.test_rules import contact, refer

Open = Callable[[User], Client]
# One rule of each standing, and what its source would say.
RULE_OF = {
    "Sourced": "support-not-offered",
    "Force default": "needs-not-assessed",
    "Unverified": "arrest-not-told",
}


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def owed(cast: Cast) -> FollowUp:
    """A case two days old that owes something of each standing, swept."""
    at = clocks.now() - timedelta(days=2)
    case = make_case(at=at)
    add_fact(InvestigationEvent, case, at, kind="arrested")
    engine.sweep(clocks.now())
    return FollowUp.objects.get(case=case, rule="arrest-not-told")


def test_every_standing_has_its_words() -> None:
    assert set(Deadline.Status.values) < set(STANDINGS)


@pytest.mark.parametrize("standing", RULE_OF)
def test_where_a_duty_is_listed_its_standing_is_beside_its_time(
    owed: FollowUp, cast: Cast, client_of: Open, standing: str
) -> None:
    act = str(RULES[RULE_OF[standing]].why)
    reference = owed.case.reference if owed.case else ""
    olu = client_of(cast.olu)
    shown = words(olu.get(f"/case/{reference}"))
    assert re.search(rf"{re.escape(act)}\. Time allowed: {standing.lower()}", shown)
    assert re.search(rf"(Due|Overdue) [^.]*?{standing} {re.escape(act)}", words(olu.get("/work")))


def test_the_page_of_one_duty_the_investigation_and_the_queue_say_it_too(
    owed: FollowUp, cast: Cast, client_of: Open
) -> None:
    reference = owed.case.reference if owed.case else ""
    olu, sade = client_of(cast.olu), client_of(cast.sade)
    assert "Standing of the source unverified" in words(olu.get(f"/work/followup/{owed.pk}"))
    page = words(olu.get(f"/case/{reference}/investigation"))
    assert "Time allowed: unverified. T16: Victims&#x27; Code 2015 timings" in page
    queue = sade.get("/work/team").content.decode()
    rows = re.findall(r"app-due__words.*?</td>", queue, re.DOTALL)
    assert rows
    assert all(any(word in row for word in RULE_OF) for row in rows)


def test_a_time_that_was_agreed_says_so_and_claims_no_source(cast: Cast, client_of: Open) -> None:
    case = make_case(at=clocks.now() - timedelta(days=2))
    contact(case, case.logged_at, next_at=clocks.now() - timedelta(hours=2))
    engine.sweep(clocks.now())
    shown = words(client_of(cast.olu).get(f"/case/{case.reference}"))
    assert re.search(r"next safe contact with the person is due\. Time allowed: as agreed", shown)


def test_what_an_agency_owes_is_the_forces_own_number(cast: Cast, client_of: Open) -> None:
    case = make_case()
    refer(case, cast.harbour, clocks.now(), force=cast.force)
    shown = words(client_of(cast.olu).get(f"/case/{case.reference}/referrals"))
    assert "Time allowed: force default." in shown


def test_the_catalogue_says_amount_nation_rights_source_and_standing(
    cast: Cast, client_of: Open
) -> None:
    shown = words(client_of(cast.olu).get("/rules"))
    assert "5 working days (without enhanced rights), all nations. Unverified. T16" in shown
    assert "1 working day (with enhanced rights), all nations. Unverified. T16" in shown
    assert "30 days, all nations. Sourced. T09" in shown
