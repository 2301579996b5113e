"""The room of the rules about an agreement that was taken back: whoever rested on it stops, the Home Office is told."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import (
    TOLD_TO_STOP,
    CaseStatus,
    Decided,
    Decision,
    NrmEvent,
    NrmReferral,
    SharingStopped,
)
from followups.rules.base import (
    Occurrences,
    Rule,
    Safety,
    first,
    named,
    occurrences_of,
    of_case,
    of_first,
)
from referrals.models import TakenBack
from victims.models import ConsentOutcome, Purpose, owed_as_child

# After these a referral can no longer be withdrawn.
DECIDED = (
    Decision.RG_NEGATIVE,
    Decision.CG_POSITIVE,
    Decision.CG_NEGATIVE,
    Decision.DISQUALIFIED,
)
OVER = (*DECIDED, Decision.WITHDRAWN)
SENT = [status for status in CaseStatus if status != CaseStatus.DRAFT]


class AgencyNotToldToStop(Rule):
    """An agency stops using what the person took back: it may have noted what it can no longer read. [domain 8.4]"""

    slug = "agency-not-told-to-stop"
    why = _(
        "What %(agency)s was given rests on no agreement any more, and it has not been told to stop"
    )
    act = _("Phone the agency: it must stop using what it was given. Then record it")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    interrupts = True
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """What was taken back, from when; met when the agency was told."""
        return occurrences_of(
            TakenBack.objects.all(),
            **(
                of_case("referral__case")
                | {"subject_id": F("referral"), "words": named(agency="referral__agency__name")}
            ),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("told_at"),
        )


class SharingNotStopped(Rule):
    """Whoever was given something on an agreement that was taken back is told, and it stops. [domain 2.4, 11.4]

    Sharing with the local authority, with health services, and contact by the police. What the local authority
    is told of a child needs no agreement.
    """

    slug = "sharing-not-stopped"
    why = _("An agreement holds no more (%(purpose)s), and nobody has recorded that it stopped")
    act = _("Tell whoever was given something to stop, share nothing more, and record it")
    page = "casework:sharing-stopped"
    safety = Safety.VICTIM
    blocks_closing = True

    def say(self, words: dict[str, str]) -> str:
        """Which agreement, by its name."""
        return super().say({"purpose": str(Purpose(words["purpose"]).label).lower()})

    def occurrences(self, at: datetime) -> Occurrences:
        """Decisions that ended an agreement; met by what was recorded since, void when they agree again."""
        same = Decided.objects.filter(case=OuterRef("case"), purpose=OuterRef("purpose"))
        before = same.filter(decided_at__lt=OuterRef("decided_at")).order_by("-decided_at")
        agreed_again = same.filter(allows=True, decided_at__gt=OuterRef("decided_at"))
        stopped = SharingStopped.objects.filter(
            case=OuterRef("case"), purpose=OuterRef("purpose"), at__gte=OuterRef("decided_at")
        )
        ended = (
            Decided.objects.filter(
                ~(Q(purpose=Purpose.LOCAL_AUTHORITY) & owed_as_child("case__victim")),
                allows=False,
                purpose__in=TOLD_TO_STOP,
                case__status__in=SENT,
            )
            .annotate(before=of_first(before, "allows"))
            .filter(Q(before=True) | Q(before=None, outcome=ConsentOutcome.WITHDRAWN))
        )
        whose = of_case("case")
        return occurrences_of(
            ended,
            **(
                whose
                | {
                    "void_at": Least(whose["void_at"], first(agreed_again, "decided_at")),
                    "void_reason": Value("agreed-or-closed"),
                }
            ),
            words=named(purpose="purpose"),
            occurrence=F("consent"),
            since=F("decided_at"),
            met_at=first(stopped),
        )


class NrmConsentTakenBack(Rule):
    """When an adult takes back their agreement to the national referral, the Home Office is told. [domain 2.4, 11.4]"""

    slug = "nrm-consent-taken-back"
    why = _("The national referral that was sent rests on no agreement any more")
    act = _("Tell the Home Office, and record the referral as withdrawn")
    page = "casework:decisions"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Decisions against a referral that stood; met by its withdrawal or by agreeing again, void once decided."""
        events = NrmEvent.objects.filter(referral__case=OuterRef("case"))
        since = events.filter(at__gte=OuterRef("decided_at"))
        over = NrmEvent.objects.filter(
            referral=OuterRef("pk"), kind__in=OVER, at__lt=OuterRef(OuterRef("decided_at"))
        )
        referred = NrmReferral.objects.filter(
            ~Exists(over), case=OuterRef("case"), at__lte=OuterRef("decided_at")
        )
        agreed_again = Decided.objects.filter(
            case=OuterRef("case"),
            purpose=Purpose.NRM,
            allows=True,
            decided_at__gt=OuterRef("decided_at"),
        )
        against = Decided.objects.filter(
            Exists(referred),
            ~owed_as_child("case__victim"),
            allows=False,
            purpose=Purpose.NRM,
            case__status__in=SENT,
        )
        whose = of_case("case")
        decided = first(since.filter(kind__in=DECIDED))
        return occurrences_of(
            against,
            **(
                whose
                | {
                    "void_at": Least(whose["void_at"], decided),
                    "void_reason": Value("decided-or-closed"),
                }
            ),
            occurrence=F("consent"),
            since=F("decided_at"),
            met_at=Least(
                first(since.filter(kind=Decision.WITHDRAWN)), first(agreed_again, "decided_at")
            ),
        )
