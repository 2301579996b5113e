"""What happened, line by line, and what is still being typed."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact


class EventKind(models.TextChoices):
    """What a line of the history says."""

    LOGGED = "logged", _("Concern logged")
    HANDED = "handed", _("Handed to the duty supervisor")
    SENT = "sent", _("Sent to the duty supervisor")
    ASSIGNED = "assigned", _("Owner assigned")
    SAFETY = "safety", _("Immediate safety confirmed")
    CONTACT = "contact", _("Contact")
    NOTE = "note", _("Note")
    TOLD = "told", _("They told us")
    CONSENT = "consent", _("Consent")
    SAFE_CONTACT = "safe_contact", _("Safe contact rule")
    CRIME = "crime", _("Crime recorded")
    AUTHORITY = "authority", _("Local authority told")
    NEEDS = "needs", _("Needs assessed")
    NRM = "nrm", _("National referral")
    DUTY_TO_NOTIFY = "duty_to_notify", _("Duty to notify")
    GUARDIAN = "guardian", _("Guardianship service")
    INVESTIGATION = "investigation", _("Investigation")
    INFORMED = "informed", _("They were told")
    ENHANCED = "enhanced", _("Enhanced rights")
    SECTION_45 = "section_45", _("Section 45")
    IMMIGRATION = "immigration", _("Immigration enforcement")
    REFERRAL = "referral", _("Support referral")
    REVIEW = "review", _("Supervisor review")
    RISK = "risk", _("Risk")
    CLOSING = "closing", _("Closing asked for")
    CLOSED = "closed", _("Closed")
    RETURNED = "returned", _("Not closed")
    REOPENED = "reopened", _("Reopened")
    EDITED = "edited", _("Details changed")
    PERSON = "person", _("The person")
    AGE = "age", _("Age")
    MISSING = "missing", _("Missing")
    LOST_CONTACT = "lost_contact", _("Nobody can reach them")
    PERSON_LEFT = "person_left", _("Owner left")
    LINKED = "linked", _("Linked to another record of the same person")
    UNLINKED = "unlinked", _("No longer linked to another record")
    MERGED = "merged", _("Merged with another record of the same person")
    UNMERGED = "unmerged", _("Parted from a record that it was merged with")
    OPERATION = "operation", _("Operation")
    TRANSFER = "transfer", _("Transfer to another unit")
    TAKEN_ON = "taken_on", _("Somebody took on what was late")
    RE_PLANNED = "re_planned", _("A due time was moved")
    RETENTION = "retention", _("How long it is kept")
    PACK = "pack", _("Copy of the record, to give away")
    SOUGHT = "sought", _("Looked into who searched for this person")
    EMERGENCY = "emergency", _("Opened in an emergency")
    CONFLICT = "conflict", _("Conflict of interest")
    FILE = "file", _("File")
    ADVICE = "advice", _("Advice of a specialist")
    INTERVIEW = "interview", _("Interviewed for evidence")


class CaseEvent(Fact):
    """One line of the case's history, written by the act itself. Append-only.

    `text` is in the words of the person who wrote it; `detail` holds codes and references for the sentence.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    objects = ScopedQuerySet["CaseEvent"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.PUBLIC,
        "text": Privacy.CASE,
        "detail": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="event_case_at"),)


class Draft(models.Model):
    """What an officer is typing, saved as they type: sealed, theirs alone, outside the audit of values."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=60)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    contents = EncryptedTextField(blank=True)
    saved_at = models.DateTimeField()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "user": Privacy.PUBLIC,
        "form": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "contents": Privacy.SEALED,
        "saved_at": Privacy.PUBLIC,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "form", "case"), name="draft_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
