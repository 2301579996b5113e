"""The room of a CSV of training: looked at first, then added once, each row with its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Refused
from accounts.models import User
from accounts.permissions import Permission, check
from pages import sheets
from pages.sheets import Line
from training.actions.records import expiry
from training.models import Course, TrainingImport, TrainingRecord, training_reach
from training.models.courses import LEAST_HOURS, MOST_HOURS

COLUMNS = ("officer", "course", "provider", "completed", "expires")
MAY_BE_THERE = ("hours",)
ALSO = {
    "sign-in name": "officer",
    "sign in name": "officer",
    "username": "officer",
    "collar": "officer",
    "collar number": "officer",
    "completed on": "completed",
    "date completed": "completed",
    "expires on": "expires",
    "expiry date": "expires",
}
EARLIEST, LATEST = date(1960, 1, 1), date(2100, 1, 1)


class Result(TextChoices):
    """What becomes of a row, in words for the person who sent it."""

    WILL_BE_ADDED = "will_be_added", gettext_lazy("Will be added")
    ADDED = "added", gettext_lazy("Added")
    ALREADY_THERE = "already_there", gettext_lazy("Already recorded")
    TWICE = "twice", gettext_lazy("Not added: twice in this file")
    UNKNOWN_OFFICER = "unknown_officer", gettext_lazy("Not added: no such officer in your force")
    UNKNOWN_COURSE = "unknown_course", gettext_lazy("Not added: no such course")
    NO_PROVIDER = "no_provider", gettext_lazy("Not added: the provider is missing")
    COMPLETED_WRONG = "completed_wrong", gettext_lazy("Not added: the completion date is wrong")
    FUTURE = "future", gettext_lazy("Not added: the completion date is in the future")
    EXPIRES_WRONG = "expires_wrong", gettext_lazy("Not added: the expiry date is wrong")
    HOURS_WRONG = "hours_wrong", gettext_lazy("Not added: the hours are wrong")
    EXPIRES_EARLY = "expires_early", gettext_lazy("Not added: it expires before it was completed")

    @property
    def accepted(self) -> bool:
        """Whether the record is there, or will be."""
        return self in {Result.WILL_BE_ADDED, Result.ADDED, Result.ALREADY_THERE}


_Judged = tuple[Line, Result, TrainingRecord | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom and what the rows may name."""

    officers: dict[str, User]
    courses: dict[str, Course]
    recorded: set[tuple[Any, str, date]]


@transaction.atomic
def preview_import(*, by: Actor, content: bytes) -> TrainingImport:
    """The file is kept with what would become of each row; no record is made. `Unreadable` if it is no CSV."""
    check(by, Permission.TRAINING_RECORD)
    lines = sheets.read(content, COLUMNS, ALSO, maybe=MAY_BE_THERE)
    judged = _judge(lines, by=by)
    made = TrainingImport.objects.create(
        force_id=by.own_force_id,
        uploaded_at=clocks.now(),
        uploaded_by_id=by.person_id,
        rows=[_kept(line, result) for line, result, _record in judged],
    )
    audit.record("training.import_previewed", by=by, of=made, rows=len(lines))
    return made


@transaction.atomic
def apply_import(*, by: Actor, upload: TrainingImport) -> TrainingImport:
    """Every good row is a record, the others say why not. Applied twice is applied once."""
    check(by, Permission.TRAINING_RECORD)
    upload = TrainingImport.objects.select_for_update().get(pk=upload.pk)
    if by.force_id != upload.force_id:
        raise Refused(_("This file belongs to another force."), verb="training.import")
    if upload.applied_at is not None:
        return upload
    # Judged again: officers, courses and records may have changed since it was looked at.
    lines = [Line(row["line"], tuple(row["cells"])) for row in upload.rows]
    judged = _judge(lines, by=by)
    wanted = [record for _line, _result, record in judged if record]
    TrainingRecord.objects.bulk_create(wanted, ignore_conflicts=True)
    keys = set(_visible(by).filter(pk__in=[row.pk for row in wanted]).values_list("pk", flat=True))
    upload.rows = [_kept(line, _after(result, record, keys)) for line, result, record in judged]
    upload.applied_at = clocks.now()
    upload.save(update_fields=["rows", "applied_at"])
    audit.record(
        "training.imported", by=by, of=upload, added=len(keys), records=sorted(map(str, keys))
    )
    return upload


