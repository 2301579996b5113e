"""What is done once for every person: the crime, the child's authority, their needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact


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
