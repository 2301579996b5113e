"""What is known of the person in any number: names, nationalities, languages, dependants, references."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from pages.answers import Answer
from victims.models.person import Victim

FACT_PRIVACY = {
    "id": Privacy.PUBLIC,
    "scope": Privacy.PUBLIC,
    "victim": Privacy.PUBLIC,
    "recorded_at": Privacy.PUBLIC,
    "recorded_by": Privacy.PUBLIC,
    "ended_at": Privacy.PUBLIC,
    "ended_by": Privacy.PUBLIC,
    "why_ended": Privacy.CASE,
}


class PersonFact(models.Model):
    """Something known of a person. It is never changed: what was wrong ends, and another row says what is so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="%(class)s_facts")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_ended = models.CharField(
        _("why it was taken out"), max_length=500, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True
        ordering = ("recorded_at", "pk")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, why_ended="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, why_ended__regex=r"\S"),
                name="%(class)s_ended_with_a_reason",
                violation_error_message=_("Say why it is taken out."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def words(self) -> list[str]:
        """What it says, a line each, the chief thing first."""
        raise NotImplementedError


class NameKind(models.TextChoices):
    """What a name is to the person."""

    OWN = "own", _("Their own name")
    OTHER = "other", _("Another name they use, or used before")
    PAPERS = "papers", _("In papers that may not be theirs")
    GIVEN = "given", _("Given to them by whoever exploited them")


class PersonName(PersonFact):
    """A name as its bearer writes it, in any script, and in Latin letters."""

    text = models.CharField(_("name, as they write it"), max_length=200)
    latin = models.CharField(_("the same in Latin letters"), max_length=200, blank=True)
    kind = models.CharField(_("what is this name?"), max_length=10, choices=NameKind.choices)

    objects = ScopedQuerySet["PersonName"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "text": Privacy.CASE,
        "latin": Privacy.CASE,
        "kind": Privacy.CASE,
    }
    FIELDSETS = {_("A name"): ("text", "latin", "kind")}

    @property
    def words(self) -> list[str]:
        """The name in both scripts, and what it is."""
        return [self.text, self.latin, self.get_kind_display()]


class Nationality(PersonFact):
    """A country whose national the person is or may be; or that they are of none (stateless)."""

    country = models.CharField(_("country"), max_length=100, blank=True)
    stateless = models.BooleanField(_("no country accepts them as a national"), default=False)
    disputed = models.BooleanField(_("somebody disputes it"), default=False)
    disputed_by = models.CharField(_("who disputes it, and why"), max_length=500, blank=True)

    objects = ScopedQuerySet["Nationality"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "country": Privacy.CASE,
        "stateless": Privacy.CASE,
        "disputed": Privacy.CASE,
        "disputed_by": Privacy.CASE,
    }
    FIELDSETS = {_("A nationality"): ("country", "stateless", "disputed", "disputed_by")}

    class Meta(PersonFact.Meta):
        constraints = (
            *PersonFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(stateless=True, country="") | (Q(stateless=False) & ~Q(country="")),
                name="nationality_country_or_none",
                violation_error_message=_("Enter a country, or tick that they have none."),
            ),
        )

    @property
    def words(self) -> list[str]:
        """The country or none, and the dispute about it."""
        said = _t("Disputed: %s") % self.disputed_by if self.disputed_by else _t("Disputed")
        return [self.country or _t("None (stateless)"), said if self.disputed else ""]


class SpokenLanguage(PersonFact):
    """A language that the person speaks beside the one in which we speak with them."""

    language = models.CharField(_("language"), max_length=100)
    dialect = models.CharField(_("dialect"), max_length=100, blank=True)
    interpreter = models.CharField(
        _("would they need an interpreter in it?"),
        max_length=10,
        choices=Answer.choices,
        default=Answer.NOT_ASKED,
    )
    reads = models.CharField(
        _("can they read it?"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )

    objects = ScopedQuerySet["SpokenLanguage"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "language": Privacy.CASE,
        "dialect": Privacy.CASE,
        "interpreter": Privacy.CASE,
        "reads": Privacy.CASE,
    }
    FIELDSETS = {_("Another language"): ("language", "dialect", "interpreter", "reads")}

    @property
    def words(self) -> list[str]:
        """The language, and what we need to know to use it."""
        needs = {
            Answer.YES: _t("Needs an interpreter in it"),
            Answer.NO: _t("No interpreter needed"),
        }
        reads = {Answer.YES: _t("Can read it"), Answer.NO: _t("Cannot read it")}
        spoken = f"{self.language} ({self.dialect})" if self.dialect else self.language
        return [
            spoken,
            needs.get(Answer(self.interpreter), ""),
            reads.get(Answer(self.reads), ""),
        ]


class Relation(models.TextChoices):
    """Who somebody is to the person."""

    CHILD = "child", _("Their child")
    UNBORN = "unborn", _("A child not born yet")
    PARTNER = "partner", _("Their partner")
    PARENT = "parent", _("Their parent")
    SIBLING = "sibling", _("Their brother or sister")
    OTHER = "other", _("Somebody else")


class Dependant(PersonFact):
    """Somebody who depends on the person, in whose care they are, and whether they are safe."""

    called = models.CharField(_("what are they called?"), max_length=200, blank=True)
    relation = models.CharField(
        _("who are they to the person?"), max_length=10, choices=Relation.choices
    )
    age = models.CharField(_("how old are they?"), max_length=50, blank=True)
    in_care_of = models.CharField(_("in whose care are they now?"), max_length=200, blank=True)
    where = EncryptedTextField(_("where are they?"), blank=True)
    safe = models.CharField(
        _("are they safe?"), max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED
    )

    objects = ScopedQuerySet["Dependant"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "called": Privacy.CASE,
        "relation": Privacy.CASE,
        "age": Privacy.CASE,
        "in_care_of": Privacy.CASE,
        "where": Privacy.SEALED,
        "safe": Privacy.CASE,
    }
    FIELDSETS = {
        _("Somebody who depends on them"): (
            "relation",
            "called",
            "age",
            "in_care_of",
            "where",
            "safe",
        )
    }

    @property
    def words(self) -> list[str]:
        """Who they are, in whose care and whether safe; never where."""
        who = [self.get_relation_display(), self.called, self.age]
        safe = {
            Answer.YES: _t("Safe"),
            Answer.NO: _t("Not safe"),
            Answer.NOT_KNOWN: _t("Not known whether they are safe"),
        }
        return [
            ", ".join(part for part in who if part),
            _t("In the care of %s") % self.in_care_of if self.in_care_of else "",
            safe.get(Answer(self.safe), _t("Not asked whether they are safe")),
        ]


class ReferenceKind(models.TextChoices):
    """Who knows the person under a number."""

    HOME_OFFICE = "home_office", _("Home Office")
    PASSPORT = "passport", _("Passport or identity card")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    HEALTH = "health", _("Health service")
    POLICE = "police", _("Another police record")
    OTHER = "other", _("Another")


class Reference(PersonFact):
    """A number under which others know the person."""

    kind = models.CharField(_("whose number is it?"), max_length=16, choices=ReferenceKind.choices)
    number = models.CharField(_("number"), max_length=100)
    about = models.CharField(_("what is it?"), max_length=200, blank=True)

    objects = ScopedQuerySet["Reference"].as_manager()

    PRIVACY = FACT_PRIVACY | {
        "kind": Privacy.CASE,
        "number": Privacy.CASE,
        "about": Privacy.CASE,
    }
    FIELDSETS = {_("A number"): ("kind", "number", "about")}

    @property
    def words(self) -> list[str]:
        """The number, whose it is and what."""
        return [self.number, self.get_kind_display(), self.about]


class FactKind(models.TextChoices):
    """What may be known in any number, as addresses and the history name it."""

    NAME = "name", _("Names, in any script")
    NATIONALITY = "nationality", _("Nationalities, or none")
    LANGUAGE = "language", _("Other languages")
    DEPENDANT = "dependant", _("Who depends on them")
    REFERENCE = "reference", _("Numbers others know them by")


KINDS: dict[FactKind, type[PersonFact]] = {
    FactKind.NAME: PersonName,
    FactKind.NATIONALITY: Nationality,
    FactKind.LANGUAGE: SpokenLanguage,
    FactKind.DEPENDANT: Dependant,
    FactKind.REFERENCE: Reference,
}
