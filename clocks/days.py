"""The room of arithmetic with time: the Python twin of the SQL functions in migration 0002."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clocks.clock import LONDON

CLOSE_OF_DAY = time(17)
"""When a working day ends, on a wall clock in London."""

MOST = 100_000
"""The longest amount in any unit; more is a mistake, and has no due time."""

YEARS_BEFORE, YEARS_AFTER = 20, 10
"""How far outside a calendar hours and calendar days are still believed."""


class Unit(TextChoices):
    """What a time limit is counted in."""

    HOURS = "hours", _("hours")
    CALENDAR_DAYS = "calendar_days", _("calendar days")
    WORKING_DAYS = "working_days", _("working days")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days count, from the first day of a calendar to its horizon."""

    starts_on: date
    ends_on: date
    working: tuple[date, ...]

    @classmethod
    def of(cls, starts_on: date, ends_on: date, working: Iterable[date]) -> "WorkingDays":
        """Take the days in any order."""
        return cls(starts_on, ends_on, tuple(sorted(working)))

    def counts(self, day: date) -> bool:
        """Whether `day` is a working day."""
        place = bisect_left(self.working, day)
        return place < len(self.working) and self.working[place] == day

    def knows(self, day: date) -> bool:
        """Whether the calendar reaches `day`."""
        return self.starts_on <= day <= self.ends_on

    def step(self, day: date, amount: int) -> date | None:
        """The working day `amount` after `day` (before it, when negative); None if not known."""
        if not self.knows(day) or abs(amount) > MOST:
            return None
        if amount == 0:
            return day
        passed = (
            bisect_right(self.working, day) - 1 if amount > 0 else bisect_left(self.working, day)
        )
        place = passed + amount
        return self.working[place] if 0 <= place < len(self.working) else None

    def between(self, start_on: date, end_on: date) -> int | None:
        """Working days after `start_on`, up to and including `end_on`; negative when reversed."""
        if not (self.knows(start_on) and self.knows(end_on)):
            return None
        return bisect_right(self.working, end_on) - bisect_right(self.working, start_on)


def due_at(
    since: datetime | None, amount: int | None, unit: str, days: WorkingDays
) -> datetime | None:
    """When something owed since `since` is due; None when that cannot be said.

    Hours are elapsed. Calendar days keep the wall clock of London. Within N working days means
    the close (5pm in London) of the Nth working day after the day of the event. Nothing allowed
    (amount 0, in any unit) is due at once.
    """
    if amount is None or amount < 0 or since is None or not _believable(since, days):
        return None
    if unit == Unit.WORKING_DAYS and amount > 0:
        return _at_wall_time(days.step(_day(since), amount), CLOSE_OF_DAY)
    return add(since, amount, unit, days)


def add(at: datetime | None, amount: int | None, unit: str, days: WorkingDays) -> datetime | None:
    """`at` moved by `amount`, which may be negative; working days keep the wall clock too."""
    if at is None or amount is None or abs(amount) > MOST or unit not in Unit.values:
        return None
    if not _believable(at, days):
        return None
    if amount == 0:
        return at
    if unit == Unit.HOURS:
        # In UTC, because Python adds to the wall clock of any other zone.
        return at.astimezone(UTC) + timedelta(hours=amount)
    local = at.astimezone(LONDON)
    if unit == Unit.CALENDAR_DAYS:
        return _at_wall_time(local.date() + timedelta(days=amount), local.time())
    return _at_wall_time(days.step(local.date(), amount), local.time())


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _believable(at: datetime, days: WorkingDays) -> bool:
    if not 1900 <= at.year < 2300:  # PostgreSQL and Python each stop at another far year
        return False
    first = days.starts_on - timedelta(days=365 * YEARS_BEFORE)
    last = days.ends_on + timedelta(days=365 * YEARS_AFTER)
    return first <= _day(at) <= last


def _at_wall_time(day: date | None, wall: time) -> datetime | None:
    """In a doubtful hour the winter reading holds, as PostgreSQL has it: the later of the two."""
    if day is None:
        return None
    local = datetime.combine(day, wall, LONDON)
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
