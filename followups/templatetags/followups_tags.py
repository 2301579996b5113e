"""The room of what pages show of follow-ups: what to do next on a case, and when reminders last ran."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import clocks
from accounts.actors import ActorKind
from accounts.permissions import Permission
from casework.models import Case
from clocks.days import Unit as DeadlineUnit
from clocks.models import Deadline
from followups.doors import door
from followups.engine import LastRun, last_run, live_followups, urgency_of
from followups.health import is_late
from followups.models import FollowUp, Notice
from followups.queues import how_far as said_how_far
from followups.rules import INVESTIGATION, RULES, cannot_say, of, standing_of
from followups.rules import why as why_of
from followups.rules.base import Rule
from pages.due import DueWords, due_words, london_time, on_the_wall

register = template.Library()


@register.filter
def how_far(notice: Notice) -> str:
    """Which way somebody was told, how far it got and when."""
    return said_how_far(notice, clocks.now())


@register.inclusion_tag("followups/_next_steps.html", takes_context=True)
def next_steps(context: template.Context, case: Case) -> dict[str, Any]:
    """The most urgent thing owed on the case with its due time and why, then the others.

    What is done by one act (a contact missed, then tried in vain; a crime without which two things are
    wrong) is said once, by its earliest time.
    """
    steps, unasked = _steps(context, case)
    return {
        "first": steps[0] if steps else None,
        "others": steps[1:],
        "unasked": [cannot_say(rule) for rule in unasked],
    }


@register.inclusion_tag("followups/_owed.html", takes_context=True)
def owed_of_investigation(context: template.Context, case: Case) -> dict[str, Any]:
    """What is owed because of decisions and the investigation, each with why, due time, standing and source."""
    steps, unasked = _steps(context, case)
    return {
        "steps": [step for step in steps if step["rule"] in INVESTIGATION],
        "unasked": [cannot_say(rule) for rule in unasked if rule.slug in INVESTIGATION],
    }


def _steps(context: template.Context, case: Case) -> tuple[list[dict[str, Any]], list[Rule]]:
    """What is owed, as pages show it; and the rules that could not be asked about this case."""
    at, actor = clocks.now(), context["request"].actor
    calendar = case.scope.force.calendar.working_days()
    rows, unasked = _owed(context, case, at)
    steps = [
        {
            "rule": owed.rule,
            "why": why_of(owed),
            "act": of(owed).act,
            "door": door(owed, actor),
            "due": due_words(owed.due_at, at, calendar),
            "standing": standing_of(owed),
            "source": owed.deadline.source if owed.deadline else "",
            "explained": stored and actor.can(Permission.FOLLOWUP_ACKNOWLEDGE),
            "pk": owed.pk,
        }
        for owed, stored in _said_once(rows)
    ]
    return steps, [RULES[slug] for slug in sorted(unasked)]


def _owed(
    context: template.Context, case: Case, at: datetime
) -> tuple[list[tuple[FollowUp, bool]], frozenset[str]]:
    """What is stored; or, when the case changed since, what the rules say now. Of one that fails, what is stored."""
    last = _last_run(context)
    stored = FollowUp.objects.reached_from(case=case).open().select_related("deadline")
    if last.at is None or case.changed_at >= last.at or is_late(last.at, at):
        asked = [rule for slug, rule in RULES.items() if slug not in last.failing]
        live = live_followups([case.pk], at, asked)
        unasked = last.failing.intersection(RULES) | live.unasked
        kept = list(stored.of_rules(unasked)) if unasked else []
        owed = sorted([*live.owed, *kept], key=urgency_of)
    else:
        unasked = last.failing.intersection(RULES)
        kept = list(stored)
        owed = sorted(kept, key=urgency_of)
    known = {followup.pk for followup in kept}
    for followup in owed:
        followup.case = case
    return [(followup, followup.pk in known) for followup in owed], unasked


def _said_once(owed: list[tuple[FollowUp, bool]]) -> list[tuple[FollowUp, bool]]:
    first: dict[tuple[str, str, UUID], tuple[FollowUp, bool]] = {}
    for followup, stored in owed:
        rule = of(followup)
        said = (rule.page, str(rule.act), followup.subject_id)
        first.setdefault(said, (followup, stored))
    return list(first.values())


def _last_run(context: template.Context) -> LastRun:
    """Asked once a page: banner, footnote and next steps say the same."""
    request = context.get("request")
    if request is None:
        return last_run(clocks.now())
    if not hasattr(request, "reminders_last_run"):
        request.reminders_last_run = last_run(clocks.now())
    found: LastRun = request.reminders_last_run
    return found


@register.filter
def why(followup: FollowUp) -> str:
    """Why it is here, in a sentence."""
    return why_of(followup)


@register.filter
def due(followup: FollowUp, at: datetime) -> DueWords:
    """When it is due, in words."""
    return due_words(followup.due_at, at)


NOBODY_TOLD = gettext_lazy("Until they run again nobody is told what is due.")
IDLE = {
    "untold": gettext_lazy("They run, but nobody was told of something that is due."),
    "unwatched": gettext_lazy("They run, but there is an open case on which nothing is owed."),
    "unsent": gettext_lazy("They run, but messages do not go out. What is due is on your page."),
}
CLOCKS = {
    "urgent": gettext_lazy("urgent"),
    "child": gettext_lazy("a child, or perhaps a child"),
    "adult": gettext_lazy("an adult"),
    "danger": gettext_lazy("in danger now"),
    "high-risk": gettext_lazy("high risk"),
    "declined": gettext_lazy("they did not want to speak"),
    "tried": gettext_lazy("nobody answered"),
    "unsafe": gettext_lazy("it was not safe, or somebody else answered"),
    "first": gettext_lazy("the first time"),
    "later": gettext_lazy("every time after that"),
    "enhanced": gettext_lazy("with enhanced rights"),
    "negative": gettext_lazy("a decision against them"),
    "rg-negative": gettext_lazy("no reasonable grounds"),
    "cg-negative": gettext_lazy("no conclusive grounds"),
    "cg-positive": gettext_lazy("conclusive grounds"),
    "acknowledge": gettext_lazy("to acknowledge it"),
    "complete": gettext_lazy("to complete it"),
    "statement": gettext_lazy("with their statement"),
    "charge": gettext_lazy("again after a charge"),
    "police": gettext_lazy("a decision of the police"),
    "prosecutors": gettext_lazy("a decision of the prosecutors"),
}


@register.filter
def clock_words(clock: str) -> str:
    """For which cases a deadline is, in words; its code for one that no rule uses yet."""
    return str(CLOCKS.get(clock, clock))


@register.filter
def allowed(deadline: Deadline) -> str:
    """How long is allowed: "4 hours", "1 working day", "at once"."""
    count = deadline.amount
    if not count:
        return _("at once")
    words = {
        DeadlineUnit.HOURS: ngettext("%d hour", "%d hours", count),
        DeadlineUnit.CALENDAR_DAYS: ngettext("%d day", "%d days", count),
        DeadlineUnit.WORKING_DAYS: ngettext("%d working day", "%d working days", count),
    }
    return words[DeadlineUnit(deadline.unit)] % count


@register.simple_tag(takes_context=True)
def reminders_last_ran(context: template.Context) -> str:
    """ "Reminders last ran 3:02am." For police staff; the police's clockwork is not an agency's concern."""
    if not _is_for_staff(context):
        return ""
    last = _last_run(context).at
    if last is None:
        return _("Reminders have not run yet.")
    at = clocks.now()
    if is_late(last, at):
        return _("Reminders last ran %s. They are late.") % on_the_wall(last, at)
    return _("Reminders last ran %s.") % london_time(last)


@dataclass(frozen=True)
class Warned:
    """What the banner of every page of police staff says when reminders cannot be relied on."""

    title: str
    words: str


@register.simple_tag(takes_context=True)
def engine_warning(context: template.Context) -> Warned | None:
    """Two periods were missed, or the engine runs and leaves something undone; None otherwise, and for agencies."""
    if not _is_for_staff(context):
        return None
    last, at = _last_run(context), clocks.now()
    if last.at is None:
        return Warned(_("Reminders are late"), f"{_('Reminders have not run yet.')} {NOBODY_TOLD}")
    if is_late(last.at, at):
        ran = _("Reminders last ran %s.") % on_the_wall(last.at, at)
        return Warned(_("Reminders are late"), f"{ran} {NOBODY_TOLD}")
    if last.idle:
        return Warned(_("Reminders do not reach everybody"), str(IDLE[last.idle]))
    return None


def _is_for_staff(context: template.Context) -> bool:
    actor = getattr(context.get("request"), "actor", None)
    return actor is not None and actor.kind is ActorKind.OFFICER


@register.inclusion_tag("followups/_keep.html", takes_context=True)
def keep_this_view(context: template.Context) -> dict[str, Any]:
    """The way to keep the list that is shown, as it is narrowed, for those who look after a unit."""
    request = context["request"]
    may_keep = request.actor.can(Permission.QUEUE_VIEW)
    return {"may_keep": may_keep, "address": request.get_full_path()}
