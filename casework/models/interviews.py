"""Interviews of the person for evidence: who asked them, and whether they were trained for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact


class Untrained(models.TextChoices):
    """What the interviewer lacked on that day."""

    MISSING = "missing", _("Not trained to interview them")
    LAPSED = "lapsed", _("Their training had lapsed")


class Interview(Fact):
    """The person was interviewed for evidence. Of somebody untrained it says why, and another lead reviews it.

    `as_child` is whether they were owed what is owed to a child then: another course is asked for [domain 6.3].
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interviews")
    interviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    as_child = models.BooleanField()
    lacked = models.CharField(
        _("what they lacked"), max_length=10, choices=Untrained.choices, blank=True
    )
    why = models.TextField(_("why they interviewed all the same"), max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["Interview"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "interviewer": Privacy.PUBLIC,
        "as_child": Privacy.CASE,
        "lacked": Privacy.PUBLIC,
        "why": Privacy.CASE,
        "reviewed_at": Privacy.PUBLIC,
        "reviewed_by": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="interview_case_at"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(lacked="") | Q(why__regex=r"\S"),
                name="interview_untrained_says_why",
                violation_error_message=_("Say why somebody who is not trained interviewed them."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="interview_reviewed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | (~Q(reviewed_by=F("by")) & ~Q(reviewed_by=F("interviewer"))),
                name="interview_reviewed_by_another",
                violation_error_message=_("Somebody who had no part in it must review it."),
            ),
        )
