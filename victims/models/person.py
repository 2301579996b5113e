"""Who the person is."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
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
