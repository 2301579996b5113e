"""The room of one request to one agency to support one person."""

from datetime import datetime
from typing import Self, TypeVar
from uuid import UUID, uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Agency, AuditEvent, Force, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models import Case
from referrals.models.choices import (
    DeclineReason,
    DisclosureKind,
    EndReason,
    Finding,
    NoContactReason,
    NoOtherSupport,
    ReferralStatus,
    ToldTo,
)
from referrals.models.directory import Access, Gender, Service
from victims.models import ConsentEvent, NeedKind

R = ReferralStatus
SharedRow = TypeVar("SharedRow", bound=models.Model)


class SharedWithAgency(ScopedQuerySet[SharedRow]):
    """Rows that an agency sees when they are its own, and officers when they may see the case."""

    sent = Q()  # what an agency may see at all, beside that it is its own

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this officer, or this agency, may see now."""
        if actor.kind is not ActorKind.AGENCY:
            return super().visible_to(actor)
        own = self.filter(self.sent, agency=actor.agency_id)
        own._scoped = True
        return own


class ReferralQuerySet(SharedWithAgency["SupportReferral"]):
    """Support referrals, by where they stand."""

    sent = Q(sent_at__isnull=False)

    def open(self) -> Self:
        """Those in which somebody still owes something."""
        return self.filter(status__in=sorted(SupportReferral.OPEN))

    def with_steps(self) -> Self:
        """Adds when the agency first looked, last asked and was answered, and agreed on the review that is open."""
        first_look = AuditEvent.objects.filter(
            scope_id=Coalesce(OuterRef("scope_id"), OuterRef("pk")),  # as `trail_id`
            at__gte=OuterRef("sent_at"),
            verb="supportreferral.viewed",
            subject_id=Cast(OuterRef("pk"), models.CharField()),
            agency_id=OuterRef("agency_id"),
        ).order_by("at")
        asked = Question.objects.filter(referral=OuterRef("pk"))
        agreed = SupportReview.objects.filter(referral=OuterRef("pk"), held_at=None)
        return self.annotate(
            first_look_at=Subquery(first_look.values("at")[:1]),
            asked_at=Subquery(
                asked.filter(answered_at=None).order_by("asked_at").values("asked_at")[:1]
            ),
            answered_at=Subquery(
                asked.exclude(answered_at=None).order_by("-answered_at").values("answered_at")[:1]
            ),
            review_agreed_at=Subquery(agreed.order_by("agreed_at").values("agreed_at")[:1]),
        )

    def with_left(self) -> Self:
        """Adds `still_left`, for officers: the needs that its end leaves open, about which nobody else is asked."""
        of_text = ArrayField(models.CharField())
        return self.annotate(
            still_left=Func(F("pk"), function="referrals_still_left", output_field=of_text)
        )

    def standing(self, status: str) -> Self:
        """Those that stand there, where a sent referral that was looked at is opened."""
        looked_at = Q(status=R.SENT, first_look_at__isnull=False)
        if status == R.OPENED:
            return self.filter(Q(status=R.OPENED) | looked_at)
        return self.filter(status=status).exclude(looked_at)


class SupportReferral(models.Model):
    """One request to one agency to support one person. It is done when someone has reached them, not before.

    `accepted` never turns a case green, only `in_progress` does. `opened_at` is written with the agency's
    first act; until then `first_look_at` of `with_steps()` says when it looked, from the audit trail.
    An agency may be asked about several needs of one person at once, about each of them once.
    `force` says whose calendar counts; `items` what the officer ticked to be shared, `outcomes` what became of each
    need (a `NeedOutcome`) once it is completed, `instead_of` the referral of an agency that was asked before.
    `gender`, `place` and `access` say for whom a service was looked for; no agency reads them.
    `decline_handled_at` is when it was said why nobody else is asked about what its end left open.

    One of the sandbox is of nobody: it alone has no case, no scope and no author. Officers and the engine are never
    shown such a row, so here these are not nullable; the database lets them be null in the sandbox only [ADR 0012].
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="support_referrals")
    # Always that of its case: the database copies it, so that a force's needs are counted without its every case.
    person = models.UUIDField(editable=False, null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="support_referrals")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    needs = ArrayField(models.CharField(max_length=20, choices=NeedKind.choices))
    items = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    gender = models.CharField(
        _("would rather go to a service for"),
        max_length=10,
        choices=Gender.choices,
        default=Gender.ANY,
        db_default="any",
    )
    place = EncryptedTextField(_("where they need it"), blank=True, default="", db_default="")
    access = ArrayField(
        models.CharField(max_length=20, choices=Access.choices),
        verbose_name=_("what must be accessible"),
        default=list,
        db_default=[],
        blank=True,
    )
    status = models.CharField(max_length=12, choices=R.choices, default=R.DRAFT)
    consent = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    told_to = models.CharField(
        _("who may be told"), max_length=10, choices=ToldTo.choices, blank=True
    )
    no_contact_reason = models.CharField(
        _("why no safe way is shared"), max_length=15, choices=NoContactReason.choices, blank=True
    )
    instead_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    worker_name = models.CharField(_("support worker"), max_length=200, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    decline_handled_at = models.DateTimeField(null=True, blank=True)
    no_other_support = models.CharField(
        _("why no other support is needed"),
        max_length=12,
        choices=NoOtherSupport.choices,
        blank=True,
        default="",
        db_default="",
    )
    no_other_support_why = EncryptedTextField(_("why"), blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)
    outcomes = models.JSONField(default=dict, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    # Statuses in which somebody still owes something; closing the case waits for them.
    OPEN = frozenset({R.SENT, R.OPENED, R.NEEDS_INFO, R.ACCEPTED, R.IN_PROGRESS})
    TRANSITIONS = {
        R.DRAFT: frozenset({R.SENT, R.WITHDRAWN}),
        R.SENT: frozenset(
            {R.OPENED, R.NEEDS_INFO, R.ACCEPTED, R.DECLINED, R.WITHDRAWN, R.IN_ERROR}
        ),
        R.OPENED: frozenset({R.NEEDS_INFO, R.ACCEPTED, R.DECLINED, R.WITHDRAWN, R.IN_ERROR}),
        R.NEEDS_INFO: frozenset({R.OPENED, R.ACCEPTED, R.DECLINED, R.WITHDRAWN, R.IN_ERROR}),
        R.ACCEPTED: frozenset({R.IN_PROGRESS, R.ENDED_EARLY, R.WITHDRAWN, R.IN_ERROR}),
        R.IN_PROGRESS: frozenset({R.COMPLETED, R.ENDED_EARLY, R.WITHDRAWN, R.IN_ERROR}),
    }
    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "person": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "service": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "needs": Privacy.CASE,
        "items": Privacy.PUBLIC,
        "urgent": Privacy.PUBLIC,
        "gender": Privacy.CASE,
        "place": Privacy.SEALED,
        "access": Privacy.CASE,
        "status": Privacy.PUBLIC,
        "consent": Privacy.PUBLIC,
        "legal_basis": Privacy.CASE,
        "told_to": Privacy.CASE,
        "no_contact_reason": Privacy.CASE,
        "instead_of": Privacy.PUBLIC,
        "created_at": Privacy.PUBLIC,
        "created_by": Privacy.PUBLIC,
        "sent_at": Privacy.PUBLIC,
        "opened_at": Privacy.PUBLIC,
        "accepted_at": Privacy.PUBLIC,
        "worker_name": Privacy.CASE,
        "first_contact_at": Privacy.PUBLIC,
        "review_on": Privacy.PUBLIC,
        "declined_at": Privacy.PUBLIC,
        "decline_reason": Privacy.CASE,
        "decline_handled_at": Privacy.PUBLIC,
        "no_other_support": Privacy.CASE,
        "no_other_support_why": Privacy.SEALED,
        "ended_at": Privacy.PUBLIC,
        "end_reason": Privacy.CASE,
        "outcomes": Privacy.CASE,
        "withdrawn_at": Privacy.PUBLIC,
        "changed_at": Privacy.PUBLIC,
        "version": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-created_at", "pk")
        indexes = (
            models.Index(fields=("case",), name="referral_case"),
            models.Index(fields=("person",), name="referral_person"),
            models.Index(fields=("agency", "status", "-sent_at"), name="referral_agency"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="draft") | Q(status="withdrawn") | Q(sent_at__isnull=False),
                name="referral_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("accepted", "in_progress", "completed"))
                | (Q(accepted_at__isnull=False) & ~Q(worker_name="")),
                name="referral_accepted_names_worker",
                violation_error_message=_("Name the worker who will support the person."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("in_progress", "completed"))
                | Q(first_contact_at__isnull=False),
                name="referral_reached_has_time",
                violation_error_message=_("Say when the person was first reached."),
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | (Q(declined_at__isnull=False) & ~Q(decline_reason="")),
                name="referral_declined_has_reason",
                violation_error_message=_("Choose why you decline."),
            ),
            models.CheckConstraint(
                condition=Q(decline_handled_at__isnull=True, no_other_support="")
                | (Q(decline_handled_at__isnull=False) & ~Q(no_other_support="")),
                name="referral_left_open_says_why",
                violation_error_message=_("Choose why no other support is needed."),
            ),
            models.CheckConstraint(
                condition=~Q(no_other_support="other") | ~Q(no_other_support_why=""),
                name="referral_other_reason_in_words",
                violation_error_message=_("Say why no other support is needed."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(consent__isnull=False) | ~Q(legal_basis=""),
                name="referral_sent_on_consent_or_basis",
                violation_error_message=_(
                    "A referral is sent on the person's agreement, or on a stated legal basis."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(told_to=""),
                name="referral_sent_says_who_may_be_told",
                violation_error_message=_("Say who at the agency may be told."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | Q(items__contains=["safe_contact"])
                | ~Q(no_contact_reason=""),
                name="referral_sent_with_contact_or_reason",
                violation_error_message=_(
                    "Share a safe way to reach them, or say why you share none."
                ),
            ),
            ExclusionConstraint(
                expressions=(
                    ("case", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (Func(F("needs"), function="referrals_marks"), RangeOperators.OVERLAPS),
                ),
                condition=Q(status__in=("sent", "opened", "needs_info", "accepted", "in_progress")),
                name="referral_one_open_for_a_need",
                violation_error_message=_(
                    "This agency is asked about one of these needs already. Start again with the others."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def looked_at(self) -> datetime | None:
        """When the agency opened it: written with its first act, until then seen in the audit trail."""
        looked: datetime | None = self.opened_at or getattr(self, "first_look_at", None)
        return looked

    @property
    def standing(self) -> ReferralStatus:
        """The status, in which a sent referral that the agency looked at is opened."""
        if self.status == R.SENT and self.looked_at:
            return R.OPENED
        return R(self.status)

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something."""
        return self.status in self.OPEN

    @property
    def in_sandbox(self) -> bool:
        """Whether it is of an invented person."""
        return self.scope_id is None

    @property
    def trail_id(self) -> UUID:
        """Under whose id the audit trail keeps who looked at it: its scope's; in the sandbox its own."""
        return self.scope_id or self.pk


class Disclosure(models.Model):
    """What one agency was given about one person: the ticked items as they were then, sealed.

    Agencies read only this, never the person's own rows. `first` is shown at once, `full` and the `account` after
    acceptance; all are emptied when consent is withdrawn or the referral was sent in error. The account lies sealed
    by itself: it can be taken back by itself, also where nobody may open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(
        SupportReferral, on_delete=models.PROTECT, related_name="disclosure"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    items = ArrayField(models.CharField(max_length=40))
    first = EncryptedTextField(blank=True)
    full = EncryptedTextField(blank=True)
    account = EncryptedTextField(blank=True, default="", db_default="")
    disclosed_at = models.DateTimeField()
    disclosed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    emptied_at = models.DateTimeField(null=True, blank=True)
    emptied_reason = models.CharField(max_length=40, blank=True)

    objects = SharedWithAgency["Disclosure"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "items": Privacy.PUBLIC,
        "first": Privacy.SEALED,
        "full": Privacy.SEALED,
        "account": Privacy.SEALED,
        "disclosed_at": Privacy.PUBLIC,
        "disclosed_by": Privacy.PUBLIC,
        "emptied_at": Privacy.PUBLIC,
        "emptied_reason": Privacy.PUBLIC,
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(first="", full="", account=""),
                name="disclosure_emptied_is_empty",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class TakenBack(models.Model):
    """Something that an agency was given and the person took back: the agency is told to stop using it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="taken_back"
    )
    consent = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["TakenBack"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "consent": Privacy.PUBLIC,
        "at": Privacy.PUBLIC,
        "told_at": Privacy.PUBLIC,
        "told_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="taken_back_told_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Question(models.Model):
    """Something the agency asks the police about a referral, and the answer. Our clock runs until then."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="questions"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(_("question"))
    asked_at = models.DateTimeField()
    answer = EncryptedTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharedWithAgency["Question"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "text": Privacy.SEALED,
        "asked_at": Privacy.PUBLIC,
        "answer": Privacy.SEALED,
        "answered_at": Privacy.PUBLIC,
        "answered_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-asked_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class SupportReview(models.Model):
    """A day on which the agency looks with the person at how the support goes, agreed at the first contact or after.

    Without a day the force's own time limit counts. One is open while the support goes on.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(SupportReferral, on_delete=models.PROTECT, related_name="reviews")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("day of the review"), null=True, blank=True)
    agreed_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(_("how it goes"), max_length=15, choices=Finding.choices, blank=True)

    objects = SharedWithAgency["SupportReview"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "due_on": Privacy.PUBLIC,
        "agreed_at": Privacy.PUBLIC,
        "held_at": Privacy.PUBLIC,
        "finding": Privacy.CASE,
    }

    class Meta:
        ordering = ("-agreed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, finding="")
                | (Q(held_at__isnull=False) & ~Q(finding="")),
                name="support_review_held_says_how",
                violation_error_message=_("Say how the support goes."),
            ),
            models.UniqueConstraint(
                fields=("referral",),
                condition=Q(held_at__isnull=True),
                name="support_review_one_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class DisclosureEvent(models.Model):
    """What an agency was given, or could no longer read, at one moment: what, why, on what agreement or basis.

    The database writes it when it happens, whoever does it. `needs` are why; `items` name things and hold none.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="disclosure_events"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DisclosureKind.choices)
    items = ArrayField(models.CharField(max_length=40))
    needs = ArrayField(models.CharField(max_length=20, choices=NeedKind.choices))
    consent = models.ForeignKey(ConsentEvent, on_delete=models.PROTECT, null=True, related_name="+")
    legal_basis = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = ScopedQuerySet["DisclosureEvent"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "kind": Privacy.PUBLIC,
        "items": Privacy.PUBLIC,
        "needs": Privacy.CASE,
        "consent": Privacy.PUBLIC,
        "legal_basis": Privacy.CASE,
        "at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return str(self.pk)
