"""The room of the rules about the investigation: crimes and referrals that match, requests answered, and fairness."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import (
    REVIEWABLE,
    CrimeRecord,
    DutyToNotify,
    Happening,
    ImmigrationShare,
    Informed,
    InvestigationEvent,
    NrmEvent,
    NrmReferral,
    Section45,
)
from followups.rules.base import (
    CASE_CLOSED,
    Occurrences,
    Owes,
    Rule,
    Safety,
    after,
    first,
    occurrences_of,
    of_case,
)
from victims.models import owed_as_child

SUPERVISORS = {"owner_id": Value(None)}


def happened(*kinds: str) -> QuerySet[InvestigationEvent]:
    """What of these kinds happened in the outer row's case."""
    return InvestigationEvent.objects.filter(case=OuterRef("case"), kind__in=kinds)


class ReferralWithoutCrime(Rule):
    """Every national referral has a crime that is recorded. [T01; reconciliation, domain 2.2]"""

    slug = "referral-without-crime"
    why = _("There is a national referral, and no crime is recorded")
    act = _("Record the crime number")
    page = "casework:crime"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """National referrals since they were sent; met by the first crime number of the case."""
        withdrawn = NrmEvent.objects.filter(referral=OuterRef("pk"), kind="withdrawn")
        return occurrences_of(
            NrmReferral.objects.all(),
            **(
                of_case("case")
                | {
                    "void_at": Least(F("case__closed_at"), first(withdrawn)),
                    "void_reason": Value("withdrawn-or-closed"),
                }
            ),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(CrimeRecord.objects.filter(case=OuterRef("case"))),
        )


