"""The whole record of one case as the form sees it: read in few questions to the database, answered key by key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.scoping import NotVisible
from casework.models import Case, EvidenceFile, LastContact, Missing, Party, Place, Said, Situation
from casework.nrm.elsewhere import with_elsewhere
from casework.nrm.form import Question, questions
from casework.nrm.homes import (
    HOMES,
    MOST_PLACES,
    PARTS,
    PERSON,
    PLACE,
    SITUATION,
    Consent,
    Field,
    Files,
    Home,
    Kind,
    Slot,
    Tick,
    Ways,
)
from casework.nrm.rules import AGE, CONSENT, Answers, Branch, branch_of, gaps, leaving
from casework.records import nrm_word
from pages.answers import Answer
from victims.models import AgeBand, BestInterests, ConsentOutcome, Precision

# The form has no "not known". Where it takes words it gets these; where it has an option that says so, that one.
IN_WORDS = {
    Missing.NOT_KNOWN: "Not known",
    Missing.NOT_ASKED: "Not asked",
    Missing.DECLINED: "They did not want to say",
    Missing.NOT_SAFE: "It was not safe to ask",
}
UNSURE_OPTIONS = ("not-sure", "i-dont-know", "unknown", "Unknown")
DAYS = (
    (7, LastContact.WEEK),
    (31, LastContact.MONTH),
    (92, LastContact.QUARTER),
    (183, LastContact.HALF_YEAR),
    (366, LastContact.YEAR),
)


BEYOND = {
    f"{PLACE}other-uk-other-location": "uk",
    f"{PLACE}other-overseas-other-location": "overseas",
}


@dataclass
class Record:
    """What is recorded of one case and its person, on one day."""

    case: Case
    today: date
    situations: list[Situation] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    files: list[EvidenceFile] = field(default_factory=list)
    consent: str = ""
    best_interests: str = ""
    why_refused: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    def part(self, name: str) -> Any:
        """The part of this name, the person, or None when nothing was saved in it yet."""
        return self.case.victim if name == PERSON else getattr(self.case, name, None)

    @property
    def is_child(self) -> bool:
        """Whether what is owed to a child is owed; in doubt it is [MSA 2015 s51]."""
        return self.age_band != AgeBand.ADULT

    @property
    def judged_age(self) -> str:
        """The age that somebody judged, where the date of birth says otherwise today; else empty."""
        judged = str(getattr(self.part("safeguarding"), "judged_age", ""))
        person = self.case.victim
        return "" if person.in_doubt or judged == person.band else judged

    @property
    def age_band(self) -> str:
        """How old they are today: disputed, else as was judged, else by the date of birth, else as they were met."""
        return self.judged_age or str(self.case.victim.band)

    def answers(self) -> dict[str, Any]:
        """Every answer that is recorded, whether or not it may leave now; what is known otherwise fills gaps."""
        told = {
            key: answer
            for key, question in questions().items()
            if (answer := self.answer(question)) not in (None, "", [])
        }
        return self.known | told

    def answer(self, question: Question) -> Any:
        """The answer to one question in the form's own terms; None when there is none."""
        home = HOMES[question.key]
        if isinstance(home, Field):
            return self._of_field(home, question)
        return self._of_rows(home)

    def _of_rows(self, home: Home) -> Any:
        if isinstance(home, Tick):
            return "true" if getattr(self.part(home.part), home.name, False) else None
        if isinstance(home, Ways):
            return _ways(self.part(home.part), home)
        if isinstance(home, Kind):
            return "true" if any(home.kind in row.kinds for row in self.situations) else None
        if isinstance(home, Slot):
            return next((p.name for p in self.places if (p.kind, p.position) == _spot(home)), None)
        if isinstance(home, Files):
            return [described(row) for row in self.files]
        assert isinstance(home, Consent)
        return self._consent()

    def _consent(self) -> str | None:
        if self.is_child:
            return "yes"
        if not self.consent:
            return None
        go_ahead = self.best_interests == BestInterests.GO_AHEAD
        return "yes" if self.consent == ConsentOutcome.GIVEN or go_ahead else "no"

    def _of_field(self, home: Field, question: Question) -> Any:
        if question.key == AGE:
            return home.theirs(self.age_band)
        if home.name == "born_on" and self.case.victim.born_precision != Precision.DAY:
            return None  # the form asks for a whole date, and nobody knows one
        if home.part == SITUATION:
            return self._of_situations(home, question)
        part = self.part(home.part)
        if part is None:
            return self._composed(question.key)
        if question.key == "when-last-contact" and part.last_contact_on and not part.last_contact:
            return home.theirs(_band(part.last_contact_on, self.today))
        said = _said(getattr(part, home.name), home)
        if question.key in BEYOND:
            told = "\n".join(filter(None, (said, self._beyond(BEYOND[question.key]))))
            return told or _absent(part, home.name, question)
        return said or _absent(part, home.name, question) or self._composed(question.key)

    def _of_situations(self, home: Field, question: Question) -> str | None:
        if question.options:
            said = {getattr(row, home.name) for row in self.situations}
            told = next((code for code in (Said.YES, Said.NO) if code in said), None)
            return home.theirs(told) if told else None
        if len(self.situations) == 1:
            (row,) = self.situations
            return _words(row, home.name) or _absent(row, home.name, question)
        return _in_turn(self.situations, home.name)

    def _composed(self, key: str) -> str | None:
        """Words made of rows, where the officer wrote none of their own."""
        if key == "when-did-the-exploitation-take-place-multiple" and len(self.situations) > 1:
            return _in_turn(self.situations, "when")
        if key == "who-exploited-pv":
            return _parties(self.parties, "exploiter")
        if key == "are-others-involved-details":
            return _parties(self.parties, "professional")
        if key == "what-evidence-you-will-submit":
            return _files(self.files)
        return self._beyond(BEYOND[key]) if key in BEYOND else None

    def _beyond(self, kind: str) -> str | None:
        """The places for which the form has no slot; they go with the words about places."""
        beyond = [p.name for p in self.places if p.kind == kind and p.position > MOST_PLACES]
        return ", ".join(beyond) or None

    @property
    def branch(self) -> Branch:
        """Recomputed from the facts whenever it is asked."""
        police = self.part("police")
        named = police is not None and police.agrees_to_be_named == Said.YES
        # Who cannot decide cannot agree to be named either.
        able = not self.best_interests
        branch = branch_of(self.answers(), agreed_to_be_named=named and able)
        return Branch.BEST_INTERESTS if branch is Branch.REFERRAL and not able else branch

    def out(self) -> dict[str, Any]:
        """Exactly what may leave now."""
        return leaving(self.answers(), self.branch)

    def missing(self) -> list[str]:
        """The keys that the form will not do without."""
        return gaps(self.out(), self.branch)


