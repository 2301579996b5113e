"""`make bench`: loads the rows, measures every budget as a ratio, prints them, fails when one is missed."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import django
import psycopg2

CASES = int(os.environ.get("BENCH_CASES", "100000"))
ENGINE_CASES = int(os.environ.get("BENCH_ENGINE_CASES", "96000"))  # all open: 10 follow-ups each
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_LARGE_CASES", "1000000"))
CASES_A_UNIT = (
    1_000  # in the small database as in the large one: a unit does not grow with its force
)
ROUNDS, TIMES = int(os.environ.get("BENCH_ROUNDS", "7")), 20
NOT_READ_BY_A_QUEUE = (
    ("accounts_scope", "audit_row"),
    ("victims_victim", "audit_row"),
    ("victims_victim", "names_kept_at_first"),
    ("casework_case", "audit_row"),
    ("casework_case", "keys_kept_at_first"),
    ("casework_caseevent", "audit_row"),
)
BEATS_EVERY = 20  # seconds
HEARTBEATS = """
INSERT INTO followups_heartbeat (stage, at, took_ms, result)
SELECT unnest(ARRAY['reconcile', 'climb', 'dispatch', 'agencies']), now(), 1, '{}'
ON CONFLICT (stage) DO UPDATE SET at = now()
"""
SERVICES = Path(os.environ["HOLDFAST_SERVICES"])
MANAGE = [sys.executable, "manage.py"]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "HOLDFAST_DEMO": "1",
    "HOLDFAST_BENCH": "1",
    "LOG_LEVEL": "ERROR",
}


def main() -> int:
    """Everything in turn; 1 when a budget is missed."""
    database = json.loads(SERVICES.read_text())["database"]
    _manage("load_deadlines", "--verbosity=0")
    engine_services, *sizes = (
        _copy(database, f"bench_{name}") for name in ("engine", "small", "large")
    )
    print(f"Loading {CASES:,} cases to page through.", flush=True)
    _manage("bench_data", "--cases", str(CASES))
    print(f"Loading {ENGINE_CASES:,} open cases to sweep.", flush=True)
    of_engine = {"HOLDFAST_SERVICES": str(engine_services)}
    count = ("--cases", str(ENGINE_CASES), "--one-open-in", "1", "--without-followups")
    _manage("bench_data", *count, **of_engine)
    for cases, services in zip((SMALL, LARGE), sizes, strict=True):
        print(f"Loading {cases:,} cases in units of {CASES_A_UNIT}.", flush=True)
        _load_quickly(services, cases)
    rows = [*_pages_and_write(database), _scale(*sizes), *_sweeps(of_engine)]
    return _report(rows)


def _manage(*words: str, **more: str) -> None:
    environment = os.environ | {"HOLDFAST_ROLE": "engine"} | more
    subprocess.run([*MANAGE, *words], env=environment, check=True)


def _copy(database: dict[str, str], name: str) -> Path:
    """A second database with the same tables, and the file that says where it is."""
    _as_admin(
        database["admin"].rsplit("/", 1)[0] + "/postgres",
        f"CREATE DATABASE {name} TEMPLATE holdfast OWNER holdfast_owner",
        f"GRANT ALL ON DATABASE {name} TO holdfast_web, holdfast_engine",
    )
    urls = {role: url.rsplit("/", 1)[0] + f"/{name}" for role, url in database.items()}
    file = SERVICES.with_name(f"{name}.json")
    file.write_text(json.dumps({"database": urls}))
    return file


def _load_quickly(services: Path, cases: int) -> None:
    """Without audit lines and search keys, which no queue reads and which are most of the loading."""
    database = json.loads(services.read_text())["database"]
    left_out = [
        f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in NOT_READ_BY_A_QUEUE
    ]
    _as_admin(database["admin"], *left_out)
    count = ("--cases", str(cases), "--units", str(cases // CASES_A_UNIT))
    _manage("bench_data", *count, HOLDFAST_SERVICES=str(services))
    _as_admin(database["admin"], "VACUUM ANALYZE")


def _scale(small: Path, large: Path) -> Any:
    from bench import scale  # noqa: PLC0415 - Django must be set up first

    print("Growing.", flush=True)
    admins = [json.loads(file.read_text())["database"]["admin"] for file in (small, large)]
    with _awake(*admins):
        return scale.measure(small, large, cases=LARGE, rounds=ROUNDS, times=TIMES)


def _pages_and_write(database: dict[str, str]) -> list[Any]:
    _as_admin(database["admin"], "VACUUM ANALYZE")
    os.environ["HOLDFAST_ROLE"] = "web"
    django.setup()
    from bench import chaining, finding, load, numbers, pages, write  # noqa: PLC0415 - Django must be set up first

    print("Pages.", flush=True)
    ids = _cases_of_first_unit(database["admin"])
    with _awake(database["admin"]):
        rows: list[Any] = pages.measure(ids, rounds=ROUNDS, times=TIMES)
        print("Finding.", flush=True)
        rows += finding.measure(rounds=ROUNDS, times=TIMES)
        print("Writing.", flush=True)
        rows.append(write.measure(rounds=ROUNDS, times=TIMES))
        rows.append(chaining.measure(rounds=ROUNDS, times=TIMES))
    print("Under load.", flush=True)
    rows += load.measure(rounds=ROUNDS, times=TIMES)
    print("Counting.", flush=True)
    _manage("bench_data", "--cases", str(CASES), "--lived")
    _as_admin(database["admin"], "VACUUM ANALYZE")
    with _awake(database["admin"]):
        return rows + numbers.measure(rounds=ROUNDS, times=TIMES)


@contextmanager
def _awake(*admins: str) -> Iterator[None]:
    """The engine counts as awake meanwhile, as it is in a running Holdfast."""
    over = Event()

    def beat() -> None:
        while True:
            for admin in admins:
                _as_admin(admin, HEARTBEATS)
            if over.wait(BEATS_EVERY):
                return

    beats = Thread(target=beat)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()


def _as_admin(url: str, *statements: str) -> None:
    link = psycopg2.connect(url)
    link.autocommit = True
    with link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    link.close()


def _cases_of_first_unit(admin: str) -> list[tuple[str, str]]:
    link = psycopg2.connect(admin)
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT c.id::text, c.reference FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id"
            " JOIN accounts_unit u ON u.id = s.unit_id WHERE u.slug = 'bench-0' AND c.status <> 'closed'"
            " ORDER BY c.reference LIMIT 200"
        )
        found: list[tuple[str, str]] = cursor.fetchall()
    link.close()
    return found


def _sweeps(of_engine: dict[str, str]) -> list[Any]:
    from bench.measure import Row, Side  # noqa: PLC0415 - beside its one use

    print("Sweeping.", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.sweep", str(min(ROUNDS, 4))],
        env=os.environ | {"HOLDFAST_ROLE": "engine"} | of_engine,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    rows = []
    for said in json.loads(done.stdout.splitlines()[-1]):
        sides = {name: Side(tuple(said[name]["times"])) for name in ("ours", "bare")}
        rows.append(Row(**said | sides))
    return rows


def _report(rows: list[Any]) -> int:
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}, {CASES:,} cases.\n")
    print("| What | Against | Ours p50 / p95 ms | Bare p50 / p95 ms | Ratio | Budget | |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        ours, bare = (f"{side.p50:,.1f} / {side.p95:,.1f}" for side in (row.ours, row.bare))
        verdict = "met" if row.met else "MISSED"
        print(
            f"| {row.what} ({row.notes}) | {row.against} | {ours} | {bare} | {row.ratio:.2f}"
            f" | {row.budget:.1f} | {verdict} |"
        )
    missed = [row.what for row in rows if not row.met]
    print(f"\nMissed: {'; '.join(missed)}" if missed else "\nEvery budget is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
