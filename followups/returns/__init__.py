"""The room of returns: what is shared with others as counts, each parted once and rounded once [ADR 0021].

A return is asked like a number, over the eight whole quarters that ended last, or as things stand now. It is parted as
finely as anybody will see it, rounded in those cells, and whatever is shown or leaves is a sum of them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy

import clocks
from accounts.actors import Actor
from accounts.models import Unit
from accounts.small_numbers import Cell, Cells, published, summed
from clocks import LONDON
from followups import metrics
from followups.metrics import Asked, Number, Period, Side, Words

QUARTERS = 8
QUARTER = Side(
    "quarter",
    gettext_lazy("By quarter"),
    "to_char({when} AT TIME ZONE 'Europe/London', 'YYYY \"Q\"Q')",
    dict,
)


@dataclass(frozen=True)
class Return:
    """One thing that is counted for others. `number` says what; `sides` are all the ways in which it is ever parted.

    `when` is the SQL of the time by whose quarter a thing counts; of what stands now there is none.
    """

    number: Number
    sides: tuple[Side, ...]
    when: str = ""

    @property
    def parted(self) -> tuple[Side, ...]:
        """All ways to part it: by quarter first, what became of a thing last."""
        quarter = (QUARTER,) if self.when else ()
        return (*quarter, *self.sides, Side("part", self.number.words, "", self._parts))

    def _parts(self) -> dict[str, Words]:
        return dict(self.number.parts)

    def place(self, slug: str) -> int:
        """Where in a cell the code of that way to part stands."""
        return [side.slug for side in self.parted].index(slug)

    def cell(self) -> Side:
        """All but the last of those ways as one, so that a number is parted by all of them at once."""
        codes = [side.sql.replace("{when}", self.when) for side in self.parted[:-1]]
        parted = ", ".join(f"coalesce(({code})::text, '')" for code in codes)
        return Side("cell", self.number.words, f"ARRAY[{parted}]::text[]", dict)


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def quarters(today: date) -> list[str]:
    """The whole quarters that returns are of, the earliest first, as "2026 Q1"."""
    first, found = quarter_of(today), []
    for _each in range(QUARTERS):
        first = quarter_of(first - timedelta(days=1))
        found.append(f"{first.year} Q{(first.month + 2) // 3}")
    return found[::-1]


def asked(which: Return, by: Actor) -> Asked:
    """Who asks, about the whole of their force, from when to when."""
    units = tuple(Unit.objects.filter(force=by.own_force_id).values_list("pk", flat=True))
    now = clocks.now()
    if not which.when:
        return Asked(by, units, now, Period("now", "", timedelta()))
    ended = quarter_of(now.astimezone(LONDON).date())
    began = ended.replace(year=ended.year - QUARTERS // 4)
    at = _midnight(ended) - timedelta.resolution
    return Asked(by, units, at, Period("quarters", "", at - _midnight(began)))


def cells(which: Return, by: Actor) -> Cells:
    """The return as it leaves, whoever takes it and whatever they make of it."""
    counts: Counter[Cell] = Counter()
    for _unit, codes, part, count in metrics.cells(which.number, asked(which, by), which.cell())[0]:
        counts[(*codes, part)] += count
    return published(("return", str(by.own_force_id), which.number.slug), counts)


def parted(which: Return, found: Cells, *slugs: str) -> Cells:
    """Its cells parted by these ways only."""
    return summed(found, *(which.place(slug) for slug in slugs))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
