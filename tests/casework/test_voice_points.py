"""The points at which people are asked how it was for them: everybody is, or somebody says why not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.actors import Actor
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent, Restriction, RoleHeld, User
from accounts.permissions import Role
from accounts.scoping import NotVisible
from casework.actions import voice as act
from casework.models import (
    Case,
    CaseEvent,
    CaseStatus,
    Closure,
    Contact,
    Decision,
    EventKind,
    Informed,
    Interview,
    NotAsked,
    NrmEvent,
    NrmReferral,
    PointReached,
)
from casework.voice.questions import Point
from followups import engine
from followups.models import FollowUp, FollowUpState
from followups.rules import RULES
from tests.builders import make_case
from tests.cast import Cast

Browser = Callable[[User], Client]
DAY = timedelta(days=1)


def fact(case: Case, at: datetime) -> dict[str, Any]:
    return {
        "scope": case.scope,
        "case": case,
        "at": at,
        "recorded_at": at,
        "by": case.logged_by,
    }


def spoke(case: Case, at: datetime, outcome: str = "spoke") -> None:
    Contact.objects.create(**fact(case, at), outcome=outcome, channel="in_person", next_at=at + DAY)


def interviewed(case: Case, at: datetime) -> None:
    Interview.objects.create(**fact(case, at), interviewer=case.logged_by, as_child=False)


def told(case: Case, at: datetime, kind: Decision, why_not: str = "") -> None:
    referral = case.nrm_referrals.first() or NrmReferral.objects.create(
        **fact(case, at), status="submitted"
    )
    decision = NrmEvent.objects.create(**fact(case, at), referral=referral, kind=kind)
    Informed.objects.create(
        **fact(case, at),
        subject="decision",
        decision=decision,
        channel="" if why_not else "in_person",
        why_not=why_not,
    )


def closed(case: Case, at: datetime, outcome: str = "safe_and_supported") -> None:
    Closure.objects.create(
        **fact(case, at), outcome=outcome, explanation="x", no_contact_reason="x", agreed=True,
        decided_by=User.objects.get(username="sade"), decided_at=at,
    )  # fmt: skip
    cases = Case.objects.filter(pk=case.pk)
    cases.update(status=CaseStatus.CLOSING)
    cases.update(status=CaseStatus.CLOSED, closed_at=at)


def reached(case: Case) -> set[str]:
    return set(PointReached.objects.filter(case=case).values_list("point", flat=True))


def sweep(at: datetime | None = None) -> None:
    engine.sweep(at or clocks.now(), rules={"voice-to-ask": RULES["voice-to-ask"]})


def owed() -> list[FollowUp]:
    return list(FollowUp.objects.filter(rule="voice-to-ask").order_by("since"))


def say_why_not(case: Case, by: Actor, why: str = "unwell", words: str = "") -> NotAsked:
    with acting_as(by):
        return act.not_asked(case=case, point="first_contact", why=why, words=words, by=by)


def test_each_point_that_people_are_asked_at_is_reached_once_with_the_time_that_it_was(
    cast: Cast,
) -> None:
    case, at = make_case(), clocks.now() - 9 * DAY
    spoke(case, at, "no_answer")
    assert reached(case) == set()
    for later in (2 * DAY, DAY):
        spoke(case, at + later)
        interviewed(case, at + later)
    told(case, at + DAY, Decision.RECEIVED)
    told(case, at + DAY, Decision.RG_POSITIVE, why_not="They asked not to hear.")
    assert reached(case) == {Point.FIRST_CONTACT, Point.INTERVIEW}
    told(case, at + DAY, Decision.RG_NEGATIVE)
    told(case, at + 2 * DAY, Decision.CG_NEGATIVE)
    closed(case, at + 3 * DAY)
    rows = PointReached.objects.filter(case=case).order_by("at", "point")
    assert [(row.point, (row.at - at).days) for row in rows] == [
        (Point.DECISION, 1),
        (Point.FIRST_CONTACT, 1),
        (Point.INTERVIEW, 1),
        (Point.DECISION, 2),
        (Point.CLOSURE, 3),
    ]


@pytest.mark.parametrize("outcome", ["transferred", "died"])
def test_nobody_is_asked_at_the_end_who_died_or_is_with_another_force(
    cast: Cast, outcome: str
) -> None:
    case = make_case()
    spoke(case, clocks.now() - DAY)
    closed(case, clocks.now(), outcome)
    assert reached(case) == {Point.FIRST_CONTACT}


def test_nobody_is_asked_with_whom_nobody_ever_spoke(cast: Cast) -> None:
    case = make_case()
    closed(case, clocks.now())
    assert reached(case) == set()


def test_a_navigator_owes_asking_within_ten_working_days_and_nobody_of_the_team_sees_it(
    cast: Cast,
) -> None:
    case = make_case()
    spoke(case, clocks.now())
    sweep()
    (duty,) = owed()
    assert duty.holder == cast.tarek
    assert (duty.case_id, duty.scope_id, duty.unit_id) == (None, None, None)
    assert duty.due_at is not None
    assert 11 * DAY < duty.due_at - duty.since < 20 * DAY  # at the close of the tenth working day
    for who in ("olu", "sade"):
        with acting_as(cast.actor(who)):
            assert not FollowUp.objects.visible_to(cast.actor(who)).filter(pk=duty.pk).exists()


def test_with_no_navigator_the_lead_owes_it(cast: Cast) -> None:
    RoleHeld.objects.filter(role=Role.NAVIGATOR).delete()
    spoke(make_case(), clocks.now())
    sweep()
    (duty,) = owed()
    assert duty.holder is not None
    assert duty.holder.roles.filter(role=Role.SPECIALIST_LEAD).exists()


def test_the_cases_of_a_force_are_spread_over_its_navigators_and_stay_with_them(cast: Cast) -> None:
    second = User.objects.create(
        username="second", name="Second", force=cast.force, email="second@example.org",
        joined_at=clocks.now(),
    )  # fmt: skip
    RoleHeld.objects.create(user=second, role=Role.NAVIGATOR)
    for _one in range(24):
        spoke(make_case(), clocks.now())
    sweep()
    holders = {duty.subject_id: duty.holder for duty in owed()}
    assert set(holders.values()) == {cast.tarek, second}
    sweep(clocks.now() + 9 * timedelta(hours=1))
    assert {duty.subject_id: duty.holder for duty in owed()} == holders


def test_asking_ends_what_is_owed_and_asking_about_something_else_does_not(cast: Cast) -> None:
    case, tarek = make_case(), cast.actor("tarek")
    spoke(case, clocks.now() - DAY)
    sweep()
    states = []
    for point in (Point.INTERVIEW, Point.FIRST_CONTACT):
        with acting_as(tarek):
            act.ask_now(case=case, point=point, language="en", given=None, by=tarek)
        sweep()
        states.append(owed()[0].state)
    assert states == [FollowUpState.OPEN, FollowUpState.MET]


def test_what_was_asked_before_the_end_does_not_count_for_the_end(
    cast: Cast,
) -> None:
    case, tarek = make_case(), cast.actor("tarek")
    spoke(case, clocks.now() - 2 * DAY)
    with acting_as(tarek):
        act.ask_now(case=case, point=Point.CLOSURE, language="en", given=None, by=tarek)
    closed(case, clocks.now() + DAY)
    sweep(clocks.now() + 2 * DAY)
    assert owed()[-1].occurrence == PointReached.objects.get(point=Point.CLOSURE).pk
    assert owed()[-1].state == FollowUpState.OPEN


def test_saying_why_not_ends_what_is_owed_and_is_said_once(cast: Cast) -> None:
    case, tarek = make_case(), cast.actor("tarek")
    spoke(case, clocks.now() - DAY)
    sweep()
    say_why_not(case, tarek)
    sweep()
    assert [duty.state for duty in owed()] == [FollowUpState.MET]
    with pytest.raises(Conflict):
        say_why_not(case, tarek)
    assert NotAsked.objects.count() == 1


def test_what_is_asked_before_the_end_is_over_with_the_case_and_the_end_when_it_goes_on(
    cast: Cast,
) -> None:
    case = make_case()
    spoke(case, clocks.now() - 3 * DAY)
    sweep(clocks.now() - 2 * DAY)
    closed(case, clocks.now() - DAY)
    sweep()
    assert [duty.state for duty in owed()] == [FollowUpState.VOID, FollowUpState.OPEN]
    CaseEvent.objects.create(**fact(case, clocks.now()), kind=EventKind.REOPENED, text="x")
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.ALLOCATED, closed_at=None)
    sweep(clocks.now() + timedelta(minutes=1))
    assert [duty.state for duty in owed()] == [FollowUpState.OPEN, FollowUpState.VOID]


def test_whoever_had_a_part_in_the_case_can_neither_see_it_nor_say_why_not(
    cast: Cast, client_of: Browser
) -> None:
    case = make_case()
    spoke(case, clocks.now())
    point, olu = PointReached.objects.get(case=case), cast.actor("olu")
    with pytest.raises(NotVisible), acting_as(olu):
        PointReached.objects.get_visible(olu, pk=point.pk)
    with pytest.raises(Refused):
        say_why_not(case, olu)
    client = client_of(cast.olu)
    assert client.get(f"/voice/to-ask/{case.pk}").status_code == 403
    assert client.post(f"/voice/to-ask/{case.pk}", {"why": "unwell"}).status_code == 403
    assert not NotAsked.objects.exists()


def test_the_database_keeps_why_not_from_whoever_had_a_part_and_as_it_was_said(cast: Cast) -> None:
    case = make_case()
    spoke(case, clocks.now())
    row = say_why_not(case, cast.actor("tarek"), "other", "Her brother listens.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM casework_notasked")
        assert "brother" not in cursor.fetchone()[0]
    seen = {}
    for who in ("olu", "sade", "tarek"):
        with acting_as(cast.actor(who)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casework_notasked")
            seen[who] = cursor.fetchone()[0]
    assert seen == {"olu": 0, "sade": 1, "tarek": 1}
    for change in ("UPDATE casework_notasked SET why = 'unwell'", "DELETE FROM casework_notasked"):
        with (
            pytest.raises(DatabaseError),
            acting_as(cast.actor("tarek")),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    events = AuditEvent.objects.filter(subject="casework_notasked", subject_id=str(row.pk))
    assert events.exists()
    assert all("brother" not in str(event.detail) for event in events)
    with pytest.raises(DatabaseError), transaction.atomic():
        NotAsked.objects.create(**fact(case, clocks.now()), point="interview", why="other")


def test_my_work_asks_as_many_questions_for_fifty_people_to_ask_as_for_one(
    cast: Cast, client_of: Browser
) -> None:
    client = client_of(cast.tarek)

    def questions(people: int) -> int:
        for _ in range(people):
            spoke(make_case(), clocks.now())
        sweep()
        client.get("/work")
        with CaptureQueriesContext(connection) as asked:
            client.get("/work")
        return len(asked)

    assert questions(1) == questions(48)


def test_my_work_names_no_case_that_its_reader_reaches_no_longer(
    cast: Cast, client_of: Browser
) -> None:
    hidden, own, client = make_case(), make_case(), client_of(cast.tarek)
    for case in (hidden, own):
        spoke(case, clocks.now())
    sweep()
    before = client.get("/work").content.decode()
    assert hidden.reference in before
    assert own.reference in before
    hidden.scope.restriction = Restriction.COVERT
    hidden.scope.save()
    Case.objects.filter(pk=own.pk).update(owner=cast.tarek)  # now the answers are about him too
    work = client.get("/work").content.decode()
    for case in (hidden, own):
        assert (
            f'{case.reference}</a> <span class="app-quiet">{Point.FIRST_CONTACT.label}' not in work
        )
        assert f"/voice/to-ask/{case.pk}" in work, "until the next round of the engine"


def test_a_navigator_is_led_to_whom_to_ask_and_asks_or_says_why_not(
    cast: Cast, client_of: Browser
) -> None:
    case, client = make_case(), client_of(cast.tarek)
    address = f"/voice/to-ask/{case.pk}"
    spoke(case, clocks.now())
    told(case, clocks.now(), Decision.RG_NEGATIVE)
    sweep()
    work = client.get("/work").content.decode()
    assert f'href="{address}"' in work
    for point in Point.FIRST_CONTACT, Point.DECISION:
        assert f'{case.reference}</a> <span class="app-quiet">{point.label}' in work
    page = client.get(address).content.decode()
    for point in ("first_contact", "decision"):
        assert f"/case/{case.reference}/voice?about={point}" in page
    asked = client.get(f"/case/{case.reference}/voice?about=first_contact").content.decode()
    assert 'value="first_contact" checked' in " ".join(asked.split())
    assert client.post(address, {}).status_code == 400
    kept = client.post(address, {"point": "decision", "why": "other", "words": " "})
    assert kept.status_code == 400
    assert "Enter why they are not asked" in kept.content.decode()
    assert client.post(address, {"point": "interview", "why": "unwell"}).status_code == 400
    assert client.post(address, {"point": "decision", "why": "unwell"}).status_code == 302
    page = client.get(address).content.decode()
    assert "about=first_contact" in page
    assert "about=decision" not in page
    last = {"point": "first_contact", "why": "support"}
    assert client.post(address, last).status_code == 302
    assert client.post(address, last).status_code == 409
    assert "Nothing is owed here now" in client.get(address).content.decode()
    sweep()
    assert {duty.state for duty in owed()} == {FollowUpState.MET}


def test_the_page_asks_as_often_for_many_points_as_for_one(cast: Cast, client_of: Browser) -> None:
    client, case, asked = client_of(cast.tarek), make_case(), []
    spoke(case, clocks.now())
    for more in (0, 49):
        for _one in range(more):
            told(case, clocks.now(), Decision.CG_NEGATIVE)
        client.get(f"/voice/to-ask/{case.pk}")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/voice/to-ask/{case.pk}").content.decode()
        assert page.count("?about=") == more + 1
        asked.append(len(captured))
    assert asked[0] == asked[1]
