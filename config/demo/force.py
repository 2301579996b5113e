"""The whole invented force, one case a transaction; a run that was stopped is finished by the next.

One transaction for all would carry tens of thousands of savepoints, which costs PostgreSQL minutes.
"""

from collections import Counter
from dataclasses import dataclass
from random import Random

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Absence
from casework.models import Case
from config.demo.cases import Life
from config.demo.cast import make_cast
from config.demo.people import add_rest_of_force, send_some_away
from config.demo.plan import plans
from config.demo.players import Players
from config.demo.training import train_everybody


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


def make_force(*, cases: int, seed: int, password: str) -> Made:
    """People, agencies, training and so many cases are there, as if they had been lived until now."""
    rng = Random(seed)  # nosec B311 - it draws invented people, not secrets
    by = engine("seed_demo")
    now = clocks.now().replace(second=0, microsecond=0)
    with acting_as(by):
        make_cast(password)
        add_rest_of_force(password)
        train_everybody(rng)
        players = Players.of_the_force(now)
    for plan in plans(cases, rng, now):
        with acting_as(by):
            if not Case.objects.filter(pk=plan.case_id).exists():
                Life(plan, players, now).live()
    with acting_as(by):
        send_some_away(by=by)  # the last thing: until then the run is not finished
        statuses = Counter(Case.objects.order_by().values_list("status", flat=True))
    return Made(sum(statuses.values()), dict(statuses), len(players.people), len(players.workers))
