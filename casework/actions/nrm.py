"""The room of the national form: bring answers in, seal what was sent, add to it later."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions import duties, logging, person
from casework.actions.account import add_rows, change_row, save_account, take_out_rows
from casework.actions.history import lock_open_case, write_line
from casework.models import (
    Case,
    EventKind,
    EvidenceFile,
    NrmSubmission,
    Place,
    Police,
    Said,
    Situation,
    SubmissionKind,
)
from casework.nrm.homes import PARTS, SITUATION
from casework.nrm.incoming import Incoming, is_about_situation, read
from casework.nrm.record import Record, as_answers, record_around
from casework.records import consents_of
from victims.models import ConsentOutcome, Purpose


@transaction.atomic
def bring_in(*, answers: Mapping[str, Any], by: Actor, case: Case | None = None) -> Case:
    """The answers are in the record: of a new case that waits for an owner, or of one that stands already.

    Nothing that is there is lost: a question that the answers do not have stays as it is.
    """
    incoming = read({key: answer for key, answer in answers.items() if case or _given(answer)})
    if case is None:
        words = _("Brought in from answers to the Home Office's national form.")
        case = logging.start_concern(concern=uuid4(), answers={"first_words": words}, by=by)
        case = logging.send_to_duty_supervisor(case=case, by=by)
    if _said_not_to_be_named(case, by=by):
        incoming.fields.get("police", {}).pop("agrees_to_be_named", None)
    if is_about_situation(incoming):
        _take_situation(case, incoming, by=by)
    save_account(case=case, by=by, changes=incoming.fields)
    _take_places(case, incoming, by=by)
    if incoming.files is not None:
        _take_files(case, incoming.files, by=by)
    case = Case.objects.visible_to(by).select_related("victim", *PARTS).get(pk=case.pk)
    _take_consent(case, incoming.consent, by=by)
    return case


def _said_not_to_be_named(case: Case, *, by: Actor) -> bool:
    """They said no to that very question; that they help, which the form takes as a yes to both, undoes it not."""
    rows = Police.objects.visible_to(by).filter(case=case)
    return rows.filter(agrees_to_be_named=Said.NO).exists()


def _given(answer: Any) -> bool:
    return answer not in (None, "", [])


def _take_situation(case: Case, incoming: Incoming, *, by: Actor) -> None:
    standing = Situation.objects.visible_to(by).standing().filter(case=case).first()
    held = set(standing.kinds) if standing else set()
    held |= {kind for kind, ticked in incoming.kinds.items() if ticked}
    held -= {kind for kind, ticked in incoming.kinds.items() if not ticked}
    incoming.put(SITUATION, "kinds", sorted(map(str, held)))


def _take_places(case: Case, incoming: Incoming, *, by: Actor) -> None:
    rows = Place.objects.visible_to(by).standing().filter(case=case)
    standing = {(place.kind, place.position): place for place in rows}
    new: list[dict[str, Any]] = []
    gone: list[Place] = []
    for (kind, position), name in incoming.places.items():
        place = standing.get((str(kind), position))
        if place is None and name:
            new.append({"kind": kind, "position": position, "name": name})
        elif place is not None and name:
            change_row(row=place, by=by, name=name)
        elif place is not None:
            gone.append(place)
    take_out_rows(case=case, by=by, rows=gone, why=_("It was left out of the answers brought in."))
    add_rows(case=case, by=by, of=Place, rows=new)


def _take_files(case: Case, files: list[dict[str, str]], *, by: Actor) -> None:
    """The files are as listed; what is listed as it stood stays as it is."""
    standing = EvidenceFile.objects.visible_to(by).standing().filter(case=case)
    held = {row.position: row for row in standing}
    listed = dict(enumerate(files, 1))
    same = {
        number
        for number, file in listed.items()
        if number in held and all(getattr(held[number], n) == file[n] for n in file)
    }
    gone = [row for number, row in held.items() if number not in same]
    take_out_rows(case=case, by=by, rows=gone, why=_("The answers brought in list other files."))
    new = [{**listed[number], "position": number} for number in listed if number not in same]
    add_rows(case=case, by=by, of=EvidenceFile, rows=new)


def _take_consent(case: Case, said: str, *, by: Actor) -> None:
    """An adult's answer is a consent event; the yes of a child is automatic and is nobody's consent."""
    if not said or record_around(case, by=by, today=clocks.today()).is_child:
        return
    outcome = ConsentOutcome.GIVEN if said == "yes" else ConsentOutcome.REFUSED
    latest = consents_of(case, by).holding(Purpose.NRM)
    if latest is None or latest.allows != (said == "yes"):
        person.record_consent(
            case=case, by=by, purpose=Purpose.NRM, outcome=outcome, decided_at=clocks.now()
        )


def sealed(answers: Mapping[str, Any]) -> tuple[str, str]:
    """The exact bytes that are kept, and their SHA-256."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def settle(*, case: Case, by: Actor, record: Record) -> None:
    """What the record knew from elsewhere and the report took over is now the report's own."""
    taken = {key: answer for key, answer in record.out().items() if record.known.get(key) == answer}
    if taken:
        incoming = read(taken)
        incoming.fields.get("police", {}).pop("agrees_to_be_named", None)
        why = _("Nobody asked: it was known from elsewhere in the record.")
        save_account(case=case, by=by, changes=incoming.fields, why_not_specialist=why)


