"""The engine without a worker: one round, a loop, a look without writing, or a held sweep let go."""

import json
import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

import clocks
from followups import engine
from followups.models import PERIOD
from followups.rules import RULES
from followups.tasks import chain_trail, check, move_cases, scan_files, tell_agencies, turn

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Makes what is stored equal to what is owed, takes due steps, sends what is ready."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--once", action="store_true", help="one round")
        how.add_argument(
            "--loop", action="store_true", help="a round every half minute, without Redis"
        )
        how.add_argument(
            "--dry-run", action="store_true", help="say what a round would do; write nothing"
        )
        how.add_argument(
            "--release", metavar="RULE", help="let a held sweep of this rule drop its rows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release"]:
            self._release(options["release"])
        elif options["dry_run"]:
            with transaction.atomic():
                self._say(vars(engine.sweep(clocks.now())))
                transaction.set_rollback(True)
        elif options["once"]:
            done = turn() | {
                "agencies": tell_agencies(),
                "chain": chain_trail(),
                "moves": move_cases(),
                "files": scan_files(),
            }
            self._say(done)
            if done["failed"]:
                raise CommandError("A rule failed: " + ", ".join(done["failed"]))
        else:
            self._loop()

    def _release(self, slug: str) -> None:
        if slug not in RULES:
            raise CommandError(f"There is no rule {slug}. The rules: {', '.join(RULES)}")
        self.stdout.write(f"{slug}: {engine.release(slug, clocks.now())} dropped")

    def _loop(self) -> None:
        period = PERIOD.total_seconds()
        while True:
            started = time.monotonic()
            for part in (turn, tell_agencies, chain_trail, move_cases, scan_files, check):
                try:
                    part()
                except Exception:
                    log.exception("A part of the round failed; the next round makes it up.")
                    connection.close()
            time.sleep(max(0.0, period - (time.monotonic() - started)))

    def _say(self, done: dict[str, Any]) -> None:
        changed = {slug: numbers for slug, numbers in done["rules"].items() if numbers}
        self.stdout.write(json.dumps(done | {"rules": changed}, indent=2, default=str))
