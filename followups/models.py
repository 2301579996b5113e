"""The room of the promise: what is owed, its steps up the ladder, who was told, and when the engine last ran."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Agency, Force, Scope, Unit, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet, UnitQuerySet
from accounts.sealed import EncryptedTextField
from casework.models import Case
from clocks.models import Deadline


class FollowUpState(models.TextChoices):
    """What has become of something that was owed."""

    OPEN = "open", _("Owed")
    MET = "met", _("Done in time")
    MET_LATE = "met_late", _("Done late")
    VOID = "void", _("No longer owed")
    LAPSED = "lapsed", _("Gone without evidence")
    QUARANTINED = "quarantined", _("Could not be worked out")


class FollowUpQuerySet(ScopedQuerySet["FollowUp"]):
    """Follow-ups, by whether they are owed, when they are due and who holds them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases; those of no case (an officer's training) by unit, force or person."""
        of_cases = super().visible_to(actor)
        if actor.kind is not ActorKind.OFFICER:
            return of_cases
        mine = Q(owner__in=sorted(actor.acting_for)) | Q(unit__in=sorted(actor.unit_ids))
        of_people = self.filter(scope__isnull=True, force=actor.force_id).filter(
            Q() if actor.force_wide else mine
        )
        of_people._scoped = True
        return of_cases | of_people

    def open(self) -> Self:
        """What is owed now. What could not be worked out is owed too: somebody must look at it."""
        return self.filter(state__in=OWED)

    def overdue(self, at: datetime) -> Self:
        """Owed, and late at that time or without a time at all."""
        return self.open().filter(Q(due_at__lt=at) | Q(due_at__isnull=True))

    def due_within(self, at: datetime, hours: int) -> Self:
        """Owed, not late yet, and due in the next hours."""
        return self.open().filter(due_at__gte=at, due_at__lt=at + timedelta(hours=hours))

    def held_by(self, *people: UUID) -> Self:
        """Those that one of these people holds now."""
        return self.filter(holder__in=people)

    def for_unit(self, *units: UUID) -> Self:
        """Those of these units' cases and people."""
        return self.filter(unit__in=units)

    def of_rules(self, slugs: Iterable[str]) -> Self:
        """Those of some rules."""
        return self.filter(rule__in=list(slugs))

    def with_case(self) -> Self:
        """Each with its case, people, unit and calendar, in the same query."""
        return self.select_related(
            "case__owner", "case__victim", "unit", "holder", "owner", "force__calendar", "deadline"
        )


LONGEST_PAUSE = timedelta(hours=24)
"""How long an acknowledgement keeps an escalation from climbing, at most. A force default: no law gives a number."""

OWED = (FollowUpState.OPEN, FollowUpState.QUARANTINED)


class FollowUp(models.Model):
    """Something that somebody owes: derived from the state of the records by a rule, never typed in.

    One row per rule, subject and occurrence (the event that started it). Only `followups.engine` writes it.
    `owner` is the case's owner; `holder` is who holds it now: owner, cover, duty supervisor or force lead.
    `agency` is whose people are told beside them, because only they can do it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rule = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    occurrence = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, null=True, related_name="+")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    clock = models.CharField(max_length=20)
    words = models.JSONField(
        default=dict
    )  # codes and agency names for the sentence, never a person's
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    was_due_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)  # agreed with the person: goes before the deadline
    clocks_version = models.BigIntegerField(
        default=0
    )  # of the days and deadlines it was reckoned with
    state = models.CharField(max_length=12, choices=FollowUpState.choices)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=60, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "subject_id", "occurrence"), name="followup_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(due_at__isnull=False),
                name="followup_open_has_due_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "quarantined"), ended_at__isnull=True)
                | (~Q(state__in=("open", "quarantined")) & Q(ended_at__isnull=False)),
                name="followup_ended_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("unit", "due_at"),
                name="followup_owed_unit",
                condition=Q(state__in=("open", "quarantined")),
            ),
            models.Index(
                fields=("holder", "due_at"),
                name="followup_owed_holder",
                condition=Q(state__in=("open", "quarantined")),
            ),
            models.Index(
                fields=("case", "due_at"), name="followup_open_case", condition=Q(state="open")
            ),
            models.Index(fields=("due_at",), name="followup_open_due", condition=Q(state="open")),
            models.Index(
                fields=("rule", "subject_id"),
                name="followup_owed_rule",
                condition=Q(state__in=("open", "quarantined")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class Rung(models.TextChoices):
    """To whom a step of the ladder goes."""

    AGENCY = "agency", _("The agency's people")
    OWNER = "owner", _("Whoever holds it")
    SUPERVISOR = "supervisor", _("Supervisor")
    FORCE_LEAD = "force_lead", _("Specialist lead")


class Step(models.Model):
    """One rung of the ladder was reached: before due, at due, then up. Exactly once a round and rung."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    followup = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="steps")
    round = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=12, choices=Rung.choices)
    reached_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "rung")
        constraints = (
            models.UniqueConstraint(fields=("followup", "round", "rung"), name="step_once"),
        )

    def __str__(self) -> str:
        return str(self.pk)


