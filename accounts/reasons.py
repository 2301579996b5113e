"""The room of why somebody opened a case outside their own work: what the force asks, and what was answered."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.permissions import Permission
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet

SHORTEST = 20
"""Of what somebody says in their own words about opening a case: letters, as in an emergency."""


class AsksWhy(models.TextChoices):
    """Whom a force asks why they open a case: its policy, which its administrator sets."""

    NOBODY = "nobody", _("Nobody is asked")
    OTHER_UNITS = "other_units", _("Whoever opens a case of a unit that is not theirs")
    OTHERS = "others", _("Whoever opens a case that is not theirs, except the unit's supervisors")


class LookReason(models.TextChoices):
    """Why somebody opened a case outside their own work."""

    TOLD_TO = "told_to", _("A reminder, a task or an escalation brought me here")
    ASKED = "asked", _("Its team, or somebody who supervises it, asked me to")
    PERSON = "person", _("I have to do with this person, or somebody near them, now")
    CONNECTED = "connected", _("It may belong with a case of mine")
    CHECKING = "checking", _("I check how cases are handled or recorded")
    OTHER = "other", _("Something else")


class LookQuerySet(ScopedQuerySet["Look"]):
    """Reasons given, by who may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible cases, one's own, and all of the force for its auditor, who sees no case by it."""
        found = super().visible_to(actor)
        if actor.kind is ActorKind.OFFICER and actor.force_id is not None:
            seen = Q(by=actor.id)
            if actor.can(Permission.AUDIT_VIEW):
                seen |= Q(force=actor.force_id)
            others = self.filter(seen, force=actor.force_id)
            others._scoped = True
            found = found | others
        return found


class Look(models.Model):
    """Why one person looked at one case on one day (in London), as they said before it opened. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey("accounts.Scope", on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(_("why"), max_length=12, choices=LookReason.choices)
    words = models.CharField(_("in their own words"), max_length=500, blank=True)

    objects = LookQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "by": Privacy.PUBLIC,
        "day": Privacy.PUBLIC,
        "at": Privacy.PUBLIC,
        "reason": Privacy.PUBLIC,
        "words": Privacy.CASE,
    }

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("by", "scope", "day"), name="look_asked_once_a_day"),
            models.CheckConstraint(
                condition=~Q(reason="other") | Q(words__regex=r"\S.{18,}\S"),
                name="look_for_something_else_says_what",
                violation_error_message=_("Say why in 20 letters or more."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class ReasonNeeded(Exception):
    """They may see the case, and say first why they open it; answered with the question."""

    def __init__(self, record: models.Model) -> None:
        """`record` is the case that they asked for."""
        super().__init__("A reason is needed before this record opens.")
        self.record = record
