"""The room of lists that somebody outside keeps, and of what they say against our record."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, ActorKind
from accounts.models import Agency, Force, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models import Case, NrmReferral
from referrals.models.referral import SupportReferral


class ListKind(models.TextChoices):
    """Whose list is compared with our record."""

    NRM = "nrm", _("The Home Office's list of our national referrals")
    AGENCY = "agency", _("A support agency's list of our referrals")


class OutsideList(models.Model):
    """A list that somebody outside keeps: previewed, then compared once. Its cells are references, days and codes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("which list"), max_length=10, choices=ListKind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="agency", agency__isnull=False)
                | Q(kind="nrm", agency__isnull=True),
                name="outside_list_names_agency",
                violation_error_message=_("Choose the agency whose list this is."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class MismatchKind(models.TextChoices):
    """How a list from outside and our record do not agree."""

    NO_CASE = "no_case", _("The Home Office has this reference, and no case here has it")
    NOT_LISTED = "not_listed", _("Our case has a reference that the Home Office does not list")
    DECISION = "decision", _("The Home Office lists a decision that is not recorded here")
    NOT_ACCEPTED = "not_accepted", _("The agency lists it, and it is not accepted here")
    NOT_SUPPORTED = "not_supported", _("It is accepted here, and the agency does not list it as so")
    CONTACT = "contact", _("The agency has reached the person, and that is not recorded here")


class MismatchQuerySet(ScopedQuerySet["Mismatch"]):
    """Mismatches of visible cases; those of no case by whoever looks after the whole force."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this actor may see now."""
        of_cases = super().visible_to(actor)
        if actor.kind is not ActorKind.OFFICER or not actor.force_wide:
            return of_cases
        of_none = self.filter(scope__isnull=True, force=actor.force_id)
        of_none._scoped = True
        return of_cases | of_none

    def pending(self) -> Self:
        """Those that nobody has looked into, and that no later list took back."""
        return self.filter(resolved_at__isnull=True, agreed_at__isnull=True)


class Mismatch(models.Model):
    """Something on which a list from outside and our record do not agree: owed until it is looked into.

    `reference` is as it was compared, without spaces and signs; `stage` and `on` are what the list says.
    `agreed_at` is when a later list agreed with us; what our own record says meanwhile is read by the rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_in = models.ForeignKey(OutsideList, on_delete=models.PROTECT, related_name="mismatches")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nrm = models.ForeignKey(
        NrmReferral, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=15, choices=MismatchKind.choices)
    reference = models.CharField(_("reference"), max_length=50)
    stage = models.CharField(_("what the list says"), max_length=20, blank=True)
    on = models.DateField(_("day in the list"), null=True, blank=True)
    found_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("what you found out, and what was done"), blank=True)

    objects = MismatchQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "force": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "case": Privacy.PUBLIC,
        "found_in": Privacy.PUBLIC,
        "agency": Privacy.PUBLIC,
        "nrm": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "reference": Privacy.CASE,
        "stage": Privacy.CASE,
        "on": Privacy.CASE,
        "found_at": Privacy.PUBLIC,
        "agreed_at": Privacy.PUBLIC,
        "resolved_at": Privacy.PUBLIC,
        "resolved_by": Privacy.PUBLIC,
        "note": Privacy.CASE,
    }

    class Meta:
        ordering = ("-found_at", "reference", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("force", "agency", "kind", "reference", "stage", "on"),
                condition=Q(resolved_at__isnull=True, agreed_at__isnull=True),
                name="mismatch_owed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True, note="")
                | (Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(note="")),
                name="mismatch_resolved_with_note",
                violation_error_message=_("Say what you found out, and what was done."),
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True, scope__isnull=True)
                | Q(case__isnull=False, scope__isnull=False),
                name="mismatch_of_case_or_of_none",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
