"""The room of the rule about a person whom nobody can reach: are they missing?"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from casework.models import REACHED, CaseEvent, Contact, EventKind, LostContact
from casework.silence import lost_since
from followups.rules.base import (
    Occurrences,
    Rule,
    Safety,
    first,
    is_owed_already,
    occurrences_of,
    of_case,
    sent_cases,
)


class ContactLost(Rule):
    """After 3 tries by 2 ways without reaching the person, it is considered whether they are missing. [features N7]

    Then again at an interval, whatever was decided, as long as nobody reaches them.
    """

    slug = "contact-lost"
    why = _("Several tries by different ways have not reached the person")
    act = _("Consider a missing person report, and record what was decided")
    page = "casework:lost-contact"
    safety = Safety.DANGER
    interrupts = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Openings and contacts since which contact was lost, then each decision; met by the next, or by a contact."""
        opened = sent_cases().annotate(heard_at=F("opened_at"))
        reached = Contact.objects.filter(outcome__in=REACHED).annotate(heard_at=F("at"))
        considered = LostContact.objects.annotate(heard_at=F("at"))
        return _silences(opened, "pk", "opening").union(
            _silences(reached, "case", "pk"),
            occurrences_of(
                considered,
                **_until_reopened("case"),
                occurrence=F("pk"),
                since=F("at"),
                clock=Value("later"),
                met_at=Least(_reached("case"), first(_considered("case", "heard_at", "gt"))),
            ),
            all=True,
        )


def _silences(rows: QuerySet[Any], case: str, occurrence: str) -> Occurrences:
    """Of the rows that say when the person was heard of (`heard_at`), those since which contact was lost.

    What was owed stays, though a contact that was recorded later lies among its tries: that one meets it.
    """
    tried = Contact.objects.filter(case=OuterRef(case)).exclude(outcome__in=REACHED)
    owed = is_owed_already(ContactLost.slug, subject=case, occurrence=occurrence)
    lost = (
        rows.filter(Exists(tried))
        .annotate(reached_at=_reached(case), silent_until=Least(_reached(case), _reopened(case)))
        .annotate(lost_at=lost_since(case, "heard_at", "silent_until"))
        .filter(Q(lost_at__isnull=False) | owed)
        .annotate(owed_since=Coalesce(F("lost_at"), F("reached_at"), F("heard_at")))
    )
    return occurrences_of(
        lost,
        **_until_reopened(case),
        occurrence=F(occurrence),
        since=F("owed_since"),
        clock=Value("first"),
        met_at=Least(F("reached_at"), first(_considered(case, "owed_since", "gte"))),
    )


def _until_reopened(case: str) -> dict[str, Any]:
    """Whose it is. A case that is closed and opened again begins to be silent anew."""
    whose = of_case("" if case == "pk" else case)
    return whose | {"void_at": Least(whose["void_at"], _reopened(case))}


def _reached(case: str) -> Combinable:
    later = Contact.objects.filter(case=OuterRef(case), at__gt=OuterRef("heard_at"))
    return first(later.filter(outcome__in=REACHED))


def _reopened(case: str) -> Combinable:
    later = CaseEvent.objects.filter(case=OuterRef(case), at__gt=OuterRef("heard_at"))
    return first(later.filter(kind=EventKind.REOPENED))


def _considered(case: str, since: str, how: str) -> QuerySet[LostContact]:
    return LostContact.objects.filter(case=OuterRef(case), **{f"at__{how}": OuterRef(since)})
