"""The whole invented force, one case a transaction; a run that was stopped is finished by the next.

One transaction for all would carry tens of thousands of savepoints, which costs PostgreSQL minutes.
No case reads another, so several processes may live a share of them each: the force is the same.
"""

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from random import Random

from django.db import connections

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Absence
from casework.models import Case, Operation
from config.demo.cases import Life
from config.demo.cast import make_cast
from config.demo.people import (
    add_rest_of_force,
    plan_shifts,
    say_capacity,
    send_some_away,
)
from config.demo.plan import DAY, Plan, plans
from config.demo.players import Players
from config.demo.specialists import has_specialists, keep_specialists
from config.demo.systems import connect_harbour
from config.demo.ties import tie_together
from config.demo.training import hold_courses, learn_beside, train_everybody
from config.devservices.host import dies_with_us


@dataclass(frozen=True)
class Made:
    """What there is now, in numbers."""

    cases: int
    by_status: dict[str, int]
    people: int
    agencies: int


def has_cases() -> bool:
    """Whether there are cases, and nothing is left of a run that was stopped."""
    with acting_as(engine("seed_demo")):
        return Case.objects.exists() and Absence.objects.exists()


class Unfinished(Exception):
    """A process that lived a share of the cases did not get to its end; it has said why."""


def make_force(*, cases: int, seed: int, password: str, processes: int = 1) -> Made:
    """People, agencies, training and so many cases are there, as if they had been lived until now."""
    rng = Random(seed)  # nosec B311 - it draws invented people, not secrets
    by = engine("seed_demo")
    now = clocks.now().replace(second=0, microsecond=0)
    with acting_as(by):
        make_cast(password)
        add_rest_of_force(password)
        train_everybody(rng)
        hold_courses()
        learn_beside()
        plan_shifts(Random(f"{seed} shifts"), by=by)  # nosec B311 - drawn apart: the cases stay as they were
        players = Players.of_the_force(now)
        made = plans(cases, rng, now)
        _begin_operations(made, players)
    if processes == 1:
        _live(made, players, now)
    else:
        _live_beside_each_other([made[n::processes] for n in range(processes)], players, now)
    connect_harbour(now)
    with acting_as(by):
        tie_together(made, players, now)
        if not has_specialists():
            keep_specialists(players, now)
        say_capacity(players.workers)
        send_some_away(by=by)  # the last thing: until then the run is not finished
        statuses = Counter(Case.objects.order_by().values_list("status", flat=True))
    return Made(sum(statuses.values()), dict(statuses), len(players.people), len(players.workers))


def _begin_operations(made: Sequence[Plan], players: Players) -> None:
    for plan in made:
        if plan.operation:
            Operation.objects.get_or_create(
                force=players.forces[plan.unit],
                name=plan.operation,
                defaults={"started_at": plan.logged_at - 30 * DAY},
            )


def _live(share: Sequence[Plan], players: Players, now: datetime) -> None:
    for plan in share:
        with acting_as(engine("seed_demo")):
            if not Case.objects.filter(pk=plan.case_id).exists():
                Life(plan, players, now).live()


def _live_beside_each_other(
    shares: Sequence[Sequence[Plan]], players: Players, now: datetime
) -> None:
    connections.close_all()  # a connection is never shared: each process opens its own
    fork = get_context("fork")
    dies = dies_with_us(signal.SIGTERM)

    def live(share: Sequence[Plan]) -> None:
        dies()
        _live(share, players, now)

    running = [fork.Process(target=live, args=(share,), daemon=True) for share in shares]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise Unfinished("The invented force was not finished. The next run goes on with it.")
