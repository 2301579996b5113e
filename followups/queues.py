"""The room of a person's own lists: what they hold, what they were told, and the catalogue of rules."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import notices
from accounts.actors import Actor
from accounts.scoping import ScopedQuerySet
from accounts.signing_in import SecurityNotice
from casework.models import PointReached
from clocks import LONDON
from clocks.models import Deadline
from followups.doors import Door, door
from followups.escalations import NOT_ESCALATED, Escalation, escalations
from followups.models import (
    ESCALATED,
    NOT_REACHED,
    OWED,
    Acknowledgement,
    FollowUp,
    FollowUpState,
    Notice,
    NoticeChannel,
    NoticeState,
    Rung,
    Step,
)
from followups.rules import of, standing_of, told_in_order, urgency, why
from followups.rules.base import Rule
from pages.due import DueWords, due_words, on_the_wall
from victims.models import AgeBand

ROWS_A_PAGE = 50


def about(age_band: str, language: str) -> str:
    """Age band and language: how a row says whom it is about without a name."""
    age = _("Adult") if age_band == AgeBand.ADULT else _("Under 18")
    if age_band == AgeBand.UNSURE:
        age = _("Age not sure, treated as under 18")
    return f"{age}, {language}" if language else age


def ago(moment: datetime | None, at: datetime) -> str:
    """How long ago somebody last spoke with the person safely."""
    if moment is None:
        return _("Not yet")
    days = (at - moment).days
    return ngettext("%d day ago", "%d days ago", days) % days if days else _("Today")


# What waits for somebody outside the force: its clock is shown, but nobody here can do it.
OTHERS = (
    "agency-not-answered",
    "agency-not-reached-person",
    "agency-review-due",
    "agency-has-not-seen",
    "nrm-decision-overdue",
)


@dataclass(frozen=True)
class WorkRow:
    """One thing that a person holds: the case (or none), due, why, and where to do it.

    `promise` says who took it on; `wanted` is whether this person should say who does.
    """

    followup_id: UUID
    reference: str
    about: str
    due: DueWords
    standing: str
    why: str
    act: str
    door: Door
    promise: str
    wanted: bool


def held(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What this person holds now, and what those hold whom they cover for; most urgent first."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for))
        .open()
        .exclude(rule__in=OTHERS)
        .annotate(urgency=urgency())
        .select_related("case__victim", "force__calendar", "deadline")
        .order_by("urgency", "due_at", "pk")
    )


def not_worked_out(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What is owed but could not be worked out, as far as this person may see; the longest so first."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(state=FollowUpState.QUARANTINED)
        .select_related("case", "holder")
        .order_by("changed_at", "pk")
    )


def waiting_for_others(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What agencies and the Home Office owe on this person's cases."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for), rule__in=OTHERS)
        .open()
        .select_related("case__victim", "force__calendar", "deadline")
        .order_by("due_at", "pk")
    )


def taken_on(actor: Actor, at: datetime) -> ScopedQuerySet[FollowUp]:
    """What others hold and this person was named to do by a time that has not passed, the soonest due first."""
    named = Acknowledgement.objects.filter(
        doer__in=sorted(actor.acting_for), until__gt=at, round=F("followup__round")
    )
    return (
        FollowUp.objects.visible_to(actor)
        .open()
        .filter(pk__in=named.values("followup"))
        .exclude(holder__in=sorted(actor.acting_for))
        .select_related("case__victim", "force__calendar", "deadline")
        .order_by("due_at", "pk")
    )


def work_rows(followups: Iterable[FollowUp], at: datetime, actor: Actor) -> list[WorkRow]:
    """The rows as this person's page shows them."""
    shown = list(followups)
    gone_up = escalations([each.pk for each in shown], actor, at)
    points = points_to_ask(shown, actor)
    return [
        _work_row(each, gone_up.get(each.pk, NOT_ESCALATED), points.get(each.occurrence), at, actor)
        for each in shown
    ]


def points_to_ask(followups: Iterable[FollowUp], actor: Actor) -> dict[UUID, PointReached]:
    """At which point of which case each of these is owed that asks how it was; such a duty is of no case by itself.

    On the own page of whoever asks alone: no notice and no list of the team names it [docs/voice.md].
    """
    cases = [each.subject_id for each in followups if each.rule == "voice-to-ask"]
    if not cases:
        return {}
    rows = PointReached.objects.visible_to(actor).filter(case__in=cases).select_related("case")
    return {row.pk: row for row in rows}


