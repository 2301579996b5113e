"""What takes a second pair of eyes: reviews, allocation, closing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact


class Review(Fact):
    """A supervisor looked at the whole case and wrote what they found [T40]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    findings = models.TextField(_("what you found, and what happens next"))

    objects = ScopedQuerySet["Review"].as_manager()

    PRIVACY = FACT_PRIVACY | {"findings": Privacy.CASE}


class Allocation(Fact):
    """An officer was made the owner. `shortfalls` are the courses they lacked; then a reason is needed.

    An allocation made in spite of a shortfall is itself reviewed by a specialist lead. `considered` is what the
    proposal rested on, with the version of its rule [casework/proposals.py]; `place` where the owner stood in it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    shortfalls = models.JSONField(default=list)
    override_reason = models.CharField(
        _("why this officer all the same"), max_length=500, blank=True
    )
    override_reviewed_at = models.DateTimeField(null=True, blank=True)
    override_reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    considered = models.JSONField(default=dict, blank=True, db_default={})
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    choice_reason = models.CharField(
        _("why somebody who was not proposed"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
    )
    opened_at = models.DateTimeField(
        null=True, blank=True
    )  # the owner looked at it, or did something in it
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["Allocation"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "owner": Privacy.PUBLIC,
        "shortfalls": Privacy.PUBLIC,
        "override_reason": Privacy.CASE,
        "override_reviewed_at": Privacy.PUBLIC,
        "override_reviewed_by": Privacy.PUBLIC,
        "considered": Privacy.CASE,
        "place": Privacy.PUBLIC,
        "choice_reason": Privacy.CASE,
        "opened_at": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(ended_at__isnull=True),
                name="allocation_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(shortfalls=[]) | ~Q(override_reason=""),
                name="allocation_shortfall_has_reason",
                violation_error_message=_("Say why this officer, although a course is missing."),
            ),
            models.CheckConstraint(
                condition=Q(considered={}) | Q(place__lte=3) | ~Q(choice_reason=""),
                name="allocation_unproposed_has_reason",
                violation_error_message=_("Say why this officer, who was not proposed."),
            ),
            models.CheckConstraint(
                condition=Q(override_reviewed_by__isnull=True) | ~Q(override_reviewed_by=F("by")),
                name="allocation_override_second_person",
                violation_error_message=_("Another lead must review what you decided."),
            ),
        )


class ClosingOutcome(models.TextChoices):
    """How a case ended."""

    SAFE_AND_SUPPORTED = "safe_and_supported", _("Safe, and supported by others")
    INVESTIGATION_ENDED = "investigation_ended", _("Investigation ended, they were told why")
    COURT_ENDED = "court_ended", _("Court case ended")
    TRANSFERRED = "transferred", _("Another force has taken it over")
    NOT_A_VICTIM = "not_a_victim", _("Not a victim of modern slavery")
    DIED = "died", _("The person has died")
    NO_CONTACT = "no_contact", _("Contact was lost, and nobody could reach them")


class Closure(Fact):
    """Somebody asked to close the case (`at`, `by`), and a second officer decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closures")
    outcome = models.CharField(_("how it ended"), max_length=25, choices=ClosingOutcome.choices)
    explanation = models.TextField(_("in your own words"))
    last_safe_contact_at = models.DateTimeField(_("last safe contact"), null=True, blank=True)
    no_contact_reason = models.CharField(_("why there was none"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    objects = ScopedQuerySet["Closure"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "outcome": Privacy.CASE,
        "explanation": Privacy.CASE,
        "last_safe_contact_at": Privacy.CASE,
        "no_contact_reason": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "decided_by": Privacy.PUBLIC,
        "agreed": Privacy.PUBLIC,
        "decision_note": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="closure_needs_second_officer",
                violation_error_message=_("A second officer must agree to close the case."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, agreed__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, agreed__isnull=False),
                name="closure_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(last_safe_contact_at__isnull=False) | ~Q(no_contact_reason=""),
                name="closure_says_last_contact",
                violation_error_message=_(
                    "Say when the last safe contact was, or why there was none."
                ),
            ),
            models.UniqueConstraint(
                fields=("case",), condition=Q(decided_at__isnull=True), name="closure_one_undecided"
            ),
        )
