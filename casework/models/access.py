"""Access beyond one's reach: a case that was opened in an emergency, by whom, why, and what was made of it."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Force, Scope, User
from accounts.permissions import Permission
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import Case

LASTS = timedelta(minutes=60)
"""How long a case that was opened in an emergency stays open; the database holds to it."""


class EmergencyReason(models.TextChoices):
    """Why a case had to be opened at once."""

    DANGER = "danger", _("Somebody is in danger now")
    WITH_US = "with_us", _("The person is with me now")
    MISSING = "missing", _("The person is missing")
    CANNOT_WAIT = "cannot_wait", _("It cannot wait, and nobody of the team can be reached")


class EmergencyFinding(models.TextChoices):
    """What the review came to."""

    NEEDED = "needed", _("It was needed")
    AVOIDABLE = "avoidable", _("It was meant well, and could have been avoided")
    MISUSE = "misuse", _("It was not justified: passed to professional standards")


class EmergencyQuerySet(ScopedQuerySet["EmergencyAccess"]):
    """Cases opened in an emergency, by who may know of it and what is still to be done."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases, one's own, and all of the force for its auditor, who sees no case by it."""
        found = self.all()
        if actor.kind is not ActorKind.ENGINE:
            seen = Q(case__in=Case.objects.visible_to(actor).values("pk")) | Q(by=actor.id)
            if actor.can(Permission.AUDIT_VIEW):
                seen |= Q(force=actor.force_id)
            found = self.filter(seen, force=actor.force_id)
        found._scoped = True
        return found

    def running(self, at: datetime) -> Self:
        """Those that are not over."""
        return self.filter(ends_at__gt=at, ended_at=None)


class EmergencyAccess(models.Model):
    """Somebody opened a case beyond their reach for an hour, and says why [architecture 6].

    `reference` is the case's, for whoever reviews it without seeing the case. `read_at` is when the case's team
    knew; `ended_at` when it was ended before its hour.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergencies")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=12, choices=EmergencyReason.choices)
    words = models.CharField(_("what happened"), max_length=500)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding = models.CharField(max_length=10, choices=EmergencyFinding.choices, blank=True)
    finding_words = models.CharField(max_length=500, blank=True)

    objects = EmergencyQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "reference": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "reason": Privacy.PUBLIC,
        "words": Privacy.CASE,
        "at": Privacy.PUBLIC,
        "ends_at": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
        "read_at": Privacy.PUBLIC,
        "read_by": Privacy.PUBLIC,
        "reviewed_at": Privacy.PUBLIC,
        "reviewed_by": Privacy.PUBLIC,
        "finding": Privacy.PUBLIC,
        "finding_words": Privacy.CASE,
    }

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("at"), ends_at__lte=F("at") + LASTS),
                name="emergency_for_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(words__regex=r"\S.{18,}\S"),
                name="emergency_says_what_happened",
                violation_error_message=_("Say what happened in 20 characters or more."),
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False) & ~Q(read_by=F("by")),
                name="emergency_read_by_another",
                violation_error_message=_("Somebody else must say that they have read it."),
            ),
            models.CheckConstraint(
                condition=Q(
                    reviewed_at__isnull=True, reviewed_by__isnull=True, finding="", finding_words=""
                )
                | Q(
                    reviewed_at__isnull=False, reviewed_by__isnull=False, finding_words__regex=r"\S"
                )
                & ~Q(finding="")
                & ~Q(reviewed_by=F("by")),
                name="emergency_reviewed_by_another",
                violation_error_message=_("Somebody else must review what you did."),
            ),
        )
        indexes = (
            models.Index(fields=("case", "-at"), name="emergency_case"),
            models.Index(fields=("force", "-at"), name="emergency_force"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def over_at(self) -> datetime:
        """When it ended, or ends."""
        return self.ended_at or self.ends_at
