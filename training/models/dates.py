"""When courses are held, for how many, and who has a place."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Force, User
from accounts.scoping import ScopedQuerySet
from training.models.courses import Course
from training.models.records import training_reach


class CourseDate(models.Model):
    """A course is held: where, from which day to which (London), and with how many places. It may be called off."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+", editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="dates")
    provider = models.CharField(_("provider"), max_length=200)
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    where = models.CharField(_("where is it?"), max_length=200)
    places = models.PositiveSmallIntegerField(_("places"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("begins_on", "pk")
        indexes = (models.Index(fields=("force", "ends_on"), name="course_date_ends"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="course_date_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, 500)),
                name="course_date_has_places",
                violation_error_message=_("There must be between 1 and 500 places."),
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_by__isnull=True)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="course_date_called_off_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course_id} {self.begins_on}"


class BookingQuerySet(ScopedQuerySet["Booking"]):
    """Places that people have, by who may see whose."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people whose training the actor sees."""
        scoped = self.filter(training_reach(actor, "user"))
        scoped._scoped = True
        return scoped

    def standing(self) -> Self:
        """Those that nobody gave back and that were not lost."""
        return self.filter(ended_at__isnull=True)


class Booking(models.Model):
    """Somebody has a place. They give it back, or it is lost when the date is called off; `known_at`: they know that.

    After the last day it is marked whether they attended. No date has more of them standing than places: the database
    holds to that.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    date = models.ForeignKey(CourseDate, on_delete=models.PROTECT, related_name="bookings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bookings")
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lost = models.BooleanField(_("was it called off?"), default=False)
    known_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(_("did they attend?"), null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ("booked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("date", "user"),
                condition=Q(ended_at__isnull=True),
                name="booking_one_place_each",
                violation_error_message=_("They have a place on it already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, lost=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="booking_ended_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True, marked_at__isnull=True, marked_by__isnull=True)
                | Q(
                    attended__isnull=False,
                    marked_at__isnull=False,
                    marked_by__isnull=False,
                    ended_at__isnull=True,
                ),
                name="booking_marked_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
