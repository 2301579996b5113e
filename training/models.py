"""The room of courses, who must have which, and who has them."""

from uuid import uuid4

from accounts.models import Force, User
from accounts.permissions import Role
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Course(models.Model):
    """Something officers learn or are accredited for: a course, a PIP level, an interviewing tier."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    provider = models.CharField(_("usual provider"), max_length=200, blank=True)
    lasts_months = models.PositiveSmallIntegerField(
        _("lasts (months)"), null=True, blank=True, help_text=_("Empty: it does not lapse.")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Purpose(models.TextChoices):
    """What a requirement is for."""

    ROLE = "role", _("Everybody in the role")
    OWN_CASE = "own_case", _("Being given an investigation")


class Requirement(models.Model):
    """Who must have which course, for what. `blocks`: without it an act needs an override and a reason."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="requirements")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices)
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

    class Meta:
        ordering = ("role", "course")
        constraints = (
            models.UniqueConstraint(fields=("course", "role", "purpose"), name="requirement_once"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.course_id}"


class TrainingRecord(models.Model):
    """An officer completed a course: where, when, until when, and who has seen the proof."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    provider = models.CharField(_("provider"), max_length=200)
    completed_on = models.DateField(_("completed"))
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-completed_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course", "completed_on"),
                name="training_record_once",
                violation_error_message=_("This completion is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("completed_on")),
                name="training_expires_after_completed",
                violation_error_message=_("It must expire after it was completed."),
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="training_verified_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("user")),
                name="training_verified_by_another",
                violation_error_message=_("Somebody else must verify it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class TrainingImport(models.Model):
    """A CSV of training records: previewed, then applied once; each row's result is kept with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return str(self.pk)
