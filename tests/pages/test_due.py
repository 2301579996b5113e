"""Proofs of the words for due times: what a tired officer reads at 3am."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from clocks import LONDON
from clocks.calendars import published_days
from pages.due import LATER, OVERDUE, SOON, due_words, london_date, london_time


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc,arg-type]


TUESDAY = london(2026, 11, 24, 9)

SAID = [
    (london(2026, 11, 24, 6), "Overdue by 3 hours", OVERDUE),
    (london(2026, 11, 24, 8, 58), "Overdue by 2 minutes", OVERDUE),
    (london(2026, 11, 24, 7, 59), "Overdue by 1 hour", OVERDUE),
    (london(2026, 11, 23, 9), "Overdue by 1 day", OVERDUE),
    (london(2026, 11, 21, 10), "Overdue by 2 days", OVERDUE),
    (london(2026, 11, 24, 9), "Due now", SOON),
    (london(2026, 11, 24, 9, 1), "Due in 1 minute", SOON),
    (london(2026, 11, 24, 9, 59), "Due in 59 minutes", SOON),
    (london(2026, 11, 24, 11, 59), "Due in 2 hours", SOON),
    (london(2026, 11, 24, 23), "Due in 14 hours", SOON),
    (london(2026, 11, 25, 8), "Due tomorrow, 8am", SOON),
    (london(2026, 11, 25, 17), "Due tomorrow, 5pm", LATER),
    (london(2026, 11, 26, 17), "Due in 2 working days", LATER),
    (london(2026, 11, 30, 17), "Due in 4 working days", LATER),
    (london(2026, 11, 28, 9), "Due in 4 days", LATER),  # a Saturday
    (london(2026, 12, 22, 9), "Due in 28 days", LATER),
    (None, "Due time not known", OVERDUE),
]


@pytest.mark.parametrize(("due_at", "relative", "level"), SAID)
def test_how_long_is_left_or_lost(due_at: datetime | None, relative: str, level: str) -> None:
    words = due_words(due_at, TUESDAY)
    assert (words.relative, words.level) == (relative, level)


def test_at_night_a_few_hours_are_hours_though_they_end_tomorrow() -> None:
    words = due_words(london(2026, 11, 25, 3), london(2026, 11, 24, 23))
    assert words.relative == "Due in 4 hours"


def test_friday_to_monday_is_one_working_day() -> None:
    words = due_words(london(2026, 11, 30, 17), london(2026, 11, 27, 9))
    assert words.relative == "Due in 1 working day"


def test_working_days_are_those_of_the_calendar_given() -> None:
    friday, tuesday = london(2026, 6, 12, 9), london(2026, 6, 16, 17)
    assert due_words(tuesday, friday).relative == "Due in 2 working days"
    scotland = published_days("scotland", 2026)
    assert due_words(tuesday, friday, scotland).relative == "Due in 1 working day"


def test_hours_lost_when_the_clocks_change_are_hours_that_passed() -> None:
    words = due_words(london(2026, 10, 25, 0, 30), london(2026, 10, 25, 3, 30))
    assert words.relative == "Overdue by 4 hours"


def test_the_exact_time_is_always_beside_and_has_a_year_when_it_is_another() -> None:
    assert due_words(london(2026, 11, 26, 17), TUESDAY).absolute == "Thursday 26 November, 5pm"
    assert due_words(london(2027, 1, 4, 17), TUESDAY).absolute == "Monday 4 January 2027, 5pm"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (london(2026, 1, 1, 3, 2), "3:02am"),
        (london(2026, 1, 1, 17), "5pm"),
        (london(2026, 1, 1, 12), "midday"),
        (london(2026, 1, 1, 12, 5), "12:05pm"),
        (london(2026, 1, 1, 0), "midnight"),
        (london(2026, 1, 1, 0, 30), "12:30am"),
        (datetime(2026, 7, 1, 2, 2, tzinfo=UTC), "3:02am"),
    ],
)
def test_times_are_on_a_twelve_hour_clock_in_london(moment: datetime, said: str) -> None:
    assert london_time(moment) == said


def test_dates_are_those_of_london() -> None:
    assert london_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"
    assert london_date(date(2028, 2, 29)) == "29 February 2028"


def rendered(source: str, **context: object) -> str:
    return Template("{% load due %}" + source).render(Context(context))


def test_the_tag_writes_words_bar_and_a_machine_readable_time() -> None:
    html = rendered(
        "{% due_words due_at at %}", due_at=london(2026, 7, 2, 17), at=london(2026, 7, 2, 15)
    )
    assert "app-due--soon" in html
    assert "<strong>Due in 2 hours</strong>" in html
    assert '(<time datetime="2026-07-02T17:00+01:00">Thursday 2 July, 5pm</time>)' in html


def test_the_tag_of_an_unknown_time_says_so() -> None:
    html = rendered("{% due_words due_at at %}", due_at=None, at=TUESDAY)
    assert "Due time not known" in html
    assert "<time" not in html


def test_the_filters_write_nothing_for_nothing() -> None:
    both = "{{ moment|london_time }}{{ moment|london_date }}"
    assert rendered(both, moment=None) == ""
    assert rendered(both, moment=TUESDAY) == "9am24 November 2026"


@given(st.integers(-4_000_000, 40_000_000))
def test_there_are_words_for_every_distance_and_they_say_which_side(seconds: int) -> None:
    words = due_words(TUESDAY + timedelta(seconds=seconds), TUESDAY)
    assert words.relative.startswith("Overdue by ") == (seconds < -60)
    assert " 0 " not in words.relative
    assert words.absolute
