"""Cases drawn at random, to look at the quality of the work: the draw, and what was found."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, Scope, Unit, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet, UnitQuerySet
from casework.models.case import Case


class SampleOf(models.TextChoices):
    """From which cases is drawn."""

    OPEN = "open", _("Open cases")
    CLOSED = "closed", _("Cases closed in the last 90 days")


class DipSample(models.Model):
    """A draw of a few cases of one unit. Append-only.

    `seed` was drawn by the machine; `population` are the ids that it was drawn from, in order: from both anybody
    reckons the same cases again, so that nobody chose them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    of = models.CharField(_("from which cases"), max_length=10, choices=SampleOf.choices)
    size = models.PositiveSmallIntegerField(_("how many"))
    seed = models.CharField(max_length=64)
    population = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = UnitQuerySet["DipSample"].as_manager()

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("unit", "-at"), name="dip_sample_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=50),
                name="dip_sample_of_a_size",
                violation_error_message=_("Draw between 1 and 50 cases."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SampledCase(models.Model):
    """One drawn case: whose it was, and what somebody else found who read it without names.

    `answers` are codes: for each question yes, no, or cannot be told.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sample = models.ForeignKey(DipSample, on_delete=models.PROTECT, related_name="cases")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = models.JSONField(default=dict, blank=True)
    findings = models.TextField(_("what you found"), blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["SampledCase"].as_manager()

    PRIVACY: dict[str, Any] = {
        "id": Privacy.PUBLIC,
        "sample": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "place": Privacy.PUBLIC,
        "owner": Privacy.PUBLIC,
        "answers": Privacy.CASE,
        "findings": Privacy.CASE,
        "reviewed_at": Privacy.PUBLIC,
        "reviewed_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("sample", "case"), name="sampled_once_a_draw"),
            models.UniqueConstraint(fields=("sample", "place"), name="sampled_in_one_place"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, findings="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, findings__regex=r"\S"),
                name="sampled_reviewed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(owner__isnull=True)
                | ~Q(reviewed_by=F("owner")),
                name="sampled_reviewed_by_another",
                violation_error_message=_("Somebody else must look at the quality of your work."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
