"""The room of the rules about support agencies: an answer, the person reached, a decline and a question dealt with."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from followups.rules.base import (
    Occurrences,
    Rule,
    Safety,
    first,
    named,
    occurrences_of,
    of_case,
)
from referrals.models import Question, ReferralStatus, SupportReferral

CALLED_OFF = (ReferralStatus.WITHDRAWN, ReferralStatus.IN_ERROR)


def of_referral(path: str = "") -> dict[str, Any]:
    """Whose an occurrence is when `path` leads to its referral; it ends with the referral or the case."""
    step = f"{path}__" if path else ""
    off = Case(
        When(
            Q(**{f"{step}status__in": CALLED_OFF}),
            then=Coalesce(F(f"{step}withdrawn_at"), F(f"{step}changed_at")),
        )
    )
    return of_case(f"{step}case") | {
        "subject_id": F(path or "pk"),
        "void_at": Least(off, F(f"{step}ended_at"), F(f"{step}case__closed_at")),
        "void_reason": Value("referral-ended"),
        "words": named(agency=f"{step}agency__name"),
        "clock": Case(
            When(Q(**{f"{step}urgent": True}), then=Value("urgent")), default=Value("standard")
        ),
    }


def sent() -> QuerySet[SupportReferral]:
    """Referrals that an agency was sent."""
    return SupportReferral.objects.filter(sent_at__isnull=False)


class AgencyNotAnswered(Rule):
    """An agency that was sent a referral accepts or declines it in time. [T41]"""

    slug = "agency-not-answered"
    why = _("%(agency)s has not answered the referral")
    act = _("Call the agency")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from when they were sent; met by either answer."""
        return occurrences_of(
            sent(),
            **of_referral(),
            occurrence=F("pk"),
            since=F("sent_at"),
            met_at=Least(F("accepted_at"), F("declined_at")),
        )


class AgencyNotReachedPerson(Rule):
    """An agency that accepted a referral reaches the person; until then nobody supports them. [ux 4.2]"""

    slug = "agency-not-reached-person"
    why = _("%(agency)s accepted, but has not reached the person")
    act = _("Ask the agency whether they have reached the person")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from their acceptance; met by the first contact."""
        return occurrences_of(
            sent().filter(accepted_at__isnull=False),
            **of_referral(),
            occurrence=F("pk"),
            since=F("accepted_at"),
            met_at=F("first_contact_at"),
        )


class ReferralDeclined(Rule):
    """A declined referral is sent elsewhere the same working day, or the reason not to is recorded. [I9]"""

    slug = "referral-declined"
    why = _("%(agency)s declined the referral")
    act = _("Send it to another agency, or say why not")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM
    interrupts = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Referrals from their decline; met by a decision recorded or another referral sent."""
        another = SupportReferral.objects.filter(
            case=OuterRef("case"), sent_at__gt=OuterRef("declined_at")
        )
        return occurrences_of(
            sent().filter(declined_at__isnull=False),
            **(of_referral() | {"clock": Value("standard")}),
            occurrence=F("pk"),
            since=F("declined_at"),
            met_at=Least(F("decline_handled_at"), first(another, "sent_at")),
        )


class AgencyQuestion(Rule):
    """An agency's question about a referral is answered; until then our clock runs, not theirs. [ux 4.2]"""

    slug = "agency-question"
    why = _("%(agency)s asks a question about the referral")
    act = _("Answer the question")
    page = "referrals:referral"
    page_of = "subject"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Questions from when they were asked; met by the answer."""
        whose = of_referral("referral") | {"clock": Value("standard")}
        return occurrences_of(
            Question.objects.all(),
            **whose,
            occurrence=F("pk"),
            since=F("asked_at"),
            met_at=F("answered_at"),
        )
