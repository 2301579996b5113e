"""`manage.py seed_demo --cases 200 --seed 1`: the invented force, for the demo alone."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo.force import Made, Unfinished, has_cases, make_force

SIGN_IN = (
    "olu (officer), sade (supervisor), petra (officer of another unit), ines (specialist lead), "
    "lena (administrator)"
)
MOST_PROCESSES = 4
WORKERS = "hana (Harbour Support), bea (Beacon House)"


class Command(BaseCommand):
    help = "Make the invented force: people, agencies, training and cases. Only in the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=200, help="how many cases (default 200)")
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same force")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is a case already"
        )

    def handle(self, *args: Any, cases: int, seed: int, if_empty: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This makes invented people: set HOLDFAST_DEMO=1, and never in a real force."
            )
        if cases < 1:
            raise CommandError("--cases must be 1 or more.")
        if has_cases():
            if if_empty:
                return
            raise CommandError(
                "There are cases already. Delete var/postgres for a fresh demo, or add --if-empty."
            )
        try:
            made = make_force(cases=cases, seed=seed, password=_password(), processes=_cores())
        except Unfinished as error:
            raise CommandError(str(error)) from error
        self._say(made)

    def _say(self, made: Made) -> None:
        statuses = ", ".join(
            f"{count} {status}" for status, count in sorted(made.by_status.items())
        )
        self.stdout.write(f"{made.cases} invented cases: {statuses}.")
        self.stdout.write(f"{made.people} invented people, {made.agencies} agencies.")
        self.stdout.write(f"Sign in as {SIGN_IN}; for an agency as {WORKERS}.")


def _cores() -> int:
    return min(MOST_PROCESSES, os.cpu_count() or 1)


def _password() -> str:
    file = settings.VAR_DIR / "secrets" / "demo_password"
    password = os.environ.get("DEMO_PASSWORD") or (
        file.read_text().strip() if file.exists() else ""
    )
    if not password:
        raise CommandError("Set DEMO_PASSWORD: the password that the invented people share.")
    return password
