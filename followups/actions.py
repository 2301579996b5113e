"""The room of what a person does about something owed: move its time."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from followups.models import FollowUp, FollowUpState, RePlan

FREE_MOVES = 2
"""How often an owner may move one due time alone; the next move needs a supervisor."""


@transaction.atomic
def replan(*, followup_id: object, due_at: datetime, reason: str, by: Actor) -> RePlan:
    """The follow-up has a new due time from the next sweep on, in a new round, with who and why.

    Raises `Refused` on the third move without a supervisor, `Conflict` if it is no longer owed or the time
    has passed.
    """
    check(by, Permission.FOLLOWUP_REPLAN)
    at = clocks.now()
    followup = (
        FollowUp.objects.visible_to(by)
        .select_for_update(of=("self",))
        .get_visible(by, pk=followup_id)
    )
    if followup.state != FollowUpState.OPEN:
        raise Conflict(_("This is no longer owed, so there is nothing to move."))
    if due_at <= at:
        raise Conflict(_("The new time has already passed. Choose a later one."))
    moved = followup.replans.count()
    if moved >= FREE_MOVES and not by.can(Permission.QUEUE_VIEW):
        raise Refused(
            _("This has been moved twice. Ask your supervisor to move it again."),
            verb="followup.replan",
        )
    moved_to = RePlan.objects.create(
        id=uuid4(),
        followup=followup,
        round=followup.round + 1,
        due_at=due_at,
        reason=reason,
        at=at,
        by_id=by.person_id,
    )
    audit.record("followup.replanned", by=by, of=followup, rule=followup.rule, round=moved_to.round)
    return moved_to
