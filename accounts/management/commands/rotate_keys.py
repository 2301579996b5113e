"""`manage.py rotate_keys`: a new key for what is sealed, everything sealed anew with it, and what each key seals."""

import json
import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts import rotation
from accounts.keyring import KeyRingRefused, key_ring, make, use
from accounts.sealed import sealed_by_newest

PASSES = 30
SECONDS_BETWEEN = 1
IS_OWNER = "SELECT session_user = 'holdfast_owner'"


class Command(BaseCommand):
    help = (
        "Seal everything anew with the newest key of the ring, beside everybody's work."
        " First --make, give the key to every machine, --use; afterwards --check [docs/operations.md]."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--make", action="store_true", help="put a new key into the ring; it waits"
        )
        what.add_argument("--use", action="store_true", help="the key that waits seals from now on")
        what.add_argument("--check", action="store_true", help="say what each key still seals")
        parser.add_argument("--json", action="store_true", help="say it as JSON (with --check)")
        parser.add_argument("--at-a-time", type=int, default=200, help="rows a transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["make"]:
                self.stdout.write(f"{make()} is in the ring. It opens already; --use lets it seal.")
            elif options["use"]:
                self.stdout.write(f"{use()} seals from now on.")
            else:
                self._as_owner()
                if not options["check"]:
                    self._rotate(max(1, options["at_a_time"]))
                self._check(as_json=options["json"])
        except KeyRingRefused as refused:
            raise CommandError(str(refused)) from refused

    def _as_owner(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(IS_OWNER)
            if not cursor.fetchone()[0]:
                raise CommandError("Only holdfast_owner, who owns the tables, can do this.")

    def _rotate(self, at_a_time: int) -> None:
        done: Counter[str] = Counter()
        for attempt in range(PASSES):
            if attempt:
                time.sleep(SECONDS_BETWEEN)  # what others were writing is written by then
            passed = {
                table.name: rotation.reseal(table, at_a_time=at_a_time)
                for table in rotation.sealed_tables()
            }
            done.update({name: told.rows for name, told in passed.items()})
            broken = [place for told in passed.values() for place in told.did_not_open]
            if _old(rotation.sealed_by()).total() <= len(broken):
                break
        for name, rows in done.items():
            self.stdout.write(f"{name}: {rows} rows sealed anew.")
        for place in broken:
            self.stderr.write(f"{place} did not open, and was left as it is.")

    def _check(self, *, as_json: bool) -> None:
        columns = rotation.sealed_by()
        old = _old(columns)
        ring = key_ring()
        unknown = {key for key in old if key.split(".")[1] not in ring.keys}
        if as_json:
            told = {"newest": ring.newest, "ring": list(ring.keys), "columns": columns}
            self.stdout.write(json.dumps(told | {"old": dict(old), "unknown": sorted(unknown)}))
        else:
            for name, counts in columns.items():
                said = ", ".join(f"{key} {count}" for key, count in counts.items()) or "nothing"
                self.stdout.write(f"{name}: {said}")
        if unknown:
            raise CommandError(
                f"{', '.join(sorted(unknown))}: no such key is in the ring: nobody can read what it seals. Put it back."
            )
        if old:
            raise CommandError(
                f"{old.total()} values are not sealed by {ring.newest}. Run it again without --check;"
                " if they stay, a process still writes with an older key."
            )
        if not as_json:
            self.stdout.write(f"{ring.newest} seals everything. Older keys may leave the ring.")


def _old(columns: dict[str, dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in columns.values():
        total.update(counts)
    return Counter({key: n for key, n in total.items() if f"{key}." != sealed_by_newest()})
