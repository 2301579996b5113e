"""The room of time: what time it is, which days count, how long is allowed."""

from clocks.clock import LONDON, frozen, moved, now, today
from clocks.days import Unit, WorkingDays, add, due_at

__all__ = [
    "LONDON",
    "Unit",
    "WorkingDays",
    "add",
    "due_at",
    "frozen",
    "moved",
    "now",
    "today",
]
