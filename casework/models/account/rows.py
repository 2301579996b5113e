"""What the account holds any number of: situations, places, people and organisations, files."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import Privacy
from accounts.scoping import ScopedQuerySet
from accounts.sealed import EncryptedTextField
from casework.models.account.part import PART_PRIVACY, Recorded, in_their_words, yes_or_no
from casework.models.case import Case

Row = TypeVar("Row", bound="OfMany")


class RowKind(models.TextChoices):
    """What the account holds any number of, as addresses and the history name it."""

    SITUATION = "situation", _("A situation of exploitation")
    PLACE = "place", _("A place")
    PARTY = "party", _("A person or an organisation")
    FILE = "file", _("A file")


class RowQuerySet(ScopedQuerySet[Row]):
    """What the account holds any number of, by whether it is in the account now."""

    def standing(self) -> Self:
        """Those that nobody has taken out."""
        return self.filter(taken_out_at__isnull=True)


class OfMany(Recorded):
    """One of any number in the account. It is never deleted: taken out, it says by whom, when and why."""

    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_taken_out = models.CharField(_("why it was taken out"), max_length=500, blank=True)

    class Meta(Recorded.Meta):
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None, why_taken_out="")
                | Q(taken_out_at__isnull=False, why_taken_out__regex=r"\S"),
                name="%(class)s_out_with_a_reason",
                violation_error_message=_("Say why it is taken out of the account."),
            ),
        )
        abstract = True


ROW_PRIVACY = PART_PRIVACY | {
    "taken_out_at": Privacy.PUBLIC,
    "taken_out_by": Privacy.PUBLIC,
    "why_taken_out": Privacy.CASE,
}


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("To the day")
    MONTH = "month", _("To the month")
    YEAR = "year", _("To the year")
    ABOUT = "about", _("About then")


class SituationKind(models.TextChoices):
    """What the person was made to do or suffer, as the national form tells them apart."""

    FORCED_WORK = "forced_work", _("Work: forced to work for little or nothing")
    WAGES_TAKEN = "wages_taken", _("Work: wages taken away")
    FORCED_FRAUD = "forced_fraud", _("Work: forced to commit fraud")
    PROSTITUTION = "prostitution", _("Sexual: forced prostitution")
    CHILD_SEXUAL = "child_sexual", _("Sexual: sexual exploitation of a child")
    HELD_ASSAULTED = "held_assaulted", _("Sexual: taken, held and sexually assaulted")
    FORCED_CRIME = "forced_crime", _("Crime: forced to commit crime")
    ORGANS = "organs", _("Crime: organs removed")
    HOUSEHOLD = "household", _("In a home: household work for little or no pay")
    OTHER = "other", _("Another kind")


class Situation(OfMany):
    """One time in which the person was exploited: what kind, when, by whom, what it was like, how it ended.

    What was told of several situations in one breath is one row, until it is told apart.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="situations")
    position = models.PositiveSmallIntegerField(default=1)
    kinds = models.JSONField(_("what kinds of exploitation were there?"), default=list, blank=True)
    other_kind = in_their_words(_("the other kind of exploitation"))
    when = in_their_words(_("when it began and ended, as they remember it"))
    began_on = models.DateField(_("date it began, if it is known"), null=True, blank=True)
    began_precision = models.CharField(
        _("how exactly is its beginning known?"),
        max_length=10,
        choices=Precision.choices,
        blank=True,
    )
    ended_on = models.DateField(_("date it ended, if it is known"), null=True, blank=True)
    ended_precision = models.CharField(
        _("how exactly is its end known?"), max_length=10, choices=Precision.choices, blank=True
    )
    beginning = in_their_words(_("how it began: what was promised, expected, offered"))
    taken_somewhere = yes_or_no(_("did the exploiters take them anywhere?"))
    journeys = in_their_words(_("the journeys: routes, transport, landmarks, times"))
    required = in_their_words(_("what they had to do, for how long, with which breaks"))
    living = in_their_words(_("how they lived: where they slept, washed and ate"))
    treatment = in_their_words(_("how they were treated: held, threatened, hurt, papers taken"))
    ongoing = yes_or_no(_("are they still being exploited?"))
    what_keeps_them = in_their_words(_("what keeps them from leaving"))
    how_it_ended = in_their_words(_("how and why they got away, who decided, who helped"))

    objects = RowQuerySet["Situation"].as_manager()

    PRIVACY = ROW_PRIVACY | {
        "position": Privacy.PUBLIC,
        "kinds": Privacy.CASE,
        "other_kind": Privacy.CASE,
        "when": Privacy.CASE,
        "began_on": Privacy.CASE,
        "began_precision": Privacy.CASE,
        "ended_on": Privacy.CASE,
        "ended_precision": Privacy.CASE,
        "beginning": Privacy.CASE,
        "taken_somewhere": Privacy.CASE,
        "journeys": Privacy.CASE,
        "required": Privacy.CASE,
        "living": Privacy.CASE,
        "treatment": Privacy.CASE,
        "ongoing": Privacy.CASE,
        "what_keeps_them": Privacy.CASE,
        "how_it_ended": Privacy.CASE,
    }
    FIELDSETS = {
        _("What kind"): ("kinds", "other_kind"),
        _("When"): ("when", "began_on", "began_precision", "ended_on", "ended_precision"),
        _("How it began"): ("beginning", "taken_somewhere", "journeys"),
        _("What it was like"): ("required", "living", "treatment"),
        _("How it ended"): ("ongoing", "what_keeps_them", "how_it_ended"),
    }

    class Meta(OfMany.Meta):
        ordering = ("case", "position", "pk")


