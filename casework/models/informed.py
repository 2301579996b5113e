"""What the person was told, when, how and by whom: the evidence that the police did what they owed them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from casework.models.decisions import NrmEvent
from casework.models.investigation import InvestigationEvent
from victims.models import Channel


class Subject(models.TextChoices):
    """What a person is told about."""

    REPORT = "report", _("In writing: the crime number, who their officer is, what happens next")
    COMPENSATION = "compensation", _("How they can ask for compensation")
    HAPPENING = "happening", _("Something that happened in the investigation")
    DECISION = "decision", _("A decision of the Home Office")


class Teller(models.TextChoices):
    """Who told them."""

    POLICE = "police", _("We did")
    AGENCY = "agency", _("Their support agency")
    HOME_OFFICE = "home_office", _("The Home Office")
    PROSECUTORS = "prosecutors", _("The prosecutors or the witness care unit")


class Informed(Fact):
    """The person was told one thing, or was not for the reason given. Append-only [Victims' Code].

    `why_not` is for what must not be told now, or what they asked not to hear: then the duty ends, and
    does not count as done.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="informed")
    subject = models.CharField(_("what about"), max_length=15, choices=Subject.choices)
    happening = models.ForeignKey(
        InvestigationEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="informed"
    )
    decision = models.ForeignKey(
        NrmEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="informed"
    )
    teller = models.CharField(
        _("who told them"), max_length=15, choices=Teller.choices, default=Teller.POLICE
    )
    channel = models.CharField(_("how"), max_length=20, choices=Channel.choices, blank=True)
    unsafe_channel_reason = models.CharField(
        _("why this way, which is not recorded as safe"), max_length=500, blank=True
    )
    why_not = models.CharField(_("why they were not told"), max_length=500, blank=True)

    objects = ScopedQuerySet["Informed"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "subject": Privacy.CASE,
        "happening": Privacy.PUBLIC,
        "decision": Privacy.PUBLIC,
        "teller": Privacy.CASE,
        "channel": Privacy.SAFE_CONTACT,
        "unsafe_channel_reason": Privacy.CASE,
        "why_not": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "subject", "at"), name="informed_case_subject"),)
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(subject="happening", happening__isnull=False, decision__isnull=True)
                    | Q(subject="decision", happening__isnull=True, decision__isnull=False)
                    | Q(
                        subject__in=["report", "compensation"],
                        happening__isnull=True,
                        decision__isnull=True,
                    )
                ),
                name="informed_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(channel="") ^ Q(why_not=""),
                name="informed_how_or_why_not",
                violation_error_message=_("Say how they were told, or why they were not."),
            ),
        )
