"""The room of the running product: a seeded database, a real gunicorn, and what a journey asks of them."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from config.devservices.host import dies_with_us
from config.launcher import styles
from tests import cluster

CASES, SEED = 40, 1
SEEDED = "holdfast_seeded"
PATIENCE = 180.0  # on a machine that does much else meanwhile; nobody waits longer than it takes


@dataclass
class Site:
    """One Holdfast that is up: where, its database, and the cases that a journey took for itself."""

    url: str
    database: cluster.Clone
    log: Path
    taken: set[str] = field(default_factory=set)

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database as its superuser sees them: both walls are the pages' affair."""
        with self._cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def one(self, sql: str, *values: Any) -> Any:
        """The one value of the one row."""
        ((value,),) = self.ask(sql, *values)
        return value

    def row(self, sql: str) -> dict[str, Any]:
        """The one row, by column; it must be there."""
        with self._cursor() as cursor:
            cursor.execute(sql)
            (values,) = cursor.fetchall()
            return dict(zip([column.name for column in cursor.description], values, strict=True))

    def take_case(self, where: str = "TRUE", *values: Any) -> str:
        """The reference of an open case that no other journey touches."""
        rows = self.ask(
            "SELECT c.reference FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id"
            " LEFT JOIN accounts_user u ON u.id = c.owner_id"
            " JOIN accounts_scope s ON s.id = c.scope_id JOIN accounts_unit n ON n.id = s.unit_id"
            f" WHERE s.restriction = 'standard' AND ({where}) ORDER BY c.reference",
            *values,
        )
        free = [reference for (reference,) in rows if reference not in self.taken]
        assert free, f"the invented force has no such case: {where}"
        self.taken.add(free[0])
        return str(free[0])

    def manage(self, *words: str, role: str = "engine") -> str:
        """What a management command says; it must succeed."""
        return manage(self.database, *words, role=role)

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        admin = os.environ["HOLDFAST_TEST_ADMIN"].rsplit("/", 1)[0]
        link = psycopg2.connect(f"{admin}/{self.database.name}")
        try:
            with link, link.cursor() as cursor:
                yield cursor
        finally:
            link.close()

    @contextmanager
    def running(self, *words: str, role: str = "engine", **environment: str) -> Iterator[None]:
        """A real process beside the site for as long as the block lasts."""
        with process(self.database, *words, role=role, log=self.log, **environment):
            yield


def manage(database: cluster.Clone, *words: str, role: str = "engine") -> str:
    """What a management command says on one database."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=cluster.TREE,
        env=database.env | {"HOLDFAST_ROLE": role},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(words)}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def process(
    database: cluster.Clone, *words: str, role: str, log: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """One program of ours (`python -m ...`), ended with everything that it started."""
    with log.open("ab") as words_said:
        started = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=cluster.TREE,
            env=database.env | {"HOLDFAST_ROLE": role} | environment,
            stdin=subprocess.DEVNULL,
            stdout=words_said,
            stderr=words_said,
            start_new_session=True,
            preexec_fn=dies_with_us(signal.SIGKILL),
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


def wait_until(true: Any, what: str, seconds: float = PATIENCE) -> Any:
    """The first answer that counts, asked again and again; else a failure that names it."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not in {seconds:.0f} s: {what}")


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One worker at a time, so that what all share is made once."""
    with (Path(os.environ["HOLDFAST_TEST_ROOT"]) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _collect(database: cluster.Clone) -> None:
    styles.build()
    built = (cluster.TREE / "static" / "build" / ".holdfast").read_text()
    collected = cluster.TREE / "static" / "collected" / ".holdfast"
    if not collected.exists() or collected.read_text() != built:
        manage(database, "collectstatic", "--noinput", "-v0", role="web")
        collected.write_text(built)


def seeded(name: str) -> cluster.Clone:
    """A database with the invented force in it: seeded by the first worker, cloned by each."""
    with _alone("site"):
        made = Path(os.environ["HOLDFAST_TEST_ROOT"]) / "site.seeded"
        if not made.exists():
            template = cluster.clone(SEEDED)
            template.env["DEMO_PASSWORD"] = cluster.PASSWORD
            _collect(template)
            manage(template, "seed_demo", "--cases", str(CASES), "--seed", str(SEED))
            manage(template, "followups", "--once")
            made.touch()
        return cluster.clone(name, SEEDED)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5):
            return True
    except OSError:
        return False


@contextmanager
def served(database: cluster.Clone, log: Path) -> Iterator[str]:
    """The address at which gunicorn serves a database as the role `web`, until the block ends."""
    port = str(_free_port())
    url = f"http://127.0.0.1:{port}"
    one_worker = {"PORT": port, "WEB_WORKERS": "1", "WEB_THREADS": "8", "SITE_URL": url}
    # People stay signed in from journey to journey; asking again is proved in house/test_confirm.py.
    one_worker["STEP_UP_MINUTES"] = "600"
    gunicorn = ["gunicorn", "-c", "python:config.web"]
    with process(database, *gunicorn, role="web", log=log, **one_worker) as web:
        wait_until(lambda: _answers(url) or web.poll() is not None, f"{url}: {log.read_text()}")
        assert web.poll() is None, log.read_text()
        yield url


@contextmanager
def up(name: str, log: Path) -> Iterator[Site]:
    """The invented force, served, until the block ends."""
    database = seeded(name)
    with served(database, log) as url:
        yield Site(url, database, log)
    cluster.drop(database.name)
