"""What they need."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from victims.models.person import Victim


class NeedKind(models.TextChoices):
    """What somebody needs; agencies' services say which of these they meet."""

    SAFE_HOUSE = "safe_house", _("A safe place to stay")
    OUTREACH = "outreach", _("A support worker who visits")
    HEALTH = "health", _("Medical care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal advice")
    IMMIGRATION = "immigration", _("Immigration advice")
    MONEY = "money", _("Money for food and clothes")
    INTERPRETING = "interpreting", _("An interpreter")
    CHILD_GUARDIAN = "child_guardian", _("A guardian for a child")
    WORK = "work", _("Help with work or wages")


class Need(models.Model):
    """Something the person needs, found in a needs assessment; it stays until met or no longer wanted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("need"), max_length=20, choices=NeedKind.choices)
    urgent = models.BooleanField(_("urgent"), default=False)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["Need"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "urgent": Privacy.CASE,
        "found_at": Privacy.PUBLIC,
        "found_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("victim", "kind"),
                condition=Q(ended_at__isnull=True),
                name="need_once_while_open",
                violation_error_message=_("This need is already recorded."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
