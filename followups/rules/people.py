"""The room of the rules about officers: their training, and allocations made in spite of a gap in it."""

from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleHeld
from casework.models import Allocation
from clocks import LONDON
from followups.rules.base import (
    Occurrences,
    Owes,
    Rule,
    at_close_of_day,
    named,
    occurrences_of,
    of_case,
    of_first,
)
from training.models import Requirement, TrainingRecord

AHEAD = timedelta(days=60)


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
        """Records of courses that the officer's roles require, near or past their last day; met by a newer one."""
        held = RoleHeld.objects.filter(user=OuterRef(OuterRef("user"))).values("role")
        required = Requirement.objects.of_force(OuterRef("user__force")).filter(
            course=OuterRef("course"), role__in=held
        )
        renewed = TrainingRecord.objects.filter(
            user=OuterRef("user"),
            course=OuterRef("course"),
            completed_on__gt=OuterRef("completed_on"),
        ).order_by("completed_on", "pk")
        soon = (at.astimezone(LONDON) + AHEAD).date()
        records = TrainingRecord.objects.filter(
            Exists(required), expires_on__lte=soon, user__force__isnull=False
        ).annotate(renewed_on=of_first(renewed, "completed_on"))
        return occurrences_of(
            records,
            subject_id=F("pk"),
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


class OverrideNotReviewed(Rule):
    """Giving a case to an officer whose required training has lapsed is reviewed by a specialist lead. [force]"""

    slug = "override-not-reviewed"
    why = _("This case was given to an officer whose training has a gap; nobody has reviewed that")
    act = _("Review the override")
    page = "casework:overrides"
    page_of = "nobody"
    second_person = (Allocation, "by")
    owes = Owes.LEAD

    def occurrences(self, at: datetime) -> Occurrences:
        """Allocations made in spite of a shortfall; met by the review."""
        # Of no unit, so that the force's specialist lead holds it.
        whose = of_case("case") | {"unit_id": Value(None), "owner_id": Value(None)}
        return occurrences_of(
            Allocation.objects.exclude(shortfalls=[]),
            **(whose | {"void_at": Value(None)}),
            occurrence=F("pk"),
            since=F("at"),
            met_at=F("override_reviewed_at"),
        )
