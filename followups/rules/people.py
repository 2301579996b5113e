"""The room of the rules about officers: their training, and what was done in spite of a gap in it."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleHeld
from casework.models import Allocation, Interview, Review
from clocks import LONDON
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    after,
    at_close_of_day,
    at_midnight_after,
    first,
    named,
    occurrences_of,
    of_case,
    of_first,
)
from training.models import AHEAD, Booking, Counting, Proof, Purpose, Requirement, TrainingRecord


class TrainingLapsing(Rule):
    """An officer's required training is renewed by the day it lapses; said 20 working days before. [domain 7]"""

    slug = "training-lapsing"
    reads_at = True
    why = _("Training lapses: %(course)s")
    act = _("Book the course, then have it recorded")
    page = "training:own"
    page_of = "nobody"
    warns = 20
    owes = Owes.THEMSELVES

    def occurrences(self, at: datetime) -> Occurrences:
        """Records of courses that the officer's roles require, near or past their last day; met by a newer one.

        A record of another course that the force takes for it is one too; not where one that lasts longer was there.
        """
        held = RoleHeld.objects.filter(user=OuterRef(OuterRef("user"))).values("role")
        required = Requirement.objects.of_force(OuterRef("user__force")).must()
        required = required.filter(course=OuterRef("course"), role__in=held)
        same = Counting.objects.filter(user=OuterRef("user"), course=OuterRef("course"))
        renewed = same.filter(completed_on__gt=OuterRef("completed_on"))
        longer = same.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gt=OuterRef("expires_on")),
            completed_on__lte=OuterRef("completed_on"),
        )
        soon = (at.astimezone(LONDON) + AHEAD).date()
        records = Counting.objects.filter(
            Exists(required), ~Exists(longer), expires_on__lte=soon, user__force__isnull=False
        ).annotate(renewed_on=of_first(renewed.order_by("completed_on", "pk"), "completed_on"))
        return occurrences_of(
            records,
            subject_id=F("record"),
            force_id=F("user__force"),
            unit_id=F("user__unit"),
            owner_id=F("user"),
            occurrence=F("pk"),
            since=at_close_of_day("expires_on"),
            words=named(course="course__name"),
            met_at=at_close_of_day("renewed_on"),
            void_at=Case(When(user__is_active=False, then=F("user__left_at"))),
            void_reason=Value("left"),
        )


class OwnerTrainingLapsed(Rule):
    """Where an owner's training lapses while they hold a case, a supervisor says who investigates it now. [force]"""

    slug = "owner-training-lapsed"
    reads_at = True
    why = _("The owner's training has lapsed: %(course)s")
    act = _("Give the case to somebody else, or say in a review why the owner keeps it")
    page = "casework:review"
    owes = Owes.SUPERVISOR

    def occurrences(self, at: datetime) -> Occurrences:
        """Allocations in which a course that investigations need lapsed, from that midnight in London.

        Met by another owner, by the course, or by a review; not owed where another record counts on the next day.
        """
        held = RoleHeld.objects.filter(user=OuterRef(OuterRef("owner"))).values("role")
        required = Requirement.objects.of_force(OuterRef("owner__force")).filter(
            course=OuterRef("owner__counting__course"), role__in=held, purpose=Purpose.OWN_CASE
        )
        others = Counting.objects.filter(
            user=OuterRef("owner"), course=OuterRef("owner__counting__course")
        )
        last_day = OuterRef("owner__counting__expires_on")
        still = Q(expires_on__isnull=True) | Q(expires_on__gt=last_day)
        midnight = at_midnight_after("owner__counting__expires_on")
        lapsed = Allocation.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=midnight),
            Exists(required),
            ~Exists(others.filter(still, completed_on__lte=last_day)),
            owner__counting__expires_on__lt=at.astimezone(LONDON).date(),
            at__lt=midnight,
        ).annotate(
            lapsed_at=midnight,
            renewed_on=of_first(
                others.filter(completed_on__gt=last_day).order_by("completed_on", "pk"),
                "completed_on",
            ),
        )
        reviews = Review.objects.filter(after("lapsed_at"), case=OuterRef("case"))
        return occurrences_of(
            lapsed,
            **(of_case("case") | {"subject_id": F("owner__counting"), "owner_id": Value(None)}),
            occurrence=F("pk"),
            since=F("lapsed_at"),
            words=named(course="owner__counting__course__name"),
            met_at=Least(F("ended_at"), at_close_of_day("renewed_on"), first(reviews)),
        )


