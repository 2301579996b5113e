"""What of a case is prepared to be given away: to the person it is about, or to prosecutors as a schedule."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.investigation import InvestigationEvent


class PackKind(models.TextChoices):
    """For whom it is prepared."""

    SUBJECT_ACCESS = "subject_access", _("What we hold about the person, for the person")
    SCHEDULE = "schedule", _("Schedule of unused material, for the prosecutors")


class PackStatus(models.TextChoices):
    """How far it is."""

    DRAFT = "draft", _("Being prepared")
    REVIEW = "review", _("Waiting for a second person")
    READY = "ready", _("Reviewed: it may leave")
    DROPPED = "dropped", _("Dropped")


class Pack(Fact):
    """A copy of a case's record as it was at `at`, made by its preparer, with others redacted [DPA 2018 s45, CPIA].

    Nothing in it follows the record afterwards. `digest` is the SHA-256 of the text that was reviewed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packs")
    kind = models.CharField(_("for whom"), max_length=20, choices=PackKind.choices)
    status = models.CharField(max_length=10, choices=PackStatus.choices, default=PackStatus.DRAFT)
    # The request that it answers.
    asked = models.ForeignKey(
        InvestigationEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="packs"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_note = EncryptedTextField(_("what you checked, or what is wrong"), blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = ScopedQuerySet["Pack"].as_manager()

    TRANSITIONS: ClassVar = {
        PackStatus.DRAFT: frozenset({PackStatus.REVIEW, PackStatus.DROPPED}),
        PackStatus.REVIEW: frozenset({PackStatus.DRAFT, PackStatus.READY, PackStatus.DROPPED}),
        PackStatus.READY: frozenset({PackStatus.DROPPED}),
        PackStatus.DROPPED: frozenset(),
    }
    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.PUBLIC,
        "status": Privacy.PUBLIC,
        "asked": Privacy.PUBLIC,
        "submitted_at": Privacy.PUBLIC,
        "reviewed_at": Privacy.PUBLIC,
        "reviewed_by": Privacy.PUBLIC,
        "review_note": Privacy.SEALED,
        "digest": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(by__isnull=False), name="pack_has_preparer"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("by")),
                name="pack_needs_second_person",
                violation_error_message=_("You prepared it. A second person must review it."),
            ),
            models.CheckConstraint(
                condition=~Q(status="ready") | (Q(reviewed_by__isnull=False) & ~Q(digest="")),
                name="pack_ready_is_reviewed",
                violation_error_message=_("A second person must review it before it may leave."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="subject_access") | Q(asked__isnull=False),
                name="pack_answers_a_request",
                violation_error_message=_("Record first that they asked what we hold about them."),
            ),
            models.UniqueConstraint(
                fields=("case", "kind"),
                condition=Q(status__in=("draft", "review")),
                name="pack_one_in_work",
                violation_error_message=_("One is being prepared already."),
            ),
        )


class PackItem(models.Model):
    """One record in a pack: its lines, sealed, with what is hidden in them; or its line in a schedule.

    `content` is JSON: [label, [[text, who, key], ...]] a line; `who` is empty where the text may be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=60)  # "casework.contact"
    subject_id = models.UUIDField()
    recorded_at = models.DateTimeField(null=True, blank=True)
    content = EncryptedTextField()
    description = EncryptedTextField(_("description"))
    withheld = models.BooleanField(_("left out"), default=False)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    why = EncryptedTextField(_("why"), blank=True)

    objects = ScopedQuerySet["PackItem"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "pack": Privacy.PUBLIC,
        "position": Privacy.PUBLIC,
        "subject": Privacy.PUBLIC,
        "subject_id": Privacy.PUBLIC,
        "recorded_at": Privacy.PUBLIC,
        "content": Privacy.SEALED,
        "description": Privacy.SEALED,
        "withheld": Privacy.PUBLIC,
        "sensitive": Privacy.PUBLIC,
        "why": Privacy.SEALED,
    }

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("pack", "position"), name="pack_item_place"),
            models.CheckConstraint(
                condition=Q(withheld=False, sensitive=False) | ~Q(why=""),
                name="pack_item_says_why",
                violation_error_message=_("Say why it is left out, or why it is sensitive."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}"


class PackLift(models.Model):
    """What was hidden in an item may be read after all: who decided so, and why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(PackItem, on_delete=models.PROTECT, related_name="lifts")
    key = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(_("why it may be read"))

    objects = ScopedQuerySet["PackLift"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "item": Privacy.PUBLIC,
        "key": Privacy.PUBLIC,
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "reason": Privacy.SEALED,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "key"), name="pack_lift_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="pack_lift_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.key}"
