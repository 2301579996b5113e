"""What cannot wait reaches somebody who is on duty; who is not learns it in their digest."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from accounts.models import (
    GrantKind,
    Restriction,
    RoleHeld,
    ScopeGrant,
    Shift,
    Supervision,
    User,
)
from accounts.permissions import Role
from casework.holding import holder
from casework.models import Case
from followups import delivery, engine
from followups.models import FollowUp, Notice, Rung
from followups.rules import RULES
from followups.rules.base import Rule
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT

HOUR = timedelta(hours=1)
SAFETY = {"safety-not-confirmed": RULES["safety-not-confirmed"]}  # it interrupts
Told = list[tuple[str, str, bool]]


def nights(*people: User) -> None:
    """They work at night only; the sweeps here are in the day."""
    Shift.objects.bulk_create(
        Shift(user=person, weekday=day, starts=time(22), ends=time(6))
        for person in people
        for day in range(1, 8)
    )


def told(case: Case, rung: int = 1) -> Told:
    """Who was told how, and whether at once."""
    rows = Notice.objects.filter(step__followup__case=case, step__rung=rung)
    return sorted(rows.values_list("person__username", "channel", "interrupts"))


def due(cast: Cast, **over: Any) -> Case:
    case = make_case(at=AT, **over)
    engine.sweep(AT, rules=SAFETY)
    engine.sweep(AT + 4 * HOUR, rules=SAFETY)
    return case


def test_an_owner_on_duty_is_told_at_once_and_nobody_else(cast: Cast) -> None:
    assert told(due(cast)) == [("olu", "email", True), ("olu", "page", False)]


def test_an_owner_off_duty_is_told_in_the_digest_and_the_duty_supervisor_at_once(
    cast: Cast,
) -> None:
    nights(cast.olu)
    case = due(cast)
    assert told(case) == [
        *(("olu", "email", False), ("olu", "page", False)),
        *(("sade", "email", True), ("sade", "page", False)),
    ]
    assert FollowUp.objects.get(case=case).holder == cast.olu


def test_when_the_supervisor_is_off_duty_too_it_is_the_next_one_up(cast: Cast) -> None:
    nights(cast.olu, cast.sade)
    assert ("ines", "email", True) in told(due(cast))
    assert "sade" not in {person for person, _channel, _now in told(due(cast))}


def test_when_nobody_is_on_duty_the_owner_is_disturbed_after_all(cast: Cast) -> None:
    nights(*User.objects.filter(force=cast.force))
    assert told(due(cast)) == [("olu", "email", True), ("olu", "page", False)]


def test_a_closely_held_case_is_told_only_to_somebody_named_on_it(cast: Cast) -> None:
    nights(cast.olu)
    scope = make_scope(restriction=Restriction.RESTRICTED)
    for person in (cast.olu, cast.dov):
        ScopeGrant.objects.create(
            scope=scope, force=cast.force, user=person, kind=GrantKind.TEAM, starts_at=AT
        )
    case = due(cast, victim=make_victim(scope))
    people = {person for person, _channel, _now in told(case)}
    assert people <= {"olu", "dov"}


def second_supervisor(cast: Cast) -> User:
    """Rhys answers for the unit too, after Sade."""
    Supervision.objects.create(user=cast.rhys, unit=cast.unit, rank=9)
    RoleHeld.objects.create(user=cast.rhys, role=Role.SUPERVISOR)
    return cast.rhys


def test_of_two_supervisors_whoever_is_on_duty_holds_what_nobody_owns(cast: Cast) -> None:
    second = second_supervisor(cast)
    case = make_case(at=AT, owner=None, status="new")
    engine.sweep(AT, rules=SAFETY)
    held = FollowUp.objects.filter(case=case)
    assert held.get().holder == cast.sade
    nights(cast.sade)
    engine.sweep(AT, rules=SAFETY)
    assert held.get().holder == second
    assert holder(case, AT) == second
    engine.sweep(AT + 14 * HOUR, rules=SAFETY)  # midnight: both are on duty
    assert held.get().holder == cast.sade


def test_of_two_leads_whoever_is_on_duty_stands_for_the_force(cast: Cast) -> None:
    case = make_case(at=AT, owner=None, status="new")
    Supervision.objects.filter(unit=cast.unit).delete()
    RoleHeld.objects.create(user=cast.rhys, role=Role.SPECIALIST_LEAD)
    nights(holder(case, AT) or cast.ines)
    assert holder(case, AT) in {cast.rhys, cast.ines}
    assert not Shift.objects.filter(user=holder(case, AT)).exists()


def test_what_goes_up_goes_to_the_supervisor_who_is_on_duty(cast: Cast) -> None:
    second = second_supervisor(cast)
    nights(cast.sade)
    make_case(at=AT)
    rules = {"needs-not-assessed": RULES["needs-not-assessed"]}
    engine.sweep(AT, rules=rules)
    engine.sweep(AT + 48 * HOUR, rules=rules)
    told_of_second = Notice.objects.filter(step__rung=2).values_list("person", flat=True)
    assert set(told_of_second) == {second.pk}


def test_what_came_back_and_cannot_wait_is_passed_on_to_whoever_is_on_duty(cast: Cast) -> None:
    nights(cast.sade)
    case = due(cast)
    sent = Notice.objects.filter(step__followup__case=case, channel="email")
    sent.update(state="bounced", failed_at=AT + 4 * HOUR)
    delivery.pass_on(AT + 4 * HOUR)
    assert told(case)[:2] == [("ines", "email", True), ("ines", "page", False)]
    assert "sade" not in {person for person, _channel, _now in told(case)}


def test_what_came_back_and_can_wait_goes_to_the_next_one_up(cast: Cast) -> None:
    nights(cast.sade)
    case = due(cast)
    sent = Notice.objects.filter(step__followup__case=case, channel="email")
    sent.update(state="bounced", failed_at=AT + 4 * HOUR, interrupts=False)
    delivery.pass_on(AT + 4 * HOUR)
    assert ("sade", "email", False) in told(case)


def test_what_goes_up_to_nobody_is_told_to_whoever_holds_it_and_nobody_else(cast: Cast) -> None:
    nights(cast.olu)
    rule = type(SAFETY["safety-not-confirmed"])
    alone = type(rule.__name__, (rule,), {"ladder": (Rung.OWNER,) * 3})
    rules: dict[str, Rule] = {"safety-not-confirmed": alone()}
    case = make_case(at=AT)
    for hours in (0, 4, 48):
        engine.sweep(AT + hours * HOUR, rules=rules)
        sent = Notice.objects.filter(channel="email", failed_at=None)
        sent.update(state="bounced", failed_at=AT + hours * HOUR)
        delivery.dispatch(AT + hours * HOUR, rules=rules)
    assert {rung for rung in range(4) if told(case, rung)} == {1, 2, 3}
    assert set(Notice.objects.values_list("person__username", flat=True)) == {"olu"}


def test_what_can_wait_is_for_its_owner_alone(cast: Cast) -> None:
    nights(cast.olu)
    rules = {"needs-not-assessed": RULES["needs-not-assessed"]}
    case = make_case(at=AT)
    engine.sweep(AT, rules=rules)
    engine.sweep(AT + 25 * HOUR, rules=rules)
    assert {person for person, _channel, _now in told(case)} == {"olu"}


def test_somebody_stands_in_for_one_step_once(cast: Cast) -> None:
    nights(cast.olu)
    due(cast)
    before = Notice.objects.count()
    engine.sweep(AT + 4 * HOUR, rules=SAFETY)
    assert Notice.objects.count() == before


@pytest.mark.parametrize("many", [1, 50])
def test_finding_who_stands_in_costs_as_many_statements_for_fifty_as_for_one(
    cast: Cast, many: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    nights(cast.olu)
    for _each in range(many):
        make_case(at=AT)
    engine.sweep(AT, rules=SAFETY)
    with django_assert_max_num_queries(60):
        engine.sweep(AT + 4 * HOUR, rules=SAFETY)
    assert Notice.objects.filter(person=cast.sade, interrupts=True).count() == many
