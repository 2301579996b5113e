"""The room of a person's own lists: what they hold, what they were told, and the catalogue of rules."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.scoping import ScopedQuerySet
from clocks import LONDON
from clocks.models import Deadline
from followups.doors import Door, door
from followups.models import OWED, FollowUp, FollowUpState, Notice
from followups.rules import of, standing_of, urgency, why
from followups.rules.base import Rule
from pages.due import DueWords, due_words
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
OTHERS = ("agency-not-answered", "agency-not-reached-person", "nrm-decision-overdue")


@dataclass(frozen=True)
class WorkRow:
    """One thing that a person holds: the case (or none), due, why, and where to do it."""

    followup_id: UUID
    reference: str
    about: str
    due: DueWords
    standing: str
    why: str
    act: str
    door: Door


def held(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What this person holds now, and what those hold whom they cover for; most urgent first."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for), state=FollowUpState.OPEN)
        .exclude(rule__in=OTHERS)
        .annotate(urgency=urgency())
        .select_related("case__victim", "force__calendar", "deadline")
        .order_by("urgency", "due_at", "pk")
    )


def waiting_for_others(actor: Actor) -> ScopedQuerySet[FollowUp]:
    """What agencies and the Home Office owe on this person's cases."""
    return (
        FollowUp.objects.visible_to(actor)
        .filter(holder__in=sorted(actor.acting_for), state=FollowUpState.OPEN, rule__in=OTHERS)
        .select_related("case__victim", "force__calendar", "deadline")
        .order_by("due_at", "pk")
    )


def work_rows(followups: Iterable[FollowUp], at: datetime, actor: Actor) -> list[WorkRow]:
    """The rows as this person's page shows them."""
    return [_work_row(followup, at, actor) for followup in followups]


def _work_row(followup: FollowUp, at: datetime, actor: Actor) -> WorkRow:
    case = followup.case
    return WorkRow(
        followup_id=followup.pk,
        reference=case.reference if case else "",
        about=about(case.victim.age_band, case.victim.language) if case else "",
        due=due_words(followup.due_at, at, followup.force.calendar.working_days()),
        standing=standing_of(followup),
        why=why(followup),
        act=str(of(followup).act),
        door=door(followup, actor),
    )


@dataclass(frozen=True)
class ToldLine:
    """One notice on a person's own page: when, about which case, what, and whether it is still owed."""

    at: datetime
    reference: str
    why: str
    followup_id: UUID
    still_owed: bool


def told_line(notice: Notice) -> ToldLine:
    """A notice in words."""
    followup = notice.step.followup
    return ToldLine(
        at=notice.made_at,
        reference=followup.case.reference if followup.case else "",
        why=why(followup),
        followup_id=followup.pk,
        still_owed=followup.state == FollowUpState.OPEN,
    )


@dataclass(frozen=True)
class Tally:
    """How often a rule's duty is owed now, and was met in time and late since the month began."""

    open: int = 0
    met: int = 0
    met_late: int = 0


def tallies(actor: Actor, at: datetime) -> dict[str, Tally]:
    """Of every rule, as far as this person may see: one question, however many rows."""
    month = at.astimezone(LONDON).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    ended = Q(ended_at__gte=month)
    rows = (
        FollowUp.objects.visible_to(actor)
        .filter(Q(state__in=OWED) | ended)
        .order_by()
        .values("rule")
        .annotate(
            owed=Count("pk", filter=Q(state__in=OWED)),
            met=Count("pk", filter=ended & Q(state=FollowUpState.MET)),
            late=Count("pk", filter=ended & Q(state=FollowUpState.MET_LATE)),
        )
    )
    return {row["rule"]: Tally(row["owed"], row["met"], row["late"]) for row in rows}


@dataclass(frozen=True)
class RuleLine:
    """One rule as the catalogue shows it: what to do, the duty behind it, and its code last."""

    slug: str
    act: str
    duty: str
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
    ladder = ", ".join(str(rung.label) for rung in rule.ladder)
    return RuleLine(rule.slug, str(rule.act), duty, deadlines, rule.blocks_closing, ladder, tally)
