"""The room of how a status changes: look in the row's own table of transitions, save, record. The only way."""

from typing import Any, Protocol, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict


class Movable(Protocol):
    """A model with a `status` and, beside its choices, the `TRANSITIONS` that are allowed."""

    status: Any
    TRANSITIONS: Any


Thing = TypeVar("Thing", bound=Model)


def may_move(thing: Movable, to: str) -> bool:
    """Whether the table of transitions has this step."""
    return to in thing.TRANSITIONS.get(thing.status, frozenset())


def move(thing: Thing, to: str, *, by: Actor, save: tuple[str, ...] = (), **detail: Any) -> Thing:
    """The row (already locked by the caller) is in the new state, with `save` fields; `Conflict` if it may not.

    A trigger made from the same table guards the database against every other path.
    """
    movable: Any = thing
    was = str(movable.status)
    if not may_move(movable, to):
        raise Conflict(
            _(
                "This cannot be done now: somebody may have changed it first. Look at it again, then decide."
            )
        )
    movable.status = to
    fields = ["status", *save]
    if hasattr(movable, "version"):
        movable.version += 1
        fields.append("version")
    if hasattr(movable, "changed_at") and "changed_at" not in save:
        movable.changed_at = clocks.now()
        fields.append("changed_at")
    thing.save(update_fields=fields)
    audit.record(f"{thing._meta.model_name}.moved", by=by, of=thing, was=was, to=str(to), **detail)
    return thing
