"""What was decided and asked about the person after they were referred: each a fact with its dates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.nrm import NrmReferral, NrmStatus


class Decision(models.TextChoices):
    """What can happen to a national referral once it was sent [domain 2.6, 2.7]."""

    RECEIVED = "received", _("The Home Office has the referral")
    RG_POSITIVE = "rg_positive", _("Reasonable grounds: yes")
    RG_NEGATIVE = "rg_negative", _("Reasonable grounds: no")
    RECOVERY_EXTENDED = "recovery_extended", _("The recovery period goes on")
    CG_POSITIVE = "cg_positive", _("Conclusive grounds: yes")
    CG_NEGATIVE = "cg_negative", _("Conclusive grounds: no")
    RECONSIDERATION_ASKED = "reconsideration_asked", _("Asked to reconsider")
    RECONSIDERATION_NOT_WANTED = "reconsideration_unwanted", _("They do not want to ask again")
    RECONSIDERATION_REFUSED = "reconsideration_refused", _("The Home Office keeps its decision")
    DISQUALIFIED = "disqualified", _("Protection refused: public order or bad faith")
    DISQUALIFICATION_LIFTED = "disqualification_lifted", _("Protection is given after all")
    MOVE_ON_PLANNED = "move_on_planned", _("What comes after the support is planned")
    EXITED = "exited", _("They have left the support")
    INFORMATION_ASKED = "information_asked", _("The Home Office asks us for information")
    INFORMATION_SENT = "information_sent", _("We answered the Home Office")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What a person must hear of, and in time: it opens or shuts a door for them.
SERVED = frozenset(
    {
        Decision.RG_POSITIVE,
        Decision.RG_NEGATIVE,
        Decision.CG_POSITIVE,
        Decision.CG_NEGATIVE,
        Decision.RECONSIDERATION_REFUSED,
        Decision.DISQUALIFIED,
        Decision.DISQUALIFICATION_LIFTED,
    }
)
# Where the referral stands after it; what is not here changes no standing.
STANDS = {
    Decision.RG_POSITIVE: NrmStatus.RG_POSITIVE,
    Decision.RG_NEGATIVE: NrmStatus.RG_NEGATIVE,
    Decision.CG_POSITIVE: NrmStatus.CG_POSITIVE,
    Decision.CG_NEGATIVE: NrmStatus.CG_NEGATIVE,
    Decision.DISQUALIFIED: NrmStatus.DISQUALIFIED,
    Decision.WITHDRAWN: NrmStatus.WITHDRAWN,
}


class NrmEvent(Fact):
    """One thing that happened to a national referral. Append-only; its clocks are derived from it [T05-T11].

    `at` is when it was done or decided, `received_at` when the police heard of it; when the person
    heard is an `Informed`. `until` is how long the recovery period now lasts, or the day by which the
    Home Office wants its answer.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nrm_events")
    referral = models.ForeignKey(NrmReferral, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=30, choices=Decision.choices)
    received_at = models.DateTimeField(_("when we heard"), null=True, blank=True)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    until = models.DateTimeField(_("until when"), null=True, blank=True)
    reference = models.CharField(_("their reference"), max_length=50, blank=True)
    note = models.TextField(_("what matters about it"), blank=True)

    objects = ScopedQuerySet["NrmEvent"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "referral": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "received_at": Privacy.PUBLIC,
        "answers": Privacy.PUBLIC,
        "until": Privacy.PUBLIC,
        "reference": Privacy.CASE,
        "note": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (
            models.Index(fields=("referral", "kind", "at"), name="nrm_event_of_referral"),
            models.Index(fields=("case", "-at"), name="nrm_event_case_at"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("at")),
                name="nrm_event_heard_after_it_was",
                violation_error_message=_("We cannot have heard of it before it was decided."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("at")),
                name="nrm_event_until_is_later",
                violation_error_message=_("It must last beyond the day on which it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="recovery_extended") | Q(until__isnull=False),
                name="nrm_event_extended_until",
                violation_error_message=_("Say until when the recovery period goes on."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="information_sent") | Q(answers__isnull=False),
                name="nrm_event_sent_answers",
                violation_error_message=_("Say which request was answered."),
            ),
        )


class GuardianOutcome(models.TextChoices):
    """What came of asking for somebody independent to stand by a child."""

    REFERRED = "referred", _("Referred to the guardianship service")
    NO_SERVICE = "no_service", _("No such service here: the local authority knows")


class GuardianReferral(Fact):
    """A child was referred to the guardianship service of the nation, besides the NRM [T04, MSA s48]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="guardian_referrals")
    outcome = models.CharField(_("what was done"), max_length=15, choices=GuardianOutcome.choices)
    reference = models.CharField(_("their reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["GuardianReferral"].as_manager()

    PRIVACY = FACT_PRIVACY | {"outcome": Privacy.CASE, "reference": Privacy.CASE}
