"""What they agreed to, as events."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import Case, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from pages.answers import Answer
from victims.models.person import Victim


class Purpose(models.TextChoices):
    """What somebody agrees to. Each is asked for itself."""

    NRM = "nrm", _("Referral to the National Referral Mechanism")
    AGENCY = "agency", _("Sharing with a support agency")
    ACCOUNT = "account", _("Passing on what they told us, in full, to a support agency")
    POLICE_CONTACT = "police_contact", _("Contact by the police")
    LOCAL_AUTHORITY = "local_authority", _("Sharing with the local authority")
    HEALTH = "health", _("Sharing with health services")


# Where one agency may be meant, or all of them.
FOR_AGENCIES = frozenset({Purpose.AGENCY, Purpose.ACCOUNT})


class ConsentOutcome(models.TextChoices):
    """What the person decided."""

    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Did not agree")
    WITHDRAWN = "withdrawn", _("Took it back")
    NO_CAPACITY = "no_capacity", _("Could not decide this: they lack capacity")


class BestInterests(models.TextChoices):
    """What was decided for an adult who could not decide it themselves [Mental Capacity Act 2005 s1(5), s4]."""

    GO_AHEAD = "go_ahead", _("Go ahead: it is in their best interests")
    DO_NOT = "do_not", _("Do not: it is not in their best interests")


# What carries a referral or sharing: their own yes, or a decision in the best interests of who could not decide.
ALLOWS = Q(outcome=ConsentOutcome.GIVEN) | Q(best_interests=BestInterests.GO_AHEAD)


class Notice(models.TextChoices):
    """The written notice that was explained: which words the person heard about what happens to their data."""

    FORCE_2026 = "force-2026-11", _("The force's privacy notice, November 2026")
    NRM_2023 = "nrm-2023-12", _("The Home Office's NRM notice, December 2023")
    SPOKEN = "spoken", _("Explained in words only")


class ConsentQuerySet(ScopedQuerySet["ConsentEvent"]):
    """Decisions of people, by what holds."""

    def latest_first(self) -> Self:
        """The one that holds first: decided last; of two at one moment the one recorded last, else the "no"."""
        said_no = Case(When(ALLOWS, then=Value(1)), default=Value(0))
        return self.order_by("-decided_at", "-recorded_at", said_no, "pk")

    def about(self, purpose: str, agency: Agency | None = None) -> Self:
        """Decisions on a purpose: about every agency, and about this one."""
        return self.filter(Q(agency=None) | Q(agency=agency), purpose=purpose).latest_first()

    def holding(self, purpose: str, agency: Agency | None = None) -> "ConsentEvent | None":
        """The decision that holds now; None if they were never asked."""
        return self.about(purpose, agency).first()

    def carrying(
        self, victim: Victim, purpose: str, agency: Agency | None = None
    ) -> "ConsentEvent | None":
        """The decision that holds now, which says as `carries` whether referral or sharing may rest on it.

        Every merged record of the person is asked for that, also those that the reader may not see; of them
        nothing else is told.
        """
        agreed = Func(
            Value(victim.pk, models.UUIDField()),
            Value(str(purpose)),
            Value(agency.pk if agency else None, models.UUIDField()),
            function="victims_agreed",
            output_field=models.BooleanField(),
        )
        found: Any = self.about(purpose, agency).annotate(agreed=agreed).first()
        if found is not None:
            found.carries = found.allows and found.agreed
        word: ConsentEvent | None = found
        return word


class ConsentEvent(models.Model):
    """Somebody explained, and the person decided. The latest event for a purpose (and agency) holds.

    For an adult who could not decide it, it says who decided in their best interests, what and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("they"), max_length=12, choices=ConsentOutcome.choices)
    reason = models.TextField(_("why, in their words"), blank=True)
    best_interests = models.CharField(
        _("what was decided in their best interests"),
        max_length=10,
        choices=BestInterests.choices,
        blank=True,
        default="",
        db_default="",
    )
    best_interests_by = models.CharField(
        _("who decided in their best interests"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )
    best_interests_why = models.TextField(
        _("why they could not decide, and why this is best for them"),
        blank=True,
        default="",
        db_default="",
    )
    language = models.CharField(_("explained in"), max_length=100, blank=True)
    interpreter_used = models.CharField(
        _("through an interpreter"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    interpreter = models.CharField(_("which interpreter"), max_length=200, blank=True)
    notice = models.CharField(_("which notice"), max_length=20, choices=Notice.choices, blank=True)
    decided_at = models.DateTimeField()
    explained_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    carries: bool  # as `ConsentQuerySet.carrying` found it

    objects = ConsentQuerySet.as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "purpose": Privacy.CASE,
        "agency": Privacy.CASE,
        "outcome": Privacy.CASE,
        "reason": Privacy.CASE,
        "best_interests": Privacy.CASE,
        "best_interests_by": Privacy.CASE,
        "best_interests_why": Privacy.CASE,
        "language": Privacy.CASE,
        "interpreter_used": Privacy.CASE,
        "interpreter": Privacy.CASE,
        "notice": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "explained_by": Privacy.PUBLIC,
        "recorded_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-decided_at", "-recorded_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(purpose__in=("agency", "account")),
                name="consent_agency_only_for_sharing",
                violation_error_message=_("An agency is named only for sharing with an agency."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="no_capacity", best_interests__in=BestInterests.values)
                & ~Q(best_interests_by="")
                & ~Q(best_interests_why="")
                | ~Q(outcome="no_capacity")
                & Q(best_interests="", best_interests_by="", best_interests_why=""),
                name="consent_best_interests_by_and_why",
                violation_error_message=_(
                    "Say who decided in their best interests, what and why; only if they could not decide."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def allows(self) -> bool:
        """Whether it carries a referral or sharing (`ALLOWS`)."""
        return self.outcome == ConsentOutcome.GIVEN or self.best_interests == BestInterests.GO_AHEAD
