"""The room of what a person does about something owed: move its time, answer for it, send a message again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Unit, User
from accounts.permissions import Permission, check
from accounts.rows import add
from accounts.scoping import NotVisible
from casework.actions.history import lock_case, write_line
from casework.models import EventKind
from followups.escalations import NOT_ESCALATED, escalations, who_could
from followups.models import (
    ESCALATED,
    LONGEST_PAUSE,
    NOT_REACHED,
    OWED,
    Acknowledgement,
    FollowUp,
    FollowUpState,
    Handover,
    HeldSweep,
    KeptView,
    Notice,
    NoticeChannel,
    NoticeState,
    RePlan,
    Rung,
    Step,
)
from followups.rules import why
from pages.due import on_the_wall

FREE_MOVES = 2
"""How often anybody who may see to it may move one due time; from then on a supervisor who has not moved it."""
A_SHIFT = timedelta(hours=8)
"""A duty may be moved by so much at least without asking, however short its own time is. A force default."""

# The time that the rule gives, once more: from when it was due, or from now if that is over. A duty whose time was
# agreed may be moved by what the rule would have given.
LATEST = """
SELECT greatest(coalesce(clocks_due_at(b.begins, d.amount, d.unit, fo.calendar_id),
                         b.begins + greatest(f.due_at - f.since, interval '0')),
                b.begins + %(least)s)
  FROM followups_followup f
  JOIN accounts_force fo ON fo.id = f.force_id
  LEFT JOIN clocks_deadline d ON d.id = f.deadline_id
  CROSS JOIN LATERAL (SELECT greatest(coalesce(f.agreed_at,
                                               clocks_due_at(f.since, d.amount, d.unit, fo.calendar_id),
                                               f.due_at), %(at)s) AS begins) b
 WHERE f.id = %(id)s
"""
SUPERVISOR = """
SELECT p.id FROM unnest(followups_chain(%(unit)s, %(force)s, %(scope)s, %(holder)s, 'supervisor', %(at)s))
                 WITH ORDINALITY AS p (id, place)
 WHERE p.id <> %(by)s ORDER BY p.place LIMIT 1
"""


@transaction.atomic
def replan(*, followup_id: UUID, due_at: datetime, reason: str, by: Actor) -> RePlan:
    """The follow-up has a new due time from the next sweep on, in a new round, with who and why.

    A supervisor is told of what somebody else moved. Raises `Refused` where `may_move` says no, or for anybody else
    than a supervisor beyond `latest_move`; `Conflict` if it is no longer owed, the time has passed or no
    reason is given.
    """
    check(by, Permission.FOLLOWUP_REPLAN)
    at = clocks.now()
    followup = _locked(followup_id, by=by)
    if followup.state != FollowUpState.OPEN:
        raise Conflict(_("This is no longer owed, so there is nothing to move."))
    if due_at <= at:
        raise Conflict(_("The new time has already passed. Choose a later one."))
    if not reason.strip():
        raise Conflict(_("Say why it is moved."))
    if not may_move(followup, by=by):
        raise Refused(
            _("This was moved twice. Ask a supervisor who has not moved it to move it again."),
            verb="followup.replan",
        )
    supervises = by.can(Permission.QUEUE_VIEW)
    if not supervises and due_at > (latest := latest_move(followup, at)):
        raise Refused(
            _("You can move it to %s at the latest. Ask a supervisor to move it further.")
            % on_the_wall(latest, at),
            verb="followup.replan",
        )
    last = followup.replans.aggregate(last=Max("round"))["last"] or 0
    moved_to = RePlan.objects.create(
        id=uuid4(),
        followup=followup,
        # Moved again before a sweep took the last move over: the later one counts.
        round=max(followup.round, last) + 1,
        due_at=due_at,
        reason=reason.strip(),
        at=at,
        by_id=by.person_id,
    )
    if not supervises:
        _tell_supervisor(followup, at, by=by)
    audit.record("followup.replanned", by=by, of=followup, rule=followup.rule, round=moved_to.round)
    if followup.case:
        write_line(
            followup.case,
            EventKind.RE_PLANNED,
            verb="case.replanned",
            by=by,
            recorded_at=at,
            text=_("%(why)s. Now due %(when)s. %(reason)s")
            % {"why": why(followup), "when": on_the_wall(due_at, at), "reason": moved_to.reason},
            rule=followup.rule,
            round=moved_to.round,
        )
    return moved_to


def may_move(followup: FollowUp, *, by: Actor) -> bool:
    """Whether the next move is this person's to make: any of the first two, then as `FREE_MOVES` says."""
    movers = list(followup.replans.values_list("by", flat=True))
    if len(movers) < FREE_MOVES:
        return True
    return by.can(Permission.QUEUE_VIEW) and by.id not in movers


