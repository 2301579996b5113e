"""The room of finding a case or a person: what was typed, whom it fits in one's reach, who else may hold them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Case as Either
from django.db.models import IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.blind import by_every_key, reached_by, words_of
from accounts.models import Unit
from casework.models import Case
from casework.references import as_reference
from pages.forms import DateField

MOST_SHOWN = 20
MOST_TEAMS = 5
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE = re.compile(
    rf"\b\d{{1,4}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{1,4}}\b"
    rf"|\b\d{{1,2}}\s+(?:{MONTHS})[a-z]*\.?\s+\d{{4}}\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\+?\(?\d[\d\s()./-]{6,}\d")
WITH_A_DIGIT = re.compile(r"\S*\d\S*")
# Why a person is shown, as the function casework_find says it.
WHY = {
    "reference": _("Same reference"),
    "phone": _("Same number or e-mail address"),
    "same_name": _("Same name"),
    "form_of_name": _("Another form of the name"),
    "sounds_alike": _("Name that sounds the same"),
    "name_like_it": _("Name like it"),
    "part_of_name": _("Part of the name"),
    "born": _("Same date of birth"),
    "born_swapped": _("Same date of birth with day and month swapped"),
    "place": _("Same place"),
}

FOLLOW = """
WITH renamed AS MATERIALIZED (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS r (was, becomes)),
more AS (
    SELECT s.id, array_agg(a.part ORDER BY a.place) AS parts, array_agg(r.becomes ORDER BY a.place) AS keys
      FROM casework_search s
     CROSS JOIN LATERAL unnest(s.parts, s.keys) WITH ORDINALITY AS a (part, key, place)
      JOIN renamed r ON r.was = a.key
     WHERE s.keys && ARRAY(SELECT was FROM renamed) AND r.becomes <> ALL (s.keys)
     GROUP BY s.id
)
UPDATE casework_search s SET parts = s.parts || more.parts, keys = s.keys || more.keys
  FROM more WHERE more.id = s.id
"""


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for, read in every way in which it can be read."""

    words: str = ""
    born_on: date | None = None
    numbers: tuple[str, ...] = ()
    reached_by: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def swapped_on(self) -> date | None:
        """The same date with day and month swapped, if there is such a day and it is another."""
        born = self.born_on
        if born is None or born.day > 12 or born.day == born.month:
            return None
        return born.replace(month=born.day, day=born.month)

    def asked(self) -> list[Any]:
        """As the functions of the database take it: what is sealed goes as blind keys, word by word."""
        return [
            self.words,
            self.born_on,
            self.swapped_on,
            list(self.numbers),
            by_every_key("phone", self.reached_by),
            by_every_key("place", self.places),
        ]


@dataclass(frozen=True)
class Found:
    """The cases in one's reach that fit, the likeliest first, and the teams elsewhere that may hold more."""

    rows: list[tuple[Case, list[str]]] = field(default_factory=list)
    teams: list[Unit] = field(default_factory=list)
    more_teams: bool = False
    most_shown: int = 0


def read(typed: str) -> Sought:
    """One box for all: names, a date of birth, a number, a reference, a place, in any order."""
    words = " ".join(typed.split())
    whole, born_on = words, None
    for said in DATE.finditer(words):
        if born_on := _as_date(said.group()):
            words = words.replace(said.group(), " ")
            break
    reached = reached_by(words)
    rest = NUMBER.sub(" ", words) if reached else words
    numbers = {whole, *WITH_A_DIGIT.findall(words)}
    names = " ".join(word for word in rest.split() if "@" not in word)
    return Sought(
        words=WITH_A_DIGIT.sub(" ", names).strip(),
        born_on=born_on,
        numbers=tuple(sorted(numbers | {as_reference(whole)})),
        reached_by=frozenset(reached),
        places=frozenset(words_of(rest)),
    )


def of_answers(typed: Mapping[str, Any]) -> Sought:
    """Whom somebody writes a concern about, before it is saved."""
    return Sought(
        words=str(typed.get("called") or ""),
        reached_by=frozenset(reached_by(str(typed.get("contact_details") or ""))),
    )


def of_concern(case: Case) -> Sought:
    """Whom a concern is about, as far as it was told. An incident number is of many, so it is not asked for."""
    details = (rule.details for rule in case.victim.safe_contacts.filter(ended_at=None))
    return Sought(
        words=case.victim.called or f"{case.victim.first_name} {case.victim.last_name}".strip(),
        born_on=case.victim.born_on,
        reached_by=frozenset().union(*(reached_by(each) for each in details)),
    )


def find(sought: Sought, actor: Actor, *, besides: UUID | None = None) -> Found:
    """Whom the database finds. It looks at no record that is held closely but those the actor is named on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, unit, why FROM casework_find(%s, %s, %s, %s::text[], %s::bigint[], %s::bigint[], %s)",
            [*sought.asked(), besides],
        )
        answers = cursor.fetchall()
    why = {person: [str(WHY[each]) for each in said] for person, _unit, said in answers if person}
    teams = [unit for person, unit, _said in answers if not person]
    cases = _in_order(actor, list(why))
    return Found(
        rows=[(case, why[case.victim_id]) for case in cases],
        teams=_teams(teams[:MOST_TEAMS]),
        more_teams=len(teams) > MOST_TEAMS,
        most_shown=MOST_SHOWN if len(why) >= MOST_SHOWN else 0,
    )


def note(sought: Sought) -> None:
    """That somebody looked, and for which keys, is kept; a team whose record is held closely learns of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_note_search(%s, %s, %s, %s, %s::text[], %s::bigint[], %s::bigint[])",
            [uuid4(), *sought.asked()],
        )


def follow(blind_keys: Mapping[int, int]) -> None:
    """Searches by these blind keys are known by the new ones too; the words themselves were never kept.

    For the owner's role, in the transaction that gives the records their new keys.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [list(blind_keys), list(blind_keys.values())])


def compare() -> int:
    """The searches since the last time are compared with the names that are held closely; how many were.

    The engine does it, out of the searchers' sight: what they wait for never depends on what is held.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_compare_searches()")
        return int(cursor.fetchone()[0])


def record_of(typed: str) -> UUID | None:
    """The record of the case with this reference in the force of an auditor, who may not see it; else None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_record_of(%s)", [as_reference(typed)])
        found: UUID | None = cursor.fetchone()[0]
    return found


def _in_order(actor: Actor, people: list[UUID]) -> list[Case]:
    place = Either(
        *(When(victim=person, then=Value(n)) for n, person in enumerate(people)),
        default=Value(len(people)),
        output_field=IntegerField(),
    )
    cases = Case.objects.visible_to(actor).filter(victim__in=people)
    return list(
        cases.select_related("victim", "owner", "scope__unit").order_by(place, "-logged_at", "pk")
    )


def _teams(units: Iterable[UUID]) -> list[Unit]:
    place = {unit: n for n, unit in enumerate(units)}
    return sorted(Unit.objects.filter(pk__in=place), key=lambda unit: place[unit.pk])


def _as_date(words: str) -> date | None:
    try:
        return DateField(required=False, past=True).clean((words, "", ""))
    except ValidationError:
        return None
