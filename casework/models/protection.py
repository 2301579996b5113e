"""What must be thought through, and by two people, before it may harm the person: a charge, or sharing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from pages.answers import Answer
from victims.models import AgeBand


class Section45Outcome(models.TextChoices):
    """What somebody found who considered whether the person should be punished at all."""

    MAY_APPLY = "may_apply", _("The defence may apply: do not charge before it is cleared up")
    DOES_NOT_APPLY = "does_not_apply", _("The defence does not apply")
    NOT_AVAILABLE = (
        "not_available",
        _("The offence is in Schedule 4: no defence, the public interest was considered"),
    )


class Section45(Fact):
    """Whether the person must not be punished for what they were made to do [MSA 2015 s45 and Schedule 4].

    In Scotland the Lord Advocate's instructions, in Northern Ireland s22 of the 2015 Act stand for
    section 45. A second officer reviews it; without a reviewed one no charge is recorded.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="section_45s")
    offence = models.CharField(_("which offence"), max_length=200)
    act_on = models.DateField(_("when it was done"), null=True, blank=True)
    age_then = models.CharField(_("how old they were then"), max_length=10, choices=AgeBand.choices)
    schedule_4 = models.BooleanField(_("is the offence in Schedule 4?"))
    findings = models.TextField(_("what you asked, and what you found"))
    prosecutor_told_at = models.DateTimeField(_("prosecutors told"), null=True, blank=True)
    outcome = models.CharField(
        _("what you conclude"), max_length=15, choices=Section45Outcome.choices
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)
    review_note = models.TextField(_("what you say to it"), blank=True)

    objects = ScopedQuerySet["Section45"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "offence": Privacy.CASE,
        "act_on": Privacy.CASE,
        "age_then": Privacy.CASE,
        "schedule_4": Privacy.CASE,
        "findings": Privacy.CASE,
        "prosecutor_told_at": Privacy.PUBLIC,
        "outcome": Privacy.CASE,
        "reviewed_at": Privacy.PUBLIC,
        "reviewed_by": Privacy.PUBLIC,
        "agreed": Privacy.CASE,
        "review_note": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(schedule_4=True, outcome="not_available")
                | (Q(schedule_4=False) & ~Q(outcome="not_available")),
                name="section_45_schedule_4",
                violation_error_message=_(
                    "For an offence in Schedule 4 there is no such defence; for another there is. "
                    "What you conclude must fit."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("by")),
                name="section_45_needs_second_officer",
                violation_error_message=_("Somebody else must review it."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, agreed=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, agreed__isnull=False),
                name="section_45_reviewed_by_and_at",
            ),
        )


class ImmigrationShare(Fact):
    """Somebody asks to tell immigration enforcement about the person (`at`, `by`); the default is no [domain 4.2].

    Nothing is shared without a basis, and a second person who approved it before.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="immigration_shares")
    recipient = models.CharField(_("who would be told"), max_length=200)
    what = models.TextField(_("what would be shared"))
    basis = models.CharField(_("which law allows it"), max_length=300)
    necessity = models.TextField(_("why it is necessary"))
    person_told = models.CharField(
        _("does the person know?"), max_length=10, choices=Answer.choices
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.BooleanField(null=True, blank=True)
    decision_note = models.TextField(_("why"), blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["ImmigrationShare"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "recipient": Privacy.CASE,
        "what": Privacy.CASE,
        "basis": Privacy.CASE,
        "necessity": Privacy.CASE,
        "person_told": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "decided_by": Privacy.PUBLIC,
        "approved": Privacy.CASE,
        "decision_note": Privacy.CASE,
        "shared_at": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(necessity=""),
                name="immigration_share_has_basis",
                violation_error_message=_("Say which law allows it, and why it is necessary."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="immigration_share_needs_second_person",
                violation_error_message=_("Somebody else must decide whether it is shared."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, approved=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="immigration_share_decided_by_and_at",
            ),
            models.CheckConstraint(
                # Said in full: a check that comes to NULL lets the row pass.
                condition=Q(shared_at__isnull=True)
                | Q(
                    approved__isnull=False,
                    approved=True,
                    decided_at__isnull=False,
                    shared_at__gte=F("decided_at"),
                ),
                name="immigration_share_only_approved",
                violation_error_message=_("It was not approved, so it must not be shared."),
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(decided_at__isnull=True),
                name="immigration_share_one_undecided",
                violation_error_message=_("Somebody has asked already; wait for the decision."),
            ),
        )
