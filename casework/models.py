"""The room of the case of one person: encounter, who holds it, what was done, decided and agreed, and its end."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from pages.answers import Answer
from victims.models import Channel, ConsentEvent, Victim

FACT_PRIVACY = {
    "id": Privacy.PUBLIC,
    "scope": Privacy.PUBLIC,
    "case": Privacy.PUBLIC,
    "at": Privacy.PUBLIC,
    "by": Privacy.PUBLIC,
    "recorded_at": Privacy.PUBLIC,
}


class Operation(models.Model):
    """A police operation that links the cases of people found together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="operations")
    name = models.CharField(_("name"), max_length=100)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("force", "name"), name="operation_in_force"),
        )

    def __str__(self) -> str:
        return self.name


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
    place = EncryptedTextField(_("where"), blank=True)
    incident_number = models.CharField(_("incident number"), max_length=50, blank=True)
    first_words = models.TextField(_("what you saw, or what they said"), blank=True)
    indicators = models.JSONField(_("signs"), default=list, blank=True)
    enhanced = models.BooleanField(_("enhanced rights under the Victims' Code"), default=True)
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
            models.Index(fields=("scope",), name="case_scope"),
            models.Index(fields=("owner",), name="case_open_owner", condition=~Q(status="closed")),
            models.Index(fields=("scope",), name="case_open_scope", condition=~Q(status="closed")),
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
    REFERRAL = "referral", _("Support referral")
    REVIEW = "review", _("Supervisor review")
    RISK = "risk", _("Risk")
    CLOSING = "closing", _("Closing asked for")
    CLOSED = "closed", _("Closed")
    RETURNED = "returned", _("Not closed")
    REOPENED = "reopened", _("Reopened")
    EDITED = "edited", _("Details changed")
    PERSON_LEFT = "person_left", _("Owner left")


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


class ContactOutcome(models.TextChoices):
    """What came of trying to reach the person."""

    SPOKE = "spoke", _("We spoke")
    TRIED = "tried", _("Tried, no answer")
    DECLINED = "declined", _("They did not want to speak")
    UNSAFE = "unsafe", _("It was not safe to speak")
    SOMEONE_ELSE = "someone_else", _("Somebody else answered")


class Contact(Fact):
    """One try to reach the person and what came of it; each sets when the next is due. Append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    outcome = models.CharField(_("what happened"), max_length=15, choices=ContactOutcome.choices)
    channel = models.CharField(_("how"), max_length=20, choices=Channel.choices)
    unsafe_channel_reason = models.CharField(
        _("why this way, which is not recorded as safe"), max_length=500, blank=True
    )
    note = models.TextField(_("note, in their words"), blank=True)
    safe_tonight = models.CharField(
        _("are they safe tonight?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    next_at = models.DateTimeField(_("next contact"))
    next_reason = models.CharField(_("why a different time"), max_length=500, blank=True)

    objects = ScopedQuerySet["Contact"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "outcome": Privacy.CASE,
        "channel": Privacy.SAFE_CONTACT,
        "unsafe_channel_reason": Privacy.CASE,
        "note": Privacy.CASE,
        "safe_tonight": Privacy.CASE,
        "next_at": Privacy.PUBLIC,
        "next_reason": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="contact_case_at"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(next_at__gt=F("at")),
                name="contact_next_is_later",
                violation_error_message=_("The next contact must be after this one."),
            ),
        )


class SafetyCheck(Fact):
    """Somebody made sure that the person is safe now [super-complaint C2]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_checks")
    apart = models.CharField(
        _("away from whoever exploits them?"), max_length=10, choices=Answer.choices
    )
    medical = models.CharField(_("medical help given?"), max_length=10, choices=Answer.choices)
    tonight = models.CharField(_("a safe place tonight?"), max_length=10, choices=Answer.choices)
    is_safe = models.BooleanField(_("they are safe now"))

    objects = ScopedQuerySet["SafetyCheck"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "apart": Privacy.CASE,
        "medical": Privacy.CASE,
        "tonight": Privacy.CASE,
        "is_safe": Privacy.CASE,
    }