@transaction.atomic
def mark_sent(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    digest: str,
    record: Record,
    reference: str = "",
    unread: str = "",
) -> NrmSubmission:
    """What was shown as leaving has left: sealed with its hash, and the clocks of the referral run.

    `digest` is that of what the officer looked at: if the record differs by now, they look again first. `unread`
    says why it could not wait where the officer is not in date and nobody who is has read it.
    """
    check(by, Permission.NRM_DECIDE)
    lock_open_case(case, by=by)
    if record.judged_age:
        raise Conflict(
            _(
                "Their date of birth and the age that was judged differ. Put one of them right first."
            )
        )
    if record.missing():
        raise Conflict(_("Some questions have no answer yet. The Home Office's form needs them."))
    text, digest_now = sealed(as_answers(record.out(), record.files))
    if digest_now != digest:
        raise Conflict(_("The record changed after you looked at it. Read again what is sent."))
    settle(case=case, by=by, record=record)
    referral = notification = None
    read: dict[str, str] = {"digest": digest, "unread": unread}
    if record.branch.refers:
        referral = duties.submit_nrm(
            case=case, by=by, at=at, home_office_reference=reference, **read
        )
    else:
        notification = duties.notify(case=case, by=by, at=at, reference=reference, **read)
    kind = SubmissionKind.REFERRAL if referral else SubmissionKind.NOTIFICATION
    return _keep(case, kind, by=by, at=at, text=text, referral=referral, notification=notification)


@transaction.atomic
def send_more(
    *, case: Case, by: Actor, at: datetime, kind: str, note: str, record: Record
) -> NrmSubmission:
    """Later evidence, or a correction, was sent: the whole of what stands now is kept beside what went before."""
    check(by, Permission.NRM_DECIDE)
    locked = lock_open_case(case, by=by)
    first = locked.nrm_submissions.first()
    if first is None:
        raise Conflict(_("Nothing was sent yet. Send the report itself first."))
    text, _digest = sealed(as_answers(record.out(), record.files))
    more = _keep(
        locked,
        SubmissionKind(kind),
        by=by,
        at=at,
        text=text,
        note=note,
        referral=first.referral,
        notification=first.notification,
    )
    write_line(
        locked,
        EventKind.NRM if first.referral_id else EventKind.DUTY_TO_NOTIFY,
        verb="case.nrm_more_sent",
        by=by,
        at=at,
        recorded_at=clocks.now(),
        text=note,
    )
    return more


def _keep(
    case: Case, kind: SubmissionKind, *, by: Actor, at: datetime, text: str, **over: Any
) -> NrmSubmission:
    return add(
        NrmSubmission(
            scope_id=case.scope_id,
            case=case,
            at=at,
            by_id=by.id,
            recorded_at=clocks.now(),
            kind=kind,
            number=case.nrm_submissions.count() + 1,
            answers=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            **over,
        )
    )
