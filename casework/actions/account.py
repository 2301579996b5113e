"""The room of how the account is written: field by field, so that two who write at once lose nothing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework.actions import duties
from casework.actions.history import lock_open_case, write_line
from casework.actions.specialist import TELLING_PARTS, TELLING_ROWS, check_asking
from casework.models import (
    ROWS,
    Case,
    EventKind,
    EvidenceFile,
    Missing,
    Party,
    Place,
    Police,
    Safeguarding,
    Said,
    Situation,
)
from casework.nrm.homes import PARTS, PERSON, SITUATION
from casework.nrm.record import why_missing
from victims.actions import edit_person
from victims.models import Victim

Changes = Mapping[str, Mapping[str, Any]]
Whys = Mapping[str, Mapping[str, str]]
Row = TypeVar("Row", Situation, Place, Party, EvidenceFile)
CODE_LENGTH = 50
AGE = (PERSON, "age_band")


class Overtaken(Conflict):
    """Somebody else changed the same questions first.

    By `part.field`: `now` holds what is recorded, `marks` its mark for a page that has read it.
    """

    def __init__(
        self, now: Mapping[str, Any], words: Iterable[str], marks: Mapping[str, str]
    ) -> None:
        super().__init__(
            _("Somebody else answered the same question while you were typing."), fields=list(words)
        )
        self.now, self.marks = dict(now), dict(marks)


def print_of(row: models.Model | None, name: str) -> str:
    """A short mark of what a field holds, so that a page can say what it read without repeating it."""
    return _mark("", "") if row is None else _mark(getattr(row, name), why_missing(row, name))


def _mark(value: Any, why: str) -> str:
    held = ["" if value in (None, False, []) else str(value), why]
    return salted_hmac("account", json.dumps(held)).hexdigest()[:12]


@transaction.atomic
def save_account(
    *,
    case: Case,
    by: Actor,
    changes: Changes,
    whys: Whys | None = None,
    seen: Mapping[str, str] | None = None,
    why_not_specialist: str = "",
) -> list[str]:
    """The fields are as given, or their absence has its reason; which changed, as `part.field`, is returned.

    `seen` are the marks of what the page showed. A field that somebody else changed since then is theirs until
    this person has read it: `Overtaken`, and nothing is saved. `Refused` when only a specialist asks what
    happened to the person, and neither is this one nor is there a reason.
    """
    check(by, Permission.CASE_EDIT)
    at = clocks.now()
    locked = lock_open_case(case, by=by)
    saving = _Saving(locked, by=by, at=at, seen=seen)
    for part in {**changes, **(whys or {})}:
        saving.take(part, changes.get(part, {}), (whys or {}).get(part, {}))
    told = TELLING_PARTS & {part.partition(":")[0] for part in saving.fields}
    asking = check_asking(locked, by, why=why_not_specialist) if told else {}
    changed = saving.write()
    if changed:
        write_line(
            locked,
            EventKind.EDITED,
            verb="account.edited",
            by=by,
            recorded_at=at,
            text=why_not_specialist if asking else "",
            fields=sorted(changed),
            **asking,
        )
        _pass_on(locked, saving, by=by, at=at)
    return changed


class _Saving:
    """One save over several parts: looked at as a whole first, written only if nobody was overtaken."""

    def __init__(
        self, case: Case, *, by: Actor, at: datetime, seen: Mapping[str, str] | None
    ) -> None:
        self.case, self.by, self.at, self.seen = case, by, at, seen
        self.rows: dict[str, models.Model] = {}
        self.new: set[str] = set()
        self.fields: dict[str, dict[str, Any]] = {}
        self.clashes: dict[str, Any] = {}
        self.marks: dict[str, str] = {}
        self.words: list[str] = []

    def take(self, part: str, values: Mapping[str, Any], whys: Mapping[str, str]) -> None:
        """Look at the fields of one part: which differ, and which of those somebody else changed."""
        row = self.row(part)
        absences = dict(getattr(row, "unanswered", {}))
        for name in {**values, **whys}:
            why, value = whys.get(name, ""), values.get(name, getattr(row, name))
            if why:
                value = _empty(row, name)
            if (
                value == self._held(part, name)
                and why == why_missing(row, name)
                and not ((part, name) == AGE and "born_on" in values)  # said beside a birth date
            ):
                continue
            if self.seen is not None and self.seen.get(f"{part}.{name}") == _mark(value, why):
                continue  # nobody touched it here; what somebody else wrote meanwhile stands
            if self._overtaken(part, row, name):
                continue
            absences.pop(name, None)
            if why:
                absences[name] = self._absence(why)
            self.fields.setdefault(part, {})[name] = value
        if part in self.fields and absences != getattr(row, "unanswered", {}):
            self.fields[part]["unanswered"] = absences

    def _held(self, part: str, name: str) -> Any:
        """What the field holds; of the age, what was judged last, else how old they are today."""
        if (part, name) != AGE:
            return getattr(self.row(part), name)
        return self.row("safeguarding").judged_age or self.case.victim.band

    def row(self, part: str) -> Any:
        """The part as it stands, or a new one; `situation` is the first of them."""
        if part not in self.rows:
            self.rows[part] = self._find(part)
        return self.rows[part]

    def write(self) -> list[str]:
        """Write what differs."""
        if self.clashes:
            raise Overtaken(self.clashes, self.words, self.marks)
        for part, fields in self.fields.items():
            self._write(part, fields)
        return [
            f"{part.partition(':')[0]}.{name}"
            for part, fields in self.fields.items()
            for name in fields
            if name != "unanswered"
        ]

    def _find(self, part: str) -> models.Model:
        kind, _colon, key = part.partition(":")
        if kind == PERSON:
            return self.case.victim
        if kind == SITUATION:
            if key:
                named = Situation.objects.get_visible(self.by, case=self.case, pk=key)
                return _standing(named, by=self.by)
            rows = Situation.objects.visible_to(self.by).standing().filter(case=self.case)
            return rows.first() or self._begun(part, Situation)
        model: Any = PARTS[kind]
        return model.objects.visible_to(self.by).filter(case=self.case).first() or self._begun(
            part, model
        )

    def _begun(self, part: str, model: Any) -> models.Model:
        self.new.add(part)
        row: models.Model = model(
            scope_id=self.case.scope_id,
            case=self.case,
            changed_at=self.at,
            changed_by_id=self.by.id,
        )
        return row

    def _overtaken(self, part: str, row: models.Model, name: str) -> bool:
        if self.seen is None:
            return False
        read = self.seen.get(f"{part}.{name}")
        if read == print_of(None if part in self.new else row, name):
            return False
        self.clashes[f"{part}.{name}"] = getattr(row, name)
        self.marks[f"{part}.{name}"] = print_of(row, name)
        self.words.append(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        return True

    def _absence(self, why: str) -> dict[str, str]:
        return {"why": str(Missing(why)), "by": str(self.by.id or ""), "at": self.at.isoformat()}

    def _write(self, part: str, fields: Mapping[str, Any]) -> None:
        row: Any = self.rows[part]
        if isinstance(row, Victim):
            edit_person(victim=row, by=self.by, version=row.version, changes=fields)
            row.refresh_from_db()
            if AGE[1] in fields:
                self._judge_age(row, str(fields[AGE[1]]))
            return
        for name, value in fields.items():
            setattr(row, name, value)
        row.changed_at, row.changed_by_id = self.at, self.by.id
        if part in self.new:
            add(row)
            self.new.discard(part)
        else:
            row.version += 1
            check_row(row)
            row.save(update_fields=[*fields, "version", "changed_at", "changed_by"])

    def _judge_age(self, person: Victim, judged: str) -> None:
        """Where the date of birth says otherwise than was judged, the judgement is kept beside it."""
        beside = judged if judged != person.band else ""
        if beside != self.row("safeguarding").judged_age:
            self._write("safeguarding", {"judged_age": beside})


def _empty(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if getattr(field, "null", False):
        return None
    return field.get_default() if field.has_default() else ""  # type: ignore[union-attr]


def _pass_on(case: Case, saving: _Saving, *, by: Actor, at: datetime) -> None:
    """What the account has just said about the crime and the child's authority is on record as an act, too."""
    police, safeguarding = saving.rows.get("police"), saving.rows.get("safeguarding")
    if isinstance(police, Police) and _names_a_crime(case, police, by):
        duties.record_crime(
            case=case,
            by=by,
            at=at,
            number=police.crime_reference,
            other_force=police.crime_force,
        )
    if (
        isinstance(safeguarding, Safeguarding)
        and safeguarding.authority
        and case.victim.is_child
        and not case.authorities_told.exists()
    ):
        who = f"{safeguarding.contact_first_name} {safeguarding.contact_last_name}".strip()
        duties.tell_authority(
            case=case, by=by, at=at, authority=safeguarding.authority, contact_name=who[:200]
        )


