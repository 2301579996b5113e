"""The room of how long a case is allowed for something, asked outside the follow-up engine."""

from datetime import datetime

from accounts.models import Force
from clocks import LONDON, due_at
from clocks.models import Deadline


def due(*, rule: str, clock: str, since: datetime, force: Force) -> datetime | None:
    """When it is due by the deadline in force on that day; None when none is, or it cannot be said."""
    deadline = Deadline.objects.in_force(
        rule=rule, clock=clock, nation=force.nation, on=since.astimezone(LONDON).date()
    )
    if deadline is None:
        return None
    return due_at(since, deadline.amount, deadline.unit, force.calendar.working_days())
