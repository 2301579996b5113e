"""Both walls: what Python scoping hides, row-level security hides by itself."""

import pytest

from accounts.context import acting_as
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast


@pytest.mark.parametrize("name", ["wyn", "petra", "hana", "lena"])
def test_with_python_scoping_off_the_database_shows_nobody_elses_case(
    cast: Cast, name: str
) -> None:
    make_case()
    actor = cast.actor(name)
    with acting_as(actor):
        seen = Case.objects.count()
    assert seen == 0


@pytest.mark.parametrize("name", ["olu", "sade", "ines", "keir"])
def test_those_whose_reach_covers_the_unit_see_its_case(cast: Cast, name: str) -> None:
    make_case()
    with acting_as(cast.actor(name)):
        assert Case.objects.count() == 1
