"""For the mail server: pipe each delivery report to this command, so that what came back goes another way."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clocks
from followups.receipts import LONGEST_REPORT, NotAReport, read_report

NOT_MAIL = 65  # EX_DATAERR of sysexits.h: the mail server keeps it for a person to read


class Command(BaseCommand):
    help = "Reads one delivery report (RFC 3464) from the standard input and marks what came back."

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LONGEST_REPORT)
        try:
            marked = read_report(raw, clocks.now())
        except NotAReport:
            raise CommandError(
                "This is not a delivery report (RFC 3464) about a message of ours.",
                returncode=NOT_MAIL,
            ) from None
        self.stdout.write(f"{marked} notices marked.")
