"""The room of what the person already told us: recorded once, asked again only with a reason, or by a specialist."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.permissions import Permission, check
from accounts.rows import add
from victims.actions.person import lock_victim, officer_id
from victims.models import MARKS, ToldQuerySet, ToldState, ToldTopic, Victim, records_of

# A reason given once holds for what the same officer adds in the same sitting.
SITTING = timedelta(hours=12)


@transaction.atomic
def tell_topic(
    *,
    victim: Victim,
    by: Actor,
    topic: str,
    state: str,
    heard_at: datetime,
    summary: str = "",
    where_recorded: str = "",
    record: UUID | None = None,
    why_again: str = "",
    why_not_specialist: str = "",
    specialist: bool = False,
) -> ToldTopic:
    """It is on record what the person told, or that they would not, so that nobody asks again.

    `Conflict` when they told it before and no reason is given. `Refused` when only a specialist asks about it,
    and neither is this one (`specialist`) nor is there a reason.
    """
    check(by, Permission.CASE_CONTACT)
    person = lock_victim(victim, by=by)
    if needs_reason(person, topic, state, by=by) and not why_again:
        raise Conflict(_("They have already told us about this. Say why it was asked again."))
    specialist = specialist or by.can(Permission.TESTIMONY_SPECIALIST)
    if guarded(person, topic, state, by=by, specialist=specialist) and not why_not_specialist:
        raise Refused(
            _("Only a specialist asks about this. Say why you had to, or leave it to them."),
            verb="topic.ask",
        )
    told = ToldTopic(
        scope_id=person.scope_id,
        victim=person,
        topic=topic,
        state=state,
        summary=summary,
        where_recorded=where_recorded,
        record=record,
        why_again=why_again,
        why_not_specialist=why_not_specialist,
        heard_at=heard_at,
        heard_by_id=officer_id(by),
    )
    add(told)
    audit.record("topic.told", by=by, of=told, topic=str(topic), state=str(state))
    return told


def needs_reason(victim: Victim, topic: str, state: str, *, by: Actor) -> bool:
    """Whether it was told before, and this officer has not said in this sitting why they ask again."""
    if state in MARKS or state == ToldState.NOT_ASKED:
        return False
    rows = _rows(victim, by).told(topic)
    if not rows.exists():
        return False
    since = clocks.now() - SITTING
    return not rows.filter(heard_by_id=by.id, heard_at__gte=since).exclude(why_again="").exists()


def guarded(victim: Victim, topic: str, state: str, *, by: Actor, specialist: bool) -> bool:
    """Whether only a specialist asks about it, or lifts that, and this is none.

    To mark a topic so, and to write down that it was not asked, is open to everybody.
    """
    if specialist or state in {ToldState.SPECIALIST_ONLY, ToldState.NOT_ASKED}:
        return False
    return _rows(victim, by).only_specialists_ask(topic)


def _rows(victim: Victim, by: Actor) -> ToldQuerySet:
    """What was told, in any record of the person."""
    return ToldTopic.objects.visible_to(by).filter(victim__in=records_of(victim, by))
