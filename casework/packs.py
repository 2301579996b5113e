"""The room of what a pack holds: the record of a case row by row, and who must not be read in it.

Every text of the record is sorted: theirs (about the person), somebody else's (hidden), or words, in which
names and numbers of others that the record knows are hidden. A text that nobody sorted is hidden whole.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import phonenumbers
from django.apps import apps
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.privacy import Privacy
from casework.models import Case, CaseFile
from pages.answers import Answer
from pages.due import london_date, london_time
from victims.models import Victim, records_of

RELATIVE = "relative"
CONTACT = "contact"
WORKER = "worker"
NUMBER = "number"
OTHER = "other"
ADDED = "added"
HIDDEN = {
    RELATIVE: gettext_lazy("a relative"),
    CONTACT: gettext_lazy("somebody they know"),
    WORKER: gettext_lazy("a worker of another body"),
    NUMBER: gettext_lazy("a number or address of somebody else"),
    OTHER: gettext_lazy("somebody else"),
    ADDED: gettext_lazy("hidden by whoever prepared this"),
}
# Whose: which texts of each record are about somebody else.
OTHERS: dict[str, dict[str, str]] = {
    "casework.Background": {RELATIVE: "family"},
    "victims.Dependant": {RELATIVE: "called age in_care_of where"},
    "casework.Wishes": {
        CONTACT: "other_first_name other_last_name other_email other_street other_town other_county"
        " other_postcode other_phone other_phone_whose"
    },
    "victims.SafeContact": {CONTACT: "who_may_use who_else_sees"},
    "casework.Safeguarding": {
        WORKER: "contact_first_name contact_last_name",
        NUMBER: "phone email",
    },
    "casework.AuthorityTold": {WORKER: "contact_name"},
    "casework.ImmigrationShare": {WORKER: "recipient"},
    "victims.ConsentEvent": {WORKER: "interpreter best_interests_by"},
    "victims.MissingEpisode": {WORKER: "interviewed_by"},
    "casework.LostContact": {WORKER: "decided_by"},
    "casework.SharingStopped": {WORKER: "told"},
    "referrals.SupportReferral": {WORKER: "worker_name"},
    "casework.Report": {NUMBER: "phone email stand_in_email"},
    "casework.Party": {OTHER: "name also_known_as description reach"},
    "casework.Exploitation": {OTHER: "exploiters exploiters_place"},
    "casework.AtRisk": {OTHER: "other_victims_details possible_victims_details"},
    "casework.Opinion": {OTHER: "others_involved_details"},
    "casework.InvestigationEvent": {OTHER: "suspect"},
}
# About the person alone: never searched for others' names or numbers.
THEIRS: dict[str, str] = {
    "victims.Victim": "called first_name last_name nickname nationality second_nationality language"
    " communication_needs home_office_references",
    "victims.PersonName": "text latin",
    "victims.Nationality": "country disputed_by",
    "victims.SpokenLanguage": "language dialect",
    "victims.Reference": "number about",
    "victims.SafeContact": "details when code_word",
    "casework.Wishes": "own_phone email street town county postcode",
    "casework.Background": "birthplace",
    "casework.Case": "incident_number indicators",
    "casework.Police": "crime_force crime_reference",
    "casework.Report": "label organisation first_name last_name role",
    "casework.NrmReferral": "home_office_reference",
    "casework.DutyToNotify": "reference",
    "casework.NrmEvent": "reference",
    "casework.GuardianReferral": "reference",
    "casework.CrimeRecord": "number other_force",
    "casework.AuthorityTold": "authority reference",
    "casework.Safeguarding": "authority",
    "casework.Since": "town region",
    "casework.Situation": "kinds when",
    "casework.EvidenceFile": "media_type dated kept_at remote_id",
    "casework.CaseFile": "media_type digest found",
    "victims.ConsentEvent": "language",
    "victims.MissingEpisode": "report_number",
    "referrals.SupportReferral": "legal_basis outcomes place",
    "referrals.DisclosureEvent": "legal_basis",
}
# Somebody's own words, in which anybody may be named.
WORDS: dict[str, str] = {
    "casework.Case": "place first_words enhanced_off_reason",
    "casework.Report": "evidence",
    "casework.Background": "education work_before",
    "casework.Exploitation": "dates_of_all other_uk_places other_overseas_places",
    "casework.Since": "last_contact_details earlier_report possible_earlier_report why_not_sooner",
    "casework.Opinion": "interview indicators view doubts_evidence",
    "casework.AtRisk": "fears_more_reasons",
    "casework.Police": "help_details",
    "casework.Wishes": "refusal_reason no_phone_reason",
    "casework.Situation": "why_taken_out other_kind beginning journeys required living treatment"
    " what_keeps_them how_it_ended",
    "casework.Place": "why_taken_out name",
    "casework.Party": "why_taken_out",
    "casework.EvidenceFile": "why_taken_out name shows",
    "casework.CaseFile": "words name why_taken_out dealt_with",
    "casework.NrmReading": "why words",
    "casework.NrmSubmission": "note",
    "casework.Contact": "unsafe_channel_reason note next_reason",
    "casework.LostContact": "reason",
    "casework.NrmEvent": "note",
    "casework.SharingStopped": "reason",
    "casework.CaseEvent": "text",
    "casework.Advice": "question answer",
    "casework.Interview": "why",
    "casework.EmergencyAccess": "words finding_words",
    "casework.Section45": "offence findings review_note",
    "casework.ImmigrationShare": "what basis necessity decision_note",
    "casework.InvestigationEvent": "note",
    "casework.Informed": "unsafe_channel_reason why_not",
    "casework.Review": "findings",
    "casework.Allocation": "override_reason choice_reason",
    "casework.Closure": "explanation no_contact_reason decision_note",
    "victims.AgeDispute": "why where_recorded",
    "victims.ConsentEvent": "reason best_interests_why",
    "victims.SafeContact": "notes",
    "victims.PersonName": "why_ended",
    "victims.Nationality": "why_ended",
    "victims.SpokenLanguage": "why_ended",
    "victims.Dependant": "why_ended",
    "victims.Reference": "why_ended",
    "victims.MissingEpisode": "last_seen circumstances found_words",
    "victims.RiskJudgement": "reason",
    "victims.ToldTopic": "summary where_recorded why_again why_not_specialist",
    "referrals.Question": "text answer",
    "referrals.SupportReferral": "no_other_support_why",
}
# Texts that are for machines, or stand elsewhere in the record.
LEFT_OUT: dict[str, str] = {
    "casework.NrmSubmission": "answers",
    "casework.CaseEvent": "detail",
    "casework.CaseFile": "key",
    "casework.Allocation": "considered",
}
# Records that are no part of a pack, each with the reason.
NO_PART = {
    "casework.Draft": "half-typed",
    "casework.Decided": "a view of consents, which are in it",
    "casework.Asking": "what they say of the police is kept apart from the case [docs/voice.md]",
    "casework.NotAsked": "what is asked about the police is kept apart from the case [docs/voice.md]",
    "casework.PointReached": "a view of contacts, interviews, decisions and closings, which are in it",
    "casework.Transfer": "between units; nothing about the person",
    "casework.SampledCase": "about the work of officers; nothing about the person",
    "casework.Pack": "itself",
    "casework.LegalHold": "about keeping the record",
    "casework.RetentionReview": "about keeping the record",
    "victims.SearchKey": "made from names, which are in it",
    "victims.PersonLink": "about another record",
    "referrals.KeptAnswer": "an answer to a machine",
    "referrals.Disclosure": "copies of what is in it",
    "referrals.TakenBack": "codes",
    "referrals.Mismatch": "about a list from outside",
}
# Shows where somebody is, how they are reached, or who the suspects are: sensitive in a schedule until judged.
SENSITIVE = {
    "victims.SafeContact": gettext_lazy("Would show how to reach the person"),
    "victims.Dependant": gettext_lazy("Would show where their relatives are"),
    "casework.Wishes": gettext_lazy("Would show where the person lives"),
    "referrals.SupportReferral": gettext_lazy("Would show who looks after the person, and where"),
    "casework.ImmigrationShare": gettext_lazy("About sharing with another body"),
}
NOTHING: tuple[Any, ...] = (None, "", [], {}, Answer.NOT_ASKED)
SHORTEST_NAME = 3
# Words that begin a sentence, or stand for somebody: no name, though written like one.
NO_NAMES = re.compile(
    "the|she|hers?|him|his|they|their|them|and|not|none|who|unknown|some(body|one)|mother|father|brother|sister"
    "|son|daughter|friend|uncle|aunt|cousin|husband|wife|partner|mrs|miss|man|woman|boss|only",
    re.IGNORECASE,
)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of a record: what was asked, what stands there, and how it is sorted."""

    label: str
    text: str
    whose: str  # a key of `HIDDEN`, "theirs" or "words"


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the record that goes into a pack."""

    label: str  # "casework.Contact"
    name: str  # "contact"
    pk: UUID
    at: datetime | None
    lines: list[Line]


def sorted_as(label: str, name: str) -> str:
    """How a text field is sorted: "theirs", "words", "out", or whom it is about; unsorted is somebody else."""
    for whose, names in OTHERS.get(label, {}).items():
        if name in names.split():
            return whose
    for kind, table in (("theirs", THEIRS), ("words", WORDS), ("out", LEFT_OUT)):
        if name in table.get(label, "").split():
            return kind
    return OTHER


def parts() -> list[type[Model]]:
    """Every kind of record that hangs on a case or its person, in the order of the rooms."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "PRIVACY") and model._meta.label not in NO_PART and _way(model)
    ]


