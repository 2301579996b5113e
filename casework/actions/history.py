"""The room of what every act on a case does: lock the case first, write its line in the history last."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.scoping import NotVisible
from casework.models import Case, CaseEvent, CaseStatus, EventKind


def lock_case(case: Case, *, by: Actor) -> Case:
    """The case's row, locked, as it stands now and only if this actor may see it."""
    try:
        return (
            Case.objects.visible_to(by)
            .select_related("victim", "scope")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=case.pk)
        )
    except Case.DoesNotExist as missing:
        raise NotVisible("casework.Case") from missing


def lock_open_case(case: Case, *, by: Actor) -> Case:
    """The same, for an act that a closed case does not take."""
    locked = lock_case(case, by=by)
    if locked.status == CaseStatus.CLOSED:
        raise Conflict(_("This case is closed. Reopen it first, and say why."))
    return locked


def note_opened(case: Case, at: datetime, *, by: Actor) -> None:
    """Its owner, or whoever covers for them, has looked at the case or does something in it: the first time counts.

    The one thing that looking writes beside the trail: to open it is what they owe.
    """
    if case.owner_id in by.acting_for:
        case.allocations.filter(ended_at=None, opened_at=None).update(opened_at=at)


def write_line(
    case: Case,
    kind: EventKind,
    *,
    verb: str,
    by: Actor,
    recorded_at: datetime,
    at: datetime | None = None,
    text: str = "",
    **detail: Any,
) -> CaseEvent:
    """The history has one more line, the audit trail one more event, and the case says it has changed.

    `text` is a person's own words; `detail` holds codes and ids only.
    """
    line = CaseEvent.objects.create(
        scope_id=case.scope_id,
        case=case,
        kind=kind,
        at=at or recorded_at,
        by_id=by.id,
        recorded_at=recorded_at,
        text=text,
        detail=detail,
    )
    case.changed_at = recorded_at
    case.save(update_fields=["changed_at"])
    note_opened(case, recorded_at, by=by)
    audit.record(verb, by=by, of=case, **detail)
    return line
