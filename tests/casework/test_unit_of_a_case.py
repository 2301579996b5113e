"""A case's unit is that of its scope, whatever writes it."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Unit
from casework.models import Case
from tests.builders import make_case, make_scope
from tests.cast import Cast


def unit_of(case: Case) -> Unit:
    return Case.objects.get(pk=case.pk).unit


def test_a_new_case_has_the_unit_of_its_scope(cast: Cast) -> None:
    assert unit_of(make_case()) == cast.unit


def test_a_case_saved_whole_keeps_the_unit_of_its_scope(cast: Cast) -> None:
    case = make_case()
    case.save()
    assert unit_of(case) == cast.unit


def test_a_scope_that_moves_to_another_unit_takes_its_case_along(cast: Cast) -> None:
    case = make_case()
    fellgate = Unit.objects.get(slug="fellgate")
    case.scope.unit = fellgate
    case.scope.save()
    assert unit_of(case) == fellgate


def test_a_case_given_another_scope_has_that_ones_unit(cast: Cast) -> None:
    case = make_case()
    fellgate = Unit.objects.get(slug="fellgate")
    case.scope = make_scope(fellgate)
    case.save(update_fields=["scope"])
    assert unit_of(case) == fellgate


def test_a_unit_written_by_hand_is_put_right(cast: Cast) -> None:
    case = make_case()
    Case.objects.filter(pk=case.pk).update(unit=Unit.objects.get(slug="fellgate"))
    assert unit_of(case) == cast.unit


def test_no_case_can_be_without_a_unit(cast: Cast) -> None:
    case = make_case()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET scope_id = gen_random_uuid() WHERE id = %s", [case.pk]
        )