def latest_move(followup: FollowUp, at: datetime) -> datetime:
    """Until when whoever sees to it may move it without a supervisor: the rule's own time once more."""
    given: dict[str, Any] = {"id": followup.pk, "at": at, "least": A_SHIFT}
    with connection.cursor() as cursor:
        cursor.execute(LATEST, given)
        latest: datetime = cursor.fetchone()[0]
    return latest


def _tell_supervisor(followup: FollowUp, at: datetime, *, by: Actor) -> None:
    """The nearest who answers for it learns that it was moved: in the round that ends, which goes no higher."""
    of: dict[str, Any] = {
        "unit": followup.unit_id,
        "force": followup.force_id,
        "scope": followup.scope_id,
        "holder": followup.holder_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(SUPERVISOR, of | {"at": at, "by": by.id})
        found = cursor.fetchone()
    if found is None:
        return
    top = followup.steps.filter(round=followup.round).aggregate(top=Max("rung"))["top"] or 0
    rung = max(top + 1, ESCALATED)
    made = Step(
        followup=followup,
        round=followup.round,
        rung=rung,
        to=Rung.SUPERVISOR,
        reached_at=at,
        made_at=at,
    )
    Step.objects.bulk_create([made], ignore_conflicts=True)
    _tell(User.objects.get(pk=found[0]), followup, rung, at, by=by)


@transaction.atomic
def acknowledge(
    *, followup_id: UUID, doer: UUID, what_next: str, until: datetime, by: Actor
) -> Acknowledgement:
    """Somebody answers for an escalation: until then nobody else is told, and whoever does it knows.

    Raises `Refused` for somebody to whom it was not sent, `Conflict` if it is no longer owed, has not gone up,
    somebody has answered already, the time is past or further off than `LONGEST_PAUSE`, nothing is said of what
    comes next, or the doer may not see it.
    """
    check(by, Permission.FOLLOWUP_ACKNOWLEDGE)
    at = clocks.now()
    followup = _locked(followup_id, by=by)
    rung = _rung_to_answer(followup, at, by=by)
    if not at < until <= at + LONGEST_PAUSE:
        raise Conflict(_("Choose a time within the next 24 hours."))
    if not what_next.strip():
        raise Conflict(_("Say what they do next."))
    person = next((each for each in who_could(followup, by, at) if each.pk == doer), None)
    if person is None:
        raise Conflict(_("Choose somebody who works here and may see this."))
    made = Acknowledgement.objects.create(
        id=uuid4(),
        followup=followup,
        round=followup.round,
        rung=rung,
        doer=person,
        what_next=what_next.strip(),
        until=until,
        at=at,
        by_id=by.person_id,
    )
    _tell(person, followup, rung, at, by=by)
    said: dict[str, Any] = {"rule": followup.rule, "rung": rung, "until": until.isoformat()}
    audit.record("followup.acknowledged", by=by, of=followup, doer=str(doer), **said)
    if followup.case:
        write_line(
            followup.case,
            EventKind.TAKEN_ON,
            verb="case.taken_on",
            by=by,
            recorded_at=at,
            text=f"{why(followup)}. {person.name}: {what_next}",
            **said,
        )
    return made


def _locked(followup_id: UUID, *, by: Actor) -> FollowUp:
    """The follow-up, locked, if this actor may see it; its case is locked before it, as every act does."""
    seen = FollowUp.objects.select_related("case").get_visible(by, pk=followup_id)
    case = lock_case(seen.case, by=by) if seen.case else None
    rows = FollowUp.objects.visible_to(by).select_for_update(of=("self",))
    followup = rows.get_visible(by, pk=followup_id)
    followup.case = case
    return followup


def _rung_to_answer(followup: FollowUp, at: datetime, *, by: Actor) -> int:
    """How high it has gone, if it waits for this person's answer."""
    if followup.state not in OWED:
        raise Conflict(_("This is no longer owed, so there is nothing to answer for."))
    gone_up = escalations([followup.pk], by, at).get(followup.pk, NOT_ESCALATED)
    if not gone_up.rung:
        raise Conflict(_("Nobody above its holder has been told of this. Do it, or move its time."))
    if not gone_up.asked:
        raise Refused(
            _("This was sent to somebody else. They say who does it."), verb="followup.acknowledge"
        )
    if gone_up.answered and gone_up.until:
        raise Conflict(
            _("Somebody has answered already: %(who)s does it by %(when)s.")
            % {"who": gone_up.doer, "when": on_the_wall(gone_up.until, at)}
        )
    return gone_up.rung


def _tell(person: User, followup: FollowUp, rung: int, at: datetime, *, by: Actor) -> None:
    """Whoever was named is told as everybody is: on their page and by e-mail, without a word of what was typed."""
    if person.pk == by.id:
        return
    step = Step.objects.get(followup=followup, round=followup.round, rung=rung)
    page = Notice(
        channel=NoticeChannel.PAGE, state=NoticeState.ACCEPTED, accepted_at=at, person=person
    )
    mail = [Notice(channel=NoticeChannel.EMAIL, person=person)] if person.email else []
    for notice in (told := [page, *mail]):
        notice.step, notice.made_at, notice.send_after = step, at, at
    Notice.objects.bulk_create(told, ignore_conflicts=True)


@transaction.atomic
def release_held(*, held_id: UUID, by: Actor) -> HeldSweep:
    """What a rule no longer says of this force may go with the next sweep: somebody looked and lets it.

    Raises `Conflict` when somebody did so already.
    """
    check(by, Permission.SWEEP_RELEASE)
    held = HeldSweep.objects.select_for_update().filter(pk=held_id, force=by.own_force_id).first()
    if held is None:
        raise NotVisible("followups.HeldSweep")
    if held.released_at is not None:
        raise Conflict(_("Somebody let this go already."))
    held.released_at, held.released_by_id = clocks.now(), by.person_id
    held.save(update_fields=["released_at", "released_by"])
    audit.record("sweep.released", by=by, of=held, rule=held.rule, would_drop=held.would_drop)
    return held


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
        refusals=0,
        message_id="",
        passed_on_at=None,
        problem="",
    )
    if not count:
        raise Conflict(_("This was sent again already, or nothing of it is owed any more."))
    audit.record("message.sent_again", by=by, of=notice, count=count)
    return count


