"""The room of the disclosure record: every file that left the building, what was in it, and who let it go."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.permissions import Permission
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField


class ExportReason(models.TextChoices):
    """Why a file leaves, as the force's policy counts it. The code stands in the file itself."""

    HANDOVER = "handover", _("To hand over or supervise work")
    MEETING = "meeting", _("For a meeting about safeguarding, with other bodies")
    COURT = "court", _("For a court or the prosecutors")
    SUBJECT = "subject", _("The person it is about asked for it")
    REFERRAL = "referral", _("To send to the Home Office")
    INSPECTION = "inspection", _("For an inspection or audit")
    CORRECTION = "correction", _("To correct or compare records")
    OTHER = "other", _("Something else")


class ExportQuerySet(ScopedQuerySet["Export"]):
    """Files that left."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the force for whoever answers for them, else one's own; never of a case beyond reach."""
        of_cases = super().visible_to(actor)
        if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
            return of_cases
        of_lists = self.filter(scope__isnull=True, force=actor.force_id)
        of_lists._scoped = True
        rows = of_cases | of_lists
        return rows if actor.can(Permission.EXPORT_VIEW) else rows.filter(by=actor.id)


class ExportRequestQuerySet(ScopedQuerySet["ExportRequest"]):
    """Requests for many rows."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of people whose work one looks after; never of a case beyond reach."""
        of_cases = super().visible_to(actor)
        if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
            return of_cases
        of_lists = self.filter(scope__isnull=True, force=actor.force_id)
        of_lists._scoped = True
        whose = Q(by=actor.id)
        rows = of_cases | of_lists
        if actor.can(Permission.EXPORT_APPROVE):
            if actor.force_wide:
                return rows
            whose |= Q(unit__in=sorted(actor.unit_ids))
        return rows.filter(whose)

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(decided_at__isnull=True)


class Asked(models.Model):
    """What somebody said when they asked for a file: what of, how much, why, and for whom."""

    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    # Of a file about one case.
    scope = models.ForeignKey(
        "accounts.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField(_("what"), max_length=40)
    narrowed = models.JSONField(default=dict, blank=True)  # codes and ids of the address
    rows = models.PositiveIntegerField(_("rows"))
    reason = models.CharField(_("why do you need it?"), max_length=12, choices=ExportReason.choices)
    words = EncryptedTextField(_("in your own words"))
    # Empty: it stays with the force.
    recipient = EncryptedTextField(_("who outside the force will get it?"), blank=True)

    class Meta:
        abstract = True


ASKED_PRIVACY = {
    "id": Privacy.PUBLIC,
    "force": Privacy.PUBLIC,
    "scope": Privacy.PUBLIC,
    "what": Privacy.PUBLIC,
    "narrowed": Privacy.PUBLIC,
    "rows": Privacy.PUBLIC,
    "reason": Privacy.PUBLIC,
    "words": Privacy.SEALED,
    "recipient": Privacy.SEALED,
}


class ExportRequest(Asked):
    """Somebody asked for more rows than one person may take alone; another looks at it and decides."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)
    note = EncryptedTextField(_("what you checked, or why not"), blank=True)

    objects = ExportRequestQuerySet.as_manager()

    PRIVACY = ASKED_PRIVACY | {
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "unit": Privacy.PUBLIC,
        "decided_at": Privacy.PUBLIC,
        "decided_by": Privacy.PUBLIC,
        "agreed": Privacy.PUBLIC,
        "note": Privacy.SEALED,
    }

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="export_request_second_person",
                violation_error_message=_("Somebody else must look at what you asked for."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, agreed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False),
                name="export_request_decided_by_and_at",
            ),
            models.UniqueConstraint(
                fields=("by", "what", "narrowed"),
                condition=Q(decided_at__isnull=True),
                name="export_request_one_undecided",
                violation_error_message=_("You have asked for this already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Export(Asked):
    """A file that left the building: never changed, never deleted. Its id is the number printed in the file.

    `items_digest` is the SHA-256 of the ids of what was in it, in order; `digest` that of the whole file.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(
        ExportRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="export"
    )
    items_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes

    objects = ExportQuerySet.as_manager()

    PRIVACY = ASKED_PRIVACY | {
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "request": Privacy.PUBLIC,
        "items_digest": Privacy.PUBLIC,
        "digest": Privacy.PUBLIC,
        "size": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("force", "-id"), name="export_of_force"),
            models.Index(fields=("by", "at"), name="export_by"),
        )

    def __str__(self) -> str:
        return f"X{self.pk}"


class ExportItem(models.Model):
    """One record that was in a file: found from the record, and seen by whoever may see the record."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="items")
    scope = models.ForeignKey("accounts.Scope", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60)  # "casework.case"
    subject_id = models.UUIDField()
    reference = models.CharField(max_length=20, blank=True)  # as people call it

    objects = ScopedQuerySet["ExportItem"].as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("subject_id",), name="export_item_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"