class PlaceKind(models.TextChoices):
    """Whether a place is a town of the UK or a country overseas."""

    UK = "uk", _("A town or city in the UK")
    OVERSEAS = "overseas", _("A country overseas")


class Place(OfMany):
    """A town of the UK, or a country overseas, in which it happened; the first ten of each leave by name."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="places")
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    kind = models.CharField(_("what kind of place?"), max_length=10, choices=PlaceKind.choices)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("its name, as the Home Office lists it"), max_length=100)

    objects = RowQuerySet["Place"].as_manager()

    PRIVACY = ROW_PRIVACY | {
        "situation": Privacy.PUBLIC,
        "kind": Privacy.CASE,
        "position": Privacy.PUBLIC,
        "name": Privacy.CASE,
    }
    FIELDSETS = {_("The place"): ("kind", "name", "situation")}

    class Meta(OfMany.Meta):
        ordering = ("case", "kind", "position", "pk")
        constraints = (
            *OfMany.Meta.constraints,
            models.UniqueConstraint(
                fields=("case", "kind", "position"),
                condition=Q(taken_out_at=None),
                name="place_position_once",
            ),
        )


class PartyRole(models.TextChoices):
    """What part somebody has in the account."""

    EXPLOITER = "exploiter", _("Exploited them, or helped to")
    VICTIM = "victim", _("May be a victim too")
    FAMILY = "family", _("Family")
    PROFESSIONAL = "professional", _("Works with them: an agency or a professional")
    WITNESS = "witness", _("Saw or heard something")


class Party(OfMany):
    """A person or an organisation that the account names, once; in one situation or, without one, in all."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    situation = models.ForeignKey(
        Situation, on_delete=models.PROTECT, null=True, blank=True, related_name="parties"
    )
    role = models.CharField(_("what part do they have?"), max_length=15, choices=PartyRole.choices)
    organisation = models.BooleanField(_("this is an organisation, not a person"), default=False)
    name = models.CharField(_("their name, as it is known"), max_length=500, blank=True)
    also_known_as = models.CharField(_("nicknames and other names"), max_length=500, blank=True)
    description = in_their_words(
        _("what is known of them: looks, languages, vehicles, online names")
    )
    reach = EncryptedTextField(_("phone numbers and addresses of theirs"), blank=True)

    objects = RowQuerySet["Party"].as_manager()

    PRIVACY = ROW_PRIVACY | {
        "situation": Privacy.PUBLIC,
        "role": Privacy.CASE,
        "organisation": Privacy.CASE,
        "name": Privacy.CASE,
        "also_known_as": Privacy.CASE,
        "description": Privacy.CASE,
        "reach": Privacy.SEALED,
    }
    FIELDSETS = {
        _("Who"): ("role", "organisation", "name", "also_known_as", "situation"),
        _("What is known"): ("description", "reach"),
    }

    class Meta(OfMany.Meta):
        ordering = ("case", "role", "pk")
        verbose_name_plural = "parties"


class EvidenceFile(OfMany):
    """A file that goes with the report, described; the file itself stays where the force keeps evidence.

    `listed_as` and `remote_id` are those of the Home Office's service, when it came from there.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence_files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name of the file"), max_length=500)
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    shows = in_their_words(_("what the file shows"))
    dated = models.CharField(_("its date, as far as it is known"), max_length=100, blank=True)
    kept_at = models.CharField(_("where it is kept"), max_length=2000, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    listed_as = models.CharField(max_length=40, blank=True)

    objects = RowQuerySet["EvidenceFile"].as_manager()

    PRIVACY = ROW_PRIVACY | {
        "position": Privacy.PUBLIC,
        "name": Privacy.CASE,
        "media_type": Privacy.CASE,
        "shows": Privacy.CASE,
        "dated": Privacy.CASE,
        "kept_at": Privacy.CASE,
        "remote_id": Privacy.CASE,
        "listed_as": Privacy.PUBLIC,
    }
    FIELDSETS = {_("The file"): ("name", "media_type", "shows", "dated", "kept_at")}

    class Meta(OfMany.Meta):
        ordering = ("case", "position", "pk")


ROWS: dict[RowKind, type[Situation] | type[Place] | type[Party] | type[EvidenceFile]] = {
    RowKind.SITUATION: Situation,
    RowKind.PLACE: Place,
    RowKind.PARTY: Party,
    RowKind.FILE: EvidenceFile,
}
