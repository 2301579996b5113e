"""The room of what happens in an investigation, and of telling the person: each act is one fact more."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions.contact import safe_channels
from casework.actions.history import lock_open_case, write_line
from casework.models import (
    ANSWERS,
    TO_BE_TOLD,
    Case,
    CrimeRecord,
    EventKind,
    Happening,
    Informed,
    InvestigationEvent,
    Section45,
    Section45Outcome,
    Subject,
    Teller,
)
from casework.untold import Thing, things_to_tell


@transaction.atomic
def record_happening(
    *,
    case: Case,
    by: Actor,
    kind: str,
    at: datetime,
    crime: CrimeRecord | None = None,
    suspect: str = "",
    answers: InvestigationEvent | None = None,
    hearing_at: datetime | None = None,
    note: str = "",
    told_how: str = "",
) -> InvestigationEvent:
    """It is on record, and what the person is owed because of it runs; with `told_how` they know already [T12-T38].

    A charge of the person themselves needs a reviewed consideration of section 45 [MSA 2015 s45].
    """
    check(by, Permission.INVESTIGATION_RECORD)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    _check_answer(locked, kind, answers)
    considered = _considered(locked) if kind == Happening.PERSON_CHARGED else None
    event = add(
        InvestigationEvent(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            kind=kind,
            crime=crime,
            suspect=suspect,
            answers=answers,
            section_45=considered,
            hearing_at=hearing_at,
            note=note,
        )
    )
    write_line(
        locked,
        EventKind.INVESTIGATION,
        verb="case.happened",
        by=by,
        at=at,
        recorded_at=now,
        text=note,
        what=str(kind),
    )
    if told_how and kind in TO_BE_TOLD:
        key = f"happening:{event.pk}"
        inform(case=locked, by=by, at=now, about=[key], channel=told_how)
    return event


@transaction.atomic
def inform(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    about: Collection[str],
    teller: str = Teller.POLICE,
    channel: str = "",
    unsafe_channel_reason: str = "",
    why_not: str = "",
) -> list[Informed]:
    """The person knows these things, or it is on record why they were not told [Victims' Code].

    `about` are keys of `untold.things_to_tell`; one that is not there any more was told meanwhile.
    """
    check(by, Permission.CASE_CONTACT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    if (
        channel
        and teller == Teller.POLICE
        and channel not in safe_channels(locked, by=by)
        and not unsafe_channel_reason
    ):
        raise Conflict(_("This way is not recorded as safe. Say why you used it."))
    untold = {thing.key: thing for thing in things_to_tell(locked)}
    if not about or set(about) - untold.keys():
        raise Conflict(
            _("Some of this was recorded meanwhile. Look again at what is still to tell.")
        )
    told = [untold[key] for key in about]
    if any(at < thing.at for thing in told):
        raise Conflict(_("They cannot have been told before it happened."))
    rows = [
        add(
            Informed(
                scope_id=locked.scope_id,
                case=locked,
                at=at,
                by_id=by.id,
                recorded_at=now,
                subject=thing.subject,
                happening_id=_pk(thing, Subject.HAPPENING),
                decision_id=_pk(thing, Subject.DECISION),
                teller=teller,
                channel=channel,
                unsafe_channel_reason=unsafe_channel_reason,
                why_not=why_not,
            )
        )
        for thing in told
    ]
    write_line(
        locked,
        EventKind.INFORMED,
        verb="case.person_informed",
        by=by,
        at=at,
        recorded_at=now,
        text=why_not,
        about=[thing.code for thing in told],
        told=not why_not,
    )
    return rows


def _pk(thing: Thing, subject: Subject) -> str | None:
    return thing.pk if thing.subject == subject else None


def _check_answer(case: Case, kind: str, answers: InvestigationEvent | None) -> None:
    wanted = ANSWERS.get(kind)
    if wanted is None and answers is None:
        return
    if (
        wanted is None
        or answers is None
        or (answers.case_id, answers.kind in wanted) != (case.pk, True)
    ):
        raise Conflict(_("Choose what this answers."))


def _considered(case: Case) -> Section45:
    """The last consideration of section 45, which lets a charge be recorded; `Conflict` says why none does."""
    latest = case.section_45s.order_by("-recorded_at").first()
    if latest is None:
        raise Conflict(
            _("Before they are charged, somebody must consider section 45 and another review it.")
        )
    if latest.reviewed_at is None:
        raise Conflict(_("Section 45 was considered; a second officer must review it first."))
    if not latest.agreed:
        raise Conflict(_("The review of section 45 sent it back. Consider it again first."))
    if latest.outcome == Section45Outcome.MAY_APPLY:
        raise Conflict(
            _("The defence of section 45 may apply. Clear that up and consider it again first.")
        )
    return latest
