"""How the invented cases hang together: records of one person linked and merged, and what an operation knows of all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import cycle

from casework.actions.linking import link, merge
from casework.actions.operations import end_fact, share_fact
from casework.models import Case, Operation
from config.demo import words
from config.demo.plan import DAY, HOUR, Plan
from config.demo.players import Players, moment

LEAD = "ines"  # sees every standard case of the force that has them all
MERGED, LINKED, NOT_NOTICED = "merged", "linked", "not noticed"
KNOWING = 4  # so many operations have facts that were told once for all their cases


def tie_together(made: Sequence[Plan], players: Players, now: datetime) -> None:
    """Of the people met twice some are merged, some linked, some nobody noticed; operations share what is known."""
    pairs = [(plan.met_before, plan) for plan in made if plan.met_before is not None]
    for (first, second), what in zip(pairs, cycle((MERGED, LINKED, NOT_NOTICED)), strict=False):
        if what != NOT_NOTICED:
            _are_one(first, second, players, now, merged=what == MERGED)
    for number, members in enumerate(_operations(made)[:KNOWING]):
        _share(number, members, players, now)


def _are_one(first: Plan, second: Plan, players: Players, now: datetime, *, merged: bool) -> None:
    cases = Case.objects.select_related("victim", "scope").in_bulk((first.case_id, second.case_id))
    by, noticed_at = players.actor(LEAD), _soon_after((first, second), now)
    case, other = cases[second.case_id], cases[first.case_id]
    with moment(noticed_at):
        made = link(case=case, other=other, by=by, reason=words.SAME_PERSON)
    if merged:
        with moment(noticed_at + HOUR):
            merge(case=case, link=made, by=by, reason=words.SURELY_ONE)


def _operations(made: Sequence[Plan]) -> list[list[Plan]]:
    members: dict[str, list[Plan]] = {}
    for plan in made:
        if plan.operation:
            members.setdefault(plan.operation, []).append(plan)
    return [members[name] for name in sorted(members)]


def _share(number: int, members: Sequence[Plan], players: Players, now: datetime) -> None:
    """Three things are known; the last turned out to be wrong."""
    force = players.forces[members[0].unit]
    operation = Operation.objects.get(force=force, name=members[0].operation)
    by, told_at = players.actor(LEAD), _soon_after(members[:1], now)
    with moment(told_at):
        facts = [
            share_fact(operation=operation, by=by, kind=kind, text=text.format(n=number))
            for kind, text in words.SHARED
        ]
    with moment(told_at + HOUR):
        end_fact(fact=facts[-1], by=by)


def _soon_after(plans: Iterable[Plan], now: datetime) -> datetime:
    """Two days after the last of them was logged, or earlier where that has not come yet."""
    last = max(plan.logged_at for plan in plans)
    return min(last + 2 * DAY, now - 2 * HOUR)
