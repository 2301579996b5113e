"""What a specialist was asked about a case, and what they answered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact

LONGEST = 2000


class AdviceStep(models.TextChoices):
    """What a line of the history says of it; the words stay on the page of advice."""

    ASKED = "asked", _("A specialist was asked")
    ANSWERED = "answered", _("A specialist answered")


class Advice(Fact):
    """Somebody asked a specialist about a case; `at` is when. Answered once, by somebody else; then read."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice")
    urgent = models.BooleanField(_("is it urgent?"))
    question = models.TextField(_("the question"), max_length=LONGEST)
    answer = models.TextField(_("the answer"), max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["Advice"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "urgent": Privacy.PUBLIC,
        "question": Privacy.CASE,
        "answer": Privacy.CASE,
        "answered_at": Privacy.PUBLIC,
        "answered_by": Privacy.PUBLIC,
        "read_at": Privacy.PUBLIC,
        "read_by": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="advice_case_at"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, answer__regex=r"\S"),
                name="advice_answered_by_and_at",
                violation_error_message=_("Enter an answer."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("by")),
                name="advice_answered_by_another",
                violation_error_message=_("Somebody else must answer what you asked."),
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, answered_at__isnull=False),
                name="advice_read_once_answered",
            ),
        )
