"""When the person was missing, who was told, and what they said when they were back."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from pages.answers import Answer
from victims.models.person import Victim


class Alerted(models.TextChoices):
    """Who is told that somebody who may be exploited is missing [domain 2.8]."""

    MISSING_UNIT = "missing_unit", _("Missing persons report, marked for exploitation")
    LOCAL_AUTHORITY = "local_authority", _("Local authority children's services")
    GUARDIAN = "guardian", _("Independent guardian (ICTG)")
    REGIONAL_UNIT = "regional_unit", _("Regional organised crime unit")
    AGENCY = "agency", _("The support agency")


class MissingEpisode(models.Model):
    """One time the person went missing: since when, who was told, found or not, and the talk afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="missing_episodes")
    missing_since = models.DateTimeField(_("missing since"))
    last_seen = EncryptedTextField(_("where were they last seen?"), blank=True)
    circumstances = models.TextField(_("what is known?"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    alerted = ArrayField(
        models.CharField(max_length=20, choices=Alerted.choices), default=list, blank=True
    )
    report_number = models.CharField(_("missing persons report number"), max_length=50, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(_("found"), null=True, blank=True)
    found_safe = models.CharField(
        _("were they safe?"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    found_words = models.TextField(_("how were they found?"), blank=True)
    interviewed_at = models.DateTimeField(_("return interview"), null=True, blank=True)
    interviewed_by = models.CharField(_("who spoke with them?"), max_length=200, blank=True)

    objects = ScopedQuerySet["MissingEpisode"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "missing_since": Privacy.CASE,
        "last_seen": Privacy.SEALED,
        "circumstances": Privacy.CASE,
        "recorded_at": Privacy.PUBLIC,
        "recorded_by": Privacy.PUBLIC,
        "alerted": Privacy.CASE,
        "report_number": Privacy.CASE,
        "alerted_at": Privacy.CASE,
        "found_at": Privacy.CASE,
        "found_safe": Privacy.CASE,
        "found_words": Privacy.CASE,
        "interviewed_at": Privacy.CASE,
        "interviewed_by": Privacy.CASE,
    }

    class Meta:
        ordering = ("-missing_since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("victim",),
                condition=Q(found_at__isnull=True),
                name="missing_once_at_a_time",
                violation_error_message=_("It is already on record that they are missing."),
            ),
            models.CheckConstraint(
                condition=Q(found_at__isnull=True) | Q(found_at__gte=F("missing_since")),
                name="missing_found_later",
                violation_error_message=_("They were found after they went missing."),
            ),
            models.CheckConstraint(
                condition=Q(interviewed_at__isnull=True) | Q(interviewed_at__gte=F("found_at")),
                name="missing_interview_after_found",
                violation_error_message=_("The return interview comes after they were found."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def told_words(self) -> str:
        """Who has been told, in words."""
        return ", ".join(str(Alerted(who).label) for who in self.alerted)
