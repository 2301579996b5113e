"""A case offered to another unit: who offered it to whom, why, and what the other unit said."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Force, Scope, Unit, User
from accounts.permissions import Role
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import Case


class TransferStatus(models.TextChoices):
    """Where an offer stands. Until it is accepted the case is whose it was."""

    OFFERED = "offered", _("Offered, waiting for an answer")
    ACCEPTED = "accepted", _("Taken over")
    REJECTED = "rejected", _("Not taken over")
    WITHDRAWN = "withdrawn", _("Taken back")


class TransferWhy(models.TextChoices):
    """Why a unit asks another to take a case over, in words that say nothing of the person."""

    AREA = "area", _("It happened, or the person lives, in their area")
    SPECIALIST = "specialist", _("It needs what that unit can do")
    INVESTIGATION = "investigation", _("It belongs to an investigation there")
    OWNER_MOVED = "owner_moved", _("Its officer works there now")
    CAPACITY = "capacity", _("We cannot look after it well now")
    OTHER = "other", _("Another reason")


class TransferRefusal(models.TextChoices):
    """Why a unit does not take a case over."""

    NO_CAPACITY = "no_capacity", _("We have nobody to give it to now")
    OUT_OF_AREA = "out_of_area", _("It is not in our area")
    OUT_OF_REMIT = "out_of_remit", _("This unit does not do this work")
    BETTER_THERE = "better_there", _("The person is better off with the officer they know")
    MORE_NEEDED = "more_needed", _("We need to speak about it first")
    OTHER = "other", _("Another reason")


class Priority(models.TextChoices):
    """How soon an offer must be answered: all that it says of the person."""

    URGENT = "urgent", _("Somebody is in danger now")
    CHILD = "child", _("A child, or perhaps a child")
    STANDARD = "standard", _("Standard")


class TransferQuerySet(ScopedQuerySet["Transfer"]):
    """Offers, by who may know of them and who may answer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases; those that one's own unit was made or made, though not the case itself."""
        found = self.all()
        if actor.kind is not ActorKind.ENGINE:
            # Asked apart: joined, an offer would be hidden with the case's own scope.
            of_cases = Q(case__in=Case.objects.visible_to(actor).values("pk"))
            made = Q(offered_by=actor.id) | Q(closely=False) & _side("from", actor)
            found = self.filter(of_cases | made | _may_answer(actor))
        found._scoped = True
        return found

    def answerable_by(self, actor: Actor) -> Self:
        """Those that were made to this person's unit: what is held closely is for a specialist lead."""
        found = self.visible_to(actor)
        return found if actor.kind is ActorKind.ENGINE else found.filter(_may_answer(actor))

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(status=TransferStatus.OFFERED)


def _side(side: str, actor: Actor) -> Q:
    if actor.kind is not ActorKind.OFFICER or actor.force_id is None:
        return Q(pk__in=[])
    units = Q() if actor.force_wide else Q(**{f"{side}_unit__in": sorted(actor.unit_ids)})
    return Q(**{f"{side}_force": actor.force_id}) & units


def _may_answer(actor: Actor) -> Q:
    leads = Role.SPECIALIST_LEAD in actor.roles
    return _side("to", actor) & (Q() if leads else Q(closely=False))


class Transfer(models.Model):
    """One offer of one case to one unit, of this force or another. The case is never without its unit.

    What the receiving side may read before it accepts is on this row and nowhere else: reference, units,
    priority and a coded reason. `closely`: the case is restricted or covert, so that on the receiving side
    only a specialist lead knows of it. Times are UTC instants.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers")
    reference = models.CharField(_("reference"), max_length=12)
    closely = models.BooleanField(_("held closely"), default=False)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices)
    why = models.CharField(_("why"), max_length=15, choices=TransferWhy.choices)
    from_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=TransferStatus.choices, default=TransferStatus.OFFERED
    )
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal = models.CharField(max_length=15, choices=TransferRefusal.choices, blank=True)
    refusal_seen_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    TRANSITIONS = {
        TransferStatus.OFFERED: frozenset(
            {TransferStatus.ACCEPTED, TransferStatus.REJECTED, TransferStatus.WITHDRAWN}
        ),
    }
    PRIVACY = dict.fromkeys(
        (
            *("id", "scope", "case", "reference", "closely", "priority", "why"),
            *("from_force", "from_unit", "to_force", "to_unit", "status", "offered_at"),
            *("offered_by", "answered_at", "answered_by", "refusal", "refusal_seen_at"),
            "withdrawn_at",
        ),
        Privacy.PUBLIC,
    )

    class Meta:
        ordering = ("-offered_at", "pk")
        indexes = (
            models.Index(fields=("to_unit", "status"), name="transfer_to_unit"),
            models.Index(fields=("from_unit", "status"), name="transfer_from_unit"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(status="offered"),
                name="transfer_one_at_a_time",
                violation_error_message=_("This case is already offered to a unit."),
            ),
            models.CheckConstraint(
                condition=~Q(to_unit=F("from_unit")),
                name="transfer_to_another_unit",
                violation_error_message=_("The case is in this unit already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=("accepted", "rejected"),
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                | Q(
                    status__in=("offered", "withdrawn"),
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                ),
                name="transfer_answered_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("offered_by")),
                name="transfer_answered_by_another",
                violation_error_message=_("Somebody else must answer what you offered."),
            ),
            models.CheckConstraint(
                condition=Q(status="rejected") ^ Q(refusal=""),
                name="transfer_refused_for_a_reason",
                violation_error_message=_("Say why the case is not taken over."),
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn") ^ Q(withdrawn_at__isnull=True),
                name="transfer_withdrawn_has_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
