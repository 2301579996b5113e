"""What the Home Office was told: the national referral, or the duty to notify."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from victims.models import ConsentEvent


class NrmStatus(models.TextChoices):
    """Where the Home Office referral stands."""

    SUBMITTED = "submitted", _("Sent to the Home Office")
    RG_POSITIVE = "rg_positive", _("Reasonable grounds: yes")
    RG_NEGATIVE = "rg_negative", _("Reasonable grounds: no")
    CG_POSITIVE = "cg_positive", _("Conclusive grounds: yes")
    CG_NEGATIVE = "cg_negative", _("Conclusive grounds: no")
    DISQUALIFIED = "disqualified", _("Protection refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NrmReferral(Fact):
    """The Home Office referral of the person; `at` is when it was sent. `NrmEvent` has every date after that."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nrm_referrals")
    status = models.CharField(max_length=15, choices=NrmStatus.choices, default=NrmStatus.SUBMITTED)
    consent = models.ForeignKey(
        ConsentEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    home_office_reference = models.CharField(_("Home Office reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["NrmReferral"].as_manager()

    TRANSITIONS = {
        NrmStatus.SUBMITTED: frozenset(
            {NrmStatus.RG_POSITIVE, NrmStatus.RG_NEGATIVE, NrmStatus.WITHDRAWN}
        ),
        NrmStatus.RG_POSITIVE: frozenset(
            {
                NrmStatus.CG_POSITIVE,
                NrmStatus.CG_NEGATIVE,
                NrmStatus.DISQUALIFIED,
                NrmStatus.WITHDRAWN,
            }
        ),
        NrmStatus.RG_NEGATIVE: frozenset({NrmStatus.RG_POSITIVE}),
        NrmStatus.CG_POSITIVE: frozenset({NrmStatus.DISQUALIFIED}),
        NrmStatus.CG_NEGATIVE: frozenset({NrmStatus.CG_POSITIVE}),
        NrmStatus.DISQUALIFIED: frozenset({NrmStatus.RG_POSITIVE, NrmStatus.CG_POSITIVE}),
    }
    PRIVACY = FACT_PRIVACY | {
        "status": Privacy.CASE,
        "consent": Privacy.PUBLIC,
        "home_office_reference": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=~Q(status="withdrawn"),
                name="nrm_one_live_referral",
                violation_error_message=_("This case already has a national referral."),
            ),
        )


class DutyToNotify(Fact):
    """The Home Office was notified without identifying an adult who did not consent [MSA 2015 s52]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties_to_notify")
    reference = models.CharField(_("reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["DutyToNotify"].as_manager()

    PRIVACY = FACT_PRIVACY | {"reference": Privacy.CASE}