def record_of(reference: str, *, by: Actor, today: date) -> Record:
    """The record of one case that this actor may see, or `NotVisible`."""
    cases = Case.objects.with_header().select_related("scope__force", *PARTS).visible_to(by)
    try:
        case = with_elsewhere(cases, by).get(reference=reference)
    except Case.DoesNotExist as missing:
        raise NotVisible(Case._meta.label) from missing
    return record_around(case, by=by, today=today)


def record_around(case: Case, *, by: Actor, today: date) -> Record:
    """The record of a case that was already read."""
    holding = nrm_word(case, by)
    return Record(
        case=case,
        today=today,
        situations=list(case.situations.standing()),
        places=list(case.places.standing()),
        parties=list(case.parties.standing()),
        files=list(case.evidence_files.standing()),
        consent=holding.outcome if holding else "",
        best_interests=holding.best_interests if holding else "",
        why_refused=holding.reason if holding and not holding.best_interests else "",
    )


def _said(value: Any, home: Field) -> str | None:
    if value in (None, "", Answer.NOT_ASKED, Answer.NOT_KNOWN, Answer.DECLINED):
        return None
    return value.isoformat() if isinstance(value, date) else home.theirs(str(value))


def why_missing(row: Model, name: str) -> str:
    """Why the field holds no answer; empty if nobody said."""
    answer = getattr(row, name)
    if answer in (Answer.NOT_KNOWN, Answer.DECLINED):
        return str(answer)
    return str(getattr(row, "unanswered", {}).get(name, {}).get("why", ""))


def _absent(row: Model, name: str, question: Question) -> str | None:
    why = why_missing(row, name)
    if not why:
        return None
    if question.options:
        return next((option for option in UNSURE_OPTIONS if option in question.options), None)
    return IN_WORDS[Missing(why)] if question.is_text else None


def _words(row: Situation, name: str) -> str:
    words = str(getattr(row, name))
    return words or (_span(row) if name == "when" else "")


def _span(row: Situation) -> str:
    ends = [
        f"{words} {_about(day, precision)}"
        for words, day, precision in (
            (_("from"), row.began_on, row.began_precision),
            (_("until"), row.ended_on, row.ended_precision),
        )
        if day
    ]
    return " ".join(ends)


def _about(day: date, precision: str) -> str:
    shape = {"month": "%B %Y", "year": "%Y"}.get(precision, "%d %B %Y")
    words = f"{day:{shape}}".removeprefix("0")
    return _("about %s") % words if precision == "about" else words


def _in_turn(rows: Iterable[Situation], name: str) -> str | None:
    told = [
        _("Situation %(number)s: %(words)s") % {"number": number, "words": words}
        for number, row in enumerate(rows, 1)
        if (words := _words(row, name))
    ]
    return "\n\n".join(told) or None


def _ways(part: Any, home: Ways) -> str | list[str] | None:
    ways = [
        way
        for way, name in (("email", home.email), ("post", home.post))
        if getattr(part, name, False)
    ]
    return ways[0] if len(ways) == 1 else ways or None


def _spot(home: Slot) -> tuple[str, int]:
    return str(home.kind), home.position


def _band(on: date, today: date) -> str:
    days = (today - on).days
    return str(next((band for most, band in DAYS if days <= most), LastContact.LONGER))


def _parties(parties: Iterable[Party], role: str) -> str | None:
    told = [
        ". ".join(part for part in (row.name, row.also_known_as, row.description) if part)
        for row in parties
        if row.role == role
    ]
    return "\n\n".join(told) or None


def _files(files: Iterable[EvidenceFile]) -> str | None:
    told = [
        f"{row.name}: {', '.join(part for part in (row.shows, row.dated) if part)}"
        for row in files
        if row.shows or row.dated
    ]
    return "\n".join(told) or None


def described(row: EvidenceFile) -> str | Mapping[str, str]:
    """A file as the form lists it; only its name when nothing else is known."""
    more = {"id": row.remote_id, "mimetype": row.media_type, "url": row.kept_at}
    given = {name: value for name, value in more.items() if value}
    return {"name": row.name} | given if given else row.name


def as_answers(out: Answers, files: Iterable[EvidenceFile]) -> dict[str, Any]:
    """What leaves, with the files under the name by which the form's service lists them."""
    listed_as = next((row.listed_as for row in files if row.listed_as), "upload-file")
    return {listed_as if key == "upload-file" else key: answer for key, answer in out.items()}


__all__ = [
    "CONSENT",
    "Record",
    "as_answers",
    "described",
    "record_around",
    "record_of",
    "why_missing",
]
