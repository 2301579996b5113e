"""Short guidance beside a step, kept by the force's specialist lead; and which of it was shown with a decision."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.history import CaseEvent

LONGEST = 700


class Step(models.TextChoices):
    """The step beside which a card stands: the name of its form."""

    SAFETY = "safety", _("Confirm that they are safe")
    CONTACT = "contact", _("Record what happened")
    TOLD = "told", _("Record what they told us")
    CONSENT = "consent", _("Record what they agreed to")
    SAFE_CONTACT = "safe-contact", _("How to reach them safely")
    NEEDS = "needs", _("Assess their needs")
    RISK = "risk", _("Judge the risk")
    NRM = "nrm", _("National referral")
    NRM_NOTIFY = "nrm-notify", _("Duty to notify")
    SECTION_45 = "section-45", _("Section 45")
    IMMIGRATION = "immigration", _("Sharing with immigration enforcement")
    CLOSE = "close", _("Close a case")


class Standing(models.TextChoices):
    """How far a card's words can be relied on."""

    SOURCED = "sourced", _("Sourced: we have seen the text that says so")
    FORCE_DEFAULT = "force_default", _("This force's own way")
    UNVERIFIED = "unverified", _("Unverified: do not take it for law")


class CardQuerySet(models.QuerySet["GuidanceCard"]):
    """Cards of guidance."""

    def standing_now(self) -> Self:
        """Those that are shown now: neither replaced nor taken away."""
        return self.filter(ended_at__isnull=True)


class GuidanceCard(models.Model):
    """One short piece of guidance of a force, in one version. Changed words are a new version; nothing is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("beside which step?"), max_length=20, choices=Step.choices)
    title = models.CharField(_("title"), max_length=80)
    words = models.TextField(_("what to know"), max_length=LONGEST)
    source = models.CharField(_("where it is from"), max_length=200)
    standing = models.CharField(
        _("how far can it be relied on?"), max_length=15, choices=Standing.choices
    )
    version = models.PositiveSmallIntegerField(default=1)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "step": Privacy.PUBLIC,
        "title": Privacy.PUBLIC,
        "words": Privacy.PUBLIC,
        "source": Privacy.PUBLIC,
        "standing": Privacy.PUBLIC,
        "version": Privacy.PUBLIC,
        "set_by": Privacy.PUBLIC,
        "set_at": Privacy.PUBLIC,
        "ended_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("step", "title", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("force", "step", "title", "version"), name="guidance_version_once"
            ),
            models.UniqueConstraint(
                fields=("force", "step", "title"),
                condition=Q(ended_at__isnull=True),
                name="guidance_shown_once",
                violation_error_message=_("There is a card with that title beside this step."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="guidance_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class GuidanceShown(Fact):
    """A card stood beside a step when somebody took it. Append-only; `event` is the line that the step wrote."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="guidance_shown")
    event = models.ForeignKey(
        CaseEvent, on_delete=models.PROTECT, null=True, related_name="guidance"
    )
    card = models.ForeignKey(GuidanceCard, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["GuidanceShown"].as_manager()

    PRIVACY = FACT_PRIVACY | {"event": Privacy.PUBLIC, "card": Privacy.PUBLIC}

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="guidance_shown_case_at"),)
