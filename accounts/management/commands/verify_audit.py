"""Whether the audit trail is as it was written: says what is altered, deleted, moved or gone, and exits 1."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

import clocks
from accounts import chain


class Command(BaseCommand):
    help = "Find what was altered, deleted or moved in the audit trail, and months that nobody disposed of."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--head",
            default="",
            metavar="PLACE:HASH",
            help="an anchor from the log of another machine: the chain must lead through it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = chain.verify(clocks.now(), head=options["head"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(verdict) | {"whole": verdict.is_whole}, indent=2))
        else:
            self._say(verdict)
        if not verdict.is_whole:
            sys.exit(1)

    def _say(self, verdict: chain.Verdict) -> None:
        for fault in verdict.faults:
            self.stdout.write(f"{fault.kind}: {fault.words}.")
        if verdict.found > len(verdict.faults):
            self.stdout.write(f"... and {verdict.found - len(verdict.faults)} more.")
        if verdict.late:
            minutes = int(chain.LATE.total_seconds() // 60)
            self.stdout.write(
                f"late: {verdict.late} events are older than {minutes} minutes and have no place yet."
                " Is the worker running? manage.py chain_audit gives them theirs."
            )
        self.stdout.write(
            f"{verdict.events} events and {verdict.anchors} anchors looked at, {verdict.found} faults."
        )
        if verdict.head:
            self.stdout.write(f"The last anchor, to be kept elsewhere: {verdict.head}")
