"""Proofs that SQL, Python and a slow reference agree on every due time."""

import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import clocks
from clocks.calendars import bank_holidays, fill
from clocks.days import MOST, WorkingDays
from clocks.models import Calendar
from tests.clocks import brute

H, C, W = "hours", "calendar_days", "working_days"
LONDON = clocks.LONDON

MANY = 100_000 if os.environ.get("PROVE") else 10_000
Row = tuple[datetime, int, str, int]


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]


def in_sql(function: str, *arguments: Any) -> Any:
    marks = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({marks})", arguments)
        return cursor.fetchone()[0]


EXAMPLES = [
    # reads: since, amount, unit, due
    ("a Friday night, one working day", london(2026, 11, 20, 23), 1, W, london(2026, 11, 23, 17)),
    ("a Saturday, one working day", london(2026, 11, 21, 9), 1, W, london(2026, 11, 23, 17)),
    ("a Tuesday morning", london(2026, 11, 24, 9), 2, W, london(2026, 11, 26, 17)),
    ("over Christmas, with a day in lieu", london(2026, 12, 24, 9), 1, W, london(2026, 12, 29, 17)),
    ("over Easter", london(2027, 3, 25, 9), 1, W, london(2027, 3, 30, 17)),
    ("close is 5pm in summer too", london(2026, 3, 27, 9), 1, W, london(2026, 3, 30, 17)),
    ("just before midnight", london(2026, 7, 1, 23, 59), 1, W, london(2026, 7, 2, 17)),
    ("just after midnight", london(2026, 7, 2, 0, 1), 1, W, london(2026, 7, 3, 17)),
    (
        "hours pass while clocks go on",
        london(2026, 3, 29, 0, 30),
        24,
        H,
        london(2026, 3, 30, 1, 30),
    ),
    ("hours pass while clocks go back", london(2026, 10, 25, 0), 24, H, london(2026, 10, 25, 23)),
    ("days keep the hour", london(2026, 3, 28, 9), 1, C, london(2026, 3, 29, 9)),
    ("28 days over the change", london(2026, 10, 10, 9), 28, C, london(2026, 11, 7, 9)),
    ("from a leap day", london(2028, 2, 29, 3), 1, C, london(2028, 3, 1, 3)),
    ("a year from a leap day", london(2028, 2, 29, 3), 365, C, london(2029, 2, 28, 3)),
    ("an hour that does not exist", london(2026, 3, 28, 1, 30), 1, C, london(2026, 3, 29, 2, 30)),
    ("nothing allowed", london(2026, 11, 21, 9), 0, W, london(2026, 11, 21, 9)),
]