def _names_a_crime(case: Case, police: Police, by: Actor) -> bool:
    return (
        police.has_crime == Said.YES
        and 0 < len(police.crime_reference) <= CODE_LENGTH
        and by.can(Permission.CRIME_RECORD)
        and not case.crimes.filter(number=police.crime_reference).exists()
    )


def add_row(
    *, case: Case, by: Actor, of: type[Row], why_not_specialist: str = "", **values: Any
) -> Row:
    """A situation, place, person or file more is in the account; `Refused` as in `save_account`."""
    (row,) = add_rows(case=case, by=by, of=of, rows=[values], why_not_specialist=why_not_specialist)
    return row


@transaction.atomic
def add_rows(
    *,
    case: Case,
    by: Actor,
    of: type[Row],
    rows: Sequence[Mapping[str, Any]],
    why_not_specialist: str = "",
) -> list[Row]:
    """Several more, as one act."""
    check(by, Permission.CASE_EDIT)
    at = clocks.now()
    locked = lock_open_case(case, by=by)
    told = any(rows) and issubclass(of, TELLING_ROWS)
    asking = check_asking(locked, by, why=why_not_specialist) if told else {}
    made = []
    for values in rows:
        row = of(
            scope_id=locked.scope_id, case=locked, changed_at=at, changed_by_id=by.id, **values
        )
        if hasattr(row, "position") and "position" not in values:
            row.position = _next_position(locked, row, by=by)
        made.append(add(row))
    if made:
        _write_row(locked, of, by=by, at=at, text=why_not_specialist if asking else "", **asking)
    return made


