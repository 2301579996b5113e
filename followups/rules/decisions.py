"""The room of the rules about the national referral after it was sent: its decisions, dates, questions and end."""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from casework.models import (
    SERVED,
    STANDS,
    Decision,
    GuardianReferral,
    Informed,
    NrmEvent,
    NrmReferral,
)
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Owes,
    Rule,
    Safety,
    first,
    is_owed_already,
    occurrences_of,
    of_case,
)
from followups.rules.telling import told_of
from victims.models import owed_as_child

CASE_ENDED = "withdrawn-or-closed"
REASONABLE = (Decision.RG_POSITIVE, Decision.RG_NEGATIVE)
REFUSED = (Decision.RG_NEGATIVE, Decision.CG_NEGATIVE)


def happened_to(referral: str, *kinds: str) -> QuerySet[NrmEvent]:
    """What of these kinds happened to the outer row's referral."""
    return NrmEvent.objects.filter(referral=OuterRef(referral), kind__in=kinds)


def later_events(*kinds: str) -> QuerySet[NrmEvent]:
    """What of these kinds happened to the referral after the outer event; of two at once, recorded later."""
    at_once = Q(at=OuterRef("at"), recorded_at__gt=OuterRef("recorded_at"))
    return happened_to("referral", *kinds).filter(Q(at__gt=OuterRef("at")) | at_once)


def ended_by(*evidence: QuerySet[NrmEvent]) -> dict[str, object]:
    """Whose it is, for a duty that also ends when one of these happened."""
    return of_case("case") | {
        "void_at": Least(F("case__closed_at"), *(first(rows) for rows in evidence)),
        "void_reason": Value(CASE_ENDED),
    }


class NrmDecisionOverdue(Rule):
    """The competent authority decides on reasonable grounds in 5 working days where possible. [T05]"""

    slug = "nrm-decision-overdue"
    why = _("The Home Office has not given its first NRM decision")
    act = _("Ask the Home Office, and record the decision when it comes")
    page = "casework:decisions"
    owes = Owes.HOME_OFFICE

    def occurrences(self, at: datetime) -> Occurrences:
        """National referrals since the Home Office had them, else since they were sent; met by the decision."""
        received = first(happened_to("pk", Decision.RECEIVED))
        return occurrences_of(
            NrmReferral.objects.all(),
            **(ended_by(happened_to("pk", Decision.WITHDRAWN))),
            occurrence=F("pk"),
            since=Coalesce(received, F("at")),
            met_at=first(happened_to("pk", *REASONABLE)),
        )


class NrmReferenceMissing(Rule):
    """The Home Office's reference shows that a national referral has arrived. [force; issue 3, T05]"""

    slug = "nrm-reference-missing"
    why = _("The Home Office has not confirmed that it has the national referral")
    act = _("Record their reference and the day they had it, or ask them")
    page = "casework:decisions"

    def occurrences(self, at: datetime) -> Occurrences:
        """National referrals since they were sent; met by a reference, given then or in any later event."""
        confirmed = NrmEvent.objects.filter(referral=OuterRef("pk")).exclude(reference="")
        named = Case(When(~Q(home_office_reference=""), then=F("recorded_at")))
        return occurrences_of(
            NrmReferral.objects.all(),
            **(ended_by(happened_to("pk", Decision.WITHDRAWN))),
            occurrence=F("pk"),
            since=F("at"),
            met_at=Coalesce(first(confirmed, "recorded_at"), named),
        )


