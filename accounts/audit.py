"""The room of what was done and looked at: acts, views, searches and refusals, in the act's own transaction."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

import clocks
from accounts.actors import Actor
from accounts.context import current
from accounts.models import AuditEvent


def record(
    verb: str, *, by: Actor, of: Model | None = None, scope_id: UUID | None = None, **detail: Any
) -> None:
    """Write one event (`case.closed`) about a row. `detail` takes ids and codes, never names or free text."""
    context = current()
    AuditEvent.objects.create(
        id=uuid4(),
        at=context.at if context else clocks.now(),
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        force_id=by.force_id or getattr(of, "force_id", None),
        agency_id=by.agency_id,
        request_id=context.request_id if context else "",
        subject=of._meta.label_lower if of else "",
        subject_id=str(of.pk) if of else "",
        scope_id=scope_id or getattr(of, "scope_id", None),
        detail=detail,
    )


def viewed(subject: Model, *, by: Actor, **detail: Any) -> None:
    """A person looked at a row: written before the page leaves [DPA 2018 s62]."""
    record(f"{subject._meta.model_name}.viewed", by=by, of=subject, **detail)


def searched(what: str, *, by: Actor, shown: list[str], **detail: Any) -> None:
    """A person searched or opened a list: how many rows, and which, were shown to them."""
    record(f"{what}.searched", by=by, count=len(shown), shown=shown, **detail)


def refused(verb: str, *, by: Actor, **detail: Any) -> None:
    """Somebody tried what they may not do."""
    record("access.refused", by=by, tried=verb, **detail)
