"""Whom a support referral is for: always the person of its case, whoever writes what."""

import pytest
from django.db import DatabaseError, connection, transaction

import clocks
from casework.models import Case
from referrals.models import SupportReferral
from tests.builders import make_case, make_victim
from tests.cast import Cast
from victims.models import NeedKind


def referral_of(case: Case, cast: Cast) -> SupportReferral:
    made = SupportReferral.objects.create(
        scope=case.scope, case=case, agency=cast.harbour, force=case.scope.force,
        needs=[NeedKind.HEALTH], created_at=clocks.now(), created_by=case.logged_by,
        changed_at=clocks.now(), status="draft",
    )  # fmt: skip
    made.refresh_from_db()
    return made


def test_a_referral_is_for_the_person_of_its_case_and_nobody_else_whatever_is_written(
    cast: Cast,
) -> None:
    case, other = make_case(), make_case()
    referral = referral_of(case, cast)
    assert referral.person == case.victim_id
    SupportReferral.objects.filter(pk=referral.pk).update(person=other.victim_id)
    referral.refresh_from_db()
    assert referral.person == case.victim_id


def test_a_case_that_is_given_another_person_takes_its_referrals_along(cast: Cast) -> None:
    case = make_case()
    referral, person = referral_of(case, cast), make_victim(case.scope)
    Case.objects.filter(pk=case.pk).update(victim=person)
    referral.refresh_from_db()
    assert referral.person == person.pk


def test_the_database_holds_no_referral_for_somebody_whose_case_it_is_not(cast: Cast) -> None:
    case, other = make_case(), make_case()
    referral = referral_of(case, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        write_anyway(referral, other)


def write_anyway(referral: SupportReferral, other: Case) -> None:
    """As whoever owns the tables could."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE referrals_supportreferral DISABLE TRIGGER person_of_case")
        cursor.execute(
            "UPDATE referrals_supportreferral SET person = %s WHERE id = %s",
            [other.victim_id, referral.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
