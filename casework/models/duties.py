"""What is done for a person: the crime, the child's authority, their needs, sharing that they no longer want."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from victims.models import Purpose


class CrimeRecord(Fact):
    """The crime in which the person is the victim; every case has one within 24 hours [T01]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="crimes")
    number = models.CharField(_("crime number"), max_length=50)
    other_force = models.CharField(_("if another force recorded it"), max_length=200, blank=True)

    objects = ScopedQuerySet["CrimeRecord"].as_manager()

    PRIVACY = FACT_PRIVACY | {"number": Privacy.CASE, "other_force": Privacy.CASE}

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case", "number"),
                name="crime_once_in_case",
                violation_error_message=_("This crime number is already on the case."),
            ),
        )


class AuthorityTold(Fact):
    """The local authority's children's services were told of a child, or of somebody who may be one [T03]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authorities_told")
    authority = models.CharField(_("local authority"), max_length=200)
    contact_name = models.CharField(_("whom you spoke to"), max_length=200, blank=True)
    reference = models.CharField(_("their reference"), max_length=50, blank=True)

    objects = ScopedQuerySet["AuthorityTold"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "authority": Privacy.CASE,
        "contact_name": Privacy.CASE,
        "reference": Privacy.CASE,
    }


class NeedsAssessment(Fact):
    """The person's needs were assessed; the needs themselves are `victims.Need` rows [T13].

    `support_declined` is their own answer that they want no referral to an agency now.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs_assessments")
    support_declined = models.BooleanField(_("they want no support now"), default=False)

    objects = ScopedQuerySet["NeedsAssessment"].as_manager()

    PRIVACY = FACT_PRIVACY | {"support_declined": Privacy.CASE}


# What rests on agreement and goes to bodies that read nothing here: they stop when somebody tells them.
TOLD_TO_STOP = (Purpose.LOCAL_AUTHORITY, Purpose.HEALTH, Purpose.POLICE_CONTACT)


class StoppedHow(models.TextChoices):
    """What was done after the person took back an agreement."""

    TOLD = "told", _("They were told, and it stopped")
    NOTHING = "nothing", _("Nothing had been done on that agreement")
    LAWFUL = "lawful", _("It goes on for another reason in law")


class SharingStopped(Fact):
    """The person took back an agreement, and this says what was done: who was told to stop, or why it goes on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sharing_stopped")
    purpose = models.CharField(
        _("what they took back"),
        max_length=20,
        choices=[(each.value, each.label) for each in TOLD_TO_STOP],
    )
    how = models.CharField(_("what was done"), max_length=10, choices=StoppedHow.choices)
    told = models.CharField(_("who was told"), max_length=200, blank=True)
    reason = models.TextField(_("which reason in law"), blank=True)

    objects = ScopedQuerySet["SharingStopped"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "purpose": Privacy.CASE,
        "how": Privacy.CASE,
        "told": Privacy.CASE,
        "reason": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "purpose"), name="sharing_stopped_case"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=TOLD_TO_STOP), name="sharing_stopped_of_these"
            ),
            models.CheckConstraint(
                condition=~Q(how="told") | ~Q(told=""),
                name="sharing_stopped_says_who",
                violation_error_message=_("Enter who was told to stop."),
            ),
            models.CheckConstraint(
                condition=~Q(how="lawful") | ~Q(reason=""),
                name="sharing_stopped_says_why_not",
                violation_error_message=_("Enter the reason in law for which it goes on."),
            ),
        )
