"""The room of asking why a case is opened: what a force asks, and what somebody answers."""

from uuid import uuid4

from django.db import models, transaction

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.models import Force
from accounts.permissions import Permission, check
from accounts.reasons import AsksWhy, Look, LookReason
from accounts.rows import check_row


@transaction.atomic
def give_reason(*, case: models.Model, reason: str, words: str, by: Actor) -> None:
    """Why they open the case today is on record; of two answers in a day the first counts."""
    check(by, Permission.CASE_VIEW)
    look = Look(
        id=uuid4(),
        scope_id=getattr(case, "scope_id"),  # noqa: B009 - a case is a room above
        force_id=by.own_force_id,
        by_id=by.person_id,
        day=clocks.today(),
        at=clocks.now(),
        reason=LookReason(reason),
        words=words.strip(),
    )
    check_row(look)
    Look.objects.bulk_create([look], ignore_conflicts=True)
    audit.record("case.reason_given", by=by, of=case, reason=reason)


@transaction.atomic
def set_asks_why(*, asks_why: str, by: Actor) -> None:
    """From now on the force asks these people why they open a case, and nobody else."""
    check(by, Permission.PEOPLE_ADMIN)
    force = Force.objects.select_for_update(of=("self",)).get(pk=by.own_force_id)
    was, force.asks_why = force.asks_why, AsksWhy(asks_why)
    if was != force.asks_why:
        force.save(update_fields=["asks_why"])
        audit.record("force.asks_why_set", by=by, of=force, was=was, now=asks_why)
