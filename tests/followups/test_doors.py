"""A duty leads where its reader may go; elsewhere the page says in words who does it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import Absence, RoleHeld, User
from accounts.permissions import Permission, Role
from casework.models import Case, CaseStatus, Contact
from followups import doors, engine, queues
from followups.models import FollowUp, Heartbeat
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import add_fact
from victims.models import Channel

SignIn = Callable[[User], Client]
LONG_AGO = timedelta(days=3)


@pytest.fixture
def responder(cast: Cast) -> User:
    """Olu, were he a responder only."""
    RoleHeld.objects.filter(user=cast.olu).exclude(role=Role.RESPONDER).delete()
    RoleHeld.objects.get_or_create(user=cast.olu, role=Role.RESPONDER)
    return cast.olu


def links(page: str) -> set[str]:
    """Where the page's own part leads."""
    main = page[page.index("<main") : page.index("</main>")]
    return {link.split("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', main)}


@pytest.mark.parametrize("cases", [1, 50])
def test_the_catalogue_counts_what_is_owed_and_met_this_month_in_one_question(
    cast: Cast, cases: int, django_assert_num_queries: Any
) -> None:
    at = clocks.now()
    for _ in range(cases):
        make_case(at=at)
    engine.sweep(at)
    met = FollowUp.objects.filter(rule="crime-not-recorded")
    met.filter(pk=met.values("pk")[:1]).update(state="met_late", ended_at=at)
    lead = cast.actor("ines")
    with django_assert_num_queries(1):
        told = queues.tallies(lead, at)
    assert told["crime-not-recorded"] == queues.Tally(cases - 1, 0, 1)
    assert told["needs-not-assessed"] == queues.Tally(cases, 0, 0)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_leads_to_a_page_that_some_role_may_open(rule: str) -> None:
    permission = doors.permission_of(RULES[rule])
    assert permission is not None
    assert doors.who_does(permission) != "Somebody else does this. Ask your supervisor."


def test_who_does_it_is_said_as_one_would_ask() -> None:
    said = {
        each: doors.who_does(each) for each in (Permission.CRIME_RECORD, Permission.CASE_ASSIGN)
    }
    assert said == {
        Permission.CRIME_RECORD: "An investigator or a supervisor does this.",
        Permission.CASE_ASSIGN: "A supervisor or a specialist lead does this.",
    }


@pytest.mark.parametrize("swept", [True, False])
def test_a_responder_is_told_who_records_the_crime_and_not_sent_to_a_closed_door(
    cast: Cast, client_of: SignIn, responder: User, swept: bool
) -> None:
    case = make_case(at=clocks.now() - LONG_AGO)
    if swept:
        engine.sweep(clocks.now())
    page = client_of(responder).get(f"/case/{case.reference}").content.decode()
    assert f"/case/{case.reference}/crime" not in links(page)
    assert "An investigator or a supervisor does this." in page
    assert f"/case/{case.reference}/safety" in links(page)


def test_an_investigator_has_the_link(cast: Cast, client_of: SignIn) -> None:
    case = make_case(at=clocks.now() - LONG_AGO)
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert f"/case/{case.reference}/crime" in links(page)


@pytest.mark.parametrize("address", ["/", "/work", "case"])
def test_no_link_of_a_responders_pages_is_refused(
    cast: Cast, client_of: SignIn, responder: User, address: str
) -> None:
    case = make_case(at=clocks.now() - LONG_AGO)
    make_case(status=CaseStatus.DRAFT, at=clocks.now() - LONG_AGO)
    engine.sweep(clocks.now())
    client = client_of(responder)
    start = f"/case/{case.reference}" if address == "case" else address
    found = links(client.get(start).content.decode())
    assert len(found) > 3
    assert {link: client.get(link).status_code for link in sorted(found)} == dict.fromkeys(
        sorted(found), 200
    )


def test_what_one_rule_owes_twice_is_said_once_by_its_earliest_time(
    cast: Cast, client_of: SignIn
) -> None:
    at = clocks.now()
    case = make_case(at=at - LONG_AGO)
    for hours, outcome, due in ((60, "spoke", 28 * 24), (1, "tried", 24)):
        add_fact(
            Contact,
            case,
            at - timedelta(hours=hours),
            outcome=outcome,
            channel=Channel.PHONE,
            next_at=at + timedelta(hours=due),
        )
    page = client_of(cast.olu).get(f"/case/{case.reference}").content.decode()
    assert page.count("Contact the person the safe way, and record what happened</a>") == 1
    assert "28 days" not in page


class TestLateReminders:
    def test_police_staff_see_the_banner(self, cast: Cast, client_of: SignIn) -> None:
        for user in (cast.olu, cast.sade):
            assert "Reminders are late" in client_of(user).get("/").content.decode()

    @pytest.mark.parametrize("ran", [True, False])
    def test_agency_workers_see_neither_banner_nor_line(
        self, cast: Cast, client_of: SignIn, ran: bool
    ) -> None:
        if ran:
            Heartbeat.objects.create(stage="reconcile", at=clocks.now() - timedelta(hours=1))
        worker = User.objects.filter(agency=cast.harbour, is_active=True).first()
        assert worker is not None
        for address in ("/agency", "/help"):
            page = client_of(worker).get(address).content.decode()
            assert "Reminders" not in page


def test_a_draft_can_be_continued_or_handed_on_from_the_first_page(
    cast: Cast, client_of: SignIn
) -> None:
    draft = make_case(status=CaseStatus.DRAFT)
    client = client_of(cast.olu)
    page = client.get("/").content.decode()
    assert f'href="/concern/{draft.reference}/2"' in page
    assert f'<form method="post" action="/concern/{draft.reference}/hand"' in page
    assert "Hand to the duty supervisor" in page
    assert client.post(f"/concern/{draft.reference}/hand").status_code == 302
    assert Case.objects.get(pk=draft.pk).sent_at
    assert draft.reference not in client.get("/").content.decode()


class TestAwayOwner:
    def away(self, user: User, *, days: int) -> None:
        at = clocks.now()
        Absence.objects.create(
            user=user,
            kind="leave",
            starts_at=at - timedelta(days=1),
            ends_at=at + timedelta(days=days),
        )

    @pytest.mark.parametrize("view", ["all", "later"])
    def test_the_owner_column_says_until_when_they_are_away(
        self, cast: Cast, client_of: SignIn, view: str
    ) -> None:
        make_case(at=clocks.now() - LONG_AGO if view == "all" else clocks.now() + LONG_AGO)
        if view == "all":
            engine.sweep(clocks.now())
        page = client_of(cast.sade).get("/work/team", {"view": view}).content.decode()
        assert "Away until" not in page
        self.away(cast.olu, days=2)
        page = client_of(cast.sade).get("/work/team", {"view": view}).content.decode()
        assert "Away until" in page

    def test_nobody_who_is_back_is_called_away(self, cast: Cast, client_of: SignIn) -> None:
        make_case(at=clocks.now() - LONG_AGO)
        engine.sweep(clocks.now())
        at = clocks.now()
        Absence.objects.create(
            user=cast.olu, kind="leave", starts_at=at - timedelta(days=2), ends_at=at
        )
        assert "Away until" not in client_of(cast.sade).get("/work/team").content.decode()

    def test_it_costs_no_question_more_for_fifty_rows(self, cast: Cast, client_of: SignIn) -> None:
        make_case(at=clocks.now() - LONG_AGO)
        self.away(cast.olu, days=2)
        engine.sweep(clocks.now())
        sade = client_of(cast.sade)
        sade.get("/work/team")
        with CaptureQueriesContext(connection) as for_one:
            sade.get("/work/team")
        for _ in range(49):
            make_case(at=clocks.now() - LONG_AGO)
        engine.sweep(clocks.now())
        with CaptureQueriesContext(connection) as for_fifty:
            page = sade.get("/work/team")
        assert page.content.decode().count("Away until") == queues.ROWS_A_PAGE
        assert len(for_fifty) == len(for_one)


def test_the_rules_page_says_what_to_do_why_and_how_long_in_words(
    cast: Cast, client_of: SignIn
) -> None:
    page = client_of(cast.olu).get("/rules").content.decode()
    for rule in RULES.values():
        assert str(rule.act).replace("'", "&#x27;") in page
    assert "4 hours (it was not safe, or somebody else answered)" in page
    assert "1 working day" in page
    assert "At once" in page
    assert "high-risk" not in page
