"""Whom a case is proposed to: no hard rule is ever broken, the same again when reckoned again, and why."""

import json
import os
from collections.abc import Callable
from datetime import time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.errors import Conflict
from accounts.models import (
    Absence,
    AbsenceKind,
    GrantKind,
    OfficerGender,
    Restriction,
    RoleHeld,
    ScopeBar,
    ScopeGrant,
    Shift,
    Tie,
    User,
)
from accounts.permissions import Role
from casework.actions.allocation import NotProposed, assign
from casework.models import Allocation, Case, CaseStatus
from casework.proposals import VERSION, consider, kept_from, lacks_training, propose
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from training.models import Course, Purpose, Requirement, TrainingRecord
from training.rules import shortfalls
from victims.models import OfficerPreference, RiskLevel

SITUATIONS = 500 if os.environ.get("PROVE") else 40
DAY = timedelta(days=1)
ClientOf = Callable[[User], Client]


@pytest.fixture
def pip2(cast: Cast) -> Course:
    """The one course without which an investigator is not given a case."""
    Requirement.objects.all().delete()
    course = Course.objects.create(slug="tests-pip2", name="PIP2")
    Requirement.objects.create(
        course=course, role=Role.INVESTIGATOR, purpose=Purpose.OWN_CASE, blocks=True
    )
    return course


def officer(cast: Cast, number: int, **over: Any) -> User:
    given = {"username": f"officer{number}", "name": f"DC Number {number}", "force": cast.force}
    made = User.objects.create(**(given | {"unit": cast.unit} | over))
    RoleHeld.objects.create(user=made, role=Role.INVESTIGATOR)
    return made


def trained(user: User, course: Course, ends_in: int) -> None:
    TrainingRecord.objects.create(
        user=user, course=course, completed_on=clocks.today() - 400 * DAY,
        expires_on=clocks.today() + ends_in * DAY, recorded_at=clocks.now(), recorded_by=user,
        verified_at=clocks.now(), verified_by=User.objects.get(username="bronwen"),
    )  # fmt: skip


def away(user: User) -> None:
    at = clocks.now()
    Absence.objects.create(user=user, kind=AbsenceKind.SICK, starts_at=at - DAY, ends_at=at + DAY)


def close_to(case: Case, user: User) -> None:
    ScopeBar.objects.create(
        scope=case.scope, force=case.scope.force, user=user, tie=Tie.FAMILY,
        declared_at=clocks.now(), declared_by=user,
    )  # fmt: skip


def name_on(case: Case, user: User) -> None:
    ScopeGrant.objects.create(
        scope=case.scope, force=case.scope.force, user=user, kind=GrantKind.TEAM,
        starts_at=clocks.now() - DAY,
    )  # fmt: skip


def a_situation(rng: Random, cast: Cast, course: Course) -> tuple[Case, list[User]]:
    """A case that asks for something, and officers of every kind."""
    restriction = rng.choice([Restriction.STANDARD, Restriction.STANDARD, Restriction.RESTRICTED])
    victim = make_victim(
        make_scope(restriction=restriction),
        language=rng.choice(["", "English", "Vietnamese", "Kurdish, Sorani", "Polish"]),
        officer_preference=rng.choice(OfficerPreference.values),
    )
    case = make_case(victim=victim, status=CaseStatus.NEW)
    name_on(case, cast.sade)
    people = [cast.olu]
    for number in range(rng.randrange(6)):
        languages = rng.choice(
            ["English", "English, Vietnamese", "Kurdish", "", " polish ,English"]
        )
        unit = rng.choice([cast.unit, cast.unit, cast.other_unit])
        gender = rng.choice(["", *OfficerGender.values])
        people.append(officer(cast, number, unit=unit, languages=languages, officer_gender=gender))
    for user in people:
        if rng.random() < 0.6:
            trained(user, course, ends_in=rng.choice([-1, 0, 300]))
        if rng.random() < 0.2:
            away(user)
        if rng.random() < 0.2:
            close_to(case, user)
        if rng.random() < 0.5:
            name_on(case, user)
        if rng.random() < 0.15:
            user.roles.all().delete()
        if rng.random() < 0.3:
            Shift.objects.create(user=user, weekday=1, starts=time(8), ends=time(9))
        for _ in range(rng.randrange(3)):
            make_case(owner=user, victim=make_victim(risk=rng.choice(RiskLevel.values)))
    if rng.random() < 0.1:
        User.objects.filter(pk=rng.choice(people).pk).update(is_active=False, left_at=clocks.now())
    return case, people


