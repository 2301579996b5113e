"""Proofs of how dates and times are read: leniently, and never guessed."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from clocks import frozen
from pages.forms import DateField, TimeField

TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
MARCH = date(2026, 3, 3)

READ = [
    (("3", "3", "2026"), MARCH),
    ((" 03 ", "03", " 2026 "), MARCH),
    (("3", "March", "2026"), MARCH),
    (("3rd", "mar", "26"), MARCH),
    (("3 March", "", "2026"), MARCH),
    (("3 March 2026", "", ""), MARCH),
    (("03/03/26", "", ""), MARCH),
    (("3.3.2026", "", ""), MARCH),
    (("2026-03-03", "", ""), MARCH),
    (("29", "2", "2024"), date(2024, 2, 29)),
    (("", "", ""), None),
    (None, None),
]

REFUSED = [
    (("31", "2", "2026"), "The date must be a real date, for example 3 March 2026"),
    (("29", "2", "2026"), "The date must be a real date, for example 3 March 2026"),
    (("3", "13", "2026"), "The date must be a real date, for example 3 March 2026"),
    (("3", "ma", "2026"), "The date must be a real date, for example 3 March 2026"),
    (("3", "3", "20266"), "The date must be a real date, for example 3 March 2026"),
    (("3", "3", "0026"), "The date must be a real date, for example 3 March 2026"),
    (("3", "", "2026"), "The date must include a month"),
    (("3 March", "", ""), "The date must include a year"),
    (("", "", "2026"), "The date must include a day and month"),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_a_date_is_read_however_it_was_typed(
    typed: tuple[str, str, str] | None, read: date | None
) -> None:
    assert DateField(required=False).clean(typed) == read


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_what_is_not_a_date_is_refused_in_words(typed: tuple[str, str, str], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DateField(required=False).clean(typed)
    assert refused.value.messages == [words]


def test_a_date_that_must_be_given_says_which() -> None:
    with pytest.raises(ValidationError) as refused:
        DateField(what="the date you met them").clean(("", "", ""))
    assert refused.value.messages == ["Enter the date you met them"]


def test_two_digits_of_a_year_of_birth_are_in_the_past() -> None:
    with frozen(TODAY):
        born = DateField(past=True)
        assert born.clean(("1", "1", "85")) == date(1985, 1, 1)
        assert born.clean(("1", "1", "05")) == date(2005, 1, 1)


def test_the_wrong_side_of_today_is_refused_and_today_is_not() -> None:
    with frozen(TODAY):
        today = ("23", "11", "2026")
        assert DateField(past=True).clean(today) == DateField(future=True).clean(today)
        with pytest.raises(ValidationError, match="must be today or in the past"):
            DateField(past=True).clean(("24", "11", "2026"))
        with pytest.raises(ValidationError, match="must be today or in the future"):
            DateField(future=True).clean(("22", "11", "2026"))


def test_today_is_that_of_london_not_of_greenwich() -> None:
    with frozen(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):  # 0:30am on 1 July in London
        assert DateField(past=True).clean(("1", "7", "2026")) == date(2026, 7, 1)


def test_a_date_typed_another_way_has_not_changed() -> None:
    field = DateField()
    assert not field.has_changed(MARCH, ("3", "March", "26"))
    assert field.has_changed(MARCH, ("4", "March", "26"))
    assert field.has_changed(MARCH, ("x", "y", "z"))


@given(st.tuples(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12)))
def test_anything_typed_is_a_date_or_is_refused(typed: tuple[str, str, str]) -> None:
    try:
        read = DateField(required=False).clean(typed)
    except ValidationError:
        return
    assert read is None or isinstance(read, date)


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["{0:%d/%m/}{1}", "{0:%d %B }{1}"]))
def test_every_date_typed_into_one_box_is_read_as_itself(day: date, way: str) -> None:
    typed = (way.format(day, f"{day.year:04}"), "", "")
    assert DateField().clean(typed) == day


TIMES = [
    ("5pm", time(17)),
    ("5.30 pm", time(17, 30)),
    ("17:30", time(17, 30)),
    ("1730", time(17, 30)),
    ("0905", time(9, 5)),
    ("12am", time(0)),
    ("12pm", time(12)),
    ("noon", time(12)),
    ("Midnight", time(0)),
    ("", None),
]


@pytest.mark.parametrize(("typed", "read"), TIMES)
def test_a_time_is_read_however_it_was_typed(typed: str, read: time | None) -> None:
    assert TimeField(required=False).clean(typed) == read


@pytest.mark.parametrize("typed", ["5", "25:00", "13pm", "0pm", "9:60", "soon"])
def test_a_time_that_could_be_two_or_none_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a time, for example"):
        TimeField().clean(typed)


def test_a_time_with_words_of_its_own_for_a_missing_one_still_refuses_a_wrong_one() -> None:
    with pytest.raises(ValidationError, match="for example 5:30pm"):
        TimeField(error_messages={"required": "Enter the new time"}).clean("soon")


def test_a_time_that_must_be_given_is_asked_for() -> None:
    with pytest.raises(ValidationError):
        TimeField().clean("")


@given(st.text(max_size=12))
def test_anything_typed_as_a_time_is_a_time_or_is_refused(typed: str) -> None:
    try:
        read = TimeField(required=False).clean(typed)
    except ValidationError:
        return
    assert read is None or isinstance(read, time)
