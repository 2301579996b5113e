"""The room of what happens to the cases of somebody who leaves."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts import audit
from accounts.actors import Actor
from accounts.models import GrantKind, ScopeGrant, User
from casework.models import Allocation, Case, CaseEvent, CaseStatus, EventKind


def move_caseload(person: User, by: Actor, at: datetime) -> None:
    """Every case that a leaver held waits for an owner with its unit, in the leaving's own transaction.

    Set-based, so that a thousand cases cost what one does; the database still guards each transition.
    A case that waits to be closed goes on waiting, without an owner.
    """
    held = Case.objects.open().filter(owner=person)
    left = list(held.select_for_update(of=("self",)).order_by("pk"))
    changes = {"owner": None, "version": F("version") + 1, "changed_at": at}
    pks = [case.pk for case in left]
    cases = Case.objects.filter(pk__in=pks)
    cases.filter(status=CaseStatus.CLOSING).update(**changes)
    cases.exclude(status=CaseStatus.CLOSING).update(
        status=CaseStatus.NEW, sent_at=Coalesce("sent_at", at), **changes
    )
    Allocation.objects.filter(case__in=pks, ended_at__isnull=True).update(ended_at=at)
    CaseEvent.objects.bulk_create(
        CaseEvent(
            scope_id=case.scope_id,
            case=case,
            kind=EventKind.PERSON_LEFT,
            at=at,
            by_id=by.id,
            recorded_at=at,
            detail={"was": case.status, "owner": str(person.pk)},
        )
        for case in left
    )
    audit.record("caseload.moved", by=by, of=person, cases=[str(pk) for pk in pks])
    ScopeGrant.objects.filter(
        user=person, kind=GrantKind.OWNER, scope__in=[case.scope_id for case in left]
    ).filter(ends_at__isnull=True).update(ends_at=at)
