"""The slow and obvious reference for due times: counts day by day, tries every offset."""

from datetime import UTC, date, datetime, time, timedelta

from clocks import LONDON


def due_at(
    since: datetime, amount: int, unit: str, off: set[date], first: date, last: date
) -> datetime | None:
    """When `amount` after `since` is due, where `off` are the weekdays that do not count."""
    if amount < 0:
        return None
    if unit == "working_days" and amount > 0:
        day = walk(since.astimezone(LONDON).date(), amount, off, first, last)
        return at_wall(day, time(17))
    return add(since, amount, unit, off, first, last)


def add(
    at: datetime, amount: int, unit: str, off: set[date], first: date, last: date
) -> datetime | None:
    """`at` moved by `amount`, one step at a time."""
    wall = at.astimezone(LONDON).replace(tzinfo=None)
    if not first - timedelta(days=7300) <= wall.date() <= last + timedelta(days=3650):
        return None
    if amount == 0:
        return at
    if unit == "hours":
        return at.astimezone(UTC) + amount * timedelta(hours=1)
    if unit == "calendar_days":
        return at_wall(wall.date() + timedelta(days=amount), wall.time())
    day = walk(wall.date(), amount, off, first, last)
    return at_wall(day, wall.time())


def walk(day: date, amount: int, off: set[date], first: date, last: date) -> date | None:
    """Walk until so many working days have been met; None on leaving the calendar."""
    if not first <= day <= last:
        return None
    met = 0
    while met < abs(amount):
        day += timedelta(days=1 if amount > 0 else -1)
        if not first <= day <= last:
            return None
        met += day.weekday() < 5 and day not in off
    return day


def at_wall(day: date | None, hour: time) -> datetime | None:
    """The latest instant at which a London clock shows `hour` on `day`, else that hour in winter time."""
    if day is None:
        return None
    wall = datetime.combine(day, hour)
    shown = [
        utc
        for ahead in (0, 1)
        if (utc := wall.replace(tzinfo=UTC) - timedelta(hours=ahead))
        .astimezone(LONDON)
        .replace(tzinfo=None)
        == wall
    ]
    return max(shown, default=wall.replace(tzinfo=UTC))
