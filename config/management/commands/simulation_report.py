"""`manage.py simulation_report whole=1.json,2.json alone=3.json,4.json`: several invented years side by side."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.simulation.report import Report, beside, plot, together


class Command(BaseCommand):
    help = "Put the numbers that `simulate --out` wrote side by side, years of one name taken together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", nargs="+", metavar="NAME=FILE[,FILE...]")
        parser.add_argument("--svg", type=Path, help="draw the days without a word here")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = dict(_read(words) for words in options["years"])
        if options["svg"]:
            options["svg"].write_text(plot(reports))
        self.stdout.write(beside(reports))


def _read(words: str) -> tuple[str, Report]:
    name, _equals, files = words.partition("=")
    if not files:
        raise CommandError("Write each as NAME=FILE,FILE: whole=1.json,2.json")
    try:
        return name, together(
            [Report.of(json.loads(Path(f).read_text())) for f in files.split(",")]
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{files}: not what `simulate --out` writes.") from error
