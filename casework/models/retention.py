"""How long a case is kept: its group, what must not be disposed of, and who decided what [MoPI, domain 7.2]."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, Unit, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.case import FACT_PRIVACY, Case, Fact


class RetentionGroup(models.TextChoices):
    """What the record is about, as the police sort what they keep. Believed, not read in the source: unverified."""

    ONE = "1", _("Group 1: danger to the public, or a serious offence")
    TWO = "2", _("Group 2: another serious, sexual or violent offence")
    THREE = "3", _("Group 3: any other offence")
    FOUR = "4", _("Group 4: no offence, or nothing detected")


class RetentionDecision(models.TextChoices):
    """What a review of a closed case came to."""

    KEEP = "keep", _("Keep it, and review it again")
    DISPOSE = "dispose", _("Dispose of it, when a second person agrees")


class LegalHold(Fact):
    """Somebody said that a case must not be disposed of: why, and until which day (none: until it is ended)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_holds")
    why = EncryptedTextField(_("why must it be kept?"))
    until = models.DateField(_("until"), null=True, blank=True)  # this day included
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet["LegalHold"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "why": Privacy.SEALED,
        "until": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
        "ended_by": Privacy.PUBLIC,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="legal_hold_ended_by_and_at",
            ),
        )


class RetentionReview(Fact):
    """A closed case was looked at: it is kept, or proposed to be disposed of, which a second person decides."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="retention_reviews")
    group = models.CharField(_("group"), max_length=1, choices=RetentionGroup.choices)
    decision = models.CharField(
        _("what happens to it"), max_length=10, choices=RetentionDecision.choices
    )
    reason = EncryptedTextField(_("why"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(null=True, blank=True)
    note = EncryptedTextField(_("what you checked, or why not"), blank=True)

    objects = ScopedQuerySet["RetentionReview"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "group": Privacy.PUBLIC,
        "decision": Privacy.PUBLIC,
        "reason": Privacy.SEALED,
        "decided_at": Privacy.PUBLIC,
        "decided_by": Privacy.PUBLIC,
        "agreed": Privacy.PUBLIC,
        "note": Privacy.SEALED,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="disposal_needs_second_person",
                violation_error_message=_("You proposed it. A second person must decide."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, agreed__isnull=True)
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    agreed__isnull=False,
                    decision="dispose",
                ),
                name="disposal_decided_by_and_at",
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(decided_at__isnull=True, decision="dispose"),
                name="disposal_one_undecided",
                violation_error_message=_("It is proposed already, and waits for a second person."),
            ),
        )


class DisposalCertificate(models.Model):
    """What was disposed of, and by whom; nothing of what it said. Written by the database as it disposes.

    `counts` and `hashes` are by kind of record: how many rows, and the SHA-256 of what they held; of files the
    SHA-256 of each file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    group = models.CharField(max_length=1, choices=RetentionGroup.choices)
    at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_kept = models.BooleanField()  # another case holds them
    counts = models.JSONField()
    hashes = models.JSONField()

    class Meta:
        ordering = ("-at", "pk")
        indexes = (models.Index(fields=("force", "-at"), name="certificate_of_force"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="certificate_by_two"
            ),
        )

    def __str__(self) -> str:
        return self.reference
