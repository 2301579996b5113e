"""The room of which days count: bank holidays as bundled, then what people decided by hand."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import holidays
from django.db import transaction

from clocks.clock import today
from clocks.days import WorkingDays
from clocks.models import Calendar, CalendarDay, DayOverride, Nation

FIRST_DAY = date(2015, 1, 1)
YEARS_AHEAD = 3

_SUBDIVISIONS = {
    Nation.ENGLAND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


class Day(NamedTuple):
    """One day as a calendar has it."""

    falls_on: date
    working: bool
    ordinal: int
    name: str


def horizon() -> date:
    """The last day that a calendar filled today would know."""
    return date(today().year + YEARS_AHEAD, 12, 31)


class UnknownYear(Exception):
    """The bundled library has no bank holiday in that year: it does not know it."""


def bank_holidays(nation: str, *, starts_on: date, ends_on: date) -> dict[date, str]:
    """The nation's bank holidays by date, from the bundled library. `UnknownYear` rather than a year without any."""
    years = range(starts_on.year, ends_on.year + 1)
    known = holidays.country_holidays(
        "GB", subdiv=_SUBDIVISIONS[Nation(nation)], years=years, language="en_GB"
    )
    if unknown := set(years) - {day.year for day in known}:
        raise UnknownYear(f"No bank holidays of {nation} are known for {min(unknown)}.")
    return {day: name for day, name in sorted(known.items()) if starts_on <= day <= ends_on}


@cache
def published_days(nation: str, year: int) -> WorkingDays:
    """The nation's working days around a year as the library has them, without asking the
    database: near enough for words beside an exact time."""
    first, last = date(year - 1, 1, 1), date(year + 2, 12, 31)
    off = bank_holidays(nation, starts_on=first, ends_on=last)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return WorkingDays.of(first, last, (d for d in days if d.weekday() < 5 and d not in off))


def days_of(calendar: Calendar) -> Iterator[Day]:
    """Every day from first to last. A force's own word goes before its nation's, and that
    before the library's."""
    span = {"starts_on": calendar.starts_on, "ends_on": calendar.ends_on}
    off = bank_holidays(calendar.nation, **span)
    decided = _decided(calendar.nation) | _decided(calendar.slug)
    ordinal = 0
    day = calendar.starts_on
    while day <= calendar.ends_on:
        working, name = day.weekday() < 5 and day not in off, off.get(day, "")
        if day in decided:
            working, name = decided[day]
        ordinal += working
        yield Day(day, working, ordinal, name)
        day += timedelta(days=1)


def _decided(slug: str) -> dict[date, tuple[bool, str]]:
    rows = DayOverride.objects.filter(calendar__slug=slug)
    return {row.falls_on: (row.working, row.name) for row in rows.order_by("falls_on")}


@transaction.atomic
def rebuild(calendar: Calendar) -> bool:
    """The stored days are those of `days_of`, up to today's horizon; True if one changed."""
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    calendar.ends_on = max(calendar.ends_on, horizon())
    days, stored = list(days_of(calendar)), _stored(calendar)
    if days == stored:
        return False
    changed_from = min(day.falls_on for day in set(days) ^ set(stored))
    calendar.fingerprint = _fingerprint(days)
    calendar.save(update_fields=["ends_on", "fingerprint"])
    calendar.days.filter(falls_on__gte=changed_from).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=calendar, **day._asdict())
        for day in days
        if day.falls_on >= changed_from
    )
    return True


def is_current(calendar: Calendar) -> bool:
    """Whether the stored days are what `rebuild` would make of them."""
    return calendar.ends_on >= horizon() and _stored(calendar) == list(days_of(calendar))


def _stored(calendar: Calendar) -> list[Day]:
    rows = calendar.days.order_by("falls_on")
    return [Day(*row) for row in rows.values_list("falls_on", "working", "ordinal", "name")]


@transaction.atomic
def fill() -> list[Calendar]:
    """Every nation has a calendar, and every calendar its days; those that changed are returned."""
    for nation in Nation:
        _named(slug=nation.value, name=str(nation.label), nation=nation)
    return [calendar for calendar in Calendar.objects.order_by("slug") if rebuild(calendar)]


@transaction.atomic
def add_calendar(*, slug: str, name: str, nation: str) -> Calendar:
    """There is a calendar of that name, with all its days."""
    calendar = _named(slug=slug, name=name, nation=nation)
    rebuild(calendar)
    calendar.refresh_from_db()
    return calendar


def _named(*, slug: str, name: str, nation: str) -> Calendar:
    first = {"name": name, "nation": nation, "starts_on": FIRST_DAY, "ends_on": horizon()}
    return Calendar.objects.get_or_create(slug=slug, defaults=first)[0]


@transaction.atomic
def decide_day(*, calendar: Calendar, falls_on: date, working: bool, name: str) -> DayOverride:
    """That day counts, or is off, as decided by hand; all calendars it touches are rebuilt."""
    decided, _made = DayOverride.objects.update_or_create(
        calendar=calendar, falls_on=falls_on, defaults={"working": working, "name": name}
    )
    _rebuild_with_dependants(calendar)
    return decided


@transaction.atomic
def undecide_day(*, calendar: Calendar, falls_on: date) -> None:
    """The day is again what the nation or the library says."""
    DayOverride.objects.get(calendar=calendar, falls_on=falls_on).delete()
    _rebuild_with_dependants(calendar)


def _rebuild_with_dependants(calendar: Calendar) -> None:
    touched = Calendar.objects.filter(nation=calendar.nation).order_by("pk")
    for each in touched if calendar.is_national else [calendar]:
        rebuild(each)
    calendar.refresh_from_db()


def _fingerprint(days: list[Day]) -> str:
    said = "\n".join(f"{day.falls_on} {day.working:d} {day.name}" for day in days)
    return hashlib.sha256(said.encode()).hexdigest()
