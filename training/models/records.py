"""Who completed which course, until when it counts, and who has seen the proof."""

from datetime import date, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Force, User
from accounts.permissions import Permission
from accounts.scoping import ScopedQuerySet
from training.models.courses import LEAST_HOURS, MOST_HOURS, Course

AHEAD = timedelta(days=60)
"""How long before its last day a record is said to lapse soon."""


class TrainingRecordQuerySet(ScopedQuerySet["TrainingRecord"]):
    """Records, by whether they still count, and by who may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own; a supervisor's units'; for a specialist lead or training administrator the force's."""
        scoped = self.filter(training_reach(actor, "user"))
        scoped._scoped = True
        return scoped

    def current(self, on: date) -> Self:
        """Those that count on that day."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on), completed_on__lte=on)

    def lapsing(self, on: date, days: int = AHEAD.days) -> Self:
        """Those that count on that day and stop counting within so many days."""
        return self.current(on).filter(expires_on__lte=on + timedelta(days=days))

    def unverified(self) -> Self:
        """Those whose proof nobody has seen yet."""
        return self.filter(verified_at__isnull=True)

    def latest_per_course(self) -> Self:
        """For each person and course the record that lasts longest."""
        return self.order_by("user_id", "course_id", *LASTS_LONGEST).distinct(
            "user_id", "course_id"
        )


def training_reach(actor: Actor, path: str = "") -> Q:
    """Whose training the actor sees; `path` is the way from a row to the person."""
    if actor.kind is ActorKind.ENGINE:
        return Q()
    if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
        return Q(pk__in=[])
    step = f"{path}__" if path else ""
    seen = Q(**{f"{step}pk": actor.id})
    if actor.can(Permission.TRAINING_RECORD) or actor.can(Permission.TRAINING_COURSES):
        seen = Q()
    elif actor.can(Permission.TRAINING_TEAM):
        seen |= Q(**{f"{step}unit__in": sorted(actor.unit_ids)})
    return Q(**{f"{step}force": actor.force_id}) & seen


# Which of several records of one course counts.
LASTS_LONGEST = (
    F("expires_on").desc(nulls_first=True),
    F("verified_at").asc(nulls_last=True),
    F("completed_on").desc(),
    F("pk").asc(),
)


class TrainingRecord(models.Model):
    """An officer completed a course: where, when, until when, and who has seen the proof."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    provider = models.CharField(_("provider"), max_length=200)
    completed_on = models.DateField(_("completed"))
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours it took"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        ordering = ("-completed_on", "pk")
        indexes = (models.Index(fields=("course", "user"), name="training_record_course"),)
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
                condition=Q(hours__isnull=True) | Q(hours__range=(LEAST_HOURS, MOST_HOURS)),
                name="training_took_a_while",
                violation_error_message=_("It must take between half an hour and 400 hours."),
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
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("recorded_by")),
                name="training_verified_by_second_person",
                violation_error_message=_("Somebody else must verify it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Counting(models.Model):
    """A record and a course that it counts for: its own, and those for which the officer's force takes it.

    A view of the database; `id` is the record's own where the course is its own.
    """

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(TrainingRecord, on_delete=models.DO_NOTHING, related_name="+")
    user = models.ForeignKey(User, on_delete=models.DO_NOTHING, related_name="counting")
    course = models.ForeignKey(Course, on_delete=models.DO_NOTHING, related_name="+")
    completed_on = models.DateField()
    expires_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "training_counting"

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
