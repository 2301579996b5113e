"""The room of the rule about lists from outside: where one does not agree with our record, somebody looks into it."""

from datetime import datetime

from django.db.models import Case, Exists, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from casework.models import Decision, NrmEvent, NrmReferral
from followups.rules.base import Occurrences, Owes, Rule, Safety, first, occurrences_of, of_case
from referrals.models import Mismatch, MismatchKind
from referrals.outside import SUPPORTED

K = MismatchKind


def _key(path: str) -> Func:
    return Func(F(path), function="referrals_reference_key", output_field=TextField())


class ListMismatch(Rule):
    """Where a list from outside and our record do not agree, somebody finds out who is right. [features N12]"""

    slug = "list-mismatch"
    why = _("A list from outside and our record do not agree")
    act = _("Find out which is right, put the record right or say what you found")
    page = "referrals:mismatch"
    page_of = "subject"
    safety = Safety.VICTIM
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Mismatches; met by a note, by a later list that agrees, or by our own record once it says the same.

        Of a case they are its unit's supervisor's, of no case the force's specialist lead's.
        """
        events = NrmEvent.objects.filter(referral=OuterRef("nrm"))
        named = NrmEvent.objects.filter(referral=OuterRef("pk")).exclude(reference="")
        known = NrmReferral.objects.annotate(
            known_as=_key("home_office_reference"),
            named_at=Coalesce(first(named, "recorded_at"), F("recorded_at")),
        ).filter(known_as=OuterRef("reference"), scope__force=OuterRef("force"))
        is_supported = Q(referral__status__in=sorted(SUPPORTED))
        ours = Case(
            When(Q(resolved_at__isnull=False) | Q(agreed_at__isnull=False), then=Value(None)),
            # Of a case held closely too, which whoever compared the list may not know of.
            When(
                Q(kind=K.NO_CASE) & Exists(known),
                then=Greatest(first(known, "named_at"), F("found_at")),
            ),
            When(kind=K.DECISION, then=first(events.filter(kind=OuterRef("stage")), "recorded_at")),
            When(
                kind=K.NOT_LISTED,
                then=first(events.filter(kind=Decision.WITHDRAWN), "recorded_at"),
            ),
            When(Q(kind=K.NOT_ACCEPTED) & is_supported, then=_since("referral__accepted_at")),
            When(
                Q(kind=K.NOT_SUPPORTED, referral__isnull=False) & ~is_supported,
                then=_since("referral__ended_at", "referral__withdrawn_at", "referral__changed_at"),
            ),
            When(
                Q(kind=K.CONTACT, referral__first_contact_at__isnull=False),
                then=_since("referral__first_contact_at"),
            ),
        )
        return occurrences_of(
            Mismatch.objects.all(),
            **(
                of_case("case")
                | {
                    "subject_id": F("pk"),
                    "force_id": Coalesce(F("case__scope__force"), F("force")),
                    "owner_id": Value(None),
                }
            ),
            occurrence=F("pk"),
            since=F("found_at"),
            met_at=Least(F("resolved_at"), F("agreed_at"), ours),
        )


def _since(*paths: str) -> Greatest:
    """When our record came to say it (never null), though no earlier than somebody found that it did not."""
    said = Coalesce(*(F(path) for path in paths)) if len(paths) > 1 else F(paths[0])
    return Greatest(said, F("found_at"))
