"""Proofs of which days count, nation by nation, and of days decided by hand."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Max

import clocks
from clocks import calendars
from clocks.models import Calendar, CalendarDay, DayOverride, Nation

GOLDEN = Path(__file__).with_name("golden")
JUBILEE = date(2026, 11, 24)  # an ordinary Tuesday, until somebody decides otherwise


def version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clocks_version()")
        return int(cursor.fetchone()[0])


def due_in_sql(calendar: Calendar) -> datetime:
    with connection.cursor() as cursor:
        monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
        cursor.execute("SELECT clocks_due_at(%s, 1, 'working_days', %s)", [monday, calendar.pk])
        due: datetime = cursor.fetchone()[0]
        return due


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("nation", Nation.values)
def test_weekdays_off_are_those_that_were_published(nation: str) -> None:
    lines = (GOLDEN / f"{nation}.txt").read_text().splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    stored = CalendarDay.objects.filter(
        calendar__slug=nation,
        falls_on__range=(date(2024, 1, 1), date(2027, 12, 31)),
        falls_on__iso_week_day__lte=5,
        working=False,
    )
    days = stored.order_by("falls_on").values_list("falls_on", flat=True)
    assert [str(day) for day in days] == words


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("nation", Nation.values)
@pytest.mark.parametrize("day", ["2020-05-08", "2022-06-03", "2022-09-19", "2023-05-08"])
def test_days_given_once_are_off_in_every_nation(nation: str, day: str) -> None:
    assert not CalendarDay.objects.get(calendar__slug=nation, falls_on=day).working


@pytest.mark.usefixtures("db")
def test_every_calendar_reaches_three_years_ahead_without_a_gap_or_a_working_sunday() -> None:
    known = Calendar.objects.annotate(days_known=Count("days"), last_on=Max("days__falls_on"))
    assert set(known.values_list("slug", flat=True)) == set(Nation.values)
    for calendar in known:
        assert calendar.ends_on == calendar.last_on == calendars.horizon()
        assert calendar.days_known == (calendar.ends_on - calendar.starts_on).days + 1
        assert not calendar.days.filter(falls_on__iso_week_day__gte=6, working=True).exists()


def test_the_horizon_moves_with_the_year() -> None:
    with clocks.frozen(datetime(2030, 6, 1, tzinfo=UTC)):
        assert calendars.horizon() == date(2033, 12, 31)


@pytest.mark.usefixtures("db")
def test_a_calendar_that_the_year_has_outgrown_is_filled_further_and_never_shortened() -> None:
    known = Calendar.objects.get(slug="scotland")
    with clocks.frozen(datetime(2031, 1, 1, tzinfo=UTC)):
        assert not calendars.is_current(known)
        assert calendars.rebuild(known)
        known.refresh_from_db()
        assert known.ends_on == date(2034, 12, 31)
        assert calendars.is_current(known)
    assert not calendars.rebuild(known)
    known.refresh_from_db()
    assert known.ends_on == date(2034, 12, 31)


@pytest.mark.usefixtures("db")
def test_a_year_of_which_no_bank_holiday_is_known_fills_no_calendar_and_is_said() -> None:
    known = Calendar.objects.get(slug="scotland")
    with (
        clocks.frozen(datetime(2098, 1, 1, tzinfo=UTC)),
        pytest.raises(
            calendars.UnknownYear, match="No bank holidays of scotland are known for 2101"
        ),
    ):
        calendars.rebuild(known)
    assert Calendar.objects.get(slug="scotland").ends_on == known.ends_on


def test_a_day_decided_by_hand_wins_and_can_be_taken_back(england: Calendar) -> None:
    before, counted = england.working_days(), version()
    calendars.decide_day(calendar=england, falls_on=JUBILEE, working=False, name="Jubilee")
    assert due_in_sql(england) == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert not england.working_days().counts(JUBILEE)
    assert version() > counted
    calendars.undecide_day(calendar=england, falls_on=JUBILEE)
    assert due_in_sql(england) == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert england.working_days() == before
    assert not england.overrides.exists()


def test_a_bank_holiday_may_be_made_a_working_day(england: Calendar) -> None:
    christmas = date(2026, 12, 25)
    calendars.decide_day(calendar=england, falls_on=christmas, working=True, name="All hands")
    assert england.working_days().counts(christmas)


def test_a_force_adds_to_its_nation_and_has_the_last_word(england: Calendar) -> None:
    force = calendars.add_calendar(slug="wessex", name="Wessex", nation="england-wales")
    assert force.working_days() == england.working_days()
    calendars.decide_day(calendar=england, falls_on=JUBILEE, working=False, name="Jubilee")
    force.refresh_from_db()
    assert not force.working_days().counts(JUBILEE)
    calendars.decide_day(calendar=force, falls_on=JUBILEE, working=True, name="All hands")
    assert force.working_days().counts(JUBILEE)
    assert not england.working_days().counts(JUBILEE)


def test_whatever_is_decided_in_whatever_order_the_last_word_holds(england: Calendar) -> None:
    force = calendars.add_calendar(slug="wessex", name="Wessex", nation="england-wales")
    chance = random.Random(1)
    week = [JUBILEE + timedelta(days=number) for number in range(7)]
    said: dict[int, dict[date, bool]] = {england.pk: {}, force.pk: {}}
    for _each in range(12):
        where, day = chance.choice([england, force]), chance.choice(week)
        if day in said[where.pk] and chance.random() < 0.5:
            calendars.undecide_day(calendar=where, falls_on=day)
            del said[where.pk][day]
        else:
            working = chance.random() < 0.5
            calendars.decide_day(calendar=where, falls_on=day, working=working, name="Said")
            said[where.pk][day] = working
        force.refresh_from_db()
        usual = {day: day.weekday() < 5 for day in week}
        for calendar, words in ((england, {}), (force, said[force.pk])):
            expected = usual | said[england.pk] | words
            assert {day: calendar.working_days().counts(day) for day in week} == expected
            assert calendars.is_current(calendar)


def test_another_nation_is_untouched(england: Calendar, scotland: Calendar) -> None:
    before = scotland.fingerprint
    calendars.decide_day(calendar=england, falls_on=JUBILEE, working=False, name="Jubilee")
    scotland.refresh_from_db()
    assert scotland.fingerprint == before


def test_filling_again_changes_nothing(england: Calendar) -> None:
    counted = version()
    assert calendars.fill() == []
    assert version() == counted


def test_a_day_cannot_be_decided_twice_or_without_a_reason(england: Calendar) -> None:
    DayOverride.objects.create(calendar=england, falls_on=JUBILEE, name="Jubilee")
    for name in ("Jubilee", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            DayOverride.objects.create(calendar=england, falls_on=JUBILEE, name=name)


def test_the_command_prints_a_year(scotland: Calendar, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("calendars", "scotland", "--year", "2026")
    printed = capsys.readouterr().out
    assert "Mon 15 Jun  Scotland's participation in the FIFA World Cup final" in printed
    assert "Mon 28 Dec" in printed
    assert "Easter Monday" not in printed


def test_the_command_decides_a_day_and_takes_it_back(
    england: Calendar, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("calendars", "england-wales", "--off", str(JUBILEE), "--name", "Jubilee")
    assert "Tue 24 Nov  Jubilee (decided by hand)" in capsys.readouterr().out
    assert due_in_sql(england) == datetime(2026, 11, 25, 17, tzinfo=UTC)
    call_command("calendars", "england-wales", "--undo", str(JUBILEE))
    assert "Jubilee" not in capsys.readouterr().out
    assert due_in_sql(england) == datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("atlantis",), "no such calendar"),
        (("--off", "2026-11-24", "--name", "x"), "Name the calendar"),
        (("scotland", "--off", "2026-11-24"), "Say what the day is"),
        (("scotland", "--off", "2126-11-24", "--name", "x"), "knows the days from 2015-01-01"),
        (("scotland", "--undo", "2026-11-24"), "Nothing was decided by hand"),
        (("scotland", "--year", "1999"), "not 1999"),
    ],
)
def test_the_command_refuses_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    counted = version()
    with pytest.raises(CommandError, match=sentence):
        call_command("calendars", *words)
    assert version() == counted