class CrimeWithoutDecision(Rule):
    """Every crime of modern slavery has a national referral, or a duty to notify. [T02; reconciliation]"""

    slug = "crime-without-decision"
    why = _("A crime is recorded, and neither a national referral nor a duty to notify")
    act = _("Refer to the NRM, or record the duty to notify")
    page = "casework:nrm"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Crimes since they were recorded; met by a referral or a notification in the case."""
        in_case = {"case": OuterRef("case")}
        return occurrences_of(
            CrimeRecord.objects.all(),
            **of_case("case"),
            occurrence=F("pk"),
            since=F("at"),
            clock=Case(
                When(owed_as_child("case__victim"), then=Value("child")),
                default=Value("adult"),
            ),
            met_at=Least(
                first(NrmReferral.objects.filter(**in_case)),
                first(DutyToNotify.objects.filter(**in_case)),
            ),
        )


class Answering(Rule):
    """Something that the person asked for, or that concerns them, is answered. [Victims' Code]"""

    asked: ClassVar[str]
    answered: ClassVar[str]
    page = "casework:investigation"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """What was asked, since then; met by its own answer."""
        return occurrences_of(
            InvestigationEvent.objects.filter(kind=self.asked),
            **of_case("case"),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(answers_with(self.answered)),
        )


def answers_with(*kinds: str) -> QuerySet[InvestigationEvent]:
    """The answers of these kinds to the outer row."""
    return InvestigationEvent.objects.filter(answers=OuterRef("pk"), kind__in=kinds)


class RightToReviewRequested(Rule):
    """A request under the Victims' Right to Review is acknowledged, then completed. [T23]

    Of one request two things are owed: its acknowledgement to the case, its completion to itself.
    """

    slug = "right-to-review-requested"
    why = _("They asked for a review of the decision not to prosecute")
    act = _("Acknowledge it, have it reviewed by somebody new to the case, and tell them")
    page = "casework:investigation"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Requests; met by the acknowledgement (or the decision itself), and by the decision."""
        asked = InvestigationEvent.objects.filter(kind=Happening.REVIEW_ASKED)
        said = {"occurrence": F("pk"), "since": F("at")}
        decided = answers_with(Happening.REVIEW_DECIDED)
        either = answers_with(Happening.REVIEW_ACKNOWLEDGED, Happening.REVIEW_DECIDED)
        return occurrences_of(
            asked,
            **(of_case("case") | said),
            clock=Value("acknowledge"),
            met_at=first(either),
        ).union(
            occurrences_of(
                asked,
                **(of_case("case") | {"subject_id": F("pk")} | said),
                clock=Value("complete"),
                met_at=first(decided),
            ),
            all=True,
        )


class RightToReviewUndecided(Rule):
    """Before the time to ask for a review is over, they have decided whether they want one. [T22, T24]

    The time runs from when they were told; until then telling them is what is owed. Each decision has its own: a
    review of what the police decided is none of what the prosecutors did.
    """

    slug = "right-to-review-undecided"
    why = _("The time to ask for a review of the decision not to prosecute runs out")
    act = _("Ask them whether they want it, help them, and record what they said")
    page = "casework:investigation"
    safety = Safety.VICTIM
    warns = 5

    def occurrences(self, at: datetime) -> Occurrences:
        """Decisions of police and prosecutors since they were told; met by asking, or by their own no."""
        informed = Informed.objects.filter(happening=OuterRef("pk"), why_not="")
        answered = InvestigationEvent.objects.filter(
            answers=OuterRef("pk"), kind__in=[Happening.REVIEW_ASKED, Happening.REVIEW_UNWANTED]
        )
        charged = happened(Happening.CHARGED).filter(after("at"))
        return occurrences_of(
            InvestigationEvent.objects.filter(kind__in=REVIEWABLE)
            .annotate(told_at=first(informed))
            .filter(told_at__isnull=False),
            **(
                of_case("case")
                | {
                    "void_at": Least(F("case__closed_at"), first(charged)),
                    "void_reason": Value("charged-or-closed"),
                }
            ),
            occurrence=F("pk"),
            since=F("told_at"),
            clock=Case(
                When(kind=Happening.PROSECUTORS, then=Value("prosecutors")), default=Value("police")
            ),
            met_at=first(answered),
        )


class ComplaintNotAcknowledged(Answering):
    """A complaint under the Victims' Code is acknowledged. [T30]"""

    slug = "complaint-not-acknowledged"
    why = _("They complained, and nobody has told them that we have it")
    act = _("Tell them that we have it and what happens next, and record it")
    asked, answered = Happening.COMPLAINT, Happening.COMPLAINT_ACKNOWLEDGED


class BreachNotNotified(Answering):
    """A breach that puts people's rights at risk is notified to the Information Commissioner. [T37]"""

    slug = "breach-not-notified"
    why = _("Information about them was lost or seen by others")
    act = _("Tell the data protection officer now, and record what was decided")
    asked, answered = Happening.BREACH, Happening.BREACH_DECIDED
    interrupts = True
    blocks_closing = True


class DataRequestNotAnswered(Answering):
    """Somebody who asks what the police hold about them is answered. [T38]"""

    slug = "data-request-not-answered"
    why = _("They asked what we hold about them")
    act = _("Have it answered, and record it")
    asked, answered = Happening.DATA_ASKED, Happening.DATA_GIVEN
    safety = Safety.ROUTINE


class PropertyNotReturned(Answering):
    """What is theirs is given back as soon as it can be. [Victims' Code Right 10]"""

    slug = "property-not-returned"
    why = _("We still hold something of theirs")
    act = _("Give it back, or move the time and say why it is still needed")
    asked, answered = Happening.PROPERTY_HELD, Happening.PROPERTY_RETURNED
    safety = Safety.ROUTINE
    blocks_closing = True


class BailViewsNotAsked(Rule):
    """They are asked what they think of bail conditions before these are set or changed. [T32]"""

    slug = "bail-views-not-asked"
    why = _("Nobody has recorded what they think of the suspect's bail")
    act = _("Ask what they think about the conditions, and record it")
    page = "casework:investigation"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Bail and its changes; met by their views since the last time, the sooner the better."""
        bail = (Happening.BAILED, Happening.BAIL_CHANGED)
        before = happened(*bail).filter(at__lt=OuterRef("at")).order_by("-at")
        views = InvestigationEvent.objects.filter(
            after("bailed_before"), case=OuterRef("case"), kind=Happening.VIEWS_ASKED
        )
        return occurrences_of(
            InvestigationEvent.objects.filter(kind__in=bail).annotate(
                bailed_before=before.values("at")[:1]
            ),
            **of_case("case"),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(views),
        )


class StatementNotOffered(Rule):
    """They are offered a Victim Personal Statement with their statement, and again before a trial. [T26]"""

    slug = "statement-not-offered"
    why = _("Nobody has offered them a personal statement")
    act = _("Offer it, explain what it is for, and record what they said")
    page = "casework:investigation"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Statements and charges; each met by the first offer since."""
        offered = happened(Happening.PERSONAL_STATEMENT).filter(after("at", strictly=False))
        return occurrences_of(
            InvestigationEvent.objects.filter(
                kind__in=[Happening.STATEMENT_TAKEN, Happening.CHARGED]
            ),
            **of_case("case"),
            occurrence=F("pk"),
            since=F("at"),
            clock=Case(
                When(kind=Happening.CHARGED, then=Value("charge")), default=Value("statement")
            ),
            met_at=first(offered),
        )


class SpecialMeasuresNotAsked(Rule):
    """Special measures are talked through with them as soon as there is a charge. [Youth Justice Act 1999 s17]"""

    slug = "special-measures-not-asked"
    why = _("Nobody has talked with them about special measures in court")
    act = _("Talk it through with them, and record what they want")
    page = "casework:investigation"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Charges; met by the first such talk, before the charge or after it."""
        return occurrences_of(
            InvestigationEvent.objects.filter(kind=Happening.CHARGED),
            **of_case("case"),
            occurrence=F("pk"),
            since=F("at"),
            met_at=first(happened(Happening.SPECIAL_MEASURES)),
        )


class Section45NotConsidered(Rule):
    """Whether a victim must not be punished is considered as soon as they are a suspect. [MSA 2015 s45]"""

    slug = "section-45-not-considered"
    why = _("They are a suspect, and nobody has considered section 45")
    act = _("Consider whether they were made to do it, before anybody charges them")
    page = "casework:section-45"
    safety = Safety.VICTIM
    blocks_closing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Suspicions, and considerations sent back; met by the next consideration, void without a charge."""
        considered = Section45.objects.filter(case=OuterRef("case"))
        not_charged = happened(Happening.PERSON_NOT_CHARGED)
        whose = of_case("case") | {
            "void_at": Least(F("case__closed_at"), F("cleared_at")),
            "void_reason": Case(
                When(cleared_at__isnull=False, then=Value("not-charged")),
                default=Value(CASE_CLOSED),
            ),
            "occurrence": F("pk"),
        }
        suspected = InvestigationEvent.objects.filter(kind=Happening.PERSON_SUSPECTED)
        returned = Section45.objects.filter(agreed=False)
        return occurrences_of(
            suspected.annotate(cleared_at=first(not_charged.filter(after("at", strictly=False)))),
            **whose,
            since=F("at"),
            met_at=first(considered.filter(after("at", strictly=False))),
        ).union(
            occurrences_of(
                returned.annotate(cleared_at=first(not_charged.filter(after("reviewed_at")))),
                **whose,
                since=F("reviewed_at"),
                met_at=first(
                    considered.filter(recorded_at__gt=OuterRef("reviewed_at")), "recorded_at"
                ),
            ),
            all=True,
        )


class Section45NotReviewed(Rule):
    """A second officer reviews what was found about section 45. [MSA 2015 s45; domain 6.3]"""

    slug = "section-45-not-reviewed"
    why = _("Somebody considered section 45; a second officer must review it")
    act = _("Review what was found")
    page = "casework:section-45-review"
    safety = Safety.VICTIM
    second_person = (Section45, "by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Considerations; met by the review."""
        return occurrences_of(
            Section45.objects.all(),
            **(of_case("case") | SUPERVISORS),
            occurrence=F("pk"),
            since=F("recorded_at"),
            met_at=F("reviewed_at"),
        )


class ImmigrationShareUndecided(Rule):
    """Whoever wants to tell immigration enforcement about a victim is answered by a second person. [domain 4.2]"""

    slug = "immigration-share-undecided"
    why = _("Somebody asks to tell immigration enforcement about this person")
    act = _("Decide whether it may be shared")
    page = "casework:immigration-decide"
    safety = Safety.VICTIM
    second_person = (ImmigrationShare, "by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Requests; met by the decision."""
        return occurrences_of(
            ImmigrationShare.objects.all(),
            **(of_case("case") | SUPERVISORS),
            occurrence=F("pk"),
            since=F("recorded_at"),
            met_at=F("decided_at"),
        )