def may_own(user: User, case: Case, force_wide: bool) -> bool:
    """The hard rules once more, as a person would look them up."""
    at = clocks.now()
    user.refresh_from_db()
    closely = case.scope.restriction != Restriction.STANDARD
    named = ScopeGrant.objects.filter(
        scope=case.scope, user=user, kind=GrantKind.TEAM, ends_at=None
    )
    return (
        user.is_active
        and user.roles.filter(role=Role.INVESTIGATOR).exists()
        and user.force_id == case.scope.force_id
        and (force_wide or user.unit_id == case.scope.unit_id)
        and not user.absences.filter(starts_at__lte=at, ends_at__gt=at).exists()
        and not ScopeBar.objects.filter(scope=case.scope, user=user, ended_at=None).exists()
        and (not closely or named.exists())
    )


def test_no_random_situation_breaks_a_hard_rule_and_each_answer_can_be_reckoned_again(
    cast: Cast, pip2: Course
) -> None:
    seen = {"proposed": 0, "kept": 0, "assigned": 0, "refused": 0, "for a reason": 0}
    for number in range(SITUATIONS):
        with transaction.atomic():
            look_at(a_situation(Random(number), cast, pip2), cast, seen)
            transaction.set_rollback(True)
    assert all(seen.values()), seen


def look_at(situation: tuple[Case, list[User]], cast: Cast, seen: dict[str, int]) -> None:
    case, people = situation
    sade = cast.actor("sade")
    considered = consider(case, by=sade, at=clocks.now())
    found = propose(considered)
    of_unit = User.objects.active().holding(Role.INVESTIGATOR).filter(unit=case.scope.unit_id)
    force_wide = not of_unit.exists()
    listed = {each.person["id"] for each in found}
    for user in [*people, cast.petra, cast.wyn, cast.rhys]:
        assert (str(user.pk) in listed) == may_own(user, case, force_wide), user
    assert propose(json.loads(json.dumps(considered))) == found
    assert all(each.reasons and all(reason.words for reason in each.reasons) for each in found)
    assert [each.points for each in found if not lacks_training(each.person)] == sorted(
        (each.points for each in found if not lacks_training(each.person)), reverse=True
    )
    for each in found:
        user = User.objects.get(pk=each.person["id"])
        blocked = any(
            lack.blocks for lack in shortfalls(user, purpose=Purpose.OWN_CASE, on=clocks.today())
        )
        assert lacks_training(each.person) == blocked
        seen["proposed"] += each.is_proposed
        assert not (each.is_proposed and blocked)
    for person, why in kept_from(considered):
        seen["kept"] += 1
        assert why
        with pytest.raises(Conflict, match="cannot be given this case"):
            assign(
                case=case, owner=User.objects.get(pk=person["id"]), override_reason="All the same.",
                by=sade,
            )  # fmt: skip
        seen["refused"] += 1
    if found:
        give_and_reckon_again(case, found[-1].person["id"], cast, seen)


def give_and_reckon_again(case: Case, owner: str, cast: Cast, seen: dict[str, int]) -> None:
    given = assign(
        case=case, owner=User.objects.get(pk=owner), override_reason="She asked for them.",
        by=cast.actor("sade"),
    )  # fmt: skip
    kept = Allocation.objects.get(case=given, ended_at=None)
    again = propose(kept.considered)
    assert kept.considered["version"] == VERSION
    assert [each.person["id"] for each in again].index(str(kept.owner_id)) + 1 == kept.place
    seen["assigned"] += 1
    seen["for a reason"] += not again[(kept.place or 1) - 1].is_proposed


