"""The cracks report for a terminal or a nightly job: exits 1 when a promise is broken."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from followups.cracks import MOST_SHOWN, report


class Command(BaseCommand):
    help = "Asks the tables, apart from the engine, whether anybody has fallen through."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clocks.now()
        with acting_as(engine("cracks"), at=at):
            lines = report(at, most=None if options["format"] == "json" else MOST_SHOWN)
        total = sum(line.count for line in lines)
        if options["format"] == "json":
            told = {"at": at.isoformat(), "total": total, "lines": [asdict(line) for line in lines]}
            self.stdout.write(json.dumps(told, indent=2))
        else:
            for line in lines:
                self.stdout.write(f"{line.count:6} {line.code}: {line.words}")
                for row in line.rows:
                    self.stdout.write(f"         {row.name} {row.href}".rstrip())
            self.stdout.write(f"{total:6} in all")
        if total:
            sys.exit(1)
