"""Both walls: what Python scoping hides, row-level security hides by itself."""

from importlib import import_module

import psycopg2
import pytest

from accounts.context import acting_as
from casework.models import Case
from tests.builders import make_case
from tests.cast import Cast
from tests.cluster import Clone

OF_THE_ENGINE = """
SELECT tablename, policyname, coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies
 WHERE 'holdfast_engine' = ANY (roles) AND policyname <> 'everyone_writes' ORDER BY 1, 2
"""


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


def test_every_policy_of_the_engine_tells_the_planner_to_expect_every_row(
    committed: Clone,
) -> None:
    again = import_module("accounts.migrations.0019_engine_sees_every_row").Migration.operations[0]
    with psycopg2.connect(committed.urls["migrate"]) as link, link.cursor() as cursor:

        def policies() -> list[tuple[str, str, str, str]]:
            cursor.execute(OF_THE_ENGINE)
            rows: list[tuple[str, str, str, str]] = cursor.fetchall()
            return rows

        new = policies()
        assert len(new) > 90
        for said in (part for *_names, using, check in new for part in (using, check) if part):
            assert "IS NOT NULL)" in said
        cursor.execute(again.reverse_sql)
        assert not any("CASE" in using for _table, _name, using, _check in policies())
        cursor.execute(again.sql)
        assert policies() == new
        link.rollback()
    link.close()
