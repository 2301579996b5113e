"""What they agreed to, as events."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from pages.answers import Answer
from victims.models.person import Victim


class Purpose(models.TextChoices):
    """What somebody agrees to. Each is asked for itself."""

    NRM = "nrm", _("Referral to the National Referral Mechanism")
    AGENCY = "agency", _("Sharing with a support agency")
    POLICE_CONTACT = "police_contact", _("Contact by the police")


class ConsentOutcome(models.TextChoices):
    """What the person decided."""

    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Did not agree")
    WITHDRAWN = "withdrawn", _("Took it back")


class ConsentEvent(models.Model):
    """Somebody explained, and the person decided. The latest event for a purpose (and agency) holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("they"), max_length=12, choices=ConsentOutcome.choices)
    language = models.CharField(_("explained in"), max_length=100, blank=True)
    interpreter_used = models.CharField(
        _("through an interpreter"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    decided_at = models.DateTimeField()
    explained_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet["ConsentEvent"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "purpose": Privacy.CASE,
        "agency": Privacy.CASE,
        "outcome": Privacy.CASE,
        "language": Privacy.CASE,
        "interpreter_used": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "explained_by": Privacy.PUBLIC,
        "recorded_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-decided_at", "-recorded_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(purpose="agency"),
                name="consent_agency_only_for_sharing",
                violation_error_message=_("An agency is named only for sharing with an agency."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