class DecisionNotServed(Rule):
    """The person hears of every decision about them, whoever was sent the letter. [T09; domain 2.6]

    The time to ask for a reconsideration runs from the decision, whether or not they have heard of it.
    """

    slug = "decision-not-served"
    why = _("Nobody has recorded that they know the Home Office's decision")
    act = _("Tell them the decision and what it means, or record who did")
    page = "casework:inform"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Decisions since the police heard of them; met when the person was told."""
        negative = Q(kind__in=[*REFUSED, Decision.DISQUALIFIED, Decision.RECONSIDERATION_REFUSED])
        return told_of(
            NrmEvent.objects.filter(kind__in=SERVED),
            Informed.objects.filter(decision=OuterRef("pk")),
            since=Coalesce(F("received_at"), F("recorded_at")),
            clock=Case(When(negative, then=Value("negative")), default=Value("standard")),
        )


class ReconsiderationUndecided(Rule):
    """Before the 30 days are over, they have decided whether to ask for a reconsideration. [T09]"""

    slug = "reconsideration-undecided"
    why = _("The time to ask the Home Office to look again runs out")
    act = _("Ask them whether they want it, help them, and record what they said")
    page = "casework:decisions"
    safety = Safety.VICTIM
    warns = 5

    def occurrences(self, at: datetime) -> Occurrences:
        """Negative decisions since they were made; met by asking, or by their own no."""
        answered = later_events(Decision.RECONSIDERATION_ASKED, Decision.RECONSIDERATION_NOT_WANTED)
        overtaken = later_events(Decision.RG_POSITIVE, Decision.CG_POSITIVE, Decision.WITHDRAWN)
        return occurrences_of(
            NrmEvent.objects.filter(kind__in=REFUSED),
            **ended_by(overtaken),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(answered),
        )


class RecoveryEnding(Rule):
    """Before the recovery period can end, somebody finds out whether it goes on, and what they have then. [T06, T07]

    The conclusive decision has no time limit, so each answer "it goes on until" is asked again then.
    """

    slug = "recovery-ending"
    why = _("Their recovery period may end, and no final decision is recorded")
    act = _("Ask the Home Office whether it goes on, and record it")
    page = "casework:decisions"
    safety = Safety.VICTIM
    warns = 5

    def occurrences(self, at: datetime) -> Occurrences:
        """Positive first decisions and extensions; met by the next extension, the final decision or a plan."""
        answered = later_events(
            Decision.RECOVERY_EXTENDED,
            Decision.CG_POSITIVE,
            Decision.CG_NEGATIVE,
            Decision.MOVE_ON_PLANNED,
            Decision.EXITED,
        )
        begun = (Decision.RG_POSITIVE, Decision.RECOVERY_EXTENDED)
        return occurrences_of(
            NrmEvent.objects.filter(~owed_as_child("case__victim"), kind__in=begun),
            **ended_by(later_events(Decision.DISQUALIFIED, Decision.WITHDRAWN)),
            occurrence=F("pk"),
            since=F("at"),
            agreed_at=F("until"),
            met_at=first(answered),
        )


class MoveOnNotPlanned(Rule):
    """Before the support ends, it is known where they go and who helps them then. [T10, T11]"""

    slug = "move-on-not-planned"
    why = _("Their support ends, and nothing is recorded of what comes after it")
    act = _("Find out from them and their support worker what comes next, and record it")
    page = "casework:decisions"
    safety = Safety.VICTIM
    warns = 5

    def occurrences(self, at: datetime) -> Occurrences:
        """Decisions that end an adult's support, since they were made; met by a plan, or by leaving it."""
        ends = (Decision.RG_NEGATIVE, Decision.CG_NEGATIVE, Decision.CG_POSITIVE)
        return occurrences_of(
            NrmEvent.objects.filter(~owed_as_child("case__victim"), kind__in=ends),
            **ended_by(later_events(*STANDS)),
            occurrence=F("pk"),
            since=F("at"),
            clock=Case(
                *(When(kind=kind, then=Value(kind.replace("_", "-"))) for kind in ends[:2]),
                default=Value("cg-positive"),
            ),
            met_at=first(later_events(Decision.MOVE_ON_PLANNED, Decision.EXITED)),
        )


class NrmInformationRequested(Rule):
    """A request for information from the competent authority is answered. [T08]"""

    slug = "nrm-information-requested"
    why = _("The Home Office asked us for information about their referral")
    act = _("Send what they asked for, and record it")
    page = "casework:decisions"

    def occurrences(self, at: datetime) -> Occurrences:
        """Requests, by the day that they name or else by the deadline; met by the answer."""
        return occurrences_of(
            NrmEvent.objects.filter(kind=Decision.INFORMATION_ASKED),
            **ended_by(later_events(Decision.WITHDRAWN)),
            occurrence=F("pk"),
            since=F("at"),
            agreed_at=F("until"),
            met_at=first(
                NrmEvent.objects.filter(answers=OuterRef("pk"), kind=Decision.INFORMATION_SENT)
            ),
        )


class GuardianNotReferred(Rule):
    """A child who is referred to the NRM is referred to the guardianship service too. [T04, MSA s48]"""

    slug = "guardian-not-referred"
    reads_at = True
    why = _("The child has not been referred to the guardianship service")
    act = _("Refer them, or record that there is none here")
    page = "casework:guardian"
    safety = Safety.CHILD

    def occurrences(self, at: datetime) -> Occurrences:
        """National referrals of children and of those who may be; void once they are known to be an adult."""
        adult = ~owed_as_child("case__victim")
        was_owed = is_owed_already(self.slug, subject="case", occurrence="pk")
        known_adult = When(adult, then=Value(at, DateTimeField()))
        done = GuardianReferral.objects.filter(case=OuterRef("case"))
        return occurrences_of(
            NrmReferral.objects.filter(~adult | was_owed),
            **(
                of_case("case")
                | {
                    "void_at": Case(known_adult, default=F("case__closed_at")),
                    "void_reason": Case(
                        When(adult, then=Value("adult")), default=Value(CASE_CLOSED)
                    ),
                }
            ),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(done),
        )
