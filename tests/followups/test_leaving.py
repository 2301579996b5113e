"""Whoever leaves, by whatever door: the moment it is committed nothing is theirs, and no sweep was needed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import Client

import clocks
from accounts import actions
from accounts.actors import engine as engine_of
from accounts.context import acting_as
from accounts.models import (
    Absence,
    AuditEvent,
    GrantKind,
    Restriction,
    RoleHeld,
    ScopeGrant,
    Supervision,
    User,
)
from casework.actions.allocation import assign
from casework.models import Allocation, Case, CaseStatus, EventKind
from followups import engine
from followups.cracks import report
from followups.models import FollowUp
from followups.rules import RULES
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.cluster import Clone
from tests.followups.conftest import add_fact

HOUR = timedelta(hours=1)
Browser = Callable[[User], Client]
RAW = "UPDATE accounts_user SET is_active = false WHERE username = 'olu'"


def by_page(cast: Cast, browser: Browser) -> None:
    assert browser(cast.lena).post(f"/people/{cast.olu.pk}/leave").status_code == 302


def by_action(cast: Cast, browser: Browser) -> None:
    with acting_as(cast.actor("lena")):
        actions.leave(by=cast.actor("lena"), user=cast.olu)


def by_saving(cast: Cast, browser: Browser) -> None:
    person = cast.olu
    person.is_active = False
    person.save()


def in_bulk(cast: Cast, browser: Browser) -> None:
    User.objects.filter(username__in=["olu", "rhys"]).update(is_active=False)


def by_hand_in_the_web_role(cast: Cast, browser: Browser) -> None:
    with acting_as(cast.actor("lena")), connection.cursor() as cursor:
        cursor.execute(RAW)


def by_hand_in_no_context(cast: Cast, browser: Browser) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.' || name, '', true) FROM unnest(%s) name",
                       [["kind", "actor", "force", "units", "users", "at"]])  # fmt: skip
        cursor.execute(RAW)
        cursor.execute("SELECT set_config('app.kind', 'engine', true)")


DOORS = (
    by_page,
    by_action,
    by_saving,
    in_bulk,
    by_hand_in_the_web_role,
    by_hand_in_no_context,
)


def swept_case(cast: Cast, at: datetime, status: CaseStatus = CaseStatus.ALLOCATED) -> Case:
    case = make_case(at=at, status=status, owner=cast.olu)
    add_fact(Allocation, case, at, owner=cast.olu)
    ScopeGrant.objects.create(
        scope=case.scope, force=cast.force, user=cast.olu, kind=GrantKind.OWNER, starts_at=at
    )
    return case


def broken() -> dict[str, int]:
    """Promises about who holds what that would be broken in an hour, were there no sweep until then.

    That the cases have no owner is for the next sweep to say; the queue shows them meanwhile.
    """
    lines = [line for line in report(clocks.now() + HOUR) if line.code.startswith("I2")]
    assert len(lines) == 4
    return {line.slug: line.count for line in lines if line.count and line.slug != "ownerless"}


@pytest.mark.parametrize("door", DOORS)
def test_by_any_door_the_whole_caseload_waits_for_an_owner_at_once(
    cast: Cast, client_of: Browser, door: Callable[[Cast, Browser], None]
) -> None:
    at = clocks.now() - HOUR
    cases = [swept_case(cast, at), swept_case(cast, at, CaseStatus.CLOSING), make_case(at=at)]
    draft = make_case(at=at, status=CaseStatus.DRAFT)
    others = make_case(at=at, owner=cast.petra, unit=cast.other_unit)
    engine.sweep(at)
    door(cast, client_of)
    assert not User.objects.filter(username="olu", left_at=None).exists()
    assert not Case.objects.filter(owner=cast.olu).exists()
    waiting = [Case.objects.get(pk=case.pk).status for case in [*cases, draft]]
    assert waiting == ["new", "closing", "new", "new"]
    assert not Allocation.objects.filter(owner=cast.olu, ended_at=None).exists()
    assert not ScopeGrant.objects.filter(user=cast.olu, ends_at=None).exists()
    assert not RoleHeld.objects.filter(user=cast.olu).exists()
    assert not FollowUp.objects.open().filter(holder=cast.olu).exists()
    assert FollowUp.objects.open().filter(case__in=cases, holder=cast.sade).exists()
    assert broken() == {}
    lines = cases[0].events.filter(kind=EventKind.PERSON_LEFT)
    assert [line.detail for line in lines] == [{"was": "allocated", "owner": str(cast.olu.pk)}]
    assert AuditEvent.objects.filter(verb="caseload.moved", subject_id=str(cast.olu.pk)).exists()
    assert Case.objects.get(pk=others.pk).owner == cast.petra
    later = clocks.now() + timedelta(minutes=1)
    engine.sweep(later)
    assert FollowUp.objects.open().filter(rule="no-owner", case__in=cases).count() == 3
    assert not FollowUp.objects.filter(rule="owner-left").exists()


def test_by_raw_sql_of_the_tables_owner_too(committed: Clone) -> None:
    cast = Cast()
    with acting_as(engine_of("test")):
        case = swept_case(cast, clocks.now() - HOUR)
    with acting_as(engine_of("test")):
        engine.sweep(clocks.now())
    link = psycopg2.connect(committed.urls["migrate"])
    with link, link.cursor() as cursor:
        cursor.execute(RAW)
    link.close()
    with acting_as(engine_of("test")):
        case.refresh_from_db()
        assert (case.status, case.owner) == (CaseStatus.NEW, None)
        assert broken() == {}
        written = AuditEvent.objects.get(verb="caseload.moved")
        assert (written.actor_kind, written.actor_name) == ("database", "holdfast_owner")


def test_a_restricted_case_goes_to_somebody_named_on_it_and_to_nobody_else(cast: Cast) -> None:
    at = clocks.now() - HOUR
    scope = make_scope(restriction=Restriction.RESTRICTED)
    case = make_case(at=at, victim=make_victim(scope))
    for person in (cast.olu, cast.rhys):
        ScopeGrant.objects.create(
            scope=scope, force=cast.force, user=person, kind=GrantKind.TEAM, starts_at=at
        )
    engine.sweep(at)
    by_saving(cast, lambda user: Client())
    holders = FollowUp.objects.open().filter(case=case).values_list("holder__username", flat=True)
    assert set(holders) == {"rhys"}


def test_what_a_leaving_supervisor_held_goes_to_the_forces_lead_when_the_unit_has_no_other(
    cast: Cast,
) -> None:
    at = clocks.now() - HOUR
    case = make_case(at=at, status=CaseStatus.NEW)
    Supervision.objects.filter(unit=cast.unit).exclude(user=cast.sade).delete()
    engine.sweep(at)
    owed = FollowUp.objects.open().filter(case=case)
    assert {row.holder for row in owed} == {cast.sade}
    User.objects.filter(username="sade").update(is_active=False)
    assert {row.holder for row in owed.all()} == {cast.ines}
    assert not Supervision.objects.filter(unit=cast.unit).exists()
    assert broken() == {}


def test_reminders_of_a_unit_without_a_supervisor_climb_to_the_forces_lead(cast: Cast) -> None:
    at = clocks.now() - 10 * HOUR
    case = make_case(at=at)
    User.objects.filter(pk__in=Supervision.objects.values("user")).update(is_active=False)
    rules = {"safety-not-confirmed": RULES["safety-not-confirmed"]}
    engine.sweep(at, rules=rules)
    engine.sweep(clocks.now(), rules=rules)
    told = FollowUp.objects.get(case=case).steps.order_by("rung")
    people = [(step.to, step.notices.first().person.username) for step in told]
    assert people[1] == ("supervisor", "ines")


def test_somebody_whom_the_leaver_covered_for_is_covered_by_nobody(cast: Cast) -> None:
    now = clocks.now()
    away = Absence.objects.create(
        user=cast.rhys, cover=cast.olu, kind="leave", starts_at=now - HOUR, ends_at=now + HOUR
    )
    by_saving(cast, lambda user: Client())
    away.refresh_from_db()
    assert away.cover is None


def test_whoever_comes_back_has_none_of_it_again(cast: Cast) -> None:
    case = swept_case(cast, clocks.now() - HOUR)
    by_saving(cast, lambda user: Client())
    User.objects.filter(username="olu").update(is_active=True)
    olu = cast.olu
    assert (olu.left_at, olu.has_usable_password()) == (None, False)
    assert not olu.roles.exists()
    case.refresh_from_db()
    assert case.owner is None
    assert cast.actor("olu").roles == frozenset()


def test_a_change_that_is_no_leaving_moves_nothing(cast: Cast) -> None:
    case = swept_case(cast, clocks.now() - HOUR)
    was = case.version
    User.objects.filter(username="olu").update(is_active=True, languages="Welsh")
    case.refresh_from_db()
    assert (case.owner, case.version) == (cast.olu, was)


def test_leaving_costs_as_many_questions_for_fifty_cases_as_for_one(
    cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    for _case in range(50):
        swept_case(cast, clocks.now() - HOUR)
    person = cast.olu
    person.is_active = False
    with django_assert_num_queries(1):
        person.save(update_fields=["is_active"])
    assert Case.objects.filter(status="new").count() == 50


def test_nobody_is_given_a_case_while_they_leave(committed: Clone) -> None:
    cast = Cast()
    with acting_as(engine_of("test")):
        case = make_case(status=CaseStatus.NEW)
    link = psycopg2.connect(committed.urls["migrate"])
    with link.cursor() as cursor:
        cursor.execute(RAW)
        with acting_as(engine_of("test")), connection.cursor() as ours:
            ours.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(Exception, match="lock timeout"):
                assign(case=case, owner=cast.olu, override_reason="Only he", by=engine_of("test"))
    link.commit()
    link.close()
    with acting_as(engine_of("test")):
        assert Case.objects.get(pk=case.pk).owner is None