def _work_row(
    followup: FollowUp,
    gone_up: Escalation,
    point: PointReached | None,
    at: datetime,
    actor: Actor,
) -> WorkRow:
    case = point.case if point else followup.case
    whom = about(case.victim.band, case.victim.language) if case and not point else ""
    return WorkRow(
        followup_id=followup.pk,
        reference=case.reference if case else "",
        about=point.get_point_display() if point else whom,
        due=due_words(followup.due_at, at, followup.force.calendar.working_days()),
        standing=standing_of(followup),
        why=why(followup),
        act=str(of(followup).act),
        door=door(followup, actor),
        promise=gone_up.promise(at),
        wanted=gone_up.wanted,
    )


@dataclass(frozen=True)
class ToldLine:
    """One notice on a person's own page: when, about which case, what, and whether it is still owed.

    The last two are null for what the person no longer sees.
    """

    at: datetime
    reference: str
    why: str
    followup_id: UUID | None
    still_owed: bool | None
    sent: list[str]


def ways_sent(notices: Iterable[Notice], at: datetime) -> dict[UUID, list[str]]:
    """For each step of these notices: how else the person was told, how far that got and when, in words."""
    shown = list(notices)
    ways: dict[UUID, list[str]] = {}
    others = Notice.objects.filter(
        step__in=[notice.step_id for notice in shown],
        person__in={notice.person_id for notice in shown},
    ).exclude(channel=NoticeChannel.PAGE)
    for other in others.order_by("channel"):
        ways.setdefault(other.step_id, []).append(how_far(other, at))
    return ways


def how_far(notice: Notice, at: datetime) -> str:
    """Which way somebody was told, how far that got and when it did, and what went wrong: in words."""
    when = {
        NoticeState.QUEUED: notice.send_after,
        NoticeState.ACCEPTED: notice.accepted_at,
        NoticeState.DELIVERED: notice.delivered_at,
        NoticeState.BOUNCED: notice.failed_at,
        NoticeState.DEAD: notice.failed_at,
    }.get(NoticeState(notice.state))
    said = f"{notice.get_channel_display()}: {notice.get_state_display()}"
    if when is not None and notice.state == NoticeState.QUEUED:
        said = _("%(said)s, not before %(when)s") % {"said": said, "when": on_the_wall(when, at)}
    elif when is not None:
        said = f"{said}, {on_the_wall(when, at)}"
    if notice.state in NOT_REACHED:
        return f"{said}. {problem_in_words(notice.problem)}"
    if notice.state == NoticeState.QUEUED and notice.problem:
        return _("%s. It was tried and not taken.") % said
    return said


def seen_by(notices: Iterable[Notice], actor: Actor) -> dict[UUID, FollowUp]:
    """What these notices are about, as far as this person may (still) see it."""
    rows = FollowUp.objects.visible_to(actor).select_related("case")
    return rows.in_bulk([notice.step.followup_id for notice in notices])


def told_line(notice: Notice, followup: FollowUp | None, sent: list[str]) -> ToldLine:
    """A notice in words; of a case that is no longer in the reader's reach only that they were told, and when."""
    if followup is None:
        return ToldLine(
            notice.made_at, "", _("About something that you no longer see"), None, None, sent
        )
    return ToldLine(
        at=notice.made_at,
        reference=followup.case.reference if followup.case else "",
        why=why(followup),
        followup_id=followup.pk,
        still_owed=followup.state in OWED,
        sent=sent,
    )


def said_to_agency(step: Step) -> str:
    """What a step was about, for an agency's worker: which referral it is their inbox says, while it is theirs."""
    if step.to == Rung.AGENCY:
        return _("Something new was waiting for you")
    if step.rung < ESCALATED:
        return _("Something of yours was due")
    return _("Something of yours was late")


@dataclass(frozen=True)
class UndeliveredLine:
    """One message that did not reach somebody: who, which way, since when, why, and about how much."""

    notice_id: UUID
    person: str
    way: str
    failed_at: datetime
    problem: str
    count: int


