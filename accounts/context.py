"""The room of the second wall's key: who acts, told to PostgreSQL for one transaction [architecture 6]."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction

import clocks
from accounts.actors import Actor, ActorKind
from accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, since when, in which request. `in_request` turns on the guard against unscoped reads."""

    actor: Actor
    at: datetime
    request_id: str
    in_request: bool = False


MOVES_ON = frozenset({"app.at", "app.request"})
_CURRENT: ContextVar[Context | None] = ContextVar("holdfast_context", default=None)


def current() -> Context | None:
    """The context of this request, task or command; None outside one."""
    return _CURRENT.get()


@contextmanager
def acting_as(
    actor: Actor, *, at: datetime | None = None, request_id: str = "", in_request: bool = False
) -> Iterator[Context]:
    """One transaction in which PostgreSQL knows who acts; outside it, row-level security shows no rows.

    Contexts nest: on leaving, the outer one (or none) is told to PostgreSQL again.
    """
    context = Context(actor, at or clocks.now(), request_id or str(uuid4()), in_request)
    if actor.kind is ActorKind.NOBODY and not connection.in_atomic_block:
        # PostgreSQL, told nothing, shows nobody anything: no transaction is needed for that.
        with _known(context):
            yield context
        return
    outer = _CURRENT.get()
    nested = connection.in_atomic_block
    with transaction.atomic():
        tell(context)
        with _known(context):
            yield context
        # An error, or a commit of the outermost transaction, has already undone what LOCAL set.
        if nested and not connection.needs_rollback:
            tell(outer)


def become(actor: Actor) -> None:
    """The rest of this request is the actor's: an agency's token is read only once the view has begun.

    Call it inside the view's own transaction; leaving the request's context undoes it.
    """
    context = _CURRENT.get()
    if context is None or not context.in_request:
        raise RuntimeError("become() is for a request that has a context.")
    known = replace(context, actor=actor)
    tell(known)
    _CURRENT.set(known)


def go_on_at(at: datetime) -> None:
    """The rest of this transaction happens then, as an act of its own: the demo lives a case's months in one."""
    context = _CURRENT.get()
    if context is None or context.in_request:
        raise RuntimeError("go_on_at() is for a command that acts as somebody.")
    later = replace(context, at=at, request_id=str(uuid4()))
    _set({name: value for name, value in _settings(later).items() if name in MOVES_ON})
    _CURRENT.set(later)


@contextmanager
def _known(context: Context) -> Iterator[None]:
    token = _CURRENT.set(context)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def tell(context: Context | None) -> None:
    """Set (or clear) the transaction's settings that the policies read. Always LOCAL, never the session's."""
    _set(_settings(context))


def _set(values: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in values),
            [part for pair in values.items() for part in pair],
        )


def _settings(context: Context | None) -> dict[str, str]:
    names = (
        *("kind", "actor", "name", "force", "reach", "units", "users", "barred", "audits"),
        *("voice", "agency", "at", "request"),
    )
    if context is None:
        return {f"app.{name}": "" for name in names}
    actor = context.actor
    values = (
        str(actor.kind),
        str(actor.id or ""),
        actor.name,
        str(actor.force_id or "") if actor.kind is ActorKind.OFFICER else "",
        "force" if actor.force_wide else "unit",
        ",".join(sorted(map(str, actor.unit_ids))),
        ",".join(sorted(map(str, actor.acting_for))),
        ",".join(sorted(map(str, actor.barred))),
        "yes" if actor.can(Permission.AUDIT_VIEW) else "",
        "yes" if actor.can(Permission.VOICE_READ) else "",
        str(actor.agency_id or ""),
        context.at.isoformat(),
        context.request_id,
    )
    return {f"app.{name}": value for name, value in zip(names, values, strict=True)}
