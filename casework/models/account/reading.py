"""A second reader of what the Home Office is told, where whoever sends it is not in date for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from casework.models.case import FACT_PRIVACY, Case, Fact

LONGEST = 1000


class Verdict(models.TextChoices):
    """What the second reader found."""

    FIT = "fit", _("It says what it must")
    PUT_RIGHT = "put_right", _("Something must be put right")


class ReadingStep(models.TextChoices):
    """What a line of the history says of it; the words stay on the page."""

    ASKED = "asked", _("Somebody is asked to read it first")
    UNREAD = "unread", _("Sent before anybody in date had read it")
    FIT = "read_fit", _("Read by somebody in date: it says what it must")
    PUT_RIGHT = "read_put_right", _("Read by somebody in date: something must be put right")


class NrmReading(Fact):
    """Somebody in date is asked to read what the Home Office is told; `at` is when. Read once, by somebody else.

    `sent`: whether it had left, and then `why` it could not wait. `digest` is that of the answers that are read:
    empty before they are, and where they were sent outside Holdfast. `shortfalls` are what whoever asked lacked.
    `left_at`: it left before whoever was asked had read it, sent by somebody in date or with a reading of its own owed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nrm_readings")
    sent = models.BooleanField(_("had it left?"))
    shortfalls = models.JSONField(default=list, blank=True)
    why = models.TextField(_("why it could not wait"), max_length=LONGEST, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict = models.CharField(
        _("what they found"), max_length=10, choices=Verdict.choices, blank=True
    )
    words = models.TextField(_("what must be put right"), max_length=LONGEST, blank=True)

    objects = ScopedQuerySet["NrmReading"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "sent": Privacy.PUBLIC,
        "shortfalls": Privacy.PUBLIC,
        "why": Privacy.CASE,
        "digest": Privacy.PUBLIC,
        "left_at": Privacy.PUBLIC,
        "read_at": Privacy.PUBLIC,
        "read_by": Privacy.PUBLIC,
        "verdict": Privacy.PUBLIC,
        "words": Privacy.CASE,
    }

    class Meta(Fact.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(read_at__isnull=True, left_at__isnull=True, sent=False),
                name="reading_asked_once",
                violation_error_message=_("Somebody is asked to read it already."),
            ),
            models.CheckConstraint(
                condition=Q(sent=False, why="") | Q(sent=True, why__regex=r"\S"),
                name="reading_unread_says_why",
                violation_error_message=_("Say why it could not wait until somebody had read it."),
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(sent=False, read_at__isnull=True),
                name="reading_left_unread",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True, verdict="", words="")
                | Q(
                    read_at__isnull=False,
                    read_by__isnull=False,
                    verdict=Verdict.FIT.value,
                    words="",
                )
                | Q(
                    read_at__isnull=False,
                    read_by__isnull=False,
                    verdict=Verdict.PUT_RIGHT.value,
                    words__regex=r"\S",
                ),
                name="reading_read_by_and_at",
                violation_error_message=_("Say what must be put right."),
            ),
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("by")),
                name="reading_read_by_another",
                violation_error_message=_("Somebody else must read it."),
            ),
        )
