"""The room of the second opinion: every promise [followups/promises.py] is asked, and what breaks one is named.

Every line must read zero after one sweep, whatever people do, but the one of `LEFT_BY_PEOPLE`, which only they can
answer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from followups.promises import CRACKS

MOST_SHOWN = 20
LEFT_BY_PEOPLE = "I4 escalation-unacknowledged"
OF_THE_ENGINE = ("held-sweep", "rule-failing", "engine-late")


@dataclass(frozen=True)
class Row:
    """One breach: an id or a reference, and the page of the duty, the case or the engine that it is of."""

    name: str
    href: str


@dataclass(frozen=True)
class Line:
    """One promise: the invariant's number, its name, what must never be, how often it is, and the first rows."""

    code: str
    slug: str
    words: str
    count: int
    rows: tuple[Row, ...]


# Whose a breach is: of its case, else of its follow-up, else of the force that it names, else of everybody.
OF_FORCES = """
SELECT fo.id, count(*) FROM ({statement}) AS b (name, reference)
  LEFT JOIN casework_case known ON known.reference = b.reference
  LEFT JOIN accounts_scope whose ON whose.id = known.scope_id
  LEFT JOIN followups_followup owed
    ON owed.id = CASE WHEN b.reference IS NULL AND b.name ~ '^[0-9a-f-]{{36}}$' THEN b.name::uuid END
  LEFT JOIN accounts_force named ON b.reference IS NULL AND named.slug = b.name
  JOIN accounts_force fo ON fo.id = coalesce(whose.force_id, owed.force_id, named.id, fo.id)
 GROUP BY fo.id
"""


def by_force(at: datetime) -> tuple[dict[str, dict[UUID, int]], dict[str, str]]:
    """How often each promise is broken in each force; what is of no force (a stage, a rule) is of all of them.

    What could not be asked is not known to hold: it counts once for every force, and is named with its error.
    """
    found, unasked = {}, {}
    for _code, slug, _words, statement in CRACKS:
        try:
            found[slug] = dict(_ask(OF_FORCES.format(statement=statement), {"at": at}))
        except DatabaseError as error:
            unasked[slug] = type(error).__name__
            found[slug] = dict(_ask("SELECT id, 1 FROM accounts_force", {}))
    return found, unasked


def _ask(statement: str, given: dict[str, Any]) -> list[Any]:
    """Its rows. A statement that fails undoes itself alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def report(at: datetime, most: int | None = MOST_SHOWN) -> list[Line]:
    """Every promise with its breaches, as far as whoever asks may see the rows; one for what could not be asked.

    So many of them are named; None names all.
    """
    lines = []
    for code, slug, words, statement in CRACKS:
        try:
            found = _ask(
                f"SELECT b.*, count(*) OVER () FROM ({statement}) AS b (name, reference)"
                " ORDER BY 2, 1 LIMIT %(most)s",  # nosec B608 - only our own words
                {"at": at, "most": most},
            )
        except DatabaseError as error:
            unasked = Row(str(_("could not be asked (%s)")) % type(error).__name__, "")
            lines.append(Line(f"{code} {slug}", slug, str(words), 1, (unasked,)))
        else:
            of_duties = statement.startswith(("SELECT f.id", "SELECT DISTINCT f.id"))
            rows = tuple(
                Row(
                    name,
                    reverse("followups:followup", args=[name])
                    if of_duties
                    else _href(slug, reference),
                )
                for name, reference, _total in found
            )
            total = found[0][2] if found else 0
            lines.append(Line(f"{code} {slug}", slug, str(words), total, rows))
    return lines


def _href(line: str, reference: str | None) -> str:
    if reference:
        return reverse("casework:case", args=[reference])
    return reverse("followups:failing") if line in OF_THE_ENGINE else ""
