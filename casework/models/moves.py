"""Many cases given to somebody else in one go: the job, and what became of each case."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, Scope, Unit, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet, UnitQuerySet
from casework.models.case import Case
from casework.models.transfers import Transfer, TransferWhy


class MoveTo(models.TextChoices):
    """Where the cases go."""

    OFFICER = "officer", _("All of them to one officer")
    SHARED = "shared", _("Shared out: each to whoever is proposed first for it")
    UNIT = "unit", _("Offered to another unit, which answers for each")


class BulkMoveQuerySet(UnitQuerySet["BulkMove"]):
    """Jobs, by who looks after the unit whose cases they move."""

    def running(self) -> Self:
        """Those that the engine has not finished and nobody has stopped."""
        return self.filter(done_at=None, stopped_at=None)


class BulkMove(models.Model):
    """Somebody asked for many cases of one unit to be given to others. The engine does it, case by case.

    Each case is moved as its supervisor (`by`) would move it alone: with their rights at that moment, by the same
    rules, and with the same second person where one is needed. Times are UTC instants.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(_("where to"), max_length=10, choices=MoveTo.choices)
    to_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=15, choices=TransferWhy.choices, blank=True)
    reason = models.CharField(_("why"), max_length=500)
    in_spite = models.BooleanField(_("although training is missing"), default=False)
    total = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BulkMoveQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("unit", "-at"), name="bulk_move_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to="officer", to_owner__isnull=False, to_unit__isnull=True)
                | Q(to="shared", to_owner__isnull=True, to_unit__isnull=True)
                | Q(to="unit", to_owner__isnull=True, to_unit__isnull=False) & ~Q(why=""),
                name="bulk_move_says_where_to",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="bulk_move_says_why",
                violation_error_message=_("Say why the cases are moved."),
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False, done_at__isnull=True),
                name="bulk_move_stopped_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class MoveStatus(models.TextChoices):
    """What became of one case of a job."""

    WAITING = "waiting", _("Waiting")
    MOVED = "moved", _("Given to another officer")
    OFFERED = "offered", _("Offered to the other unit")
    REFUSED = "refused", _("Not moved")
    STOPPED = "stopped", _("Not moved: the job was stopped")


class MovedCase(models.Model):
    """One case of a job: whose it was when it was asked for, and what became of it.

    Until it is moved it is whose it was; what is written here and the move itself are one transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    job = models.ForeignKey(BulkMove, on_delete=models.PROTECT, related_name="cases")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    owner_before = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=MoveStatus.choices, default=MoveStatus.WAITING)
    ended_at = models.DateTimeField(null=True, blank=True)
    owner_after = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    problem = models.CharField(max_length=500, blank=True)  # our own sentence

    objects = ScopedQuerySet["MovedCase"].as_manager()

    TRANSITIONS: ClassVar[dict[Any, frozenset[Any]]] = {
        MoveStatus.WAITING: frozenset(
            {MoveStatus.MOVED, MoveStatus.OFFERED, MoveStatus.REFUSED, MoveStatus.STOPPED}
        ),
    }
    PRIVACY = dict.fromkeys(
        (
            *("id", "job", "scope", "case", "place", "owner_before", "status", "ended_at"),
            *("owner_after", "transfer", "problem"),
        ),
        Privacy.PUBLIC,
    )

    class Meta:
        ordering = ("place",)
        indexes = (
            models.Index(
                fields=("job", "place"), name="moved_case_waiting", condition=Q(status="waiting")
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("job", "case"), name="moved_case_once_a_job"),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(status="waiting"),
                name="moved_case_waits_once",
                violation_error_message=_("A case of these is already waiting in another job."),
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", ended_at__isnull=True)
                | (~Q(status="waiting") & Q(ended_at__isnull=False)),
                name="moved_case_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="moved", owner_after__isnull=False)
                | (~Q(status="moved") & Q(owner_after__isnull=True)),
                name="moved_case_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="offered", transfer__isnull=False)
                | (~Q(status="offered") & Q(transfer__isnull=True)),
                name="moved_case_offered_has_offer",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", problem__regex=r"\S")
                | (~Q(status="refused") & Q(problem="")),
                name="moved_case_refused_says_why",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
