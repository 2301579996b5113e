"""The room of what was done and looked at: acts, views, searches and refusals, in the act's own transaction."""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

import clocks
from accounts.actors import Actor, ActorKind
from accounts.context import current
from accounts.models import AuditEvent, Force
from accounts.reasons import AsksWhy, ReasonNeeded


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
        force_id=by.force_id or (of.pk if isinstance(of, Force) else getattr(of, "force_id", None)),
        agency_id=by.agency_id,
        request_id=context.request_id if context else "",
        subject=of._meta.label_lower if of else "",
        subject_id=str(of.pk) if of else "",
        scope_id=scope_id or getattr(of, "scope_id", None),
        detail=detail,
    )


class Path(TextChoices):
    """By which right somebody saw a record."""

    OWN = "own", _("Their own case")
    COVER = "cover", _("Cover for its owner")
    UNIT = "unit", _("Their unit's case")
    ROLE = "role", _("Their role in the force")
    NAMED = "named", _("Named on the case")
    EMERGENCY = "emergency", _("Emergency access")


# What each policy asks about; whoever a grant names on it, or who supervises its unit, looks at their own work.
ASKED_BY: dict[str, set[Path]] = {
    AsksWhy.OTHER_UNITS: {Path.ROLE},
    AsksWhy.OTHERS: {Path.ROLE, Path.UNIT},
}
SAID = """
    SELECT (SELECT l.reason FROM accounts_look l
             WHERE l.by_id = %(by)s AND l.scope_id = %(scope)s AND l.day = %(day)s),
           EXISTS (SELECT FROM accounts_scopegrant g
                    WHERE g.scope_id = %(scope)s AND g.user_id = ANY (%(users)s::uuid[])
                      AND g.starts_at <= %(at)s AND (g.ends_at IS NULL OR g.ends_at > %(at)s))
        OR EXISTS (SELECT FROM accounts_supervision v JOIN accounts_scope s ON s.unit_id = v.unit_id
                    WHERE s.id = %(scope)s AND v.user_id = %(by)s)
"""


def viewed(subject: Model, *, by: Actor, **detail: Any) -> None:
    """A person looked at a row: written before the page leaves [DPA 2018 s62].

    Of a case also by which right and, where their force asks, why; `ReasonNeeded` before they said so today.
    """
    if path := path_to(subject, by):
        detail["path"] = str(path)
    if reason := reason_for(subject, by=by):
        detail["reason"] = reason
    record(f"{subject._meta.model_name}.viewed", by=by, of=subject, **detail)


def reason_for(case: Model, *, by: Actor) -> str:
    """The code of why they look at it today, '' where their force asks nothing; `ReasonNeeded` until they said."""
    context, path = current(), path_to(case, by)
    if path not in ASKED_BY.get(by.asked_why, ()) or context is None or not context.in_request:
        return ""
    asked = {
        "by": by.person_id,
        "scope": getattr(case, "scope_id", None),
        "day": clocks.today(),
        "users": sorted(by.acting_for),
        "at": context.at,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAID, asked)
        reason, is_own = cursor.fetchone()
    if reason is None and not is_own:
        raise ReasonNeeded(case)
    return reason or ""


def path_to(subject: Model, by: Actor) -> Path | None:
    """By which right the actor sees it, as far as the row itself says; None where it is no case's."""
    scope, owner = getattr(subject, "scope_id", None), getattr(subject, "owner_id", None)
    if by.kind is not ActorKind.OFFICER or scope is None:
        return None
    if scope in by.opened:
        return Path.EMERGENCY
    if not hasattr(subject, "owner_id"):
        return None
    if owner in by.acting_for:
        return Path.OWN if owner == by.id else Path.COVER
    if getattr(subject, "unit_id", None) in by.unit_ids:
        return Path.UNIT
    return Path.ROLE if by.force_wide else Path.NAMED


def searched(what: str, *, by: Actor, shown: list[str], **detail: Any) -> None:
    """A person searched or opened a list: how many rows, and which, were shown to them."""
    record(f"{what}.searched", by=by, count=len(shown), shown=shown, **detail)


def refused(verb: str, *, by: Actor, **detail: Any) -> None:
    """Somebody tried what they may not do."""
    record("access.refused", by=by, tried=verb, **detail)