class PlaceLost(Rule):
    """Whoever had a place on a course that is called off takes another, or says that they know. [force]"""

    slug = "place-lost"
    why = _("A course is called off on which you had a place: %(course)s")
    act = _("Take another place, or say that you know")
    page = "training:dates"
    page_of = "nobody"
    owes = Owes.THEMSELVES
    announces = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Places that were lost; met by another place on the course, by the course, or by knowing."""
        same = {"user": OuterRef("user")}
        another = Booking.objects.filter(
            **same, date__course=OuterRef("date__course"), booked_at__gt=OuterRef("ended_at")
        )
        done = TrainingRecord.objects.filter(
            **same, course=OuterRef("date__course"), recorded_at__gt=OuterRef("ended_at")
        )
        return occurrences_of(
            Booking.objects.filter(lost=True),
            subject_id=F("pk"),
            force_id=F("user__force"),
            unit_id=F("user__unit"),
            owner_id=F("user"),
            occurrence=F("pk"),
            since=F("ended_at"),
            words=named(course="date__course__name"),
            met_at=Least(F("known_at"), first(another, "booked_at"), first(done, "recorded_at")),
            void_at=Case(When(user__is_active=False, then=F("user__left_at"))),
            void_reason=Value("left"),
        )


class ProofInfected(Rule):
    """Whoever added a proof of training in which the virus scanner found something takes it out. [force]"""

    slug = "proof-infected"
    why = _(
        "The virus scanner found something in the proof of training that was added for: %(course)s"
    )
    act = _("Take it out, and add a clean copy")
    page = "training:proofs"
    page_of = "subject"
    owes = Owes.THEMSELVES
    announces = True

    def occurrences(self, at: datetime) -> Occurrences:
        """Finds in proofs, of whoever added them; met when the proof is taken out."""
        return occurrences_of(
            Proof.objects.filter(status="infected"),
            subject_id=F("record"),
            force_id=F("recorded_by__force"),
            unit_id=F("recorded_by__unit"),
            owner_id=F("recorded_by"),
            occurrence=F("pk"),
            since=F("scanned_at"),
            words=named(course="record__course__name"),
            met_at=F("taken_out_at"),
            void_at=Case(When(recorded_by__is_active=False, then=F("recorded_by__left_at"))),
            void_reason=Value("left"),
        )


class _InSpite(Rule):
    """Something was done in spite of missing training; a specialist lead reviews it."""

    page = "casework:overrides"
    page_of = "nobody"
    owes = Owes.LEAD

    def done(self, rows: QuerySet[Any], *, since: str, met_at: str) -> Occurrences:
        """The rows as occurrences, of no unit, so that the force's specialist lead holds them."""
        nobody = {name: Value(None) for name in ("unit_id", "owner_id", "void_at")}
        return occurrences_of(
            rows,
            **(of_case("case") | nobody),
            occurrence=F("pk"),
            since=F(since),
            met_at=F(met_at),
        )


class InterviewNotReviewed(_InSpite):
    """An interview by somebody not trained for it, or no longer, is reviewed by a specialist lead. [force]"""

    slug = "interview-not-reviewed"
    why = _("Somebody who is not trained for it interviewed the person; nobody has reviewed that")
    act = _("Read why, and review it")
    second_person = (Interview, "by")

    def occurrences(self, at: datetime) -> Occurrences:
        """Interviews in spite of a gap; met by the review."""
        rows = Interview.objects.exclude(lacked="")
        return self.done(rows, since="recorded_at", met_at="reviewed_at")


class OverrideNotReviewed(_InSpite):
    """Giving a case to an officer whose required training has lapsed is reviewed by a specialist lead. [force]"""

    slug = "override-not-reviewed"
    why = _("This case was given to an officer whose training has a gap; nobody has reviewed that")
    act = _("Review the override")
    second_person = (Allocation, "by")

    def occurrences(self, at: datetime) -> Occurrences:
        """Allocations made in spite of a shortfall; met by the review."""
        rows = Allocation.objects.exclude(shortfalls=[])
        return self.done(rows, since="at", met_at="override_reviewed_at")