def _way(model: type[Model]) -> str:
    """By what a record is found: its case, or its person; nothing when it hangs on neither."""
    names = {each.name for each in model._meta.concrete_fields}
    if model is Case or model is Victim:
        return "pk"
    if "case" in names:
        return "case"
    if "victim" in names:
        return "victim"
    is_of_referral = "referral" in names and model._meta.app_label == "referrals"
    return "referral__case" if is_of_referral else ""


def read(case: Case, by: Actor) -> list[Found]:
    """Every row of the case, and of its person in every record merged with theirs, that the actor may see."""
    people = records_of(case.victim, by)
    found = [_found(row) for model in parts() for row in _rows(model, case, people, by)]
    return sorted(
        (each for each in found if each.lines),
        key=lambda each: (each.at.isoformat() if each.at else "", each.label, str(each.pk)),
    )


def _rows(model: Any, case: Case, people: list[UUID], by: Actor) -> list[Model]:
    way = _way(model)
    of_person = model is Victim or way == "victim"
    wanted = {f"{way}__in": people} if of_person else {way: case.pk}
    return list(model._default_manager.visible_to(by).filter(**wanted).order_by("pk"))


def _found(row: Model) -> Found:
    label = row._meta.label
    named = ("at", "recorded_at", "created_at", "set_at", "logged_at", "changed_at", "heard_at")
    at = next((value for name in named if (value := getattr(row, name, None))), None)
    lines = [line for each in row._meta.concrete_fields if (line := _line(row, label, each))]
    return Found(label, _called(row), row.pk, at, lines)


