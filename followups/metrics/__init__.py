"""The room of the numbers that people act on: what each counts, asked in one question, with the list behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.scoping import reach_values
from clocks import LONDON
from training.models import AHEAD

Words = str | Promise
DEFAULT_PERIOD = "quarter"


@dataclass(frozen=True)
class Period:
    """How far back is looked."""

    slug: str
    words: Words
    long: timedelta


PERIODS = {
    each.slug: each
    for each in (
        Period("month", gettext_lazy("Last 28 days"), timedelta(days=28)),
        Period("quarter", gettext_lazy("Last 91 days"), timedelta(days=91)),
        Period("year", gettext_lazy("Last 365 days"), timedelta(days=365)),
    )
}


@dataclass(frozen=True)
class Side:
    """One way to part what is counted: by rule, by agency. `said` gives the words of each code."""

    slug: str
    words: Words
    sql: str
    said: Callable[[], Mapping[str, Words]]


@dataclass(frozen=True)
class Number:
    """One number with its definition. `rows` is the question for each thing that it counts, and all that is asked.

    `parts` are what can have become of a thing, from the best to the worst; `good` those that the share counts.
    """

    slug: str
    words: Words
    share: Words  # what is so of the good ones, after "37% "
    things: Words
    counted: Words
    when: Words
    left_out: Words
    source: Words
    rows: str
    parts: Mapping[str, Words]
    good: frozenset[str]
    sides: tuple[Side, ...]
    in_period: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)
    middle: Words = ""  # "Half of them within %s."
    days: bool = False  # whether its values are days, not hours
    heard: bool = False  # of what people said: opened where answers are read, and its file has no row of a person

    def side(self, slug: str) -> Side:
        """The way of parting that is asked for; the first one for a name that nobody knows."""
        return next((each for each in self.sides if each.slug == slug), self.sides[0])


@dataclass(frozen=True)
class Asked:
    """Who asks, about which of their units, back to when."""

    actor: Actor
    units: tuple[UUID, ...]
    at: datetime
    period: Period

    def values(self) -> dict[str, Any]:
        """What every statement needs to know."""
        return reach_values(self.actor) | {
            "units": [str(unit) for unit in self.units],
            "at": self.at,
            "begins": self.at - self.period.long,
            "on": (today := self.at.astimezone(LONDON).date()),
            "soon": today + AHEAD,
            "reader": self.actor.id,
        }


Parts = dict[str, int]


@dataclass(frozen=True)
class Answer:
    """What a number is: how many things of each part, by group and by unit; the middle of their values, if any."""

    number: Number
    groups: dict[str, Parts]
    units: dict[UUID, Parts]
    middle: float | None

    @property
    def parts(self) -> Parts:
        """How many things of each part, of all groups together."""
        return added(self.number, self.groups.values())

    @property
    def total(self) -> int:
        """How many things were counted."""
        return sum(self.parts.values())

    @property
    def good(self) -> int:
        """How many of them went as they should."""
        return good(self.number, self.parts)


def good(number: Number, parts: Parts) -> int:
    """How many of these went as they should."""
    return sum(count for part, count in parts.items() if part in number.good)


def added(number: Number, several: Any) -> Parts:
    """The parts of several groups together."""
    several = list(several)
    return {part: sum(each.get(part, 0) for each in several) for part in number.parts}


Cell = tuple[UUID, str, str, int]
"""How many things of a unit, a group and a part there are."""

_COUNTS = """
WITH counted AS MATERIALIZED (SELECT unit_id, side, part, value FROM ({rows}) thing)
SELECT unit_id, side, part, count(*), NULL::float8 FROM counted GROUP BY 1, 2, 3
UNION ALL
SELECT NULL, NULL, NULL, NULL, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM counted WHERE value IS NOT NULL
"""


def cells(number: Number, asked: Asked, side: Side) -> tuple[list[Cell], float | None]:
    """The number in one question: its counts, and the middle of its values."""
    *found, (_unit, _group, _part, _count, middle) = _rows(_COUNTS, number, asked, side)
    return [row[:4] for row in found], middle


def answer(number: Number, asked: Asked, side: Side) -> Answer:
    """The number, as it is shown."""
    groups: dict[str, Parts] = {}
    units: dict[UUID, Parts] = {}
    found, middle = cells(number, asked, side)
    for unit, group, part, count in found:
        for parts in (groups.setdefault(group, {}), units.setdefault(unit, {})):
            parts[part] = parts.get(part, 0) + count
    return Answer(number, groups, units, middle)


@dataclass(frozen=True)
class Counted:
    """One thing that was counted: of which case or officer, in which unit, of which group and part, with its value."""

    id: UUID
    case_id: UUID | None
    scope_id: UUID | None
    reference: str
    unit: str
    group: str
    part: str
    value: float | None


@dataclass(frozen=True)
class Narrowed:
    """Which of the things that are counted are listed: those of a group, of a part, of good or of other parts."""

    group: str = ""
    part: str = ""

    def parts(self, number: Number) -> list[str]:
        """The parts that are listed."""
        if self.part == "good":
            return [part for part in number.parts if part in number.good]
        if self.part == "rest":
            return [part for part in number.parts if part not in number.good]
        return [self.part] if self.part in number.parts else list(number.parts)


_LIST = """
WITH counted AS MATERIALIZED ({rows})
SELECT count(*) OVER (), c.id, c.case_id, c.scope_id, c.reference, coalesce(u.name, ''), c.side, c.part, c.value
  FROM counted c LEFT JOIN accounts_unit u ON u.id = c.unit_id
 WHERE c.part = ANY (%(parts)s) AND (%(group)s = '' OR c.side = %(group)s)
 ORDER BY array_position(%(worst)s, c.part), c.value DESC NULLS FIRST, c.reference, c.id
 LIMIT %(most)s OFFSET %(start)s
"""


def listed(
    number: Number, asked: Asked, side: Side, only: Narrowed, *, start: int = 0, most: int
) -> tuple[int, list[Counted]]:
    """How many things there are, and so many of them, the worst first; one question."""
    given = {
        "parts": only.parts(number),
        "group": only.group,
        "worst": list(number.parts)[::-1],
        "start": start,
        "most": most,
    }
    found = _rows(_LIST, number, asked, side, given)
    return (found[0][0] if found else 0), [Counted(*row[1:]) for row in found]


# Row-level security is asked once for a table that is read whole and hashed, and once a row inside of a loop, which the
# planner does not reckon with: over 100,000 cases a loop took minutes where a hash takes less than a second [ADR 0009].
_BY_HASH = """
SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL work_mem = '64MB';"""
_AS_BEFORE = """
SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT; SET LOCAL work_mem TO DEFAULT"""


def _rows(
    statement: str, number: Number, asked: Asked, side: Side, more: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    rows = number.rows.replace("{side}", side.sql)
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_HASH + statement.replace("{rows}", rows),
            asked.values() | dict(number.values) | dict(more or {}),
        )
        found = list(cursor.fetchall())
        cursor.execute(_AS_BEFORE)
    return found
