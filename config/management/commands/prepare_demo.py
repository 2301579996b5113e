"""`manage.py prepare_demo`: what `make run` does between the tables and the web, in one process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.launcher.steps import step


class Command(BaseCommand):
    help = "Load deadlines, days and courses, and make the invented force unless it is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=200, help="how many cases (default 200)")
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same force")

    def handle(self, *args: Any, cases: int, seed: int, **options: Any) -> None:
        with step("Deadlines and working days"):
            call_command("load_deadlines", stdout=self.stdout)
        with step("Courses"):
            call_command("load_courses", stdout=self.stdout)
        with step(f"Invented force ({cases} cases)"):
            call_command("seed_demo", cases=cases, seed=seed, if_empty=True, stdout=self.stdout)
