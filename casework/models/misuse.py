"""What looks like misuse of the records: a hit of a pattern in the trail, and what came of looking into it."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User


class Pattern(models.TextChoices):
    """What the trail is searched for every night."""

    OWN_NAME = "own-name", _("Searched for their own name")
    SAME_SURNAME = "same-surname", _("Looked at a case of somebody with their surname")
    NO_LINK = "no-link", _("Looked at cases of their unit in which they did nothing")
    BULK = "bulk", _("Looked at very many cases within an hour")
    AFTER_TRANSFER = "after-transfer", _("Looked at a case that was theirs and is no longer")
    REFUSALS = "refusals", _("Was refused again and again")
    EMERGENCY_OPEN = "emergency-open", _("Opened a case in an emergency that nobody has reviewed")
    EMERGENCY_OFTEN = "emergency-often", _("Opened cases in an emergency again and again")


class MisuseFinding(models.TextChoices):
    """What looking into it came to."""

    EXPLAINED = "explained", _("It is explained by their work")
    ADVICE = "advice", _("They were spoken to")
    STANDARDS = "standards", _("Passed to professional standards")


class MisuseHit(models.Model):
    """Somebody's doings fit a pattern: who, how often, when; never about whom. An auditor closes it with a finding.

    `about` tells hits of one person apart (a record and a month, an hour); `record` is the Scope whose trail shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=20, choices=Pattern.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    record = models.UUIDField(null=True, blank=True)
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=10, choices=MisuseFinding.choices, blank=True)
    finding_words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-last_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("pattern", "person", "about"), name="misuse_hit_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, finding="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, finding_words__regex=r"\S")
                & ~Q(finding="")
                & ~Q(closed_by=F("person")),
                name="misuse_closed_by_another_with_finding",
                violation_error_message=_("Somebody else must look into what you did."),
            ),
        )
        indexes = (models.Index(fields=("force", "-last_at"), name="misuse_force"),)

    def __str__(self) -> str:
        return str(self.pk)


class MisuseSearch(models.Model):
    """An auditor wants the trail searched now; the engine does it in its next round."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("force",), condition=Q(done_at__isnull=True), name="misuse_searched_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
