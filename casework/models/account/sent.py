"""What left the building for the Home Office, word for word."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.nrm import DutyToNotify, NrmReferral


class SubmissionKind(models.TextChoices):
    """What was sent."""

    REFERRAL = "referral", _("National referral")
    NOTIFICATION = "notification", _("Duty to notify")
    EVIDENCE = "evidence", _("Later evidence")
    CORRECTION = "correction", _("Correction")


class NrmSubmission(Fact):
    """One version that was sent: the exact answers, sealed, with the SHA-256 of their bytes. Append-only.

    The first is the referral or the notification itself; what is added or put right later is another.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nrm_submissions")
    kind = models.CharField(_("what was sent"), max_length=15, choices=SubmissionKind.choices)
    number = models.PositiveSmallIntegerField()
    referral = models.ForeignKey(
        NrmReferral, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notification = models.ForeignKey(
        DutyToNotify, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("what is new or put right"), blank=True)
    answers = EncryptedTextField()
    digest = models.CharField(max_length=64)

    objects = ScopedQuerySet["NrmSubmission"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.CASE,
        "number": Privacy.PUBLIC,
        "referral": Privacy.PUBLIC,
        "notification": Privacy.PUBLIC,
        "note": Privacy.CASE,
        "answers": Privacy.SEALED,
        "digest": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        ordering = ("case", "number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="submission_number_once"),
        )
