"""The room of giving a case to another unit: it is offered, then taken over, refused, or taken back."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Restriction, Unit, User
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from accounts.states import move
from casework.actions.allocation import assign, candidates
from casework.actions.grants import grant_owner, name_on_team
from casework.actions.history import lock_case, lock_open_case, write_line
from casework.gates import on_transferred
from casework.models import (
    Case,
    CaseEvent,
    CaseStatus,
    EventKind,
    Priority,
    Transfer,
    TransferQuerySet,
    TransferRefusal,
    TransferStatus,
)
from pages.answers import Answer


def may_offer(case: Case, by: Actor) -> bool:
    """Whether the case is theirs to offer: its owner's, whoever covers for them, or a supervisor's."""
    return by.can(Permission.CASE_ASSIGN) or case.owner_id in by.acting_for


@transaction.atomic
def offer(*, case: Case, to_unit: Unit, why: str, reason: str, by: Actor) -> Transfer:
    """The unit is asked to take the case over; until it does, nothing about whose it is changes.

    `reason` is a person's own words for the history: the other unit reads it once the case is theirs.
    """
    case = _theirs(case, by)
    if case.status not in {CaseStatus.NEW, CaseStatus.ALLOCATED}:
        raise Conflict(_not_now(case))
    if not to_unit.is_active:
        raise Conflict(_("That unit is no longer in use. Choose another."))
    if case.transfers.waiting().exists():
        raise Conflict(_("This case is already offered to a unit. Take that back first."))
    at = clocks.now()
    transfer = add(
        Transfer(
            scope_id=case.scope_id,
            case=case,
            reference=case.reference,
            closely=case.scope.restriction != Restriction.STANDARD,
            priority=_priority(case),
            why=why,
            from_force_id=case.scope.force_id,
            from_unit_id=case.scope.unit_id,
            to_force_id=to_unit.force_id,
            to_unit=to_unit,
            offered_at=at,
            offered_by_id=by.person_id,
        )
    )
    _tell(transfer, case, by=by, text=reason)
    return transfer


@transaction.atomic
def withdraw(*, transfer: Transfer, by: Actor) -> Transfer:
    """The case is no longer offered."""
    transfer = _locked(Transfer.objects.visible_to(by), transfer)
    case = _theirs(Case(pk=transfer.case_id), by)
    transfer.withdrawn_at = clocks.now()
    move(transfer, TransferStatus.WITHDRAWN, by=by, save=("withdrawn_at",))
    _tell(transfer, case, by=by)
    return transfer


@transaction.atomic
def accept(*, transfer: Transfer, owner: User, override_reason: str = "", by: Actor) -> Case:
    """The case is the receiving unit's and has its owner there, in one transaction: it was never nobody's.

    Whoever held it before reaches it no longer, but knows that it was taken over. `OverrideNeeded` as
    when a case is assigned.
    """
    transfer = _to_answer(transfer, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_take_over(%s, %s)", [transfer.pk, by.person_id])
    at = clocks.now()
    _answer(transfer, TransferStatus.ACCEPTED, by=by, at=at)
    case = lock_case(Case(pk=transfer.case_id), by=by)
    if case.status not in {CaseStatus.NEW, CaseStatus.ALLOCATED}:
        raise Conflict(_not_now(case))
    if transfer.closely:
        name_on_team(case.scope, owner.pk, at=at)  # the lead who takes it over says who works on it
    if case.owner_id == owner.pk:
        if owner not in candidates(case, by=by):
            raise Conflict(_("Choose an investigator who works in this unit."))
        grant_owner(case.scope, owner.pk, at=at)  # they came here before the case did
    else:
        # Whoever takes a case over chose before they could read what it asks for.
        unseen = _("Chosen as the case was taken over, before its record could be read.")
        case = assign(
            case=case, owner=owner, override_reason=override_reason, choice_reason=unseen, by=by
        )
    _tell(transfer, case, by=by)
    for answer in on_transferred.answers:
        answer(case, by, at)
    return case


@transaction.atomic
def reject(*, transfer: Transfer, refusal: str, note: str = "", by: Actor) -> Transfer:
    """The unit does not take the case over; whose it is has not changed, and they are told why."""
    transfer = _to_answer(transfer, by)
    if refusal not in TransferRefusal.values:
        raise Conflict(_("Say why your unit does not take it over."))
    at = clocks.now()
    transfer.refusal = refusal
    _answer(transfer, TransferStatus.REJECTED, by=by, at=at, save=("refusal",))
    # Whoever refuses cannot reach the case: the line is all that they write of it.
    CaseEvent.objects.create(
        scope_id=transfer.scope_id,
        case_id=transfer.case_id,
        kind=EventKind.TRANSFER,
        at=at,
        by_id=by.id,
        recorded_at=at,
        text=note,
        detail=_detail(transfer),
    )
    return transfer


@transaction.atomic
def see_refusal(*, transfer: Transfer, by: Actor) -> Transfer:
    """Whoever has the case has read why it was not taken over. Twice is once."""
    transfer = _locked(Transfer.objects.visible_to(by), transfer)
    _theirs(Case(pk=transfer.case_id), by)
    if transfer.status != TransferStatus.REJECTED:
        raise Conflict(_("Nobody has refused this case."))
    if transfer.refusal_seen_at is None:
        transfer.refusal_seen_at = clocks.now()
        transfer.save(update_fields=["refusal_seen_at"])
        audit.record("transfer.refusal_seen", by=by, of=transfer)
    return transfer


def _theirs(case: Case, by: Actor) -> Case:
    check(by, Permission.CASE_TRANSFER)
    case = lock_open_case(case, by=by)
    if not may_offer(case, by):
        raise Refused(_("Its owner or a supervisor decides this."), verb="case.transfer")
    return case


def _not_now(case: Case) -> str:
    return {
        CaseStatus.DRAFT: _("This concern is still a draft. Send it first."),
        CaseStatus.CLOSING: _("This case waits to be closed. A second officer decides that first."),
        CaseStatus.CLOSED: _("This case is closed. Reopen it first, and say why."),
    }[CaseStatus(case.status)]


def _priority(case: Case) -> Priority:
    if case.danger == Answer.YES:
        return Priority.URGENT
    return Priority.CHILD if case.victim.is_child else Priority.STANDARD


def _to_answer(transfer: Transfer, by: Actor) -> Transfer:
    check(by, Permission.CASE_ASSIGN)
    transfer = _locked(Transfer.objects.answerable_by(by), transfer)
    if transfer.status != TransferStatus.OFFERED:
        raise Conflict(
            _("This offer is over: %s.") % str(TransferStatus(transfer.status).label).lower()
        )
    if transfer.offered_by_id == by.id:
        raise Refused(
            _("You offered this case. Somebody else must answer; you can take the offer back."),
            verb="transfer.answer",
        )
    return transfer


def _locked(rows: TransferQuerySet, transfer: Transfer) -> Transfer:
    found = rows.select_for_update(of=("self",)).filter(pk=transfer.pk).first()
    if found is None:
        raise NotVisible("casework.Transfer")
    return found


def _answer(
    transfer: Transfer,
    status: TransferStatus,
    *,
    by: Actor,
    at: datetime,
    save: tuple[str, ...] = (),
) -> None:
    transfer.answered_at, transfer.answered_by_id = at, by.person_id
    move(transfer, status, by=by, save=("answered_at", "answered_by", *save))


def _tell(transfer: Transfer, case: Case, *, by: Actor, text: str = "") -> None:
    write_line(
        case,
        EventKind.TRANSFER,
        verb=f"transfer.{transfer.status}",
        by=by,
        recorded_at=clocks.now(),
        text=text,
        **_detail(transfer),
    )


def _detail(transfer: Transfer) -> dict[str, Any]:
    codes = {"transfer": str(transfer.pk), "step": str(transfer.status)}
    units = {"from": transfer.from_unit.name, "to": transfer.to_unit.name}
    return codes | units | ({"refusal": str(transfer.refusal)} if transfer.refusal else {})
