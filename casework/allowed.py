"""The room of how long a case is allowed for something, asked outside the follow-up engine."""

from dataclasses import dataclass
from datetime import datetime

import clocks
from accounts.models import Force
from clocks import LONDON
from clocks.models import Deadline


@dataclass(frozen=True)
class Allowed:
    """When it is due, and how far that can be relied on (`Deadline.Status` in words)."""

    due_at: datetime | None
    standing: str


def allowed(*, rule: str, clock: str, since: datetime, force: Force) -> Allowed:
    """What the deadline in force on that day allows; no time when none is, or it cannot be said."""
    deadline = Deadline.objects.in_force(
        rule=rule, clock=clock, nation=force.nation, on=since.astimezone(LONDON).date()
    )
    if deadline is None:
        return Allowed(None, "")
    due_at = clocks.due_at(since, deadline.amount, deadline.unit, force.calendar.working_days())
    return Allowed(due_at, deadline.get_status_display())


def due(*, rule: str, clock: str, since: datetime, force: Force) -> datetime | None:
    """When it is due by the deadline in force on that day; None when none is, or it cannot be said."""
    return allowed(rule=rule, clock=clock, since=since, force=force).due_at