@transaction.atomic
def hand_over(*, unit: Unit, words: str, by: Actor) -> Handover:
    """Whoever looks after the unit next finds these words on their desk until somebody says that they read them."""
    check(by, Permission.QUEUE_VIEW)
    _looked_after(unit, by=by, verb="handover.write")
    written = add(
        Handover(
            force_id=by.own_force_id,
            unit=unit,
            at=clocks.now(),
            by_id=by.person_id,
            words=words.strip(),
        )
    )
    audit.record("handover.written", by=by, of=written, unit=str(unit.pk))
    return written


def _looked_after(unit: Unit, *, by: Actor, verb: str) -> None:
    if unit.force_id != by.force_id or not (by.force_wide or unit.pk in by.unit_ids):
        raise Refused(_("You do not look after this unit."), verb=verb)


@transaction.atomic
def keep_view(*, unit: Unit, name: str, address: str, by: Actor) -> KeptView:
    """Whoever looks after the unit finds the list under this name. `Conflict` where the name is taken."""
    check(by, Permission.QUEUE_VIEW)
    _looked_after(unit, by=by, verb="view.keep")
    kept = add(
        KeptView(
            force_id=by.own_force_id,
            unit=unit,
            name=name,
            address=address,
            at=clocks.now(),
            by_id=by.person_id,
        )
    )
    audit.record("view.kept", by=by, of=kept, unit=str(unit.pk))
    return kept


@transaction.atomic
def drop_view(*, view_id: UUID, by: Actor) -> KeptView:
    """Nobody finds it under that name any more. Twice is once."""
    check(by, Permission.QUEUE_VIEW)
    found = KeptView.objects.visible_to(by).select_for_update(of=("self",))
    kept = found.filter(pk=view_id).first()
    if kept is None:
        raise NotVisible("followups.KeptView")
    if kept.ended_at is None:
        kept.ended_at, kept.ended_by_id = clocks.now(), by.person_id
        kept.save(update_fields=["ended_at", "ended_by"])
        audit.record("view.dropped", by=by, of=kept)
    return kept


@transaction.atomic
def read_handover(*, handover_id: UUID, by: Actor) -> Handover:
    """Somebody else than its writer has read it. Twice is once."""
    check(by, Permission.QUEUE_VIEW)
    found = Handover.objects.visible_to(by).select_for_update(of=("self",))
    handover = found.filter(pk=handover_id).first()
    if handover is None:
        raise NotVisible("followups.Handover")
    if handover.by_id == by.id:
        raise Refused(_("You wrote it. Somebody else must read it."), verb="handover.read")
    if handover.read_at is None:
        handover.read_at, handover.read_by_id = clocks.now(), by.person_id
        handover.save(update_fields=["read_at", "read_by"])
        audit.record("handover.read", by=by, of=handover)
    return handover
