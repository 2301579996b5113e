"""The room of the rules about how long a closed case is kept: it is looked at when its time has come."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from casework.models import (
    CaseEvent,
    ClosingOutcome,
    Closure,
    CrimeRecord,
    EventKind,
    Happening,
    InvestigationEvent,
    RetentionDecision,
    RetentionGroup,
    RetentionReview,
)
from clocks.models import Deadline
from followups.rules.base import Occurrences, Owes, Rule, after, first, occurrences_of, of_case

G = RetentionGroup
AHEAD = timedelta(days=90)
A_DAY = timedelta(days=1)


class _Review(Rule):
    """A closed case is looked at when its time has come."""

    reads_at = True
    act = _("Review whether it is still needed: keep it, or propose to dispose of it")
    page = "casework:retention"
    warns = 20
    owes = Owes.LEAD

    def near(self, rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
        """The rows whose time, counted from `began_at` in their `group`, comes within 90 days, or has come."""
        amount = Deadline.objects.filter(
            rule=self.slug, clock=Concat(Value("group-"), OuterRef("group"))
        ).order_by("-valid_from")
        comes_at = ExpressionWrapper(
            F("began_at")
            + ExpressionWrapper(
                Subquery(amount.values("amount")[:1]) * Value(A_DAY), output_field=DurationField()
            ),
            output_field=DateTimeField(),
        )
        near: QuerySet[Any] = rows.annotate(comes_at=comes_at).filter(comes_at__lte=at + AHEAD)
        return near

    def owed(self, rows: QuerySet[Any], **said: object) -> Occurrences:
        """The rows as occurrences; a closed case has no owner, so the force's specialist lead holds them."""
        nobody = {"owner_id": Value(None), "unit_id": Value(None)}
        return occurrences_of(
            rows,
            **(of_case("case") | nobody | said),
            occurrence=F("pk"),
            since=F("began_at"),
            clock=Concat(Value("group-"), F("group")),
        )


class RetentionReviewDue(_Review):
    """A closed case is reviewed when its group's time is over; it is never disposed of by time alone. [MoPI]"""

    slug = "retention-review-due"
    why = _("This case has been closed so long that somebody must say whether it is still needed")

    def occurrences(self, at: datetime) -> Occurrences:
        """Closings; met by the first review after, void when the case is open again."""
        here = {"case": OuterRef("case")}
        crimes = CrimeRecord.objects.filter(**here)
        serious = InvestigationEvent.objects.filter(
            **here, kind__in=(Happening.CHARGED, Happening.PERSON_CHARGED, Happening.OUTCOME)
        )
        group = Case(
            When(
                Q(outcome=ClosingOutcome.NOT_A_VICTIM) & Exists(crimes), then=Value(G.THREE.value)
            ),
            When(outcome=ClosingOutcome.NOT_A_VICTIM, then=Value(G.FOUR.value)),
            When(Exists(serious), then=Value(G.ONE.value)),
            default=Value(G.TWO.value),
        )
        reviews = RetentionReview.objects.filter(after("decided_at"), **here)
        reopened = CaseEvent.objects.filter(after("decided_at"), **here, kind=EventKind.REOPENED)
        rows = Closure.objects.filter(agreed=True).annotate(began_at=F("decided_at"), group=group)
        return self.owed(
            self.near(rows, at),
            met_at=first(reviews),
            void_at=first(reopened),
            void_reason=Value("reopened"),
        )


class RetentionReviewAgain(_Review):
    """A case that a review kept is reviewed again. [MoPI]"""

    slug = "retention-review-again"
    why = _("This case was kept by a review, whose time is over")

    def occurrences(self, at: datetime) -> Occurrences:
        """Reviews that kept a case; met by the next, void when the case is open again."""
        here = {"case": OuterRef("case")}
        rows = RetentionReview.objects.filter(decision=RetentionDecision.KEEP).annotate(
            began_at=F("at")
        )
        next_ones = RetentionReview.objects.filter(after("at"), **here)
        reopened = CaseEvent.objects.filter(after("at"), **here, kind=EventKind.REOPENED)
        return self.owed(
            self.near(rows, at),
            met_at=first(next_ones),
            void_at=first(reopened),
            void_reason=Value("reopened"),
        )


class DisposalUndecided(Rule):
    """A disposal that somebody proposed is decided by a second person. [force]"""

    slug = "disposal-undecided"
    why = _("Somebody proposed to dispose of this case, and nobody has decided")
    act = _("Decide whether it is disposed of")
    page = "casework:retention"
    second_person = (RetentionReview, "by")
    owes = Owes.LEAD

    def occurrences(self, at: datetime) -> Occurrences:
        """Proposals; met by the decision. The force's specialist lead holds them."""
        whose = of_case("case") | {"owner_id": Value(None), "unit_id": Value(None)}
        return occurrences_of(
            RetentionReview.objects.filter(decision=RetentionDecision.DISPOSE),
            **(whose | {"void_at": Value(None), "void_reason": Value(None)}),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("decided_at"),
        )
