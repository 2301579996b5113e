"""The room of comparing units fairly: an interval beside each share, and no verdict on few."""

from dataclasses import dataclass
from math import sqrt

LEAST = 10
"""Fewer things than this say nothing about a unit: its share is not shown. A force default."""

NINETY_FIVE, CONTROL = 1.959964, 3.090232
"""Of 100 such intervals 95 hold the true share; the second leaves out 2 of 1,000, as funnel plots do."""


@dataclass(frozen=True)
class Interval:
    """Between which two shares the true one probably lies."""

    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Whether that share is in it."""
        return self.low <= share <= self.high


def wilson(good: int, total: int, z: float = NINETY_FIVE) -> Interval:
    """Wilson's score interval (1927): right for small numbers too, and never below 0 or above 1."""
    share, square = good / total, z * z / total
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Compared:
    """One unit beside the others: `differs` is -1 or 1 only when chance alone hardly explains it, else 0."""

    name: str
    good: int
    total: int

    @property
    def enough(self) -> bool:
        """Whether there is enough to say anything."""
        return self.total >= LEAST

    @property
    def share(self) -> float:
        """The share as it was counted."""
        return self.good / self.total if self.total else 0.0

    @property
    def interval(self) -> Interval:
        """Where the true share probably lies."""
        return wilson(self.good, self.total)

    def differs(self, others: float) -> int:
        """Whether the unit lies apart from the share of all: below, above, or not to be told from it."""
        if not self.enough or wilson(self.good, self.total, CONTROL).holds(others):
            return 0
        return -1 if self.share < others else 1