def undelivered(actor: Actor) -> QuerySet[Any, Any]:
    """Messages about what is still owed, in this person's reach, that did not arrive; the latest first."""
    owed = FollowUp.objects.visible_to(actor).open()
    return (
        Notice.objects.filter(step__followup__in=owed, state__in=NOT_REACHED)
        .values("message_id", "channel", "problem", "person__name")
        .annotate(head=Min(Cast("pk", TextField())), last=Max("failed_at"), count=Count("pk"))
        .order_by("-last", "message_id")
    )


def undelivered_line(row: dict[str, Any]) -> UndeliveredLine:
    """A row of `undelivered` in words."""
    return UndeliveredLine(
        notice_id=UUID(row["head"]),
        person=row["person__name"],
        way=str(NoticeChannel(row["channel"]).label),
        failed_at=row["last"],
        problem=problem_in_words(row["problem"]),
        count=row["count"],
    )


def sign_ins_untold(actor: Actor) -> QuerySet[SecurityNotice]:
    """Changes in how people in this person's reach sign in, of which no e-mail told them and they have not read."""
    untold = notices.untold().filter(user__force=actor.own_force_id)
    mine = Q() if actor.force_wide else Q(user__unit__in=sorted(actor.unit_ids))
    return untold.filter(mine).select_related("user").order_by("failed_at", "pk")


def problem_in_words(code: str) -> str:
    """What a transport said, for somebody who can put an address right."""
    if code.startswith(("bad-address", "smtp-5", "notify-400", "notify-permanent")):
        return _("The address does not exist or does not take it. Have it put right.")
    if code.startswith("notify-t"):
        return _("It was sent, but the phone or mailbox could not be reached.")
    return _("It was tried again and again and not taken.")


@dataclass(frozen=True)
class Tally:
    """How often a rule's duty is owed now, and was met in time and late since the month began."""

    open: int = 0
    met: int = 0
    met_late: int = 0


def tallies(actor: Actor, at: datetime) -> dict[str, Tally]:
    """Of every rule, as far as this person may see: one question, however many rows."""
    rows = _tallied(actor, at, "rule")
    return {row["rule"]: Tally(row["owed"], row["met"], row["late"]) for row in rows}


def tallies_by_unit(actor: Actor, at: datetime) -> dict[tuple[str, str], Tally]:
    """The same of every rule and unit."""
    rows = _tallied(actor, at, "rule", "unit")
    return {
        (row["rule"], str(row["unit"])): Tally(row["owed"], row["met"], row["late"]) for row in rows
    }


def _tallied(actor: Actor, at: datetime, *by: str) -> Any:
    month = at.astimezone(LONDON).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ended = Q(ended_at__gte=month)
    return (
        FollowUp.objects.visible_to(actor)
        .filter(Q(state__in=OWED) | ended)
        .order_by()
        .values(*by)
        .annotate(
            owed=Count("pk", filter=Q(state__in=OWED)),
            met=Count("pk", filter=ended & Q(state=FollowUpState.MET)),
            late=Count("pk", filter=ended & Q(state=FollowUpState.MET_LATE)),
        )
    )


@dataclass(frozen=True)
class RuleLine:
    """One rule as the catalogue shows it: what to do, the duty behind it, and its code last."""

    slug: str
    act: str
    duty: str
    owes: str
    deadlines: list[Deadline]
    blocks_closing: bool
    ladder: str
    tally: Tally

    @property
    def has_enhanced(self) -> bool:
        """Whether enhanced rights make a difference to it."""
        return any(deadline.clock == "enhanced" for deadline in self.deadlines)


def rule_line(rule: Rule, deadlines: list[Deadline], tally: Tally) -> RuleLine:
    """A rule with the deadlines in force; the first line of its docstring is the duty, with its source."""
    duty = inspect.cleandoc(rule.__doc__ or "").splitlines()[0]
    return RuleLine(
        slug=rule.slug,
        act=str(rule.act),
        duty=duty,
        owes=str(rule.owes.label),
        deadlines=deadlines,
        blocks_closing=rule.blocks_closing,
        ladder=told_in_order(rule, [deadline.unit for deadline in deadlines]),
        tally=tally,
    )
