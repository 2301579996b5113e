"""Plain functions that make one row each, with sensible values unless told otherwise."""

import secrets
from datetime import date
from itertools import count
from typing import Any

import clocks
from accounts.models import Scope, Unit, User
from casework.models import Case, CaseFile, CaseStatus
from followups.models import FollowUp
from training.models import Course, Proof, TrainingRecord
from victims.models import AgeBand, Victim

_numbers = count(1)


def make_scope(unit: Unit | None = None, **over: Any) -> Scope:
    """Whose a record is: Harbour Road's unless told otherwise."""
    unit = unit or Unit.objects.get(slug="harbour-road")
    return Scope.objects.create(force=unit.force, unit=unit, **over)


def make_victim(scope: Scope | None = None, **over: Any) -> Victim:
    """An adult who may be a victim."""
    values = {"age_band": AgeBand.ADULT, "created_at": clocks.now()} | over
    return Victim.objects.create(scope=scope or make_scope(), **values)


def make_case(*, owner: User | None = None, unit: Unit | None = None, **over: Any) -> Case:
    """An open case of an adult: Olu's unless told otherwise. `owner=None` and `status` decide who holds it."""
    victim = over.pop("victim", None) or make_victim(make_scope(unit))
    logged_by = over.pop("logged_by", None) or User.objects.get(username="olu")
    at = over.pop("at", None) or clocks.now()
    status = over.get("status", CaseStatus.ALLOCATED)
    values = {
        "reference": f"HF-T{next(_numbers):04d}",
        "scope": victim.scope,
        "victim": victim,
        "status": status,
        "owner": owner
        or (logged_by if status in {CaseStatus.ALLOCATED, CaseStatus.DRAFT} else None),
        "met_at": at,
        "logged_at": at,
        "logged_by": logged_by,
        "sent_at": None if status == CaseStatus.DRAFT else at,
        "closed_at": at if status == CaseStatus.CLOSED else None,
        "changed_at": at,
        "first_words": "She said that she is not paid.",
    }
    return Case.objects.create(**(values | over))


def make_file(case: Case, **over: Any) -> CaseFile:
    """The row of a photograph that waits for the scanner; its bytes are nowhere."""
    at = over.pop("at", None) or clocks.now()
    values = {
        "scope": case.scope,
        "case": case,
        "at": at,
        "recorded_at": at,
        "by": case.logged_by,
        "kind": "photograph",
        "words": "Her room",
        "name": "IMG_1.jpg",
        "media_type": "image/jpeg",
        "suffix": "jpg",
        "size": 10,
        "digest": secrets.token_hex(32),
        "says_where": "no",
        "kept_as": secrets.token_hex(32),
        "key": "none",
    }
    return CaseFile.objects.create(**(values | over))


def make_proof(record: TrainingRecord) -> Proof:
    """The row of a certificate that waits for the scanner; its bytes are nowhere."""
    return Proof.objects.create(
        record=record,
        recorded_at=clocks.now(),
        recorded_by=record.user,
        media_type="application/pdf",
        suffix="pdf",
        size=10,
        digest=secrets.token_hex(32),
        kept_as=secrets.token_hex(32),
        key="none",
    )


def make_training(user: User, course: str, *, until: date | None = None) -> TrainingRecord:
    """They completed the course at the beginning of 2024; nobody has verified it."""
    Course.objects.get_or_create(slug=course, defaults={"name": course})
    return TrainingRecord.objects.create(
        user=user,
        course_id=course,
        completed_on=date(2024, 1, 1),
        expires_on=until,
        provider="College",
        recorded_at=clocks.now(),
        recorded_by=User.objects.get(username="bronwen"),
    )


def make_duty(rule: str, case: Case | None = None, **over: Any) -> FollowUp:
    """Something that is owed and due now: on the case if there is one, else `over` says of whom."""
    at = clocks.now()
    times = dict.fromkeys(("since", "due_at", "first_seen_at", "changed_at"), at)
    values: dict[str, Any] = {"rule": rule, "clock": "standard"} | times
    if case is not None:
        scope = case.scope
        values |= {"case": case, "subject_id": case.pk, "occurrence": case.pk, "scope": scope}
        values |= {"force": scope.force, "unit": scope.unit}
    return FollowUp.objects.create(**(values | over))
