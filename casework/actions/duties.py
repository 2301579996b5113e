"""The room of what is owed early in a case: safety, crime, local authority, needs, referral, review."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions import nrm_reading
from casework.actions.history import lock_open_case, write_line
from casework.models import (
    AuthorityTold,
    Case,
    CrimeRecord,
    DutyToNotify,
    EventKind,
    NeedsAssessment,
    NrmReferral,
    NrmStatus,
    Review,
    SafetyCheck,
    SharingStopped,
)
from casework.records import consents_of, nrm_word
from casework.rules import NrmPath, nrm_path
from pages.answers import Answer
from victims.actions import set_needs


@transaction.atomic
def confirm_safety(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    apart: Answer,
    medical: Answer,
    tonight: Answer,
    is_safe: bool,
) -> SafetyCheck:
    """It is on record whether the person is safe now [super-complaint C2]."""
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        SafetyCheck(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            apart=apart,
            medical=medical,
            tonight=tonight,
            is_safe=is_safe,
        )
    )
    write_line(
        locked,
        EventKind.SAFETY,
        verb="case.safety_confirmed",
        by=by,
        at=at,
        recorded_at=now,
        is_safe=is_safe,
    )
    return done


@transaction.atomic
def record_crime(
    *, case: Case, by: Actor, at: datetime, number: str, other_force: str = ""
) -> CrimeRecord:
    """The crime in which the person is the victim has its number [T01]."""
    check(by, Permission.CRIME_RECORD)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        CrimeRecord(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            number=number,
            other_force=other_force,
        )
    )
    write_line(
        locked,
        EventKind.CRIME,
        verb="case.crime_recorded",
        by=by,
        at=at,
        recorded_at=now,
        text=number,
    )
    return done


@transaction.atomic
def tell_authority(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    authority: str,
    contact_name: str = "",
    reference: str = "",
) -> AuthorityTold:
    """Children's services of the local authority know of the child, or of somebody who may be one [T03]."""
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        AuthorityTold(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            authority=authority,
            contact_name=contact_name,
            reference=reference,
        )
    )
    write_line(
        locked, EventKind.AUTHORITY, verb="case.authority_told", by=by, at=at, recorded_at=now
    )
    return done


@transaction.atomic
def assess_needs(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    kinds: Collection[str],
    urgent: Collection[str] = (),
    support_declined: bool = False,
) -> NeedsAssessment:
    """The person's needs are assessed: these are open now, or they want no support now [T13]."""
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    set_needs(victim=locked.victim, by=by, kinds=kinds, urgent=urgent)
    done = add(
        NeedsAssessment(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            support_declined=support_declined,
        )
    )
    write_line(
        locked,
        EventKind.NEEDS,
        verb="case.needs_assessed",
        by=by,
        at=at,
        recorded_at=now,
        kinds=sorted(kinds),
        support_declined=support_declined,
    )
    return done


@transaction.atomic
def submit_nrm(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    home_office_reference: str = "",
    digest: str = "",
    unread: str = "",
) -> NrmReferral:
    """The person is referred to the Home Office: a child without consent, an adult only with it [T02].

    `digest` and `unread` are for `nrm_reading.leave`, as in `notify`.
    """
    check(by, Permission.NRM_DECIDE)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    path = nrm_path(locked, by)
    if not path.refers:
        raise Conflict(
            _("An adult is referred only when they agree. Record what they decided first.")
        )
    nrm_reading.leave(locked, by=by, at=at, digest=digest, why=unread)
    agreed = nrm_word(locked, by) if path is not NrmPath.CHILD else None
    done = add(
        NrmReferral(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            consent=agreed,
            home_office_reference=home_office_reference,
        )
    )
    write_line(
        locked,
        EventKind.NRM,
        verb="case.nrm_submitted",
        by=by,
        at=at,
        recorded_at=now,
        status=str(NrmStatus.SUBMITTED),
        path=str(path),
    )
    return done


@transaction.atomic
def notify(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    reference: str = "",
    digest: str = "",
    unread: str = "",
) -> DutyToNotify:
    """The Home Office knows of an adult who did not agree, and not who they are [MSA 2015 s52]."""
    check(by, Permission.NRM_DECIDE)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    if not nrm_path(locked, by).notifies:
        raise Conflict(_("The duty to notify is for an adult who did not agree to be referred."))
    nrm_reading.leave(locked, by=by, at=at, digest=digest, why=unread)
    done = add(
        DutyToNotify(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            reference=reference,
        )
    )
    write_line(
        locked, EventKind.DUTY_TO_NOTIFY, verb="case.notified", by=by, at=at, recorded_at=now
    )
    return done


@transaction.atomic
def stop_sharing(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    purpose: str,
    how: str,
    told: str = "",
    reason: str = "",
) -> SharingStopped:
    """What the person took back has stopped: whoever was given it knows, or it is said why it goes on."""
    check(by, Permission.CONSENT_RECORD)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    word = consents_of(locked, by).holding(purpose)
    if word is not None and at < word.decided_at:
        raise Conflict(_("They decided after that. Enter when it stopped."))
    done = add(
        SharingStopped(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            purpose=purpose,
            how=how,
            told=told,
            reason=reason,
        )
    )
    write_line(
        locked,
        EventKind.CONSENT,
        verb="case.sharing_stopped",
        by=by,
        at=at,
        recorded_at=now,
        text=reason,
        purpose=str(purpose),
        how=str(how),
    )
    return done


@transaction.atomic
def review_case(*, case: Case, by: Actor, findings: str) -> Review:
    """A supervisor has looked at the whole case and written what they found [T40]."""
    check(by, Permission.CASE_REVIEW)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        Review(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.id,
            recorded_at=now,
            findings=findings,
        )
    )
    write_line(
        locked,
        EventKind.REVIEW,
        verb="case.reviewed",
        by=by,
        recorded_at=now,
        text=findings,
    )
    return done