@transaction.atomic
def change_row(
    *,
    row: Row,
    by: Actor,
    seen: Mapping[str, str] | None = None,
    why_not_specialist: str = "",
    **values: Any,
) -> Row:
    """A person, place or file of the account is as given; `Overtaken` and `Refused` as in `save_account`."""
    check(by, Permission.CASE_EDIT)
    at = clocks.now()
    locked = lock_open_case(row.case, by=by)
    standing: Any = _standing(row, by=by)
    changed: list[str] = [
        name for name, value in values.items() if getattr(standing, name) != value
    ]
    clashes = {
        name: getattr(standing, name)
        for name in changed
        if seen is not None and seen.get(name) != print_of(standing, name)
    }
    if clashes:
        words = [str(standing._meta.get_field(name).verbose_name) for name in clashes]
        raise Overtaken(clashes, words, {name: print_of(standing, name) for name in clashes})
    if changed:
        told = isinstance(standing, TELLING_ROWS)
        asking = check_asking(locked, by, why=why_not_specialist) if told else {}
        for name in changed:
            setattr(standing, name, values[name])
        standing.version += 1
        standing.changed_at, standing.changed_by_id = at, by.id
        check_row(standing)
        standing.save(update_fields=[*changed, "version", "changed_at", "changed_by"])
        why = why_not_specialist if asking else ""
        _write_row(locked, type(row), by=by, at=at, text=why, **asking)
    return cast(Row, standing)


def take_out(*, row: Row, by: Actor, why: str) -> Row:
    """A situation, place, person or file is out of the account; the record keeps it, with who, when and why.

    The places and people of a situation stay: that they were there may be true all the same.
    """
    (out,) = take_out_rows(case=row.case, by=by, rows=[row], why=why)
    if not isinstance(out, Party):
        _close_gap(out, by=by)
    return out


@transaction.atomic
def take_out_rows(*, case: Case, by: Actor, rows: Iterable[Row], why: str) -> list[Row]:
    """Several of them, as one act; what stays keeps its number."""
    check(by, Permission.CASE_EDIT)
    at = clocks.now()
    locked = lock_open_case(case, by=by)
    out = []
    for row in rows:
        taken = _standing(row, by=by)
        taken.taken_out_at, taken.taken_out_by_id, taken.why_taken_out = at, by.id, why
        taken.version += 1
        check_row(taken)
        taken.save(update_fields=["taken_out_at", "taken_out_by", "why_taken_out", "version"])
        _write_row(locked, type(row), by=by, at=at, text=why, taken_out=str(row.pk))
        out.append(taken)
    return out


def _standing(row: Row, *, by: Actor) -> Row:
    """The row as it is now, or `Conflict` when somebody has taken it out."""
    now = type(row).objects.visible_to(by).standing().filter(pk=row.pk).first()
    if now is None:
        raise Conflict(_("Somebody has taken this out of the account. Read the history first."))
    return now


def _close_gap(row: Situation | Place | EvidenceFile, *, by: Actor) -> None:
    """What stood after it moves up, so that the national form has no empty place between two."""
    rows: Any = type(row).objects.visible_to(by).standing()
    if isinstance(row, Place):
        rows = rows.filter(kind=row.kind)
    for later in rows.filter(case=row.case_id, position__gt=row.position).order_by("position"):
        later.position -= 1
        later.save(update_fields=["position"])


def _next_position(case: Case, row: Any, *, by: Actor) -> int:
    rows = type(row).objects.visible_to(by).standing().filter(case=case)
    if isinstance(row, Place):
        rows = rows.filter(kind=row.kind)
    held = set(rows.values_list("position", flat=True))
    return next(number for number in range(1, len(held) + 2) if number not in held)


def _write_row(
    case: Case, of: type[models.Model], *, by: Actor, at: datetime, text: str = "", **detail: Any
) -> None:
    """The history says what kind of thing is new, put right or, with its id as `taken_out`, out."""
    write_line(
        case,
        EventKind.EDITED,
        verb="account.taken_out" if "taken_out" in detail else "account.edited",
        by=by,
        recorded_at=at,
        text=text,
        row=next(str(kind) for kind, model in ROWS.items() if model is of),
        **detail,
    )
