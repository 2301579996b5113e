"""The room of finding a case or a person: what was typed, what it matches in one's reach, who else may hold one."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Greatest

from accounts.actors import Actor
from accounts.models import Unit
from casework.models import Case
from casework.references import as_reference
from pages.forms import DateField

MOST_SHOWN = 20
# The same two numbers as in the function casework_possible_matches.
ALIKE, HOLDS_ALIKE = 0.3, 0.6


@dataclass(frozen=True)
class Sought:
    """What somebody looks for, read in every way in which it can be read."""

    words: str
    reference: str
    born_on: date | None


def read(typed: str) -> Sought:
    """One box for all: a reference, a name, a date of birth or an incident number."""
    words = " ".join(typed.split())
    try:
        born_on = DateField(required=False, past=True).clean((words, "", ""))
    except ValidationError:
        born_on = None
    return Sought(words, as_reference(words), born_on)


def found(sought: Sought, actor: Actor) -> list[Case]:
    """The cases in the actor's reach that match, the likeliest first; each says how in `alike`."""
    alike = Greatest(
        TrigramSimilarity("victim__called", sought.words),
        TrigramWordSimilarity(sought.words, "victim__called"),
    )
    matches = (
        Q(reference=sought.reference)
        | Q(incident_number__iexact=sought.words)
        | Q(name_alike__gte=ALIKE)
        | Q(name_holds__gte=HOLDS_ALIKE)
    )
    if sought.born_on:
        matches |= Q(victim__born_on=sought.born_on)
    cases = Case.objects.visible_to(actor).annotate(
        name_alike=TrigramSimilarity("victim__called", sought.words),
        name_holds=TrigramWordSimilarity(sought.words, "victim__called"),
        alike=alike,
    )
    return list(
        cases.filter(matches)
        .select_related("victim", "owner", "scope__unit")
        .order_by("-alike", "-logged_at", "pk")[:MOST_SHOWN]
    )


def held_elsewhere(sought: Sought) -> list[Unit]:
    """Units of the force, outside the actor's reach, that hold a standard case which matches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_possible_matches(%s, %s, %s)",
            [sought.words, sought.reference, sought.born_on],
        )
        units = [row[0] for row in cursor.fetchall()]
    return list(Unit.objects.filter(pk__in=units)) if units else []


def why(case: Case, sought: Sought) -> str:
    """Which of the four matched, as a code for the page's sentence."""
    if case.reference == sought.reference:
        return "reference"
    if sought.born_on and case.victim.born_on == sought.born_on:
        return "born_on"
    if case.incident_number and case.incident_number.upper() == sought.words.upper():
        return "incident"
    return "name"
