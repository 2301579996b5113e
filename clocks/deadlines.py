"""The room of `deadlines.toml`: reads it, compares it with the database, and loads it.

A dated row is evidence of how long was allowed when, so its length never changes: a changed law
or policy is a further row with a `valid_from` of its own, which ends the row before it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clocks.calendars import FIRST_DAY
from clocks.models import Deadline, Version

FILE = Path(__file__).with_name("deadlines.toml")

_LENGTH = ("amount", "unit")
_WORDING = ("valid_to", "status", "source", "duty")
_OF_RULE = {"duty", "source", "status", "valid_from"}
_OF_CLOCK = _OF_RULE | {"clock", "nation", "amount", "unit", "valid_to"}
_NEEDED = {"clock", "amount", "unit", "duty", "source", "status"}

Key = tuple[str, str, str, date]


class DeadlineError(Exception):
    """The file asks for something that must not be done; `sentences` say what, and what to do."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass
class Difference:
    """What the file says that the database does not."""

    added: list[Deadline] = field(default_factory=list)
    reworded: list[Deadline] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.reworded or self.refused)


def read(path: Path = FILE) -> list[Deadline]:
    """The deadlines in the file, checked but not stored."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DeadlineError([_("%s cannot be read: %s.") % (path.name, error)]) from error
    refused: list[str] = []
    rows: list[Deadline] = []
    for rule, told_of_rule in told.items():
        try:
            if not isinstance(told_of_rule, dict):
                raise DeadlineError([_("%s stands outside any rule.") % rule])
            rows.extend(_rows(rule, told_of_rule))
        except DeadlineError as error:
            refused.extend(error.sentences)
    if refused:
        raise DeadlineError(refused)
    return rows


def _rows(rule: str, told: Mapping[str, Any]) -> list[Deadline]:
    common = {name: value for name, value in told.items() if name != "clocks"}
    if not told.get("clocks"):
        raise DeadlineError([_("%s: give it at least one line of clocks.") % rule])
    rows = [_row(rule, {"valid_from": FIRST_DAY} | common | clock) for clock in told["clocks"]]
    rows.sort(key=_key)
    for earlier, later in pairwise(rows):
        if _key(earlier)[:3] != _key(later)[:3]:
            continue
        if earlier.valid_from == later.valid_from:
            sentence = _("%s: two lines begin on %s; give one of them another valid_from.")
            raise DeadlineError([sentence % (_name(later), later.valid_from)])
        if earlier.valid_to is None:
            earlier.valid_to = later.valid_from
        elif earlier.valid_to > later.valid_from:
            sentence = _("%s: the line that ends on %s is still in force on %s.")
            raise DeadlineError([sentence % (_name(later), earlier.valid_to, later.valid_from)])
    return rows


def _row(rule: str, told: dict[str, Any]) -> Deadline:
    wrong = sorted(told.keys() - _OF_CLOCK) or sorted(_NEEDED - told.keys())
    if wrong:
        sentence = _("%s: not known, or missing: %s.")
        raise DeadlineError([sentence % (rule, ", ".join(wrong))])
    row = Deadline(rule=rule, **told)
    try:
        row.clean_fields()
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            raise ValidationError(_("it must end after it begins"))
    except ValidationError as error:
        raise DeadlineError([f"{_name(row)}: {' '.join(error.messages)}"]) from error
    return row


def compare(rows: list[Deadline]) -> Difference:
    """What would have to change in the database for it to say what `rows` say."""
    stored = {_key(row): row for row in Deadline.objects.order_by("pk")}
    difference = Difference()
    for row in rows:
        old = stored.pop(_key(row), None)
        if old is None:
            difference.added.append(row)
        elif _differs(old, row, _LENGTH):
            difference.refused.append(_refusal_of_change(old, row))
        elif _differs(old, row, _WORDING):
            for name in _WORDING:
                setattr(old, name, getattr(row, name))
            difference.reworded.append(old)
    difference.refused.extend(_refusal_of_removal(row) for row in stored.values())
    return difference


@transaction.atomic
def load(rows: list[Deadline]) -> Difference:
    """The database says what `rows` say; or nothing changes, and DeadlineError says why."""
    Version.objects.select_for_update().get()  # one loader at a time
    difference = compare(rows)
    if difference.refused:
        raise DeadlineError(difference.refused)
    if difference.reworded:  # first, so that what ends makes room for what follows it
        Deadline.objects.bulk_update(difference.reworded, _WORDING)
    if difference.added:
        Deadline.objects.bulk_create(difference.added)
    return difference


def sentences(difference: Difference) -> Iterator[str]:
    """The difference in words, a line each."""
    for row in difference.added:
        yield _("Not loaded: %s, from %s.") % (_name(row), row.valid_from)
    for row in difference.reworded:
        yield _("Worded or ended differently: %s, from %s.") % (_name(row), row.valid_from)
    yield from difference.refused


def _key(row: Deadline) -> Key:
    return row.rule, row.clock, row.nation, row.valid_from


def _name(row: Deadline) -> str:
    return f"{row.rule} ({row.clock}{', ' + row.nation if row.nation else ''})"


def _differs(old: Deadline, new: Deadline, names: tuple[str, ...]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _refusal_of_change(old: Deadline, new: Deadline) -> str:
    sentence = _(
        "%(name)s, in force from %(from)s, is %(old)s in the database and %(new)s in the file. "
        "A dated line is not altered: put the old line back and add one with a new valid_from."
    )
    return sentence % {
        "name": _name(old),
        "from": old.valid_from,
        "old": f"{old.amount} {old.unit}",
        "new": f"{new.amount} {new.unit}",
    }


def _refusal_of_removal(row: Deadline) -> str:
    sentence = _(
        "%s, in force from %s, is in the database but not in the file. "
        "A dated line is not removed: put it back, and end it with valid_to."
    )
    return sentence % (_name(row), row.valid_from)