ESCALATED, TOP_RUNG = 2, 3
"""From this rung on somebody above the holder is told; above the top one there is nobody."""


class Acknowledgement(models.Model):
    """Somebody answers for an escalation: who does it, what next, and until when. Till then nobody else is told.

    Once for each rung of a round, so that nobody keeps it from climbing; at the top, where nobody else is left,
    again after the last one has passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    followup = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    round = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField()
    doer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    what_next = models.CharField(_("what next"), max_length=500)
    until = models.DateTimeField(_("by when"))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(
                fields=("followup", "round", "rung"),
                condition=Q(rung__lt=TOP_RUNG),
                name="acknowledged_once_a_rung",
            ),
            models.CheckConstraint(
                condition=Q(rung__gte=ESCALATED, rung__lte=TOP_RUNG),
                name="acknowledged_an_escalation",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + LONGEST_PAUSE),
                name="acknowledged_for_a_day_at_most",
            ),
            models.CheckConstraint(
                condition=Q(what_next__regex=r"\S"), name="acknowledged_with_what_next"
            ),
        )
        indexes = (models.Index(fields=("doer", "until"), name="acknowledged_doer"),)

    def __str__(self) -> str:
        return str(self.pk)


class NoticeChannel(models.TextChoices):
    """How somebody is told."""

    PAGE = "page", _("On their own page")
    EMAIL = "email", _("By e-mail")
    SMS = "sms", _("By text message")


class NoticeState(models.TextChoices):
    """How far the message got. While it is being sent it is queued, with a lease.

    Seen and acted are read from the audit trail and the follow-up.
    """

    QUEUED = "queued", _("Waiting to be sent")
    ACCEPTED = "accepted", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Sent, and came back")
    DEAD = "dead", _("Could not be sent")
    DROPPED = "dropped", _("Not sent: done before, or they have left")


# Queued again is "try again". A report may come in before the sender has marked what it sent.
NOTICE_TRANSITIONS: dict[str, frozenset[str]] = {
    NoticeState.QUEUED: frozenset({"accepted", "delivered", "bounced", "dead", "dropped"}),
    NoticeState.ACCEPTED: frozenset({"delivered", "bounced"}),
    NoticeState.DELIVERED: frozenset({"bounced"}),
    NoticeState.BOUNCED: frozenset({"queued"}),
    NoticeState.DEAD: frozenset({"queued"}),
}
NOT_REACHED = (NoticeState.BOUNCED, NoticeState.DEAD)


class Notice(models.Model):
    """Somebody is told of a step through one channel: the delivery ledger. Exactly once a step, person and channel."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices)
    interrupts = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0, db_default=0)  # it was not taken
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # the last time it was given up
    passed_on_at = models.DateTimeField(null=True)  # the next channel or person was chosen
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-made_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("step", "person", "channel"), name="notice_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="notice_accepted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered")
                | Q(accepted_at__isnull=False, delivered_at__isnull=False),
                name="notice_delivered_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("bounced", "dead")) | Q(failed_at__isnull=False),
                name="notice_failed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True, lease_token__isnull=True)
                | Q(lease_until__isnull=False, lease_token__isnull=False, state="queued"),
                name="notice_lease_while_queued",
            ),
        )
        indexes = (
            models.Index(fields=("send_after",), name="notice_queued", condition=Q(state="queued")),
            models.Index(fields=("person", "-made_at"), name="notice_person"),
            models.Index(
                fields=("failed_at",), name="notice_failed", condition=Q(failed_at__isnull=False)
            ),
            models.Index(fields=("message_id",), name="notice_batch", condition=~Q(message_id="")),
            models.Index(
                fields=("accepted_at",), name="notice_mailed", condition=Q(channel="email")
            ),
            models.Index(
                fields=("made_at",), name="notice_interrupting", condition=Q(interrupts=True)
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class RePlan(models.Model):
    """Somebody moved a due time, and says why.

    From the third for one follow-up on, it must be a supervisor who has not moved it before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    followup = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="replans")
    round = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(_("new time"))
    reason = models.CharField(_("why"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(fields=("followup", "round"), name="replan_once_a_round"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="replan_has_reason"),
        )

    def __str__(self) -> str:
        return str(self.pk)


PERIOD = timedelta(seconds=30)
"""How often the engine is woken; `config/celery.py` and `manage.py followups --loop` keep to it."""


class Heartbeat(models.Model):
    """When a stage of the engine last finished, and what it did: how the watchman is watched."""

    stage = models.CharField(primary_key=True, max_length=30)
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.stage


class HeldSweep(models.Model):
    """A rule wanted to drop more of a force's rows than is safe in one sweep; a person must look before it may."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rule = models.CharField(max_length=40)
    # Null only in those that were released before each force had its own.
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    would_drop = models.PositiveIntegerField()
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-held_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "force"),
                condition=Q(released_at__isnull=True),
                name="held_sweep_once_a_force",
            ),
        )

    def __str__(self) -> str:
        return self.rule


