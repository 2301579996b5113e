"""The case itself, whose it is, where it stands; and what every fact of its record carries."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, Unit, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.operations import Operation
from pages.answers import Answer
from victims.models import Victim

FACT_PRIVACY = {
    "id": Privacy.PUBLIC,
    "scope": Privacy.PUBLIC,
    "case": Privacy.PUBLIC,
    "at": Privacy.PUBLIC,
    "by": Privacy.PUBLIC,
    "recorded_at": Privacy.PUBLIC,
}


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    DRAFT = "draft", _("Draft")
    NEW = "new", _("Waiting for an owner")
    ALLOCATED = "allocated", _("Open")
    CLOSING = "closing", _("Waiting for a second officer to close it")
    CLOSED = "closed", _("Closed")


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases, by where they stand."""

    def open(self) -> "CaseQuerySet":
        """Every case that is not closed, drafts too: they all need somebody and a next step."""
        return self.exclude(status=CaseStatus.CLOSED)

    def with_header(self) -> "CaseQuerySet":
        """With everything that the bar on top of each page of a case says, in the same query."""
        return self.select_related("victim", "owner", "scope__unit", "scope__force__calendar")


class Case(models.Model):
    """The police case of one person who may be a victim of modern slavery.

    It always has a unit (through its scope); without an owner the unit's duty supervisor holds it.
    `first_words` is what was seen or said, exactly as typed. Times are UTC instants.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    # Always that of its scope: the database copies it, so that a unit's open cases are found by index.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", editable=False, blank=True
    )
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="cases")
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=CaseStatus.choices, default=CaseStatus.DRAFT
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_cases"
    )
    danger = models.CharField(
        _("is anyone in danger now?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    met_at = models.DateTimeField(_("when"))
    place = EncryptedTextField(_("where"), blank=True, found_by="place")
    incident_number = models.CharField(_("incident number"), max_length=50, blank=True)
    first_words = models.TextField(_("what you saw, or what they said"), blank=True)
    indicators = models.JSONField(_("signs"), default=list, blank=True)
    enhanced = models.BooleanField(_("enhanced rights under the Victims' Code"), default=True)
    enhanced_off_reason = models.CharField(
        _("why they have no enhanced rights"), max_length=500, blank=True, default="", db_default=""
    )
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    TRANSITIONS = {
        CaseStatus.DRAFT: frozenset({CaseStatus.NEW, CaseStatus.ALLOCATED}),
        CaseStatus.NEW: frozenset({CaseStatus.ALLOCATED, CaseStatus.CLOSING}),
        CaseStatus.ALLOCATED: frozenset({CaseStatus.NEW, CaseStatus.CLOSING}),
        CaseStatus.CLOSING: frozenset({CaseStatus.NEW, CaseStatus.ALLOCATED, CaseStatus.CLOSED}),
        CaseStatus.CLOSED: frozenset({CaseStatus.NEW, CaseStatus.ALLOCATED}),
    }
    PRIVACY = {
        "id": Privacy.PUBLIC,
        "reference": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "unit": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "operation": Privacy.CASE,
        "status": Privacy.PUBLIC,
        "owner": Privacy.PUBLIC,
        "danger": Privacy.CASE,
        "met_at": Privacy.CASE,
        "place": Privacy.SEALED,
        "incident_number": Privacy.CASE,
        "first_words": Privacy.CASE,
        "indicators": Privacy.CASE,
        "enhanced": Privacy.PUBLIC,
        "enhanced_off_reason": Privacy.CASE,
        "logged_at": Privacy.PUBLIC,
        "logged_by": Privacy.PUBLIC,
        "sent_at": Privacy.PUBLIC,
        "closed_at": Privacy.PUBLIC,
        "changed_at": Privacy.PUBLIC,
        "version": Privacy.PUBLIC,
    }
    FIELDSETS = {
        _("Danger"): ("danger",),
        _("Where and when"): ("place", "met_at", "incident_number"),
        _("What you saw or heard"): ("first_words", "indicators"),
    }

    class Meta:
        ordering = ("-logged_at", "pk")
        indexes = (
            models.Index(fields=("-logged_at",), name="case_newest"),
            models.Index(fields=("scope",), name="case_scope"),
            models.Index(fields=("owner",), name="case_open_owner", condition=~Q(status="closed")),
            models.Index(
                fields=("unit",),
                include=("scope",),
                name="case_open_unit",
                condition=~Q(status="closed"),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(status__in=("draft", "allocated")) | Q(owner__isnull=False),
                name="case_open_has_owner",
                violation_error_message=_("An open case needs an owner."),
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="case_closed_has_time",
                violation_error_message=_("A closed case says when it was closed."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(sent_at__isnull=False),
                name="case_sent_has_time",
                violation_error_message=_("A case that left its draft says when."),
            ),
            models.CheckConstraint(
                condition=Q(enhanced=True) | ~Q(enhanced_off_reason=""),
                name="case_enhanced_off_has_reason",
                violation_error_message=_(
                    "They have enhanced rights unless you say why they have not."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Fact(models.Model):
    """Something that was done in a case: when it happened, who did it, when it was written down."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("-at", "-recorded_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
