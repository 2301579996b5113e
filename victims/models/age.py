"""A doubt about the person's age, and how it was settled."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from victims.models.person import AgeBand, Victim


class Disputant(models.TextChoices):
    """Who says that the person's age is not what is recorded."""

    PERSON = "person", _("The person themselves")
    POLICE = "police", _("The police")
    HOME_OFFICE = "home_office", _("The Home Office")
    LOCAL_AUTHORITY = "local_authority", _("The local authority")
    OTHER = "other", _("Somebody else")


class Determiner(models.TextChoices):
    """Who settled the person's age."""

    LOCAL_AUTHORITY = "local_authority", _("The local authority's age assessment")
    AGE_BOARD = "age_board", _("The National Age Assessment Board")
    COURT = "court", _("A court or tribunal")
    PAPERS = "papers", _("Papers that are accepted as genuine")


class AgeResult(models.TextChoices):
    """What was determined."""

    CHILD = "child", _("Under 18")
    ADULT = "adult", _("18 or over")


class AgeDispute(models.Model):
    """Somebody disputes how old the person is. Until it is determined they are treated as a child [MSA 2015 s51]."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="age_disputes")
    disputed_by = models.CharField(_("who disputes it?"), max_length=16, choices=Disputant.choices)
    why = models.CharField(_("why?"), max_length=1000)
    band_before = models.CharField(
        _("treated until then as"), max_length=10, choices=AgeBand.choices
    )
    disputed_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(
        _("what was determined?"), max_length=10, choices=AgeResult.choices, blank=True
    )
    determined_by = models.CharField(
        _("who determined it?"), max_length=16, choices=Determiner.choices, blank=True
    )
    determined_on = models.DateField(_("when?"), null=True, blank=True)
    where_recorded = models.CharField(_("where is it recorded?"), max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["AgeDispute"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "disputed_by": Privacy.CASE,
        "why": Privacy.CASE,
        "band_before": Privacy.CASE,
        "disputed_at": Privacy.PUBLIC,
        "recorded_by": Privacy.PUBLIC,
        "result": Privacy.CASE,
        "determined_by": Privacy.CASE,
        "determined_on": Privacy.CASE,
        "where_recorded": Privacy.CASE,
        "settled_at": Privacy.PUBLIC,
        "settled_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-disputed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("victim",),
                condition=Q(settled_at__isnull=True),
                name="age_dispute_once_while_open",
                violation_error_message=_("It is already on record that their age is disputed."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, result="", determined_by="")
                | Q(settled_at__isnull=False, determined_on__isnull=False)
                & ~Q(result="")
                & ~Q(determined_by=""),
                name="age_dispute_settled_whole",
                violation_error_message=_("Say what was determined, by whom, and when."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
