"""The room of what happened to referrals, as an agency may know it: thin rows in an order that never changes."""

from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Agency
from accounts.scoping import ScopedQuerySet
from referrals.models.referral import SupportReferral


class EventType(models.TextChoices):
    """What happened, in the word that an agency's system reads."""

    SENT = "referral.sent", _("Sent to you")
    OPENED = "referral.opened", _("Opened")
    ASKED = "referral.question_asked", _("You asked the police a question")
    ANSWERED = "referral.question_answered", _("The police answered your question")
    ACCEPTED = "referral.accepted", _("Accepted")
    DECLINED = "referral.declined", _("Declined")
    FIRST_CONTACT = "referral.first_contact", _("First contact made")
    COMPLETED = "referral.completed", _("Completed")
    ENDED_EARLY = "referral.ended_early", _("Ended early")
    WITHDRAWN = "referral.withdrawn", _("Withdrawn by the police")
    IN_ERROR = "referral.sent_in_error", _("Sent to you in error")
    CONSENT_WITHDRAWN = "referral.consent_withdrawn", _("The person took back their agreement")
    CHANGED = "referral.changed", _("Changed")


class EventQuerySet(ScopedQuerySet["Event"]):
    """Events, which an agency sees when they are its own; officers have the case's history."""

    scope_path = "referral__scope"

    def visible_to(self, actor: Actor) -> Self:
        """The rows of this agency that have their number."""
        if actor.kind is not ActorKind.AGENCY:
            return super().visible_to(actor)
        own = self.filter(agency=actor.agency_id, number__isnull=False)
        own._scoped = True
        return own


class Event(models.Model):
    """One change of a sent referral. A trigger writes it with the change itself, whatever the path.

    `written` is the order of writing; `number` counts an agency's own events from 1 without a gap. The engine
    gives it once the change is committed [adr/0010], so nothing ever appears before a number that was seen.
    `columns` are those of the referral that changed; none are known of an event that did not change it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    written = models.BigIntegerField(unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(SupportReferral, on_delete=models.PROTECT, related_name="events")
    type = models.CharField(max_length=40, choices=EventType.choices)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    number = models.PositiveBigIntegerField(null=True)
    columns = ArrayField(models.CharField(max_length=63), null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("agency", "number")
        indexes = (
            models.Index(
                fields=("written",), name="event_without_number", condition=Q(number__isnull=True)
            ),
            models.Index(
                fields=("agency", "referral", "at"),
                name="event_that_ends",
                condition=Q(
                    type__in=(
                        "referral.withdrawn",
                        "referral.sent_in_error",
                        "referral.consent_withdrawn",
                    )
                ),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("agency", "number"), name="event_number_of_agency"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_numbers_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.referral_id}"
