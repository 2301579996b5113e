"""The room of hours of learning: how many somebody has in a year, of courses and beside them.

No source says how many hours an officer of this field must have: nothing here is a duty, and nobody falls short.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from training.models import Learning, TrainingRecord

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """Twelve months, from their first day to their last (London)."""

    since: date
    until: date


def year_to(last: date) -> Year:
    """The twelve months that end on that day."""
    leap_day = (last.month, last.day) == (2, 29)
    before = last.replace(year=last.year - 1, day=28 if leap_day else last.day)
    return Year(before + ONE_DAY, last)


@dataclass(frozen=True)
class Hours:
    """Somebody's hours in a year. `unseen` of them no second person has looked at; of `unknown` courses nobody said."""

    user_id: UUID
    name: str
    unit: str
    courses: Decimal
    other: Decimal
    total: Decimal
    unseen: Decimal
    unknown: int


# One line for everybody who works there, with what is recorded of them, whether they learned anything or not.
HOURS = """
WITH courses AS (
    SELECT t.user_id, sum(t.hours) AS hours, sum(t.hours) FILTER (WHERE t.verified_at IS NULL) AS unseen,
           count(*) FILTER (WHERE t.hours IS NULL) AS unknown
      FROM training_trainingrecord t WHERE t.completed_on BETWEEN %(since)s AND %(until)s GROUP BY t.user_id
), other AS (
    SELECT l.user_id, sum(l.hours) AS hours, sum(l.hours) FILTER (WHERE l.seen_at IS NULL) AS unseen
      FROM training_learning l
     WHERE l.done_on BETWEEN %(since)s AND %(until)s AND l.taken_back_at IS NULL GROUP BY l.user_id
)
SELECT u.id, u.name, coalesce(n.name, ''), coalesce(c.hours, 0), coalesce(o.hours, 0),
       coalesce(c.hours, 0) + coalesce(o.hours, 0) AS total, coalesce(c.unseen, 0) + coalesce(o.unseen, 0),
       coalesce(c.unknown, 0)
  FROM accounts_user u
  LEFT JOIN accounts_unit n ON n.id = u.unit_id
  LEFT JOIN courses c ON c.user_id = u.id
  LEFT JOIN other o ON o.user_id = u.id
 WHERE u.force_id = %(force)s AND u.is_active
   AND (%(units)s::uuid[] IS NULL OR u.unit_id = ANY (%(units)s::uuid[]))
 ORDER BY total, u.name, u.id
"""


def hours_of(year: Year, *, force: UUID, units: list[UUID] | None = None) -> list[Hours]:
    """Everybody who works in the force (in these units), those with the fewest hours first; one question."""
    values: dict[str, Any] = {
        "since": year.since,
        "until": year.until,
        "force": force,
        "units": units,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOURS, values)
        return [Hours(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Learned:
    """One thing that somebody learned: a course or something else; `hours` None where nobody said how long it took."""

    on: date
    what: str
    about: str
    hours: Decimal | None
    seen_by: str
    learning: Learning | None


def learned(records: Any, learning: Any, year: Year) -> list[Learned]:
    """What these records and this learning tell of the year, the latest first; two questions."""
    in_year = (year.since, year.until)
    rows = [_of_course(each) for each in records.filter(completed_on__range=in_year)]
    rows += [_of_learning(each) for each in learning.standing().filter(done_on__range=in_year)]
    return sorted(rows, key=lambda row: row.on, reverse=True)


def _of_course(record: TrainingRecord) -> Learned:
    seen_by = record.verified_by.name if record.verified_by else ""
    return Learned(
        record.completed_on, _("Course"), record.course.name, record.hours, seen_by, None
    )


def _of_learning(each: Learning) -> Learned:
    seen_by = each.seen_by.name if each.seen_by else ""
    return Learned(each.done_on, each.get_kind_display(), each.about, each.hours, seen_by, each)
