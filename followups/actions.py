"""The room of what a person does about something owed: move its time, send a message again."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.scoping import NotVisible
from followups.models import (
    NOT_REACHED,
    OWED,
    FollowUp,
    FollowUpState,
    Notice,
    NoticeState,
    RePlan,
)

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
    moves = followup.replans.aggregate(count=Count("pk"), last=Max("round"))
    if moves["count"] >= FREE_MOVES and not by.can(Permission.QUEUE_VIEW):
        raise Refused(
            _("This has been moved twice. Ask your supervisor to move it again."),
            verb="followup.replan",
        )
    moved_to = RePlan.objects.create(
        id=uuid4(),
        followup=followup,
        # Moved again before a sweep took the last move over: the later one counts.
        round=max(followup.round, moves["last"] or 0) + 1,
        due_at=due_at,
        reason=reason,
        at=at,
        by_id=by.person_id,
    )
    audit.record("followup.replanned", by=by, of=followup, rule=followup.rule, round=moved_to.round)
    return moved_to


@transaction.atomic
def send_again(*, notice_id: UUID, by: Actor) -> int:
    """The message that this notice went with waits to be sent anew, as far as it is owed: how many notices.

    Raises `Conflict` when somebody did so already, or nothing of it is owed any more.
    """
    check(by, Permission.QUEUE_VIEW)
    mine = Notice.objects.filter(step__followup__in=FollowUp.objects.visible_to(by))
    notice = mine.filter(pk=notice_id).first()
    if notice is None:
        raise NotVisible("followups.Notice")
    again = mine.filter(
        person=notice.person_id,
        channel=notice.channel,
        message_id=notice.message_id,
        state__in=NOT_REACHED,
        step__followup__state__in=OWED,
    ).values_list("pk", flat=True)
    count = Notice.objects.filter(pk__in=list(again), state__in=NOT_REACHED).update(
        state=NoticeState.QUEUED,
        send_after=clocks.now(),
        attempts=0,
        message_id="",
        passed_on_at=None,
        problem="",
    )
    if not count:
        raise Conflict(_("This was sent again already, or nothing of it is owed any more."))
    audit.record("message.sent_again", by=by, of=notice, count=count)
    return count