class Crack(models.Model):
    """A promise that the nightly check found broken in a force: how often, since which night, until when.

    It names no row: those are read anew, by whoever may see them. Only `followups.nightly` writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "line")
        constraints = (
            models.UniqueConstraint(
                fields=("force", "line"), condition=Q(ended_at__isnull=True), name="crack_once"
            ),
        )

    def __str__(self) -> str:
        return self.line


class OutboxMessage(models.Model):
    """An e-mail that the demo would have sent: kept here instead, and shown on the outbox page."""

    id = models.BigAutoField(primary_key=True)
    message_id = models.CharField(max_length=200)
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.message_id


class Handover(models.Model):
    """What whoever ends a shift leaves in words to whoever looks after the unit next, who says that they read it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(_("what the next supervisor must know"))
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnitQuerySet["Handover"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "unit": Privacy.PUBLIC,
        "at": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "words": Privacy.SEALED,
        "read_at": Privacy.PUBLIC,
        "read_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("unit", "-at"), name="handover_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False) & ~Q(read_by=F("by")),
                name="handover_read_by_another",
                violation_error_message=_("Somebody else must say that they have read it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class KeptView(models.Model):
    """A list, narrowed as somebody likes it, that they keep under a name for whoever looks after a unit.

    `address` is a path of ours with codes alone in its query [followups/kept.py]; who opens it sees what they may see.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnitQuerySet["KeptView"].as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "name"),
                condition=Q(ended_at__isnull=True),
                name="kept_view_name_once",
                violation_error_message=_("The unit has a view of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(address__regex=r"^/[a-z0-9/_-]+(\?[A-Za-z0-9_=&-]*)?$"),
                name="kept_view_is_an_address_of_ours",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="kept_view_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
