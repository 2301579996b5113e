"""Age: whole years, birthdays on 29 February, dates known in part; Python and PostgreSQL agree."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clocks
from victims.ages import Precision, age_on, ages, birthday, born_between, majority
from victims.models import AgeBand, Victim

BORN = st.dates(date(1930, 1, 1), date(2026, 12, 31))
LATER = st.integers(0, 40_000).map(lambda days: timedelta(days=days))


@pytest.mark.parametrize(
    ("born_on", "turns"),
    [
        (date(2008, 11, 26), date(2026, 11, 26)),
        (date(2008, 2, 28), date(2026, 2, 28)),
        (date(2008, 2, 29), date(2026, 3, 1)),  # no 29 February in 2026
        (date(2008, 3, 1), date(2026, 3, 1)),
        (date(2010, 3, 1), date(2028, 3, 1)),  # 2028 has one, and it is not theirs
        (date(2007, 12, 31), date(2025, 12, 31)),
    ],
)
def test_somebody_is_18_from_the_beginning_of_their_birthday(born_on: date, turns: date) -> None:
    assert birthday(born_on, 18) == turns
    assert age_on(born_on, turns) == 18
    assert age_on(born_on, turns - timedelta(days=1)) == 17


@given(born_on=BORN, years=st.integers(0, 99))
def test_one_is_so_many_years_old_first_on_the_birthday(born_on: date, years: int) -> None:
    day = birthday(born_on, years)
    assert age_on(born_on, day) == years
    assert age_on(born_on, day - timedelta(days=1)) == years - 1


@given(born_on=BORN, later=LATER)
def test_age_never_falls_and_grows_by_one_at_a_time(born_on: date, later: timedelta) -> None:
    day = born_on + later
    assert age_on(born_on, day + timedelta(days=1)) - age_on(born_on, day) in {0, 1}


@given(born_on=BORN, precision=st.sampled_from(Precision.values), later=LATER)
def test_what_is_known_in_part_never_says_less_than_may_be_so(
    born_on: date, precision: str, later: timedelta
) -> None:
    born = born_between(born_on, precision)
    assert born.earliest <= born_on <= born.latest
    youngest, oldest = ages(born_on, precision, born.latest + later)
    assert youngest <= age_on(born_on, born.latest + later) <= oldest
    turns = majority(born_on, precision)
    assert turns.earliest <= birthday(born_on, 18) <= turns.latest


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(born_on=BORN, precision=st.sampled_from(Precision.values))
def test_postgres_says_the_same_day_as_python(db: None, born_on: date, precision: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT victims_majority(%s, %s)", [born_on, precision])
        assert cursor.fetchone()[0] == majority(born_on, precision).latest


@given(
    band=st.sampled_from(AgeBand),
    disputed=st.booleans(),
    born_on=st.none() | BORN,
    precision=st.sampled_from(Precision.values),
)
def test_nobody_who_may_be_a_child_is_taken_for_an_adult(
    band: AgeBand, disputed: bool, born_on: date | None, precision: str
) -> None:
    person = Victim(age_band=band, age_disputed=disputed, born_on=born_on, born_precision=precision)
    today = clocks.today()
    if disputed:
        assert person.is_child
    elif born_on is None:
        assert person.is_child == (band != AgeBand.ADULT)
    elif today < majority(born_on, precision).earliest:
        assert person.is_child
    elif today >= majority(born_on, precision).latest:
        assert not person.is_child
    else:
        assert person.is_child == (band != AgeBand.ADULT)
    assert person.age_words.startswith("Adult") != person.is_child
