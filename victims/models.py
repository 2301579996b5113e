"""The room of the person: who they are, how to reach them safely, what they agreed to and already told us."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from clocks import LONDON
from pages.answers import Answer


class AgeBand(models.TextChoices):
    """How old the person is for what we owe them. Not sure is treated as a child [MSA 2015 s51]."""

    ADULT = "adult", _("Adult")
    CHILD = "child", _("Under 18")
    UNSURE = "unsure", _("Not sure - treated as a child")


class OfficerPreference(models.TextChoices):
    """Whom the person would rather speak to."""

    NOT_ASKED = "not_asked", _("Not asked")
    WOMAN = "woman", _("A woman")
    MAN = "man", _("A man")
    NO_PREFERENCE = "no_preference", _("No preference")
    DECLINED = "declined", _("Did not want to say")


class RiskLevel(models.TextChoices):
    """How much danger the person is in now, as last judged."""

    NOT_JUDGED = "not_judged", _("Not judged yet")
    STANDARD = "standard", _("Standard")
    HIGH = "high", _("High")


class Victim(models.Model):
    """A person who may be a victim of modern slavery. `called` is what they want to be called."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(_("what to call them"), max_length=200, blank=True)
    age_band = models.CharField(
        _("age"), max_length=10, choices=AgeBand.choices, default=AgeBand.UNSURE
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    language = models.CharField(_("language and dialect"), max_length=100, blank=True)
    interpreter = models.CharField(
        _("needs an interpreter"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    officer_preference = models.CharField(
        _("would rather speak to"),
        max_length=20,
        choices=OfficerPreference.choices,
        default=OfficerPreference.NOT_ASKED,
    )
    communication_needs = models.CharField(_("communication needs"), max_length=500, blank=True)
    risk = models.CharField(
        _("risk"), max_length=12, choices=RiskLevel.choices, default=RiskLevel.NOT_JUDGED
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedQuerySet["Victim"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "called": Privacy.CASE,
        "age_band": Privacy.CASE,
        "born_on": Privacy.CASE,
        "language": Privacy.CASE,
        "interpreter": Privacy.CASE,
        "officer_preference": Privacy.CASE,
        "communication_needs": Privacy.CASE,
        "risk": Privacy.CASE,
        "merged_into": Privacy.PUBLIC,
        "version": Privacy.PUBLIC,
        "created_at": Privacy.PUBLIC,
    }
    FIELDSETS = {
        _("The person"): ("called", "age_band", "born_on"),
        _("Speaking with them"): (
            "language",
            "interpreter",
            "officer_preference",
            "communication_needs",
        ),
        _("Risk"): ("risk",),
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(age_band__in=AgeBand.values),
                name="victim_age_band_known",
                violation_error_message=_("Choose one of the ages."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_child(self) -> bool:
        """Whether we owe what is owed to a child: under 18, or not sure [MSA 2015 s51]."""
        return self.age_band != AgeBand.ADULT


class Channel(models.TextChoices):
    """A way to reach somebody."""

    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")
    THROUGH_AGENCY = "through_agency", _("Through an agency")


class SafeContact(models.Model):
    """One way to reach the person and the rule for it: safe or not, who may use it, when, what to say.

    `details` (the number or address) and the rule's words lie sealed. A rule is replaced, never changed:
    the earlier one gets `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="safe_contacts")
    channel = models.CharField(_("how"), max_length=20, choices=Channel.choices)
    safe = models.CharField(
        _("is it safe to use?"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    details = EncryptedTextField(_("number or address"), blank=True)
    who_may_use = EncryptedTextField(_("who may use it"), blank=True)
    when = EncryptedTextField(_("when"), blank=True)
    code_word = EncryptedTextField(_("code word"), blank=True)
    who_else_sees = EncryptedTextField(_("who else can see it"), blank=True)
    notes = EncryptedTextField(_("read before using it"), blank=True)
    voicemail = models.CharField(
        _("may we leave a voicemail?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    review_on = models.DateField(_("check again on"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["SafeContact"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "channel": Privacy.SAFE_CONTACT,
        "safe": Privacy.SAFE_CONTACT,
        "details": Privacy.SEALED,
        "who_may_use": Privacy.SEALED,
        "when": Privacy.SEALED,
        "code_word": Privacy.SEALED,
        "who_else_sees": Privacy.SEALED,
        "notes": Privacy.SEALED,
        "voicemail": Privacy.SAFE_CONTACT,
        "review_on": Privacy.PUBLIC,
        "set_at": Privacy.PUBLIC,
        "set_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }
    FIELDSETS = {
        _("How"): ("channel", "safe", "details"),
        _("The rule"): (
            "who_may_use",
            "when",
            "code_word",
            "who_else_sees",
            "voicemail",
            "notes",
            "review_on",
        ),
    }

    STALE_AFTER = timedelta(days=30)

    class Meta:
        ordering = ("-set_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)

    def is_stale(self, at: datetime) -> bool:
        """Whether it must be checked with the person again: its day has come, or 30 days have passed."""
        return self.review_on <= at.astimezone(LONDON).date() or self.set_at + self.STALE_AFTER < at

    @property
    def forbids(self) -> bool:
        """Whether this way must not be used at all."""
        return self.safe == Answer.NO


class Purpose(models.TextChoices):
    """What somebody agrees to. Each is asked for itself."""

    NRM = "nrm", _("Referral to the National Referral Mechanism")
    AGENCY = "agency", _("Sharing with a support agency")
    POLICE_CONTACT = "police_contact", _("Contact by the police")


class ConsentOutcome(models.TextChoices):
    """What the person decided."""

    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Did not agree")
    WITHDRAWN = "withdrawn", _("Took it back")


class ConsentEvent(models.Model):
    """Somebody explained, and the person decided. The latest event for a purpose (and agency) holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("they"), max_length=12, choices=ConsentOutcome.choices)
    language = models.CharField(_("explained in"), max_length=100, blank=True)
    interpreter_used = models.CharField(
        _("through an interpreter"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    decided_at = models.DateTimeField()
    explained_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet["ConsentEvent"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "purpose": Privacy.CASE,
        "agency": Privacy.CASE,
        "outcome": Privacy.CASE,
        "language": Privacy.CASE,
        "interpreter_used": Privacy.CASE,
        "decided_at": Privacy.PUBLIC,
        "explained_by": Privacy.PUBLIC,
        "recorded_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("-decided_at", "-recorded_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(purpose="agency"),
                name="consent_agency_only_for_sharing",
                violation_error_message=_("An agency is named only for sharing with an agency."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Topic(models.TextChoices):
    """A part of what happened to them, so that nobody asks for it twice."""

    CONTROL = "control", _("How they were controlled")
    JOURNEY = "journey", _("Their journey")
    WORK = "work", _("The work they had to do")
    MONEY = "money", _("Money and debts")
    VIOLENCE = "violence", _("Violence and threats")
    FAMILY = "family", _("Their family")
    HEALTH = "health", _("Their health")


class ToldState(models.TextChoices):
    """Whether a topic has been told."""

    TOLD = "told", _("Told us")
    NOT_ASKED = "not_asked", _("Not asked")
    DECLINED = "declined", _("Asked, did not want to say")
    SPECIALIST_ONLY = "specialist_only", _("Ask only by a specialist")


class ToldTopic(models.Model):
    """One topic that the person told (or would not tell): who heard it, when, and where it is recorded."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="told_topics")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    state = models.CharField(_("state"), max_length=20, choices=ToldState.choices)
    summary = models.TextField(_("in a sentence"), blank=True)
    where_recorded = models.CharField(_("where it is recorded"), max_length=200, blank=True)
    why_again = models.CharField(_("why it was asked again"), max_length=500, blank=True)
    heard_at = models.DateTimeField()
    heard_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["ToldTopic"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "topic": Privacy.CASE,
        "state": Privacy.CASE,
        "summary": Privacy.CASE,
        "where_recorded": Privacy.CASE,
        "why_again": Privacy.CASE,
        "heard_at": Privacy.PUBLIC,
        "heard_by": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("topic", "-heard_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class NeedKind(models.TextChoices):
    """What somebody needs; agencies' services say which of these they meet."""

    SAFE_HOUSE = "safe_house", _("A safe place to stay")
    OUTREACH = "outreach", _("A support worker who visits")
    HEALTH = "health", _("Medical care")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal advice")
    IMMIGRATION = "immigration", _("Immigration advice")
    MONEY = "money", _("Money for food and clothes")
    INTERPRETING = "interpreting", _("An interpreter")
    CHILD_GUARDIAN = "child_guardian", _("A guardian for a child")
    WORK = "work", _("Help with work or wages")


class Need(models.Model):
    """Something the person needs, found in a needs assessment; it stays until met or no longer wanted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("need"), max_length=20, choices=NeedKind.choices)
    urgent = models.BooleanField(_("urgent"), default=False)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["Need"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "victim": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "urgent": Privacy.CASE,
        "found_at": Privacy.PUBLIC,
        "found_by": Privacy.PUBLIC,
        "ended_at": Privacy.PUBLIC,
    }

    class Meta:
        ordering = ("kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("victim", "kind"),
                condition=Q(ended_at__isnull=True),
                name="need_once_while_open",
                violation_error_message=_("This need is already recorded."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
