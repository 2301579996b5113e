"""The room of who could take something on at a moment: trained for it on that day, on duty then. It decides nothing.

How many are asked for is a force default: one who leads, and one who interviews for each person, so that nobody waits
to be heard and nobody is asked by whoever leads. Which course is for whom: `casework.actions.interviews`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from casework.actions.interviews import FOR_ADULTS, FOR_CHILDREN
from clocks import LONDON
from training.models import AHEAD, Purpose
from training.standing import STANDINGS


class Part(TextChoices):
    """What somebody would do in it."""

    LEAD = "lead", _("Leads the investigation")
    CHILD = "child", _("Interviews a child, with a social worker")
    ADULT = "adult", _("Interviews an adult")


@dataclass(frozen=True, slots=True)
class Able:
    """An officer who is trained for some part on that day, and whether they are there then."""

    id: UUID
    name: str
    unit: str
    parts: frozenset[Part]
    proven: bool  # a second person has seen the proof of all that this rests on
    on_duty: bool
    present: bool
    speaks: bool


# As whoever owns a case must be an investigator who lacks no course without which the act is blocked.
_ABLE = f"""{STANDINGS.replace("{who}", "u.force_id = %(force)s")}
, able AS (
    SELECT p.id, p.name, p.unit_id,
           EXISTS (SELECT FROM accounts_roleheld r WHERE r.user_id = p.id AND r.role = '{Role.INVESTIGATOR}')
           AND NOT coalesce(bool_or(s.required AND s.blocks AND s.state IN ('lapsed', 'missing')), false) AS leads,
           coalesce(bool_or(s.course = ANY (%(for_children)s) AND s.state IN ('current', 'lapsing')), false) AS child,
           coalesce(bool_or(s.course = ANY (%(for_adults)s) AND s.state IN ('current', 'lapsing')), false) AS adult,
           bool_or(s.record_id IS NOT NULL AND NOT s.verified AND (
                   s.blocks OR s.course = ANY (%(for_children)s) OR s.course = ANY (%(for_adults)s))) AS unproven
      FROM people p LEFT JOIN standing s ON s.user_id = p.id
     GROUP BY p.id, p.name, p.unit_id
)
SELECT a.id, a.name, coalesce(n.name, ''), a.leads, a.child, a.adult, a.unproven IS NOT TRUE,
       accounts_on_duty(a.id, %(at)s) AS on_duty, accounts_present(a.id, %(at)s) AS present,
       lower(%(language)s) <> '' AND lower(%(language)s) = ANY (
           regexp_split_to_array(lower(u.languages), '\\s*,\\s*')) AS speaks
  FROM able a JOIN accounts_user u ON u.id = a.id LEFT JOIN accounts_unit n ON n.id = a.unit_id
 WHERE a.leads OR a.child OR a.adult
 ORDER BY on_duty DESC, present DESC, speaks DESC, a.unit_id = ANY (%(units)s::uuid[]) DESC, a.name, a.id
"""  # nosec B608 - only our own words


def able(force: UUID, at: datetime, *, near: Sequence[UUID], language: str = "") -> list[Able]:
    """Everybody of the force who is trained for some part on that day in London; one question.

    First whoever is on duty then, who speaks the language (by its English name), and who is of the units `near`.
    """
    on = at.astimezone(LONDON).date()
    given: dict[str, Any] = {
        "force": force,
        "at": at,
        "on": on,
        "soon": on + AHEAD,
        "purpose": Purpose.OWN_CASE.value,
        "course": "",
        "for_children": sorted(FOR_CHILDREN),
        "for_adults": sorted(FOR_ADULTS),
        "language": language,
        "units": [str(unit) for unit in near],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ABLE, given)
        return [_able(*row) for row in cursor.fetchall()]


def _able(
    key: UUID, name: str, unit: str, leads: bool, child: bool, adult: bool, proven: bool,
    on_duty: bool, present: bool, speaks: bool,
) -> Able:  # fmt: skip
    does = zip((Part.LEAD, Part.CHILD, Part.ADULT), (leads, child, adult), strict=True)
    parts = frozenset(part for part, may in does if may)
    return Able(key, name, unit, parts, proven, on_duty, present, speaks)


@dataclass(frozen=True)
class Crew:
    """One way to give each part to somebody of their own, and how many more of each part there would have to be."""

    found: list[tuple[Part, Able]]
    short: list[tuple[Part, int]]

    @property
    def is_whole(self) -> bool:
        """Whether every part is somebody's."""
        return not self.short


def crew(people: Sequence[Able], *, adults: int, children: int) -> Crew:
    """As many parts as can be, each somebody else's: whoever leads first, then children, then adults.

    Of several ways the one by the order of `people`; a part that was given stays given when more are asked for.
    """
    wanted = [Part.LEAD, *[Part.CHILD] * children, *[Part.ADULT] * adults]
    held: dict[int, int] = {}  # the part of each person, by their places

    def give(part: int, asked: set[int]) -> bool:
        """Give the part to somebody, who may hand theirs on to somebody else (Kuhn's matching)."""
        for place, person in enumerate(people):
            if wanted[part] in person.parts and place not in asked:
                asked.add(place)
                if place not in held or give(held[place], asked):
                    held[place] = part
                    return True
        return False

    short = Counter(wanted[part] for part in range(len(wanted)) if not give(part, set()))
    found = sorted((part, place) for place, part in held.items())
    return Crew(
        [(wanted[part], people[place]) for part, place in found],
        [(part, short[part]) for part in Part if short[part]],
    )