def _after(result: Result, record: TrainingRecord | None, keys: set[Any]) -> Result:
    if record is None:
        return result
    # Somebody recorded the same completion in the same moment.
    return Result.ADDED if record.pk in keys else Result.ALREADY_THERE


def _kept(line: Line, result: Result) -> dict[str, Any]:
    return {"line": line.number, "cells": list(line.cells), "result": result.value}


def _visible(by: Actor) -> Any:
    return TrainingRecord.objects.visible_to(by)


def _judge(lines: list[Line], *, by: Actor) -> list[_Judged]:
    known = _known(lines, by=by)
    seen: set[tuple[Any, str, date]] = set()
    judged: list[_Judged] = []
    for line in lines:
        found = _record(line, known, by=by)
        if isinstance(found, Result):
            judged.append((line, found, None))
            continue
        key = (found.user_id, found.course_id, found.completed_on)
        if key in known.recorded:
            judged.append((line, Result.ALREADY_THERE, None))
        elif key in seen:
            judged.append((line, Result.TWICE, None))
        else:
            judged.append((line, Result.WILL_BE_ADDED, found))
        seen.add(key)
    return judged


def _known(lines: list[Line], *, by: Actor) -> _Known:
    names = {line.cells[0].lower() for line in lines}
    people = User.objects.filter(training_reach(by), force=by.force_id, is_active=True)
    people = people.annotate(any_case=Lower("username")).filter(any_case__in=names)
    courses: dict[str, Course] = {}
    for course in Course.objects.of_force(by.force_id):
        courses |= {course.slug.lower(): course, course.name.lower(): course}
    recorded = _visible(by).filter(user__in=people)
    return _Known(
        officers={person.username.lower(): person for person in people},
        courses=courses,
        recorded=set(recorded.values_list("user_id", "course_id", "completed_on")),
    )


def padded(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row under all columns: a file that was kept before there were hours has none."""
    return (*cells, *[""] * (len(COLUMNS) + len(MAY_BE_THERE) - len(cells)))


def _record(line: Line, known: _Known, *, by: Actor) -> TrainingRecord | Result:
    officer, called, provider, completed, expires, took = padded(line.cells)
    user, course = known.officers.get(officer.lower()), known.courses.get(called.lower())
    if user is None:
        return Result.UNKNOWN_OFFICER
    if course is None:
        return Result.UNKNOWN_COURSE
    if not (provider or course.provider):
        return Result.NO_PROVIDER
    completed_on = sheets.a_date(completed)
    if completed_on is None or completed_on < EARLIEST:
        return Result.COMPLETED_WRONG
    if completed_on > clocks.today():
        return Result.FUTURE
    expires_on = sheets.a_date(expires) if expires else expiry(course, completed_on)
    if expires and (expires_on is None or expires_on > LATEST):
        return Result.EXPIRES_WRONG
    if expires_on and expires_on < completed_on:
        return Result.EXPIRES_EARLY
    hours = sheets.a_number(took) if took else course.hours
    if (hours is None and took) or (hours is not None and not LEAST_HOURS <= hours <= MOST_HOURS):
        return Result.HOURS_WRONG
    return TrainingRecord(
        user=user,
        course=course,
        provider=provider or course.provider,
        completed_on=completed_on,
        expires_on=expires_on,
        hours=hours,
        recorded_at=clocks.now(),
        recorded_by_id=by.person_id,
    )
