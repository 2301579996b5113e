"""Every try to reach the person, and whether they are safe."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact
from pages.answers import Answer
from victims.models import Channel, MissingEpisode


class ContactOutcome(models.TextChoices):
    """What came of trying to reach the person."""

    SPOKE = "spoke", _("We spoke")
    TRIED = "tried", _("Tried, no answer")
    DECLINED = "declined", _("They did not want to speak")
    UNSAFE = "unsafe", _("It was not safe to speak")
    SOMEONE_ELSE = "someone_else", _("Somebody else answered")


# Whoever did not want to speak was reached all the same: we know where they are.
REACHED = (ContactOutcome.SPOKE, ContactOutcome.DECLINED)


class Contact(Fact):
    """One try to reach the person and what came of it; each sets when the next is due. Append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    outcome = models.CharField(_("what happened"), max_length=15, choices=ContactOutcome.choices)
    channel = models.CharField(_("how"), max_length=20, choices=Channel.choices)
    unsafe_channel_reason = models.CharField(
        _("why this way, which is not recorded as safe"), max_length=500, blank=True
    )
    note = models.TextField(_("note, in their words"), blank=True)
    safe_tonight = models.CharField(
        _("are they safe tonight?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    next_at = models.DateTimeField(_("next contact"))
    next_reason = models.CharField(_("why a different time"), max_length=500, blank=True)

    lost: bool  # as `record_contact` found it

    objects = ScopedQuerySet["Contact"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "outcome": Privacy.CASE,
        "channel": Privacy.SAFE_CONTACT,
        "unsafe_channel_reason": Privacy.CASE,
        "note": Privacy.CASE,
        "safe_tonight": Privacy.CASE,
        "next_at": Privacy.PUBLIC,
        "next_reason": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (
            models.Index(fields=("case", "-at"), name="contact_case_at"),
            models.Index(  # numbers read whole forces: of each case, when somebody was spoken with
                fields=("case", "at"),
                include=("scope",),
                condition=Q(outcome=ContactOutcome.SPOKE),
                name="contact_spoken",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(next_at__gt=F("at")),
                name="contact_next_is_later",
                violation_error_message=_("The next contact must be after this one."),
            ),
        )


class LostOutcome(models.TextChoices):
    """What is decided about somebody whom nobody can reach."""

    REPORTED = "reported", _("A missing person report is made")
    NOT_NEEDED = "not_needed", _("No missing person report is needed")


class LostContact(Fact):
    """Somebody could not be reached by several tries, and it was considered whether they are missing.

    The report itself and its number are the `episode`. Append-only: it is considered again and again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lost_contacts")
    outcome = models.CharField(
        _("is a missing person report needed?"), max_length=10, choices=LostOutcome.choices
    )
    episode = models.ForeignKey(
        MissingEpisode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("why"), blank=True)
    decided_by = models.CharField(_("who decided it"), max_length=200)

    objects = ScopedQuerySet["LostContact"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "outcome": Privacy.CASE,
        "episode": Privacy.PUBLIC,
        "reason": Privacy.CASE,
        "decided_by": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("case", "-at"), name="lost_contact_case_at"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="reported", episode__isnull=False)
                | (Q(outcome="not_needed", episode__isnull=True) & ~Q(reason="")),
                name="lost_contact_report_or_reason",
                violation_error_message=_("Say which report was made, or why none is needed."),
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=""),
                name="lost_contact_says_who",
                violation_error_message=_("Say who decided it."),
            ),
        )


class SafetyCheck(Fact):
    """Somebody made sure that the person is safe now [super-complaint C2]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_checks")
    apart = models.CharField(
        _("away from whoever exploits them?"), max_length=10, choices=Answer.choices
    )
    medical = models.CharField(_("medical help given?"), max_length=10, choices=Answer.choices)
    tonight = models.CharField(_("a safe place tonight?"), max_length=10, choices=Answer.choices)
    is_safe = models.BooleanField(_("they are safe now"))

    objects = ScopedQuerySet["SafetyCheck"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "apart": Privacy.CASE,
        "medical": Privacy.CASE,
        "tonight": Privacy.CASE,
        "is_safe": Privacy.CASE,
    }