def _called(row: Model) -> str:
    """What a row is, in a schedule: of a file which kind, so that whoever reads it can ask for it."""
    if isinstance(row, CaseFile):
        return str(_("File: %s") % row.get_kind_display())
    return str(row._meta.verbose_name)


def _line(row: Model, label: str, field: Any) -> Line | None:
    privacy = row.PRIVACY[field.name]  # type: ignore[attr-defined]
    if field.is_relation or (privacy is Privacy.PUBLIC and not field.choices):
        return None
    value = getattr(row, field.name)
    if value in NOTHING or field.name == "unanswered":
        return None
    is_text = field.get_internal_type() in {"TextField", "CharField", "JSONField"}
    free = is_text and not field.choices
    whose = sorted_as(label, field.name) if free else "theirs"
    return None if whose == "out" else Line(str(field.verbose_name), _said(row, field), whose)


def _said(row: Model, field: Any) -> str:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return f"{london_date(value)}, {london_time(value)}"
    if isinstance(value, date):
        return london_date(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return json.dumps(value) if isinstance(value, dict) else str(value)


@dataclass(frozen=True, slots=True)
class Others:
    """Names of others that the record knows, and what of the person's own must not be taken for theirs."""

    names: re.Pattern[str] | None
    own_numbers: frozenset[str]

    @classmethod
    def in_record(cls, found: Iterable[Found]) -> "Others":
        """What the hidden answers of these rows say, word by word, without the person's own words."""
        lines = [(each.label, line) for each in found for line in each.lines]
        own = {
            word.lower()
            for _l, line in lines
            if line.whose == "theirs"
            for word in _words(line.text)
        }
        names = {
            word
            for _label, line in lines
            if line.whose in {RELATIVE, CONTACT, WORKER, OTHER}
            for word in _words(line.text)
            if word[0].isupper() and word.lower() not in own and not NO_NAMES.fullmatch(word)
        }
        numbers = {
            _number(match)
            for _l, line in lines
            if line.whose == "theirs"
            for match in _numbers(line.text)
        }
        ways = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        pattern = re.compile(rf"\b(?:{ways})\b", re.IGNORECASE) if names else None
        return cls(pattern, frozenset(numbers))

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where in the text somebody else is named, or can be reached."""
        named = (
            [(m.start(), m.end(), OTHER) for m in self.names.finditer(text)] if self.names else []
        )
        reached = [
            (match.start, match.end, NUMBER)
            for match in _numbers(text)
            if _number(match) not in self.own_numbers
        ]
        mails = [(m.start(), m.end(), NUMBER) for m in E_MAIL.finditer(text)]
        return sorted(named + reached + mails)


def _words(text: str) -> Iterator[str]:
    return (word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= SHORTEST_NAME)


def _numbers(text: str) -> Any:
    return phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE)


def _number(match: Any) -> str:
    return str(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))


Segment = tuple[str, str, int]  # text, whose it is (empty: may be read), its number in the item
Written = list[tuple[str, list[Segment]]]


def hidden(found: Found, others: Others) -> Written:
    """The lines of a row with what is somebody else's marked."""
    keys = iter(range(1, 1_000_000))
    return [(line.label, _segments(line, others, keys)) for line in found.lines]


def _segments(line: Line, others: Others, keys: Iterator[int]) -> list[Segment]:
    if line.whose == "theirs":
        return [(line.text, "", 0)]
    if line.whose != "words":
        return [(line.text, line.whose, next(keys))]
    return cut(line.text, others.spans(line.text), keys)


def cut(text: str, spans: Iterable[tuple[int, int, str]], keys: Iterator[int]) -> list[Segment]:
    """The text in pieces, those of the spans marked; of spans that overlap the first holds."""
    pieces: list[Segment] = []
    here = 0
    for start, end, whose in spans:
        if start < here:
            continue
        if start > here:
            pieces.append((text[here:start], "", 0))
        pieces.append((text[start:end], whose, next(keys)))
        here = end
    if here < len(text):
        pieces.append((text[here:], "", 0))
    return pieces


def hide_more(written: Written, words: str) -> tuple[Written, int]:
    """The lines with these words hidden too wherever they can be read, and how often that was."""
    highest = max((key for _label, pieces in written for _t, _w, key in pieces), default=0)
    keys, wanted = iter(range(highest + 1, highest + 1_000_000)), re.compile(re.escape(words), re.I)
    more: Written = []
    for label, pieces in written:
        kept: list[Segment] = []
        for text, whose, key in pieces:
            if whose:
                kept.append((text, whose, key))
            else:
                kept += cut(
                    text, [(m.start(), m.end(), ADDED) for m in wanted.finditer(text)], keys
                )
        more.append((label, kept))
    count = sum(bool(key) for _l, pieces in more for _t, _w, key in pieces) - sum(
        bool(key) for _l, pieces in written for _t, _w, key in pieces
    )
    return more, count


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as its reader gets it: a heading, and answers under it."""

    heading: str
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """One document that leaves with a pack; `part` is its code in the address."""

    part: str
    title: str
    entries: list[Entry]
    closing: str = ""


def as_text(document: Document) -> str:
    """The document as plain text."""
    entries = (
        "\n".join([each.heading, *(f"{label}: {text}" for label, text in each.lines)])
        for each in document.entries
    )
    return "\n\n".join(filter(None, [document.title, *entries, document.closing]))


def as_html(document: Document) -> SafeString:
    """The document as the body of a page: headings and description lists, for every reader."""
    entries = format_html_join(
        "\n",
        "<section><h2>{}</h2>{}</section>",
        ((each.heading, _list(each.lines)) for each in document.entries),
    )
    closing = format_html("<p>{}</p>", document.closing) if document.closing else ""
    return format_html("<h1>{}</h1>\n{}\n{}", document.title, entries, closing)


def _list(lines: list[tuple[str, str]]) -> str:
    if not lines:
        return ""
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines))
