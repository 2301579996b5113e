"""`manage.py simulate --forces 3 --days 365 --seed 1`: an invented year through the real product."""

import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actors import engine
from accounts.context import acting_as
from casework.models import Case
from clocks import LONDON
from config.simulation.habits import Habits
from config.simulation.report import Report, in_words, look
from config.simulation.year import Year

BEGINS = "2026-01-05"


class Command(BaseCommand):
    help = "Live an invented year of some forces with a moved clock, and report who was left alone. Demo only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forces", type=int, default=3)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same year")
        parser.add_argument("--from", dest="begins", default=BEGINS, help=f"first day ({BEGINS})")
        parser.add_argument(
            "--ladder",
            choices=("full", "owner"),
            default="full",
            help="owner: only whoever holds it is told",
        )
        parser.add_argument(
            "--pause", type=int, default=1, help="least hours between two sweeps (1)"
        )
        parser.add_argument("--out", type=Path, help="write the numbers here, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This makes invented people: set HOLDFAST_DEMO=1, and never in a real force."
            )
        named = ("forces", "days", "seed", "begins", "ladder", "pause")
        asked = {name: options[name] for name in named}
        report = run(**asked)
        if options["out"]:
            options["out"].write_text(json.dumps(report.as_json(), indent=1, sort_keys=True) + "\n")
        self.stdout.write(in_words(report))


def run(*, forces: int, days: int, seed: int, begins: str, ladder: str, pause: int) -> Report:
    """The year is lived in this database, which must hold no case yet."""
    if min(forces, days, pause) < 1:
        raise CommandError("--forces, --days and --pause must be 1 or more.")
    with acting_as(engine("simulate")):
        if Case.objects.exists():
            raise CommandError("This needs a database without cases: docs/simulation.md says how.")
    asked = {"forces": forces, "days": days, "seed": seed, "begins": begins}
    asked |= {"ladder": ladder, "pause": pause}
    year = Year(
        forces=forces,
        days=days,
        seed=seed,
        begins=datetime.fromisoformat(begins).replace(hour=6, tzinfo=LONDON),
        ladder=ladder,
        habits=Habits(),
        pause=timedelta(hours=pause),
    )
    return look(year, year.live(), asked)
