"""The room of operations: begun, with cases put in and taken out, and facts told once for all of them."""

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from casework.actions.history import lock_case, write_line
from casework.models import Case, EventKind, Operation, SharedFact


@transaction.atomic
def start_operation(*, name: str, by: Actor) -> Operation:
    """There is an operation of this name in the actor's force, with no case in it yet."""
    check(by, Permission.OPERATION_EDIT)
    operation = add(
        Operation(
            force_id=by.own_force_id,
            name=" ".join(name.split()),
            started_at=clocks.now(),
            started_by_id=by.person_id,
        )
    )
    audit.record("operation.started", by=by, of=operation)
    return operation


@transaction.atomic
def put_into_operation(*, case: Case, operation: Operation, by: Actor) -> None:
    """The case is one of the operation's; a case is in one operation at a time."""
    check(by, Permission.OPERATION_EDIT)
    chosen = _seen(operation, by=by)
    locked = lock_case(case, by=by)
    if locked.operation_id is not None and locked.operation_id != chosen.pk:
        raise Conflict(_("This case is in another operation. Take it out of that one first."))
    if locked.operation_id == chosen.pk:
        return
    _move(locked, chosen, by=by)
    write_line(
        locked,
        EventKind.OPERATION,
        verb="case.operation_joined",
        by=by,
        recorded_at=clocks.now(),
        text=_("Put into %s") % chosen.name,
        operation=str(chosen.pk),
        joined=True,
    )


@transaction.atomic
def take_out_of_operation(*, case: Case, by: Actor, reason: str) -> None:
    """The case is in no operation; the facts of the operation are not shown on it any more."""
    check(by, Permission.OPERATION_EDIT)
    locked = lock_case(case, by=by)
    if locked.operation_id is None:
        return
    left = str(locked.operation_id)
    _move(locked, None, by=by)
    write_line(
        locked,
        EventKind.OPERATION,
        verb="case.operation_left",
        by=by,
        recorded_at=clocks.now(),
        text=reason,
        operation=left,
        joined=False,
    )


@transaction.atomic
def share_fact(*, operation: Operation, by: Actor, kind: str, text: str) -> SharedFact:
    """It is known for every case of the operation, and nobody types it a second time."""
    check(by, Permission.OPERATION_EDIT)
    chosen = _seen(operation, by=by)
    fact = add(
        SharedFact(
            operation=chosen,
            force_id=chosen.force_id,
            kind=kind,
            text=text,
            at=clocks.now(),
            by_id=by.person_id,
        )
    )
    audit.record("operation.fact_shared", by=by, of=fact, operation=str(chosen.pk), kind=str(kind))
    return fact


@transaction.atomic
def end_fact(*, fact: SharedFact, by: Actor) -> None:
    """It is not shown on the cases any more; the record keeps it."""
    check(by, Permission.OPERATION_EDIT)
    _seen(fact.operation, by=by)
    locked = SharedFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if locked.ended_at is not None:
        return
    locked.ended_at, locked.ended_by_id = clocks.now(), by.person_id
    locked.save(update_fields=["ended_at", "ended_by"])
    audit.record("operation.fact_ended", by=by, of=locked, operation=str(locked.operation_id))


def _seen(operation: Operation, *, by: Actor) -> Operation:
    """The operation, if this actor may know of it."""
    seen = Operation.objects.visible_to(by).filter(pk=operation.pk).first()
    if seen is None:
        raise NotVisible("casework.Operation")
    return seen


def _move(case: Case, operation: Operation | None, *, by: Actor) -> None:
    case.operation = operation
    case.version += 1
    case.save(update_fields=["operation", "version"])