class CrimeRecord(Fact):
    """The crime in which the person is the victim; every case has one within 24 hours [T01]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="crimes")
    number = models.CharField(_("crime number"), max_length=50)
    other_force = models.CharField(_("if another force recorded it"), max_length=200, blank=True)

    objects = ScopedQuerySet["CrimeRecord"].as_manager()

    PRIVACY = FACT_PRIVACY | {"number": Privacy.CASE, "other_force": Privacy.CASE}

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case", "number"),
                name="crime_once_in_case",
                violation_error_message=_("This crime number is already on the case."),
            ),
        )


class AuthorityTold(Fact):
    """The local authority's children's services were told of a child, or of somebody who may be one [T03]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authorities_told")
    authority = models.CharField(_("local authority"), max_length=200)
    contact_name = models.CharField(_("whom you spoke to"), max_length=200, blank=True)
    reference = models.CharField(_("their reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["AuthorityTold"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "authority": Privacy.CASE,
        "contact_name": Privacy.CASE,
        "reference": Privacy.CASE,
    }


class NeedsAssessment(Fact):
    """The person's needs were assessed; the needs themselves are `victims.Need` rows [T13].

    `support_declined` is their own answer that they want no referral to an agency now.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs_assessments")
    support_declined = models.BooleanField(_("they want no support now"), default=False)

    objects = ScopedQuerySet["NeedsAssessment"].as_manager()

    PRIVACY = FACT_PRIVACY | {"support_declined": Privacy.CASE}


class NrmStatus(models.TextChoices):
    """Where the Home Office referral stands."""

    SUBMITTED = "submitted", _("Sent to the Home Office")
    RG_POSITIVE = "rg_positive", _("Reasonable grounds: yes")
    RG_NEGATIVE = "rg_negative", _("Reasonable grounds: no")
    CG_POSITIVE = "cg_positive", _("Conclusive grounds: yes")
    CG_NEGATIVE = "cg_negative", _("Conclusive grounds: no")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NrmReferral(Fact):
    """The Home Office referral of the person; `at` is when it was sent. Its decisions have a clock [T05]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nrm_referrals")
    status = models.CharField(max_length=15, choices=NrmStatus.choices, default=NrmStatus.SUBMITTED)
    consent = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    home_office_reference = models.CharField(_("Home Office reference"), max_length=50, blank=True)
    grounds_decided_at = models.DateTimeField(null=True, blank=True)
    conclusive_decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["NrmReferral"].as_manager()

    TRANSITIONS = {
        NrmStatus.SUBMITTED: frozenset(
            {NrmStatus.RG_POSITIVE, NrmStatus.RG_NEGATIVE, NrmStatus.WITHDRAWN}
        ),
        NrmStatus.RG_POSITIVE: frozenset(
            {NrmStatus.CG_POSITIVE, NrmStatus.CG_NEGATIVE, NrmStatus.WITHDRAWN}
        ),
        NrmStatus.RG_NEGATIVE: frozenset({NrmStatus.RG_POSITIVE}),
        NrmStatus.CG_NEGATIVE: frozenset({NrmStatus.CG_POSITIVE}),
    }
    PRIVACY = FACT_PRIVACY | {
        "status": Privacy.CASE,
        "consent": Privacy.PUBLIC,
        "home_office_reference": Privacy.CASE,
        "grounds_decided_at": Privacy.PUBLIC,
        "conclusive_decided_at": Privacy.PUBLIC,
        "withdrawn_at": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=~Q(status="withdrawn"),
                name="nrm_one_live_referral",
                violation_error_message=_("This case already has a national referral."),
            ),
        )


class DutyToNotify(Fact):
    """The Home Office was notified without identifying an adult who did not consent [MSA 2015 s52]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties_to_notify")
    reference = models.CharField(_("reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["DutyToNotify"].as_manager()

    PRIVACY = FACT_PRIVACY | {"reference": Privacy.CASE}


class Review(Fact):
    """A supervisor looked at the whole case and wrote what they found [T40]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    findings = models.TextField(_("what you found, and what happens next"))

    objects = ScopedQuerySet["Review"].as_manager()

    PRIVACY = FACT_PRIVACY | {"findings": Privacy.CASE}


class Allocation(Fact):
    """An officer was made the owner. `shortfalls` are the courses they lacked; then a reason is needed.

    An allocation made in spite of a shortfall is itself reviewed by a specialist lead.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    shortfalls = models.JSONField(default=list)
    override_reason = models.CharField(
        _("why this officer all the same"), max_length=500, blank=True
    )
    override_reviewed_at = models.DateTimeField(null=True, blank=True)
    override_reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["Allocation"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "owner": Privacy.PUBLIC,
        "shortfalls": Privacy.PUBLIC,
        "override_reason": Privacy.CASE,
        "override_reviewed_at": Privacy.PUBLIC,
        "override_reviewed_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(ended_at__isnull=True),
                name="allocation_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(shortfalls=[]) | ~Q(override_reason=""),
                name="allocation_shortfall_has_reason",
                violation_error_message=_("Say why this officer, although a course is missing."),
            ),
        )


class ClosingOutcome(models.TextChoices):
    """How a case ended."""

    SAFE_AND_SUPPORTED = "safe_and_supported", _("Safe, and supported by others")
    INVESTIGATION_ENDED = "investigation_ended", _("Investigation ended, they were told why")
    COURT_ENDED = "court_ended", _("Court case ended")
    TRANSFERRED = "transferred", _("Another force has taken it over")
    NOT_A_VICTIM = "not_a_victim", _("Not a victim of modern slavery")
    DIED = "died", _("The person has died")


class Closure(Fact):
    """Somebody asked to close the case (`at`, `by`), and a second officer decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    outcome = models.CharField(_("how it ended"), max_length=25, choices=ClosingOutcome.choices)
    explanation = models.TextField(_("in your own words"))
    last_safe_contact_at = models.DateTimeField(_("last safe contact"), null=True, blank=True)
    no_contact_reason = models.CharField(_("why there was none"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    objects = ScopedQuerySet["Closure"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "outcome": Privacy.CASE,
        "explanation": Privacy.CASE,
        "last_safe_contact_at": Privacy.CASE,
        "no_contact_reason": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "decided_by": Privacy.PUBLIC,
        "agreed": Privacy.PUBLIC,
        "decision_note": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="closure_needs_second_officer",
                violation_error_message=_("A second officer must agree to close the case."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, agreed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False),
                name="closure_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(last_safe_contact_at__isnull=False) | ~Q(no_contact_reason=""),
                name="closure_says_last_contact",
                violation_error_message=_(
                    "Say when the last safe contact was, or why there was none."
                ),
            ),
            models.UniqueConstraint(
                fields=("case",), condition=Q(decided_at__isnull=True), name="closure_one_undecided"
            ),
        )


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
