"""To see a reminder climb: everything that happened in one case of the demo happened earlier."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class
from psycopg2.sql import SQL, Identifier

from accounts import audit
from accounts.actors import engine
from accounts.context import acting_as
from casework.models import Case
from config import environment

# What belongs to a case, and how its rows are found. Follow-ups are derived from these and move by themselves.
OF_CASE = "case_id = %(case)s"
OF_VICTIM = "victim_id = (SELECT victim_id FROM casework_case WHERE id = %(case)s)"
OF_REFERRAL = "referral_id IN (SELECT id FROM referrals_supportreferral WHERE case_id = %(case)s)"
TABLES = {
    "casework_case": "id = %(case)s",
    "casework_caseevent": OF_CASE,
    "casework_contact": OF_CASE,
    "casework_safetycheck": OF_CASE,
    "casework_crimerecord": OF_CASE,
    "casework_authoritytold": OF_CASE,
    "casework_sharingstopped": OF_CASE,
    "casework_needsassessment": OF_CASE,
    "casework_nrmreferral": OF_CASE,
    "casework_dutytonotify": OF_CASE,
    "casework_nrmsubmission": OF_CASE,
    "casework_nrmevent": OF_CASE,
    "casework_guardianreferral": OF_CASE,
    "casework_investigationevent": OF_CASE,
    "casework_informed": OF_CASE,
    "casework_section45": OF_CASE,
    "casework_immigrationshare": OF_CASE,
    "casework_review": OF_CASE,
    "casework_allocation": OF_CASE,
    "casework_closure": OF_CASE,
    "referrals_supportreferral": OF_CASE,
    "referrals_question": OF_REFERRAL,
    "referrals_disclosure": OF_REFERRAL,
    "victims_safecontact": OF_VICTIM,
    "victims_consentevent": OF_VICTIM,
    "victims_toldtopic": OF_VICTIM,
    "victims_need": OF_VICTIM,
}
LEFT_ALONE = ("changed_at",)  # what pages compare with the engine's own heartbeat


class Command(BaseCommand):
    help = "Demo only: moves a case's events back in time, so that its reminders fall due now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the case's reference")
        parser.add_argument("--hours", type=float, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This rewrites history, so it works in the demo only (HOLDFAST_DEMO=1)."
            )
        hours = options["hours"]
        if not 0 < hours <= 24 * 366:
            raise CommandError("Give a number of hours between 0 and 8784 (a year).")
        # As the owner of the tables, because history is append-only for everybody else.
        link = psycopg2.connect(environment.database_url("migrate"))
        try:
            with link, link.cursor() as cursor:
                moved = self._age(cursor, options["case"], timedelta(hours=hours))
        finally:
            link.close()
        by = engine("demo_age")
        with acting_as(by):
            case = Case.objects.get(reference=options["case"])
            audit.record("case.aged", by=by, of=case, hours=hours, rows=moved)
        self.stdout.write(f"{moved} rows of {options['case']} are now {hours:g} hours older.")

    def _age(self, cursor: Cursor, reference: str, by: timedelta) -> int:
        cursor.execute("SELECT id FROM casework_case WHERE reference = %s", [reference])
        found = cursor.fetchone()
        if found is None:
            raise CommandError(f"There is no case {reference}.")
        return sum(
            self._shift(cursor, table, where, {"case": found[0], "by": by})
            for table, where in TABLES.items()
        )

    def _shift(self, cursor: Cursor, table: str, where: str, given: dict[str, Any]) -> int:
        name = Identifier(table)
        changes = SQL(", ").join(
            SQL("{0} = {0} - %(by)s").format(Identifier(column))
            for column in self._times(cursor, table)
        )
        # History is append-only by trigger. The lock lasts until the commit, so nobody else slips through.
        cursor.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        cursor.execute(SQL("UPDATE {} SET {} WHERE " + where).format(name, changes), given)  # nosec B608 - only our own words
        moved = cursor.rowcount
        cursor.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        return moved

    def _times(self, cursor: Cursor, table: str) -> list[str]:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND atttypid = 'timestamptz'::regtype ORDER BY attnum",
            [table],
        )
        return [row[0] for row in cursor.fetchall() if row[0] not in LEFT_ALONE]
