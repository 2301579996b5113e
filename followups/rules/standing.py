"""The room of the rules that hold as long as a case is open, and of a case that somebody wants to close."""

from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.models import REACHED, CaseStatus, Closure, Contact, ContactOutcome, Review
from casework.rules import NEEDS_A_SUPERVISOR, contact_clock
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    Safety,
    after,
    at_close_of_day,
    first,
    occurrences_of,
    of_case,
    sent_cases,
)
from victims.models import RiskLevel, SafeContact


class ContactLapsed(Rule):
    """The victim is spoken to safely, as often as agreed with them. [T25, T42]

    Owed since the case was opened or they were last reached, by the time agreed then. A try that did
    not reach them adds the next try; it never puts off the contact itself.
    """

    slug = "contact-lapsed"
    why = _("The next safe contact with the person is due")
    act = _("Contact the person the safe way, and record what happened")
    page = "casework:contact"
    safety = Safety.VICTIM
    standing = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Openings and contacts; met by reaching the person, a mere try by the next contact of any kind."""
        reached = Contact.objects.filter(outcome__in=REACHED)
        later = _later_contacts()
        return occurrences_of(
            sent_cases(),
            **of_case(),
            occurrence=F("opening"),
            since=F("opened_at"),
            clock=_by_risk("victim__risk"),
            met_at=first(reached.filter(after("reopened_at"), case=OuterRef("pk"))),
        ).union(
            occurrences_of(
                Contact.objects.all(),
                **of_case("case"),
                occurrence=F("pk"),
                since=F("at"),
                clock=_by_outcome(),
                agreed_at=F("next_at"),
                met_at=Case(
                    When(outcome__in=REACHED, then=first(later.filter(outcome__in=REACHED))),
                    default=first(later),
                ),
            ),
            all=True,
        )


def _by_risk(path: str) -> Case:
    return Case(
        When(Q(**{path: RiskLevel.HIGH}), then=Value("high-risk")), default=Value("standard")
    )


def _by_outcome() -> Case:
    """The clock that the contact itself started, so that the ladder climbs in hours when it was unsafe."""
    clocks = {outcome: contact_clock(outcome, "") for outcome in ContactOutcome}
    return Case(
        *(
            When(outcome=outcome, then=Value(clock))
            for outcome, clock in clocks.items()
            if outcome != ContactOutcome.SPOKE
        ),
        default=_by_risk("case__victim__risk"),
    )


def _later_contacts() -> QuerySet[Contact]:
    """Contacts after the outer one; of two in the same minute, the one recorded later."""
    same_minute = Q(at=OuterRef("at"), recorded_at__gt=OuterRef("recorded_at"))
    return Contact.objects.filter(Q(at__gt=OuterRef("at")) | same_minute, case=OuterRef("case"))


class ContactUnsafe(Rule):
    """A supervisor looks at once at a contact that was unsafe, or that somebody else answered. [ux W6]

    The next contact is owed as well, by the officer; here a second head decides how to reach the person.
    """

    slug = "contact-unsafe"
    why = _("The last try to reach the person was not safe, or somebody else answered")
    act = _("Review the case, and decide how to reach the person")
    page = "casework:review"
    safety = Safety.DANGER
    interrupts = True
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Such contacts; met by a supervisor's review, or when somebody reaches the person after all."""
        reached = _later_contacts().filter(outcome__in=REACHED)
        reviewed = Review.objects.filter(
            case=OuterRef("case"), recorded_at__gt=OuterRef("recorded_at")
        )
        return occurrences_of(
            Contact.objects.filter(outcome__in=NEEDS_A_SUPERVISOR),
            **(of_case("case") | {"owner_id": Value(None)}),
            occurrence=F("pk"),
            since=F("recorded_at"),
            met_at=Least(first(reached), first(reviewed, "recorded_at")),
        )


class ReviewDue(Rule):
    """A supervisor reviews every open case regularly and records it. [T40]"""

    slug = "review-due"
    why = _("A supervisor's review is due")
    act = _("Review the case")
    page = "casework:review"
    standing = True
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Openings and reviews; each met by the next review."""
        supervisor = {"owner_id": Value(None)}
        later = Review.objects.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
        return occurrences_of(
            sent_cases(),
            **(of_case() | supervisor),
            occurrence=F("opening"),
            since=F("opened_at"),
            clock=Value("first"),
            met_at=first(Review.objects.filter(after("reopened_at"), case=OuterRef("pk"))),
        ).union(
            occurrences_of(
                Review.objects.all(),
                **(of_case("case") | supervisor),
                occurrence=F("pk"),
                since=F("at"),
                clock=Value("later"),
                met_at=first(later),
            ),
            all=True,
        )


class SafeContactStale(Rule):
    """How to reach the victim safely is checked again with them by the day that was set. [force]"""

    slug = "safe-contact-stale"
    why = _("How to reach the person safely must be checked again")
    act = _("Check the safe contact rule with the person")
    page = "casework:safe-contact"
    safety = Safety.VICTIM

    def occurrences(self, at: datetime) -> Occurrences:
        """Safe contact rules from when they were set, in each case of the person; met when replaced."""
        sent = [status for status in CaseStatus if status != CaseStatus.DRAFT]
        rules = SafeContact.objects.filter(victim__cases__status__in=sent)
        return occurrences_of(
            rules,
            **of_case("victim__cases"),
            occurrence=F("pk"),
            since=F("set_at"),
            agreed_at=at_close_of_day("review_on"),
            met_at=F("ended_at"),
        )


class CloseNotCountersigned(Rule):
    """A second officer checks a case that somebody asked to close. [I8]"""

    slug = "close-not-countersigned"
    why = _("Somebody asked to close this case; a second officer must decide")
    act = _("Agree to close it, or send it back")
    page = "casework:countersign"
    second_person = (Closure, "by")
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Requests to close; met by the decision."""
        return occurrences_of(
            Closure.objects.all(),
            **(of_case("case") | {"owner_id": Value(None)}),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("decided_at"),
        )
