"""Answers in the form's own keys, read: what is wrong with them in sentences, and which field each one fills."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

import clocks
from casework.models import PlaceKind, SituationKind
from casework.nrm.form import Question, every_question
from casework.nrm.homes import (
    HOMES,
    MOVED,
    SITUATION,
    Consent,
    Field,
    Files,
    Kind,
    Slot,
    Tick,
    Ways,
)
from casework.nrm.rules import FILES, HELP
from pages.answers import Answer
from victims.models import Precision

# Names under which the form's service lists the files.
LISTS_OF_FILES = (FILES, "files", "images")
EARLIEST = date(1900, 1, 2)
MOST_CHILDREN = 2_147_483_647
ANSWERS_OF_PERSON = frozenset(
    {"has_children", "interpreter", "communication_help", "has_home_office_reference"}
)


class Unreadable(Exception):
    """The answers cannot be taken; `sentences` say why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Incoming:
    """Answers by the place where each is kept."""

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[PlaceKind, int], str] = field(default_factory=dict)
    kinds: dict[SituationKind, bool] = field(default_factory=dict)
    files: list[dict[str, str]] | None = None
    consent: str = ""

    def put(self, part: str, name: str, value: Any) -> None:
        """One field of one part."""
        self.fields.setdefault(part, {})[name] = value


def read(answers: Mapping[str, Any]) -> Incoming:
    """Where each answer goes; `Unreadable` with every reason at once. An empty answer empties its field."""
    wrong = list(_problems(answers))
    if wrong:
        raise Unreadable(wrong)
    incoming = Incoming()
    for key, answer in answers.items():
        if key in LISTS_OF_FILES:
            incoming.files = [_file(listed, key) for listed in _as_list(answer)]
        elif key in HOMES:
            _place(incoming, key, answer)
    for key, home in MOVED.items():
        if key in answers and not incoming.fields.get(home.part, {}).get(home.name):
            incoming.put(home.part, home.name, answers[key])
    # In the national form whoever will help is named: their yes was to both.
    if answers.get(HELP) == "yes":
        incoming.put("police", "agrees_to_be_named", "yes")
    return incoming


def _place(incoming: Incoming, key: str, answer: Any) -> None:
    home = HOMES[key]
    if isinstance(home, Field):
        incoming.put(home.part, home.name, _value(home, answer))
        if home.name == "born_on":
            incoming.put(
                home.part, "born_precision", Precision.DAY
            )  # the form takes whole dates only
    elif isinstance(home, Tick):
        incoming.put(home.part, home.name, answer in {"true", True})
    elif isinstance(home, Ways):
        ways = _as_list(answer)
        incoming.put(home.part, home.email, "email" in ways)
        incoming.put(home.part, home.post, "post" in ways)
    elif isinstance(home, Kind):
        incoming.kinds[home.kind] = answer in {"true", True}
    elif isinstance(home, Slot):
        incoming.places[home.kind, home.position] = str(answer or "")
    elif isinstance(home, Consent):
        incoming.consent = str(answer or "")
    else:
        assert isinstance(home, Files)


def _value(home: Field, answer: Any) -> Any:
    empty = answer in (None, "")
    if home.name == "born_on":
        return None if empty else date.fromisoformat(answer)
    if home.name == "children_count":
        return None if empty else int(answer)
    if empty:
        return Answer.NOT_ASKED if home.name in ANSWERS_OF_PERSON else ""
    return home.ours(str(answer))


def _as_list(answer: Any) -> list[Any]:
    if answer in (None, ""):
        return []
    return list(answer) if isinstance(answer, list) else [answer]


def _file(listed: Any, key: str) -> dict[str, str]:
    given = {"name": listed} if isinstance(listed, str) else listed
    return {
        "name": str(given["name"]),
        "media_type": str(given.get("mimetype") or ""),
        "kept_at": str(given.get("url") or ""),
        "remote_id": str(given.get("id") or ""),
        "listed_as": key,
    }


def _problems(answers: Mapping[str, Any]) -> Iterator[str]:
    for key, answer in answers.items():
        if key in LISTS_OF_FILES:
            yield from _problems_of_files(key, answer)
        elif key not in every_question():
            yield _("“%s” is no question of the national form.") % key
        else:
            yield from _problems_of(every_question()[key], answer)


def _problems_of_files(key: str, answer: Any) -> Iterator[str]:
    for listed in _as_list(answer):
        named = isinstance(listed, str) or (
            isinstance(listed, Mapping) and isinstance(listed.get("name"), str)
        )
        if not named:
            yield _("“%s” must be a list of files, each with its name.") % key


def _problems_of(question: Question, answer: Any) -> Iterator[str]:
    if answer in (None, "", []):
        return
    if question.type == "checkbox-group":
        for each in _as_list(answer):
            yield from _not_an_option(question, each)
        return
    if question.type == "checkbox" and answer in (True, False, "false"):
        return
    if not isinstance(answer, str | int) or isinstance(answer, bool):
        yield _("“%s” must be text.") % question.key
        return
    text = str(answer)
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        yield _("“%s” holds a sign that is no text.") % question.key
    if question.options:
        yield from _not_an_option(question, text)
    yield from _problems_of_numbers(question.key, text)


def _not_an_option(question: Question, answer: Any) -> Iterator[str]:
    if answer not in question.options:
        yield _("“%(answer)s” is no option of “%(key)s”.") % {
            "answer": answer,
            "key": question.key,
        }


def _problems_of_numbers(key: str, text: str) -> Iterator[str]:
    if key == "pv-dob":
        try:
            born_on = date.fromisoformat(text)
        except ValueError:
            born_on = None
        if born_on is None or not EARLIEST <= born_on <= clocks.today():
            yield _("“%s” must be a real date in the past, such as 1990-02-01.") % key
    if key == "does-pv-have-children-yes-amount" and not (
        text.isascii() and text.isdigit() and int(text) <= MOST_CHILDREN
    ):
        yield _("“%s” must be a number in digits.") % key


def is_about_situation(incoming: Incoming) -> bool:
    """Whether anything in it belongs to a situation."""
    return SITUATION in incoming.fields or bool(incoming.kinds)
