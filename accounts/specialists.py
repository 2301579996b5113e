"""The room of who can be asked: which specialist is on call, and whom outside one's own team to ring."""

from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy


class OnCallQuerySet(models.QuerySet["OnCall"]):
    """Turns on call."""

    def at(self, moment: datetime) -> Self:
        """Whose turn it is at that moment: at most one of a force."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment, user__is_active=True)

    def to_come(self, moment: datetime) -> Self:
        """Turns that are not over, the earliest first."""
        return self.filter(ends_at__gt=moment, user__is_active=True).order_by("starts_at", "pk")


class OnCall(models.Model):
    """A specialist is on call for the force from one moment to another. One at a time; never deleted, only ended."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = OnCallQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "user": Privacy.PUBLIC,
        "starts_at": Privacy.PUBLIC,
        "ends_at": Privacy.PUBLIC,
        "set_by": Privacy.PUBLIC,
        "set_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),  # equal: called off before it began
                name="on_call_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            ),
            ExclusionConstraint(
                name="on_call_one_at_a_time",
                expressions=(
                    ("force", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message=_("Somebody is on call in that time already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_at:%Y-%m-%d}"


class ForceContact(models.Model):
    """A number to ring, and what for: of the force itself or of a body outside; never a victim's.

    Replaced, never changed: what was shown on a day can be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("who it is"), max_length=80)
    what_for = models.CharField(_("what to ring about"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40)
    hours = models.CharField(_("when they answer"), max_length=80)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "name": Privacy.PUBLIC,
        "what_for": Privacy.PUBLIC,
        "phone": Privacy.PUBLIC,
        "hours": Privacy.PUBLIC,
        "set_by": Privacy.PUBLIC,
        "set_at": Privacy.PUBLIC,
        "ended_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="force_contact_ended_by_and_at",
            ),
            models.UniqueConstraint(
                fields=("force", "name"),
                condition=Q(ended_at__isnull=True),
                name="force_contact_once",
                violation_error_message=_("There is a number under that name. Take it off first."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


def on_call(force_id: UUID, at: datetime) -> OnCall | None:
    """Whose turn it is in the force at that moment; none if nobody's."""
    return OnCall.objects.filter(force=force_id).at(at).select_related("user").first()