def four_officers(cast: Cast, course: Course) -> list[User]:
    trained(cast.olu, course, 300)
    people = [officer(cast, number) for number in range(4)]
    for number, user in enumerate(people):
        trained(user, course, 300)
        for _ in range(number):
            make_case(owner=user)
    return people


def test_whoever_speaks_their_language_and_is_whom_they_asked_for_comes_first(
    cast: Cast, pip2: Course
) -> None:
    people = four_officers(cast, pip2)
    User.objects.filter(pk=people[3].pk).update(
        languages="English, Vietnamese", officer_gender=OfficerGender.WOMAN
    )
    victim = make_victim(language="Vietnamese", officer_preference=OfficerPreference.WOMAN)
    case = make_case(victim=victim, status=CaseStatus.NEW, logged_by=cast.rhys)
    first = propose(consider(case, by=cast.actor("sade"), at=clocks.now()))[0]
    assert first.person["id"] == str(people[3].pk)
    assert "Speaks Vietnamese +30" in first.why()
    assert "Holds 3 open cases -6" in first.why()


def test_somebody_who_was_not_proposed_is_chosen_only_with_a_reason_which_is_kept(
    cast: Cast, pip2: Course
) -> None:
    people = four_officers(cast, pip2)
    case = make_case(status=CaseStatus.NEW, logged_by=cast.rhys)
    with pytest.raises(NotProposed, match="Others were proposed"):
        assign(case=case, owner=people[3], override_reason="", by=cast.actor("sade"))
    why = "He is at the hospital with her."
    assign(case=case, owner=people[3], override_reason=why, by=cast.actor("sade"))
    kept = Allocation.objects.get(case=case)
    assert (kept.place, kept.choice_reason, kept.override_reason) == (5, why, "")


def test_the_database_keeps_no_unproposed_choice_without_a_reason(cast: Cast) -> None:
    case, at = make_case(), clocks.now()
    with (
        pytest.raises(IntegrityError, match="allocation_unproposed_has_reason"),
        transaction.atomic(),
    ):
        Allocation.objects.create(
            scope=case.scope, case=case, owner=cast.olu, at=at, by=cast.sade, recorded_at=at,
            considered={"version": 1}, place=4,
        )  # fmt: skip


def test_the_page_shows_the_order_with_reasons_and_who_cannot_be_given_it(
    cast: Cast, pip2: Course, client_of: ClientOf
) -> None:
    people = four_officers(cast, pip2)
    away(people[0])
    case = make_case(status=CaseStatus.NEW, logged_by=cast.rhys)
    sade = client_of(cast.sade)
    words = sade.get(f"/case/{case.reference}/assign").content.decode()
    assert "Proposed, place 1" in words
    assert "Not proposed, place 4" in words
    assert "DC Number 0 is away until" in words
    refused = sade.post(f"/case/{case.reference}/assign", {"owner": str(people[3].pk)})
    assert refused.status_code == 409
    assert "Others were proposed for this case" in refused.content.decode()
    given = {"owner": str(people[3].pk), "override_reason": "She knows him."}
    assert sade.post(f"/case/{case.reference}/assign", given).status_code == 302
    words = sade.get(f"/case/{case.reference}/assign").content.decode()
    assert "How the present owner was chosen" in words
    assert "She knows him." in words


def test_a_proposal_asks_as_many_questions_for_fifty_officers_as_for_one(
    cast: Cast, pip2: Course
) -> None:
    case = make_case(status=CaseStatus.NEW)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            propose(consider(case, by=cast.actor("sade"), at=clocks.now()))
        return len(asked)

    one = questions()
    for number in range(49):
        make_case(owner=officer(cast, number))
    assert questions() == one
