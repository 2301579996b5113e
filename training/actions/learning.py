"""The room of what officers learn beside their courses: they say so, may take it back, and somebody else sees it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import check_row
from training.models import Learning, LearningKind


@transaction.atomic
def add_learning(
    *, by: Actor, done_on: date, kind: LearningKind, about: str, hours: Decimal
) -> Learning:
    """They learned that on that day, by their own word. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    if done_on > clocks.today():
        raise Conflict(_("It must have happened. The date is in the future."))
    same = {"user_id": by.person_id, "done_on": done_on, "kind": kind, "about": about}
    check_row(Learning(**same, hours=hours, recorded_at=clocks.now()))
    made, is_new = (
        Learning.objects.visible_to(by)
        .standing()
        .get_or_create(**same, defaults={"hours": hours, "recorded_at": clocks.now()})
    )
    if is_new:
        audit.record("learning.added", by=by, of=made, kind=kind.value)
    elif made.hours != hours:
        raise Conflict(_("You have added this already, with other hours. Take that back first."))
    return made


@transaction.atomic
def take_back(*, by: Actor, learning: Learning) -> Learning:
    """It counts no longer. Only whoever said it takes it back, until somebody has seen it. Twice is once."""
    check(by, Permission.TRAINING_OWN)
    learning = _locked(learning, by=by)
    if learning.user_id != by.person_id:
        raise Refused(_("Only whoever added it takes it back."), verb="learning.take-back")
    if learning.seen_at is not None:
        raise Conflict(_("Somebody has seen it already, so it stays."))
    if learning.taken_back_at is None:
        learning.taken_back_at = clocks.now()
        learning.save(update_fields=["taken_back_at"])
        audit.record("learning.taken_back", by=by, of=learning)
    return learning


@transaction.atomic
def see_learning(*, by: Actor, learning: Learning) -> Learning:
    """Somebody other than whoever says that they learned it has looked at it. Twice is once."""
    check(by, Permission.TRAINING_VERIFY)
    learning = _locked(learning, by=by)
    if learning.seen_at is not None:
        return learning
    if learning.user_id == by.person_id:
        raise Refused(_("Somebody else must see it."), verb="learning.see")
    if learning.taken_back_at is not None:
        raise Conflict(_("They have taken it back."))
    learning.seen_at, learning.seen_by_id = clocks.now(), by.person_id
    learning.save(update_fields=["seen_at", "seen_by"])
    audit.record("learning.seen", by=by, of=learning, user=str(learning.user_id))
    return learning


def _locked(learning: Learning, *, by: Actor) -> Learning:
    return Learning.objects.select_for_update(of=("self",)).get_visible(by, pk=learning.pk)
