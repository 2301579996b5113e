"""The room of the rules about searches: a team whose record is held closely learns that somebody looked."""

from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, F, OuterRef, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import CaseEvent, EventKind, SoughtMatch
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Rule,
    first,
    is_owed_already,
    occurrences_of,
    of_case,
)

KEPT = timedelta(days=90)


class PersonSought(Rule):
    """The team of a restricted or covert case decides whether whoever looked for its person is told. [force]

    The searcher was shown nothing; only this team learns that their search would have matched.
    """

    slug = "person-sought"
    reads_at = True
    why = _("Somebody searched for the person of this case, and was shown nothing")
    act = _("See who looked, and decide whether to speak to them")
    page = "casework:sought"

    def occurrences(self, at: datetime) -> Occurrences:
        """The first search of a day by one person for one case; met when the team has looked into it."""
        looked_into = CaseEvent.objects.filter(
            case=OuterRef("case"), kind=EventKind.SOUGHT, at__gte=OuterRef("at")
        )
        known = is_owed_already(self.slug, subject="case", occurrence="search")
        old_at = F("at") + Value(KEPT)
        is_old = When(at__lte=at - KEPT, then=old_at)
        return occurrences_of(
            SoughtMatch.objects.filter(known) | SoughtMatch.objects.filter(at__gt=at - KEPT),
            **(
                of_case("case")
                | {
                    "void_at": Least(
                        F("case__closed_at"), Case(is_old, output_field=DateTimeField())
                    ),
                    "void_reason": Case(
                        When(at__lte=at - KEPT, then=Value("old")), default=Value(CASE_CLOSED)
                    ),
                }
            ),
            occurrence=F("search"),
            since=F("at"),
            met_at=first(looked_into),
        )
