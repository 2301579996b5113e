"""The room of how a case ends: one officer asks, a second decides, and a closed case can be opened again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import states
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from casework.actions.history import lock_case, write_line
from casework.gates import may_close, on_closed
from casework.models import Case, CaseStatus, ClosingOutcome, Closure, EventKind
from casework.rules import closing_obstacles


def obstacles(case: Case, *, outcome: str, at: datetime) -> list[str]:
    """Every sentence that stands in the way of closing with this outcome; none if nothing does."""
    return closing_obstacles(case, outcome) + may_close.obstacles(case, at)


@transaction.atomic
def ask_to_close(
    *,
    case: Case,
    by: Actor,
    outcome: str,
    explanation: str,
    last_safe_contact_at: datetime | None = None,
    no_contact_reason: str = "",
) -> Closure:
    """The case waits for a second officer; nothing that blocks closing is unmet."""
    check(by, Permission.CASE_CLOSE)
    now = clocks.now()
    locked = lock_case(case, by=by)
    _refuse_if_blocked(locked, outcome, now)
    closure = add(
        Closure(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.id,
            recorded_at=now,
            outcome=outcome,
            explanation=explanation,
            last_safe_contact_at=last_safe_contact_at,
            no_contact_reason=no_contact_reason,
        )
    )
    states.move(locked, CaseStatus.CLOSING, by=by)
    write_line(
        locked,
        EventKind.CLOSING,
        verb="case.closing_asked",
        by=by,
        recorded_at=now,
        text=explanation,
        outcome=str(outcome),
    )
    return closure


@transaction.atomic
def decide_closing(*, case: Case, by: Actor, agreed: bool, note: str = "") -> Closure:
    """A second officer has closed the case, or given it back with the reason. Never who asked.

    Nor, when contact was lost, its owner.
    """
    check(by, Permission.CASE_COUNTERSIGN)
    now = clocks.now()
    locked = lock_case(case, by=by)
    closure = locked.closures.select_for_update().filter(decided_at=None).first()
    if closure is None:
        raise Conflict(
            _("Nobody is waiting for this case to be closed: it may be decided already.")
        )
    if closure.by_id is None or closure.by_id == by.id:
        raise Refused(
            _("You asked to close this case. A second officer must look at it."),
            verb="case.countersign",
        )
    if agreed and closure.outcome == ClosingOutcome.NO_CONTACT and locked.owner_id == by.id:
        raise Refused(
            _("This is your own case. A supervisor who does not own it must agree to this."),
            verb="case.countersign",
        )
    if agreed:
        _refuse_if_blocked(locked, closure.outcome, now)
    elif not note:
        raise Conflict(_("Say why the case stays open, so that its officer knows what to do."))
    closure.decided_at, closure.decided_by_id = now, by.id
    closure.agreed, closure.decision_note = agreed, note
    check_row(closure)
    closure.save(update_fields=["decided_at", "decided_by", "agreed", "decision_note"])
    if agreed:
        _close(locked, by=by, note=note, now=now)
    else:
        states.move(locked, _open_state(locked), by=by)
        write_line(
            locked,
            EventKind.RETURNED,
            verb="case.closing_refused",
            by=by,
            recorded_at=now,
            text=note,
        )
    return closure


@transaction.atomic
def reopen(*, case: Case, by: Actor, reason: str) -> Case:
    """A closed case is open again: its owner's if they are still here, else its unit's to assign."""
    check(by, Permission.CASE_REOPEN)
    now = clocks.now()
    locked = lock_case(case, by=by)
    if locked.status != CaseStatus.CLOSED:
        raise Conflict(_("This case is already open."))
    if locked.owner is not None and not locked.owner.is_active:
        locked.owner = None
        locked.allocations.filter(ended_at=None).update(ended_at=now)
    locked.closed_at = None
    states.move(locked, _open_state(locked), by=by, save=("closed_at", "owner"))
    write_line(
        locked, EventKind.REOPENED, verb="case.reopened", by=by, recorded_at=now, text=reason
    )
    for answer in on_closed.answers:
        answer(locked, by, now)
    return locked


def _close(case: Case, *, by: Actor, note: str, now: datetime) -> None:
    case.closed_at = now
    states.move(case, CaseStatus.CLOSED, by=by, save=("closed_at",))
    write_line(case, EventKind.CLOSED, verb="case.closed", by=by, recorded_at=now, text=note)
    for answer in on_closed.answers:
        answer(case, by, now)


def _open_state(case: Case) -> CaseStatus:
    return CaseStatus.ALLOCATED if case.owner_id else CaseStatus.NEW


def _refuse_if_blocked(case: Case, outcome: str, at: datetime) -> None:
    if standing := obstacles(case, outcome=outcome, at=at):
        raise Conflict(
            _("This case cannot be closed yet. Do what is listed, then close it."), fields=standing
        )
