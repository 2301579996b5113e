"""The room of who stands where: for each person and course, what is required and the record that counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from training.models import AHEAD


class State(TextChoices):
    """Whether somebody has a course, as a supervisor would say it."""

    CURRENT = "current", _("Current")
    LAPSING = "lapsing", _("Lapses soon")
    LAPSED = "lapsed", _("Lapsed")
    MISSING = "missing", _("Missing")


@dataclass(frozen=True, slots=True)
class Standing:
    """One person and one course: required or not, and the record that lasts longest, if there is one.

    `through` is the other course that their force takes for this one, where it is that which they have; `booked_on`
    the first day on which they have a place, from the day that was asked for.
    """

    user_id: UUID
    name: str
    unit: str
    course: str
    course_name: str
    required: bool
    blocks: bool
    record_id: UUID | None
    completed_on: date | None
    expires_on: date | None
    verified: bool
    booked_on: date | None
    through: str
    state: State


# The record that lasts longest counts, of the course itself or of another that the force takes for it. Of the people
# `u` of whom {who} is so; for other statements too.
STANDINGS = """
WITH people AS (
    SELECT u.id, u.name, u.force_id, u.unit_id FROM accounts_user u
     WHERE u.is_active AND {who}
), needed AS (
    SELECT p.id AS user_id, r.course_id, bool_or(r.blocks) AS blocks
      FROM people p
      JOIN accounts_roleheld h ON h.user_id = p.id
      JOIN training_requirement r ON r.role = h.role AND (r.force_id IS NULL OR r.force_id = p.force_id)
     WHERE r.purpose <> 'next' AND (%(purpose)s = '' OR r.purpose = %(purpose)s)
     GROUP BY 1, 2
), has AS (
    SELECT DISTINCT ON (t.user_id, t.course_id) t.*
      FROM training_counting t JOIN people p ON p.id = t.user_id
     WHERE t.completed_on <= %(on)s
     ORDER BY t.user_id, t.course_id, t.expires_on DESC NULLS FIRST, t.verified_at NULLS LAST,
              t.completed_on DESC, t.record_id
), standing AS (
    SELECT p.id AS user_id, p.name, coalesce(unit.name, '') AS unit, c.slug AS course,
           c.name AS course_name, n.course_id IS NOT NULL AS required, coalesce(n.blocks, false) AS blocks,
           h.record_id, h.own_course_id, h.completed_on, h.expires_on, h.verified_at IS NOT NULL AS verified,
           CASE WHEN h.record_id IS NULL THEN 'missing'
                WHEN h.expires_on < %(on)s THEN 'lapsed'
                WHEN h.expires_on <= %(soon)s THEN 'lapsing'
                ELSE 'current' END AS state
      FROM needed n
      FULL JOIN has h ON h.user_id = n.user_id AND h.course_id = n.course_id
      JOIN people p ON p.id = coalesce(n.user_id, h.user_id)
      JOIN training_course c ON c.slug = coalesce(n.course_id, h.course_id)
      LEFT JOIN accounts_unit unit ON unit.id = p.unit_id
     WHERE %(course)s = '' OR c.slug = %(course)s
)
"""
_WORST_FIRST = "array_position(ARRAY['lapsed', 'missing', 'lapsing', 'current'], state)"
# Who has a place is asked once for everybody, not row by row: a whole force may be asked for.
_ROWS = f"""
SELECT s.user_id, s.name, s.unit, s.course, s.course_name, s.required, s.blocks, s.record_id, s.completed_on,
       s.expires_on, s.verified, b.booked_on, coalesce(through.name, '') AS through, s.state
  FROM standing s
  LEFT JOIN (SELECT k.user_id, d.course_id, min(d.begins_on) AS booked_on
               FROM training_booking k JOIN training_coursedate d ON d.id = k.date_id
              WHERE k.ended_at IS NULL AND k.attended IS NULL AND d.begins_on >= %(on)s
              GROUP BY 1, 2) b ON b.user_id = s.user_id AND b.course_id = s.course
  LEFT JOIN training_course through ON through.slug = s.own_course_id AND s.own_course_id <> s.course
 WHERE %(state)s = '' OR s.state = %(state)s
 ORDER BY {_WORST_FIRST}, s.expires_on, s.name, s.course_name, s.user_id OFFSET %(start)s LIMIT %(most)s
"""  # nosec B608 - only our own words
_COUNTS = "SELECT state, count(*) FROM standing GROUP BY state"


def standings(
    on: date, *, start: int = 0, most: int | None = None, **narrowed: Any
) -> list[Standing]:
    """The standings asked for, those that need somebody first; one query."""
    given = _given(on, narrowed) | {"start": start, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_of_whom(narrowed) + _ROWS, given)
        return [Standing(*(*row[:-1], State(row[-1]))) for row in cursor.fetchall()]


def counts(on: date, **narrowed: Any) -> dict[State, int]:
    """How many stand in each state, whatever state is asked for; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_of_whom(narrowed) + _COUNTS, _given(on, narrowed))
        found = dict(cursor.fetchall())
    return {state: found.get(state.value, 0) for state in State}


def _of_whom(narrowed: dict[str, Any]) -> str:
    who = ["u.force_id IS NOT NULL"]
    if "users" in narrowed:
        who.append("u.id = ANY (%(users)s::uuid[])")
    if "force" in narrowed:
        who.append("u.force_id = %(force)s")
    if narrowed.get("units") is not None:
        who.append("u.unit_id = ANY (%(units)s::uuid[])")
    return STANDINGS.replace("{who}", " AND ".join(who))


def _given(on: date, narrowed: dict[str, Any]) -> dict[str, Any]:
    lists = {
        name: [str(each) for each in narrowed[name]]
        for name in ("users", "units")
        if narrowed.get(name) is not None
    }
    words = {name: narrowed.get(name, "") for name in ("course", "state", "purpose")}
    soon = on + timedelta(days=AHEAD.days)
    return {"on": on, "soon": soon, "force": narrowed.get("force"), **words, **lists}
