"""Makes the months ahead of the audit trail, monthly; and, by two people, lets an old month go."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

import clocks
from accounts import chain
from accounts.models import User
from accounts.permissions import Role

MAY_DISPOSE = (Role.AUDITOR, Role.ADMINISTRATOR)


class Command(BaseCommand):
    help = "Make the audit trail's partitions for this month and the months ahead, or dispose of one (as the owner)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ahead", type=int, default=12, help="how many months ahead")
        parser.add_argument("--dispose", metavar="YYYY-MM", help="let this month's events go")
        parser.add_argument("--by", metavar="SIGN-IN NAME", help="who disposes of the month")
        parser.add_argument("--second", metavar="SIGN-IN NAME", help="who agrees")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dispose"]:
            self._dispose(options["dispose"], options["by"] or "", options["second"] or "")
            return
        first = clocks.today().replace(day=1)
        months = max(0, options["ahead"]) + 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT accounts_make_months(%s, %s)", [first, months])
            (made,) = cursor.fetchone()
        self.stdout.write(f"{made} months made; the trail has the next {months - 1}.")

    def _dispose(self, written: str, by: str, second: str) -> None:
        month = _month(written)
        oldest = _months_before(clocks.today().replace(day=1), settings.AUDIT_KEPT_MONTHS)
        if month >= oldest:
            raise CommandError(
                f"{written} must be kept: only months before {oldest:%Y-%m} may go (AUDIT_KEPT_MONTHS)."
            )
        if by.lower() == second.lower():
            raise CommandError("Two different people must dispose of a month: --by and --second.")
        names = (_may_dispose(by), _may_dispose(second))
        try:
            events = chain.dispose(month, names=names, at=clocks.now())
        except chain.NotDisposable as kept:
            raise CommandError(str(kept)) from kept
        self.stdout.write(f"{events} events of {written} are gone; the certificate stays.")


def _month(written: str) -> date:
    try:
        return datetime.strptime(written, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise CommandError("Write the month like 2026-11.") from None


def _months_before(month: date, count: int) -> date:
    years, months = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, months + 1, 1)


def _may_dispose(name: str) -> str:
    fit = User.objects.active().filter(username__iexact=name, roles__role__in=MAY_DISPOSE)
    if not fit.exists():
        raise CommandError(f"{name or 'Nobody'} is no auditor or administrator who works here.")
    return name.lower()
