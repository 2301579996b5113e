"""The room of conflicts of interest: a case is closed to somebody who must keep away from it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import ScopeBar, User
from accounts.permissions import Permission, check
from accounts.rows import add, check_row
from accounts.states import move
from casework.actions.grants import end_owner_grants
from casework.actions.history import lock_case, write_line
from casework.models import Case, CaseStatus, EventKind


def closed_to(case: Case) -> list[ScopeBar]:
    """To whom this case is closed; none unless PostgreSQL lets the reader see the case.

    One that follows from another record is shown to whoever sees that record.
    """
    seen = Q(through=None) | Q(through__in=ScopeBar.objects.values("pk"))
    bars = ScopeBar.objects.filter(seen, scope=case.scope_id, ended_at=None)
    return list(bars.select_related("user", "declared_by"))


@transaction.atomic
def declare(*, case: Case, person: User, tie: str, by: Actor) -> ScopeBar:
    """The case is closed to them from their next request on; what they owned of it waits for an owner.

    So is every record that is merged with this one, by the database, also those that `by` may not see.
    Anybody declares it for themself; for somebody else a supervisor does.
    """
    check(by, Permission.CONFLICT_DECLARE)
    if person.pk != by.id:
        check(by, Permission.CONFLICT_RECORD)
    at = clocks.now()
    locked = lock_case(case, by=by)
    if person.force_id != locked.scope.force_id:
        raise Refused(_("They do not work for this force, so they do not see this case."))
    bar = add(
        ScopeBar(
            scope_id=locked.scope_id,
            force_id=locked.scope.force_id,
            user=person,
            tie=tie,
            declared_at=at,
            declared_by_id=by.person_id,
        )
    )
    write_line(
        locked,
        EventKind.CONFLICT,
        verb="conflict.declared",
        by=by,
        recorded_at=at,
        tie=tie,
        person=str(person.pk),
    )
    if locked.owner_id == person.pk:
        _wait_for_owner(locked, at, by)
    return bar


def _wait_for_owner(case: Case, at: datetime, by: Actor) -> None:
    case.owner = None
    case.allocations.filter(ended_at__isnull=True).update(ended_at=at)
    if case.status in {CaseStatus.DRAFT, CaseStatus.ALLOCATED}:
        case.sent_at = case.sent_at or at
        move(case, CaseStatus.NEW, by=by, save=("owner", "sent_at"))
    else:
        case.version += 1
        case.save(update_fields=["owner", "version"])
    end_owner_grants(case.scope, at=at)  # last: whoever saw the case by it alone sees it no longer


@transaction.atomic
def end(*, bar: ScopeBar, why: str, by: Actor) -> ScopeBar:
    """The case is no longer closed to them, by a supervisor who is neither of the two who said so."""
    check(by, Permission.CONFLICT_RECORD)
    bar = ScopeBar.objects.select_for_update(of=("self",)).get(pk=bar.pk)
    if bar.through_id is not None:
        raise Conflict(_("It was said in another record of the same person. End it there."))
    if by.id in {bar.user_id, bar.declared_by_id}:
        raise Refused(_("Another supervisor must end this."), verb="conflict.end")
    if bar.ended_at is None:
        bar.ended_at, bar.ended_by_id, bar.why_ended = clocks.now(), by.person_id, why.strip()
        check_row(bar)
        bar.save(update_fields=["ended_at", "ended_by", "why_ended"])
        audit.record("conflict.ended", by=by, of=bar, person=str(bar.user_id))
    return bar
