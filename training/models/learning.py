"""What officers learned beside their courses: said by themselves, seen by a second person."""

from decimal import Decimal
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import User
from accounts.scoping import ScopedQuerySet
from training.models.courses import LEAST_HOURS
from training.models.records import training_reach

MOST_HOURS_A_DAY = Decimal(24)


class LearningKind(models.TextChoices):
    """How somebody learned without a course."""

    BRIEFING = "briefing", _("A briefing or talk")
    CONFERENCE = "conference", _("A conference or seminar")
    READING = "reading", _("Reading, or learning online")
    COACHING = "coaching", _("Coaching, mentoring or shadowing")
    REVIEW = "review", _("A debrief or a review of a case")
    TEACHING = "teaching", _("Teaching others")
    OTHER = "other", _("Something else")


class LearningQuerySet(ScopedQuerySet["Learning"]):
    """What people learned, by who may see whose, and by whether it stands."""

    def visible_to(self, actor: Actor) -> Self:
        """That of the people whose training the actor sees."""
        scoped = self.filter(training_reach(actor, "user"))
        scoped._scoped = True
        return scoped

    def standing(self) -> Self:
        """What nobody took back."""
        return self.filter(taken_back_at__isnull=True)

    def unseen(self) -> Self:
        """What stands, and no second person has looked at."""
        return self.standing().filter(seen_at__isnull=True)


class Learning(models.Model):
    """Somebody learned something on a day (London) in so many hours, by their own word.

    A second person says that they have seen it. Until then its writer may take it back; it is never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="learning")
    done_on = models.DateField(_("when was it?"))
    kind = models.CharField(_("what was it?"), max_length=20, choices=LearningKind.choices)
    about = models.CharField(_("what was it about?"), max_length=200)
    hours = models.DecimalField(_("how many hours did it take?"), max_digits=4, decimal_places=1)
    recorded_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ("-done_on", "pk")
        indexes = (models.Index(fields=("user", "done_on"), name="learning_of_a_year"),)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "done_on", "kind", "about"),
                condition=Q(taken_back_at__isnull=True),
                name="learning_once",
                violation_error_message=_("You have added this already."),
            ),
            models.CheckConstraint(
                condition=Q(hours__range=(LEAST_HOURS, MOST_HOURS_A_DAY)),
                name="learning_fits_a_day",
                violation_error_message=_("It must take between half an hour and 24 hours."),
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False, taken_back_at__isnull=True),
                name="learning_seen_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True) | ~Q(seen_by=F("user")),
                name="learning_seen_by_another",
                violation_error_message=_("Somebody else must see it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
