"""Who the person is."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import dateformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.models import Scope
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from pages.answers import Answer
from victims.ages import MAJORITY, Precision, ages, majority

# What the person said is kept as they said it: as long as the longest box of the national form.
AS_TOLD = 15_000


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


class Gender(models.TextChoices):
    """How the person describes their gender; left empty it was not asked."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Neither, or another word of their own")


def owed_as_child(person: str = "victim") -> Q:
    """Of whom, as far as is recorded, what is owed to a child is owed: `Victim.on_record_as_child`, in a question."""
    doubted = ~Q(**{f"{person}__age_band": AgeBand.ADULT}) | Q(**{f"{person}__age_disputed": True})
    return Q(doubted, **{f"{person}__of_age_on": None}) | Q(
        **{f"{person}__of_age_on__gt": date.min}
    )


class Victim(models.Model):
    """A person who may be a victim of modern slavery. `called` is what they want to be called.

    `unanswered` says of a field why it holds no answer, who wrote that down and when. `of_age_on` is the day from
    which no record that is read as one with this leaves a doubt that they are 18 (`date.min`: none does, `date.max`:
    not determined); empty for a record that is read alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(_("what to call them"), max_length=200, blank=True)
    age_band = models.CharField(
        _("age"), max_length=10, choices=AgeBand.choices, default=AgeBand.UNSURE
    )
    age_disputed = models.BooleanField(_("age disputed"), default=False, db_default=False)
    first_name = models.CharField(_("first name"), max_length=AS_TOLD, blank=True)
    last_name = models.CharField(_("last name"), max_length=AS_TOLD, blank=True)
    nickname = models.CharField(
        _("other names, also those used while they were exploited"), max_length=AS_TOLD, blank=True
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    born_precision = models.CharField(
        _("how exactly is it known?"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        db_default=Precision.DAY,
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    nationality = models.CharField(_("nationality"), max_length=100, blank=True)
    second_nationality = models.CharField(_("second nationality"), max_length=100, blank=True)
    has_children = models.CharField(
        _("has children"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    children_count = models.PositiveIntegerField(_("how many children"), null=True, blank=True)
    language = models.CharField(_("language and dialect"), max_length=AS_TOLD, blank=True)
    interpreter = models.CharField(
        _("needs an interpreter"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )
    officer_preference = models.CharField(
        _("would rather speak to"),
        max_length=20,
        choices=OfficerPreference.choices,
        default=OfficerPreference.NOT_ASKED,
    )
    communication_help = models.CharField(
        _("needs other help to communicate"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    communication_needs = models.CharField(_("communication needs"), max_length=AS_TOLD, blank=True)
    has_home_office_reference = models.CharField(
        _("has a Home Office reference"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    home_office_references = models.CharField(
        _("Home Office references, each with its type"), max_length=AS_TOLD, blank=True
    )
    risk = models.CharField(
        _("risk"), max_length=12, choices=RiskLevel.choices, default=RiskLevel.NOT_JUDGED
    )
    missing_since = models.DateTimeField(_("missing since"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_records"
    )
    # The database keeps it [victims/migrations/0012].
    of_age_on = models.DateField(null=True, blank=True, editable=False)
    unanswered = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedQuerySet["Victim"].as_manager()

    PRIVACY = {
        "id": Privacy.PUBLIC,
        "scope": Privacy.PUBLIC,
        "called": Privacy.CASE,
        "age_band": Privacy.CASE,
        "first_name": Privacy.CASE,
        "last_name": Privacy.CASE,
        "nickname": Privacy.CASE,
        "age_disputed": Privacy.CASE,
        "born_on": Privacy.CASE,
        "born_precision": Privacy.CASE,
        "gender": Privacy.CASE,
        "nationality": Privacy.CASE,
        "second_nationality": Privacy.CASE,
        "has_children": Privacy.CASE,
        "children_count": Privacy.CASE,
        "language": Privacy.CASE,
        "interpreter": Privacy.CASE,
        "officer_preference": Privacy.CASE,
        "communication_help": Privacy.CASE,
        "communication_needs": Privacy.CASE,
        "has_home_office_reference": Privacy.CASE,
        "home_office_references": Privacy.CASE,
        "risk": Privacy.CASE,
        "missing_since": Privacy.CASE,
        "merged_into": Privacy.PUBLIC,
        "of_age_on": Privacy.CASE,
        "unanswered": Privacy.CASE,
        "version": Privacy.PUBLIC,
        "created_at": Privacy.PUBLIC,
    }
    FIELDSETS = {
        _("The person"): (
            "called",
            "first_name",
            "last_name",
            "nickname",
            "gender",
            "nationality",
            "second_nationality",
            "has_children",
            "children_count",
        ),
        _("Age"): ("age_band", "born_on", "born_precision"),
        _("Speaking with them"): (
            "language",
            "interpreter",
            "officer_preference",
            "communication_help",
            "communication_needs",
        ),
        _("References"): ("has_home_office_reference", "home_office_references"),
        _("Risk"): ("risk",),
    }

    class Meta:
        indexes = (models.Index(Coalesce("merged_into", "id"), name="victim_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(age_band__in=AgeBand.values),
                name="victim_age_band_known",
                violation_error_message=_("Choose one of the ages."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def band_by_birth(self) -> AgeBand:
        """The age that the birth date leaves: what was thought, unless the date says otherwise for certain."""
        band = AgeBand(self.age_band)
        if self.born_on is None:
            return band
        today, turns = clocks.today(), majority(self.born_on, self.born_precision)
        if today >= turns.latest:
            return AgeBand.ADULT
        return AgeBand.CHILD if today < turns.earliest else band

    @property
    def band(self) -> AgeBand:
        """How old they are for what we owe them today: a dispute, then a birth date, then what was thought.

        Of merged records every doubt counts, until it is determined.
        """
        alone = AgeBand.UNSURE if self.age_disputed else self.band_by_birth()
        if self.of_age_on is None:
            return alone
        if clocks.today() >= self.of_age_on:
            return AgeBand.ADULT
        return AgeBand.UNSURE if alone == AgeBand.ADULT else alone

    @property
    def in_doubt(self) -> bool:
        """Whether somebody disputes their age, or a record that is read as one with this doubts that they are 18."""
        return self.age_disputed or (self.of_age_on is not None and self.is_child)

    @property
    def on_record_as_child(self) -> bool:
        """Whether nobody recorded yet that they are an adult; whoever came of age since is on record by their word."""
        if self.of_age_on is None:
            return self.age_disputed or self.age_band != AgeBand.ADULT
        return self.of_age_on > date.min

    @property
    def is_child(self) -> bool:
        """Whether we owe today what is owed to a child: under 18, perhaps under 18, or disputed [MSA 2015 s51].

        A birth date that settles it comes before what was thought when they were met.
        """
        return self.band != AgeBand.ADULT

    @property
    def age_words(self) -> str:
        """How old they are, in a few words: "Adult, 34", "Under 18, 17", "17 or 18 - treated as a child"."""
        if self.age_disputed:
            return _t("Age disputed - treated as a child")
        if self.of_age_on is not None and self.band != self.band_by_birth():
            return (
                _t("In doubt - treated as a child") if self.is_child else str(AgeBand.ADULT.label)
            )
        if self.born_on is None:
            return str(AgeBand(self.age_band).label)
        return self._age_by_birth(self.born_on, clocks.today())

    @property
    def born_words(self) -> str:
        """The birth date, as exactly as it is known: "3 March 2008", "March 2008", "2008", "about 2008"."""
        if self.born_on is None:
            return ""
        forms = {Precision.DAY: "j F Y", Precision.MONTH: "F Y"}
        words = dateformat.format(self.born_on, forms.get(Precision(self.born_precision), "Y"))
        return _t("about %s") % words if self.born_precision == Precision.ABOUT else words

    def _age_by_birth(self, born_on: date, today: date) -> str:
        youngest, oldest = ages(born_on, self.born_precision, today)
        if self.born_precision == Precision.ABOUT:
            years = _t("about %d") % ((youngest + oldest) // 2)
        elif youngest == oldest:
            years = str(oldest)
        else:
            years = _t("%(youngest)d or %(oldest)d") % {"youngest": youngest, "oldest": oldest}
        if youngest >= MAJORITY or not self.is_child:
            return _t("Adult, %s") % years
        if oldest < MAJORITY:
            return _t("Under 18, %s") % years
        return _t("%s - treated as a child") % years.capitalize()