@pytest.mark.parametrize(
    ("since", "amount", "unit", "due"), [row[1:] for row in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_due_times_by_example(
    england: Calendar, since: datetime, amount: int, unit: str, due: datetime
) -> None:
    assert clocks.due_at(since, amount, unit, england.working_days()) == due
    assert in_sql("clocks_due_at", since, amount, unit, england.pk) == due


ADDED = [
    ("two working days before", london(2026, 11, 26, 17), -2, W, london(2026, 11, 24, 17)),
    ("one before a Saturday", london(2026, 11, 28, 10), -1, W, london(2026, 11, 27, 10)),
    ("one after a Saturday", london(2026, 11, 28, 10), 1, W, london(2026, 11, 30, 10)),
    ("one after keeps the hour", london(2026, 3, 27, 17), 1, W, london(2026, 3, 30, 17)),
    ("over Christmas backwards", london(2026, 12, 29, 17), -1, W, london(2026, 12, 24, 17)),
    ("four hours after", london(2026, 11, 26, 17), 4, H, london(2026, 11, 26, 21)),
    ("four hours before", london(2026, 11, 26, 17), -4, H, london(2026, 11, 26, 13)),
    ("thirty days before", london(2026, 4, 10, 12), -30, C, london(2026, 3, 11, 12)),
]


@pytest.mark.parametrize(
    ("at", "amount", "unit", "then"), [row[1:] for row in ADDED], ids=[row[0] for row in ADDED]
)
def test_steps_of_a_ladder_by_example(
    england: Calendar, at: datetime, amount: int, unit: str, then: datetime
) -> None:
    assert clocks.add(at, amount, unit, england.working_days()) == then
    assert in_sql("clocks_add", at, amount, unit, england.pk) == then


def test_scotland_has_its_own_day_off(england: Calendar, scotland: Calendar) -> None:
    friday = london(2026, 6, 12, 9)
    assert in_sql("clocks_due_at", friday, 1, W, england.pk) == london(2026, 6, 15, 17)
    assert in_sql("clocks_due_at", friday, 1, W, scotland.pk) == london(2026, 6, 16, 17)


UNSAYABLE = [
    (None, 1, H),
    (london(2026, 1, 1), None, H),
    (london(2026, 1, 1), 1, "fortnights"),
    (london(2026, 1, 1), 0, "fortnights"),
    (london(2026, 1, 1), MOST + 1, C),
    (london(2026, 1, 1), 2**31 - 1, W),
    (london(2026, 1, 1), -(2**31), H),
    (london(2062, 1, 1), 1, H),
    (london(2099, 1, 1), 0, C),
    (london(2099, 1, 1), 1, W),
    (london(1914, 8, 4), 1, C),
    (datetime(1, 1, 1, tzinfo=UTC), 1, W),
    (datetime(9999, 12, 31, 23, tzinfo=UTC), 1, W),
    (datetime(9999, 12, 31, 23, tzinfo=UTC), 1, H),
]


@pytest.mark.parametrize("function", ["due_at", "add"])
@pytest.mark.parametrize(("since", "amount", "unit"), UNSAYABLE)
def test_what_cannot_be_said_is_nothing_and_never_an_error(
    england: Calendar, function: str, since: datetime | None, amount: int | None, unit: str
) -> None:
    twin = clocks.due_at if function == "due_at" else clocks.add
    assert twin(since, amount, unit, england.working_days()) is None
    assert in_sql(f"clocks_{function}", since, amount, unit, england.pk) is None


def test_a_negative_time_to_do_something_is_nothing(england: Calendar) -> None:
    for unit in (H, C, W):
        assert clocks.due_at(london(2026, 1, 1), -1, unit, england.working_days()) is None
        assert in_sql("clocks_due_at", london(2026, 1, 1), -1, unit, england.pk) is None


@pytest.mark.parametrize("since", ["infinity", "-infinity", "294276-12-31 23:59:59+00"])
def test_the_ends_of_time_are_nothing_in_sql(england: Calendar, since: str) -> None:
    for unit in (H, C, W):
        assert in_sql("clocks_due_at", since, 1, unit, england.pk) is None
        assert in_sql("clocks_add", since, -1, unit, england.pk) is None


def test_a_calendar_nobody_knows_has_no_due_times(england: Calendar) -> None:
    assert in_sql("clocks_due_at", london(2026, 1, 1), 1, H, 0) is None
    assert in_sql("clocks_due_at", london(2026, 1, 1), 1, W, None) is None


def test_past_the_horizon_no_working_day_is_known(england: Calendar) -> None:
    days = england.working_days()
    last = datetime(england.ends_on.year, 12, 28, 12, tzinfo=LONDON)
    assert clocks.due_at(last, 1, W, days) is not None
    assert clocks.due_at(last, 5, W, days) is None
    assert in_sql("clocks_due_at", last, 1, W, england.pk) is not None
    assert in_sql("clocks_due_at", last, 5, W, england.pk) is None
    assert in_sql("clocks_due_at", last, 5, H, england.pk) is not None


def rows_of_every_kind(calendars: list[Calendar], count: int, seed: int) -> Iterator[Row]:
    """Random rows, half of them near the days on which this goes wrong."""
    chance = random.Random(seed)
    hard = [
        datetime(year, *day, tzinfo=UTC)
        for year in range(2015, 2046)
        for day in (
            (3, 25),
            (3, 29),
            (10, 25),
            (10, 31),
            (2, 28),
            (4, 3),
            (5, 4),
            (6, 15),
            (12, 24),
            (12, 31),
        )
    ]
    first, last = datetime(2014, 12, 20, tzinfo=UTC), datetime(2046, 1, 10, tzinfo=UTC)
    for _each in range(count):
        start, spread = (
            (chance.choice(hard), 6 * 86400)
            if chance.random() < 0.5
            else (first, int((last - first).total_seconds()))
        )
        since = start + timedelta(seconds=chance.randrange(spread))
        amount = chance.choice([0, 1, 2, 3, 5, 10, 28, 30, chance.randrange(-40, 300)])
        yield since, amount, chance.choice([H, C, W]), chance.choice(calendars).pk


@pytest.mark.parametrize("function", ["due_at", "add"])
def test_sql_and_python_and_the_slow_reference_agree_on_any_rows_of_thirty_years(
    db: None, function: str
) -> None:
    with clocks.frozen(datetime(2042, 6, 1, tzinfo=UTC)):
        fill()
    calendars = {each.pk: each for each in Calendar.objects.order_by("slug")}
    off = {
        pk: set(bank_holidays(each.nation, starts_on=each.starts_on, ends_on=each.ends_on))
        for pk, each in calendars.items()
    }
    rows = list(rows_of_every_kind(list(calendars.values()), MANY, seed=1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT clocks_{function}(since, amount, unit, calendar) FROM unnest("
            "%s::timestamptz[], %s::int[], %s::text[], %s::bigint[])"
            " WITH ORDINALITY AS r(since, amount, unit, calendar, n) ORDER BY n",
            [list(column) for column in zip(*rows, strict=True)],
        )
        answers = [answer for (answer,) in cursor.fetchall()]
    assert len(answers) == MANY
    assert {each.ends_on.year - each.starts_on.year for each in calendars.values()} == {30}
    twin, reference = getattr(clocks, function), getattr(brute, function)
    for (since, amount, unit, pk), answer in zip(rows, answers, strict=True):
        calendar = calendars[pk]
        said = (since, amount, unit, calendar.slug)
        span = calendar.starts_on, calendar.ends_on
        assert answer == twin(since, amount, unit, calendar.working_days()), said
        assert answer == reference(since, amount, unit, off[pk], *span), said
    assert 0 < sum(answer is None for answer in answers) < 0.3 * MANY


FIRST, LAST = date(2020, 1, 1), date(2024, 12, 31)
SPAN = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
INSTANTS = st.datetimes(
    datetime.combine(date(2019, 12, 1), time()),
    datetime.combine(date(2025, 1, 31), time()),
    timezones=st.sampled_from([UTC, LONDON]),
)


@given(
    off=st.sets(st.sampled_from(SPAN), max_size=60),
    since=INSTANTS,
    amount=st.integers(-60, 400),
    unit=st.sampled_from([H, C, W]),
)
def test_any_calendar_at_all_gives_what_walking_day_by_day_gives(
    off: set[date], since: datetime, amount: int, unit: str
) -> None:
    days = WorkingDays.of(FIRST, LAST, (d for d in SPAN if d.weekday() < 5 and d not in off))
    walked = brute.due_at(since, amount, unit, off, FIRST, LAST)
    assert clocks.due_at(since, amount, unit, days) == walked
    assert clocks.add(since, amount, unit, days) == brute.add(since, amount, unit, off, FIRST, LAST)


@given(
    since=INSTANTS.filter(lambda since: 2020 <= since.year < 2024),
    amount=st.integers(0, 100),
    unit=st.sampled_from([H, C, W]),
)
def test_more_time_is_never_due_sooner_and_never_before_the_event(
    since: datetime, amount: int, unit: str
) -> None:
    days = WorkingDays.of(FIRST, LAST, (day for day in SPAN if day.weekday() < 5))
    due = clocks.due_at(since, amount, unit, days)
    later = clocks.due_at(since, amount + 1, unit, days)
    assert due is not None
    assert later is not None
    assert since <= due <= later


@pytest.mark.parametrize(
    ("start_on", "end_on", "between"),
    [
        (date(2026, 11, 23), date(2026, 11, 26), 3),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 21), date(2026, 11, 22), 0),
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        (date(2026, 11, 26), date(2026, 11, 23), -3),
        (date(2026, 11, 26), date(2099, 1, 1), None),
    ],
)
def test_working_days_between_two_dates(
    england: Calendar, start_on: date, end_on: date, between: int | None
) -> None:
    assert england.working_days().between(start_on, end_on) == between
    assert in_sql("clocks_working_days_between", start_on, end_on, england.pk) == between
