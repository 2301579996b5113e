"""The courses there are, and who must have which."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from accounts.permissions import Role

LEAST_HOURS, MOST_HOURS = Decimal("0.5"), Decimal(400)


class OwnQuerySet(models.QuerySet[Any]):
    """Rows of the catalogue, which every force shares, and rows that a force added for itself."""

    def of_force(self, force: Any) -> Self:
        """The catalogue's and this force's own; `force` is an id or an expression."""
        return self.filter(Q(force__isnull=True) | Q(force=force))

    def must(self) -> Self:
        """Of requirements those that must be met, not the further steps."""
        return self.exclude(purpose=Purpose.NEXT)


class Course(models.Model):
    """Something officers learn or are accredited for: a course, a PIP level, an interviewing tier."""

    slug = models.SlugField(primary_key=True)
    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    name = models.CharField(_("name"), max_length=200)
    provider = models.CharField(_("usual provider"), max_length=200, blank=True)
    lasts_months = models.PositiveSmallIntegerField(
        _("lasts (months)"), null=True, blank=True, help_text=_("Empty: it does not lapse.")
    )
    hours = models.DecimalField(
        _("usually takes (hours)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Empty: whoever records it says how long it took."),
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(lasts_months__isnull=True) | Q(lasts_months__range=(1, 600)),
                name="course_lasts_a_while",
                violation_error_message=_("It must last between 1 and 600 months, or not lapse."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(LEAST_HOURS, MOST_HOURS)),
                name="course_takes_a_while",
                violation_error_message=_("It must take between half an hour and 400 hours."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Purpose(models.TextChoices):
    """What a requirement is for. A further step is advised, and nobody lacks it."""

    ROLE = "role", _("Everybody in the role")
    OWN_CASE = "own_case", _("Being given an investigation")
    NEXT = "next", _("A further step in the role: advised")
    NRM = "nrm", _("Sending the national referral, or the notification, unread by somebody else")


class Requirement(models.Model):
    """Who must have which course, for what. `blocks`: without it an act needs an override and a reason.

    A force adds rows of its own to the catalogue's: it may ask more than the catalogue, never less. In the order of
    `step` the courses of a role are its way, from the first to the last; a force's own come after.
    """

    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="requirements")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices)
    step = models.PositiveSmallIntegerField(_("place on the way"), db_default=50, default=50)
    blocks = models.BooleanField(_("cannot go on without it"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    status = models.CharField(
        _("status of the source"),
        max_length=20,
        choices=[
            ("sourced", _("Sourced")),
            ("force_default", _("Force default")),
            ("unverified", _("Unverified")),
        ],
        default="force_default",
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ("role", "course")
        constraints = (
            models.UniqueConstraint(
                fields=("force", "course", "role", "purpose"),
                nulls_distinct=False,
                name="requirement_once_a_force",
                violation_error_message=_("Your force already asks this of this role."),
            ),
            models.CheckConstraint(
                condition=~Q(purpose="next", blocks=True),
                name="requirement_advised_blocks_nothing",
                violation_error_message=_("What is only advised cannot stop anybody."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.course_id}"


class Equivalent(models.Model):
    """The force takes one course for another: whoever has `course` counts as having `counts_for`. Never further.

    The courses for which `counts_for` counts in turn are not had: each is said by itself.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="equivalents")
    counts_for = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("who says so"), max_length=200)

    class Meta:
        ordering = ("course", "counts_for")
        constraints = (
            models.UniqueConstraint(
                fields=("force", "course", "counts_for"),
                name="equivalent_once_a_force",
                violation_error_message=_("Your force takes it for that course already."),
            ),
            models.CheckConstraint(
                condition=~Q(course=models.F("counts_for")),
                name="equivalent_of_another",
                violation_error_message=_("A course counts for itself already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.counts_for_id}"
