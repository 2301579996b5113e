"""Makes the months ahead of the audit trail; run it monthly. A missing month loses nothing: it waits in the default."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

import clocks


class Command(BaseCommand):
    help = "Make the audit trail's partitions for this month and the months ahead (as the owner)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ahead", type=int, default=12, help="how many months ahead")

    def handle(self, *args: Any, **options: Any) -> None:
        first = clocks.today().replace(day=1)
        months = max(0, options["ahead"]) + 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT accounts_make_months(%s, %s)", [first, months])
            (made,) = cursor.fetchone()
        self.stdout.write(f"{made} months made; the trail has the next {months - 1}.")
