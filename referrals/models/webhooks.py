"""The room of webhooks: where an agency's system wants to hear of events, and how far each telling got."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.privacy import Privacy
from accounts.sealed import EncryptedTextField
from referrals.models.events import Event


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Addresses, by whether what is sent there arrives."""

    def silent(self) -> Self:
        """Those of which the last that was sent was not received, and that nobody there switched since."""
        return self.filter(silence__isnull=False, heard_at=None, ended_at=None)


class Webhook(models.Model):
    """An address of an agency's system. What two people agreed on is never altered: a new address is a new row.

    One administrator proposes it and a second person confirms it; until then nothing is sent there. One of the
    sandbox hears of invented people only: whoever sets it confirms it. Switched off
    it waits, and hears of what it missed when it is switched on again. `upto` is the last event made a delivery.

    `silence` is the last time that it did not hear us: since the first delivery that failed, until one was received
    or an administrator switched it. Unless it ends before, they are told at `alarm_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(_("address"), max_length=300)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_on = models.BooleanField(_("switched on"), default=False)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    upto = models.PositiveBigIntegerField(default=0)
    silence = models.UUIDField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)
    alarm_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    sandboxed = models.BooleanField(default=False, db_default=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "url"),
                condition=Q(ended_at__isnull=True),
                name="webhook_once",
                violation_error_message=_("This address is there already."),
            ),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https://[a-z0-9.-]+(/|$)"), name="webhook_is_https"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="webhook_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sandboxed=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="webhook_confirmed_by_another",
                violation_error_message=_("Somebody else must confirm the address."),
            ),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="webhook_on_only_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(
                    silence__isnull=True,
                    silent_since__isnull=True,
                    alarm_at__isnull=True,
                    heard_at__isnull=True,
                )
                | Q(
                    silence__isnull=False,
                    silent_since__isnull=False,
                    alarm_at__gte=F("silent_since"),
                ),
                name="webhook_silence_has_times",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_silent(self) -> bool:
        """Whether the last that was sent there was not received, and nobody there switched it since."""
        return self.silent_since is not None and self.heard_at is None

    @property
    def host(self) -> str:
        """The machine that it names."""
        return self.url.split("/")[2]


class SecretQuerySet(models.QuerySet["WebhookSecret"]):
    """Secrets, by whether they still sign."""

    def current(self, at: datetime) -> Self:
        """Those that sign what is sent at that time."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class WebhookSecret(models.Model):
    """What a webhook is signed with; shown once to whoever made it. While it is renewed, the old one signs too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="secrets")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    secret = EncryptedTextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = SecretQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "webhook": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "secret": Privacy.SEALED,
        "made_at": Privacy.PUBLIC,
        "made_by": Privacy.PUBLIC,
        "ends_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("webhook",),
                condition=Q(ends_at__isnull=True),
                name="webhook_has_one_newest_secret",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class DeliveryState(models.TextChoices):
    """How far the telling of one event got."""

    QUEUED = "queued", _("Waiting to be sent")
    DELIVERED = "delivered", _("Received")
    DEAD = "dead", _("Given up")


class Delivery(models.Model):
    """One event for one webhook, or a test of it (no event). Ids, codes and times only.

    `id` names the delivery inside; the receiver knows it by the event's id, which is the same each time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    number = models.PositiveBigIntegerField(default=0)  # the event's; 0 in a test
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-number", "pk")
        indexes = (
            models.Index(
                fields=("webhook", "send_after", "number"),
                name="delivery_waiting",
                condition=Q(state="queued"),
            ),
            models.Index(fields=("webhook", "-made_at"), name="delivery_log"),
            models.Index(fields=("webhook",), name="delivery_dead", condition=Q(state="dead")),
            models.Index(
                fields=("failed_at",), name="delivery_failed", condition=Q(failed_at__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("webhook", "event"), name="delivery_once"),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
                name="delivery_received_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="dead") | Q(failed_at__isnull=False),
                name="delivery_dead_has_time",
            ),
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True, lease_token__isnull=True)
                | Q(lease_until__isnull=False, lease_token__isnull=False, state="queued"),
                name="delivery_lease_while_queued",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Attempt(models.Model):
    """One try to deliver: when, how long it took, and what came of it. `problem` is a code, empty when received."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="tries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.problem or "received"
