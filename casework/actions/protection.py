"""The room of what two people must think through first: no enhanced rights, a charge, sharing with immigration."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, ImmigrationShare, Section45


@transaction.atomic
def set_enhanced(*, case: Case, by: Actor, enhanced: bool, reason: str = "") -> Case:
    """They have enhanced rights, or a supervisor has said why not; open due times follow [Victims' Code]."""
    check(by, Permission.ENHANCED_CHANGE)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    locked.enhanced = enhanced
    locked.enhanced_off_reason = "" if enhanced else reason
    locked.version += 1
    check_row(locked)
    locked.save(update_fields=["enhanced", "enhanced_off_reason", "version"])
    write_line(
        locked,
        EventKind.ENHANCED,
        verb="case.enhanced_set",
        by=by,
        recorded_at=now,
        text=reason,
        enhanced=enhanced,
    )
    return locked


@transaction.atomic
def consider_section_45(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    offence: str,
    age_then: str,
    schedule_4: bool,
    findings: str,
    outcome: str,
    act_on: date | None = None,
    prosecutor_told_at: datetime | None = None,
) -> Section45:
    """Somebody has asked whether the person was made to do it, and looked into Schedule 4 [MSA 2015 s45]."""
    check(by, Permission.SECTION_45_CONSIDER)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    done = add(
        Section45(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.person_id,
            recorded_at=now,
            offence=offence,
            act_on=act_on,
            age_then=age_then,
            schedule_4=schedule_4,
            findings=findings,
            prosecutor_told_at=prosecutor_told_at,
            outcome=outcome,
        )
    )
    write_line(
        locked,
        EventKind.SECTION_45,
        verb="case.section_45_considered",
        by=by,
        at=at,
        recorded_at=now,
        outcome=str(outcome),
    )
    return done


@transaction.atomic
def review_section_45(*, case: Case, by: Actor, agreed: bool, note: str = "") -> Section45:
    """A second officer agrees with what was found, or sends it back with the reason. Never who found it."""
    check(by, Permission.SECTION_45_REVIEW)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    waiting = (
        locked.section_45s.select_for_update()
        .filter(reviewed_at=None)
        .order_by("-recorded_at")
        .first()
    )
    if waiting is None:
        raise Conflict(_("Nothing waits for a review: it may be reviewed already."))
    if waiting.by_id == by.id:
        raise Refused(
            _("You considered it yourself. A second officer must review it."),
            verb="section-45.review",
        )
    if not agreed and not note:
        raise Conflict(_("Say what is missing, so that the officer knows what to do."))
    waiting.reviewed_at, waiting.reviewed_by_id = now, by.person_id
    waiting.agreed, waiting.review_note = agreed, note
    check_row(waiting)
    waiting.save(update_fields=["reviewed_at", "reviewed_by", "agreed", "review_note"])
    write_line(
        locked,
        EventKind.SECTION_45,
        verb="case.section_45_reviewed",
        by=by,
        recorded_at=now,
        text=note,
        agreed=agreed,
    )
    return waiting


@transaction.atomic
def ask_to_share(
    *,
    case: Case,
    by: Actor,
    recipient: str,
    what: str,
    basis: str,
    necessity: str,
    person_told: str,
) -> ImmigrationShare:
    """Somebody asks to tell immigration enforcement; until a second person agrees, nothing leaves [domain 4.2]."""
    check(by, Permission.IMMIGRATION_ASK)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    asked = add(
        ImmigrationShare(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.person_id,
            recorded_at=now,
            recipient=recipient,
            what=what,
            basis=basis,
            necessity=necessity,
            person_told=person_told,
        )
    )
    write_line(locked, EventKind.IMMIGRATION, verb="case.immigration_asked", by=by, recorded_at=now)
    return asked


@transaction.atomic
def decide_share(*, case: Case, by: Actor, approved: bool, note: str) -> ImmigrationShare:
    """A second person has said whether it may be shared, and why. Never who asked."""
    check(by, Permission.IMMIGRATION_DECIDE)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    asked = locked.immigration_shares.select_for_update().filter(decided_at=None).first()
    if asked is None:
        raise Conflict(_("Nobody waits for this decision: it may be decided already."))
    if asked.by_id == by.id:
        raise Refused(
            _("You asked to share this. A second person must decide."), verb="immigration.decide"
        )
    if not note:
        raise Conflict(_("Say why."))
    asked.decided_at, asked.decided_by_id = now, by.person_id
    asked.approved, asked.decision_note = approved, note
    check_row(asked)
    asked.save(update_fields=["decided_at", "decided_by", "approved", "decision_note"])
    write_line(
        locked,
        EventKind.IMMIGRATION,
        verb="case.immigration_decided",
        by=by,
        recorded_at=now,
        text=note,
        approved=approved,
    )
    return asked


@transaction.atomic
def record_shared(*, case: Case, by: Actor, at: datetime) -> ImmigrationShare:
    """What was approved has been shared, at that time."""
    check(by, Permission.IMMIGRATION_ASK)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    approved = (
        locked.immigration_shares.select_for_update()
        .filter(approved=True, shared_at=None)
        .order_by("-decided_at")
        .first()
    )
    if approved is None:
        raise Conflict(_("Nothing was approved, so nothing may be shared."))
    approved.shared_at = at
    check_row(approved)
    approved.save(update_fields=["shared_at"])
    write_line(
        locked,
        EventKind.IMMIGRATION,
        verb="case.immigration_shared",
        by=by,
        at=at,
        recorded_at=now,
        shared=True,
    )
    return approved
