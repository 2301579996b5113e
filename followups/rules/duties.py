"""The room of the rules about what is owed to a person in the first hours and days; nearly all block closing."""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.models import (
    AuthorityTold,
    CaseStatus,
    ClosingOutcome,
    Closure,
    Contact,
    CrimeRecord,
    DutyToNotify,
    NeedsAssessment,
    NrmReferral,
    SafetyCheck,
)
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Rule,
    Safety,
    first,
    is_owed_already,
    occurrences_of,
    of_case,
    once,
    sent_cases,
)
from pages.answers import Answer
from referrals.models import SupportReferral
from victims.models import AgeBand, AgeDispute, AgeResult, owed_as_child

OF_CASE = {"case": OuterRef("pk")}


class SafetyNotConfirmed(Rule):
    """The person's immediate safety is confirmed, inside the shift that met them. [super-complaint C2]

    Owed from the start of every case, and again whenever they say that they are not safe tonight.
    """

    slug = "safety-not-confirmed"
    why = _("Nobody has confirmed that the person is safe now")
    act = _("Make sure that they are safe, and record it")
    page = "casework:safety"
    safety = Safety.DANGER
    interrupts = True
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log, and contacts at which the person was not safe; met by a check that found them safe."""
        safe = SafetyCheck.objects.filter(is_safe=True)
        unsafe = Contact.objects.filter(safe_tonight=Answer.NO)
        safe_later = safe.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
        return once(
            sent_cases(),
            first(safe.filter(**OF_CASE)),
            clock=Case(When(danger=Answer.YES, then=Value("danger")), default=Value("standard")),
        ).union(
            occurrences_of(
                unsafe,
                **of_case("case"),
                occurrence=F("pk"),
                since=F("at"),
                clock=Value("danger"),
                met_at=first(safe_later),
            ),
            all=True,
        )


class CrimeNotRecorded(Rule):
    """A report of modern slavery is recorded as a crime, or transferred, within 24 hours. [T01]"""

    slug = "crime-not-recorded"
    why = _("The crime has not been recorded")
    act = _("Record the crime number")
    page = "casework:crime"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log; met by the first crime number."""
        return once(sent_cases(), first(CrimeRecord.objects.filter(**OF_CASE)))


class NrmNotDecided(Rule):
    """A potential victim is referred to the NRM, or the duty to notify is met. [T02]"""

    slug = "nrm-not-decided"
    why = _("No national referral (NRM) and no duty to notify is recorded")
    act = _("Refer to the NRM, or record the duty to notify")
    page = "casework:nrm"
    safety = Safety.VICTIM
    # Closing without it is refused by `casework.rules.closing_obstacles`, which knows the outcome.
    blocks_closing = False

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log; met by a referral, a notification, or two officers saying "no victim"."""
        no_victim = Closure.objects.filter(
            agreed=True, outcome=ClosingOutcome.NOT_A_VICTIM, case__status=CaseStatus.CLOSED
        )
        return once(
            sent_cases(),
            first(NrmReferral.objects.filter(**OF_CASE)),
            first(DutyToNotify.objects.filter(**OF_CASE)),
            first(no_victim.filter(**OF_CASE)),
            clock=Case(When(owed_as_child(), then=Value("child")), default=Value("adult")),
        )


class ChildAuthorityNotTold(Rule):
    """The local authority is told at once of every person who is or may be a child. [T03]"""

    slug = "child-authority-not-told"
    reads_at = True
    why = _("The local authority has not been told about a child")
    act = _("Tell the local authority, and record it")
    page = "casework:authority"
    safety = Safety.CHILD
    interrupts = True
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases of children and of those who may be; void once the person is known to be an adult.

        An adult whose age is disputed is owed it from then on.
        """
        adult = ~owed_as_child()
        was_owed = is_owed_already(self.slug, subject="pk", occurrence="opening")
        known_adult = When(adult, then=Value(at, DateTimeField()))
        return once(
            sent_cases().filter(~adult | was_owed),
            first(AuthorityTold.objects.filter(**OF_CASE)),
            since=Coalesce(_disputed_at(), F("reopened_at"), F("logged_at")),
            void_at=Case(known_adult, default=F("closed_at")),
            void_reason=Case(When(adult, then=Value("adult")), default=Value(CASE_CLOSED)),
        )


def _disputed_at() -> Combinable:
    """Since when a person who was taken for an adult is treated as a child; null for everybody else."""
    disputes = AgeDispute.objects.filter(
        ~Q(result=AgeResult.ADULT), victim=OuterRef("victim"), band_before=AgeBand.ADULT
    )
    return first(disputes, "disputed_at")


class NeedsNotAssessed(Rule):
    """The victim's needs are assessed, and whether enhanced rights apply. [T13]"""

    slug = "needs-not-assessed"
    why = _("Their needs have not been assessed")
    act = _("Assess their needs")
    page = "casework:needs"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log; met by the first needs assessment."""
        return once(sent_cases(), first(NeedsAssessment.objects.filter(**OF_CASE)))


class SupportNotOffered(Rule):
    """The victim is referred to a support service within 2 working days. [T14]"""

    slug = "support-not-offered"
    why = _("They have not been referred to a support agency")
    act = _("Refer them, or record that they want no support now")
    page = "referrals:case-referrals"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Cases from their log; met by the first referral sent, or by their own answer that they want none."""
        sent = SupportReferral.objects.filter(**OF_CASE, sent_at__isnull=False)
        declined = NeedsAssessment.objects.filter(**OF_CASE, support_declined=True)
        return once(sent_cases(), first(sent, "sent_at"), first(declined))
