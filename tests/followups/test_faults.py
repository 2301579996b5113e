"""Real processes, real faults: nothing is lost, and nothing is doubled in the ledger."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import psycopg2
from celery import Celery

import clocks
from accounts.actors import engine as the_engine
from accounts.context import acting_as
from config.devservices import postgres, valkey
from config.devservices.host import write_private
from followups.models import FollowUp, Heartbeat, Notice, OutboxMessage
from tests import cluster
from tests.builders import make_case
from tests.cluster import TREE, Clone
from tests.followups.loopback import Way, listening

EDGES_BEFORE_A_MARK = 4
PROVE = bool(os.environ.get("PROVE"))


def told_by(committed: Clone, mode: str, number: int) -> dict[str, Any]:
    """What `tests/followups/killed.py` found."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.followups.killed", mode, str(number)],
        cwd=TREE,
        env=committed.env | {"HOLDFAST_ROLE": "engine"},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def test_killed_at_any_edge_of_a_statement_the_next_round_makes_everything_up(
    committed: Clone,
) -> None:
    found = told_by(committed, "killed", 1 if PROVE else 9)
    assert found["kills"] > 5
    assert found["wrong"] == []
    assert (found["lost"], found["left"]) == (0, 0)
    # A message goes twice only between sending and marking: the statement that says who acts, the mark, their edges.
    at_once = groupby(enumerate(found["twice"]), lambda pair: pair[1] - pair[0])
    assert max((len(list(run)) for _, run in at_once), default=0) <= EDGES_BEFORE_A_MARK


def test_four_drivers_at_once_do_everything_once(committed: Clone) -> None:
    found = told_by(committed, "together", 20 if PROVE else 2)
    assert set(found["ends"]) == {0}
    assert found["first_steps"] == found["owed"]
    assert (found["lost"], found["again"], found["left"]) == (0, 0, 0)


def test_killed_between_sending_and_saying_so_a_message_goes_at_most_twice(
    committed: Clone,
) -> None:
    found = told_by(committed, "killed-while-mailing", 1 if PROVE else 3)
    assert found["kills"] > 3
    assert (found["lost"], found["left"]) == (0, 0)
    assert found["again"] <= found["kills"]


def test_two_drivers_of_which_one_is_killed_at_any_moment_lose_and_double_nothing(
    committed: Clone,
) -> None:
    kills = 300 if PROVE else 6
    found = told_by(committed, "killed-at-random", kills)
    assert found["first_steps"] == found["owed"]
    assert (found["lost"], found["left"]) == (0, 0)
    assert found["killed"] >= kills / 3  # the others had come to their end already
    assert found["again"] <= found["killed"]


def test_a_database_that_is_killed_and_started_again_has_lost_nothing(committed: Clone) -> None:
    kills = 10 if PROVE else 1
    with own_database(committed) as (server, env), asked_for(kills, env) as asked:
        assert asked.stdin
        assert asked.stdout
        for fault in range(kills):
            assert asked.stdout.readline() == "now\n"
            time.sleep(random.Random(fault).uniform(0, 0.4))
            server.kill()
            server.start()
            asked.stdin.write("up again\n")
            asked.stdin.flush()
        found = json.loads(asked.stdout.readline())
    assert found["first_steps"] == found["owed"]
    assert (found["lost"], found["left"]) == (0, 0)
    assert found["again"] <= kills


def asked_for(kills: int, env: dict[str, str]) -> "subprocess.Popen[str]":
    """The process that says when to kill its database, and waits until it is up again."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.followups.killed", "killed-database", str(kills)],
        cwd=TREE,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def own_database(committed: Clone) -> Iterator[tuple[Any, dict[str, str]]]:
    """A PostgreSQL of this test alone, with the cast in it, and what a process needs to know to use it."""
    root = Path(os.environ["HOLDFAST_TEST_ROOT"]) / committed.name
    root.mkdir(mode=0o711)
    kept = cluster.KEPT / cluster.schema_hash()
    subprocess.run(["cp", "-a", str(kept), str(root / "postgres")], check=True)
    server = postgres.start(root / "postgres", durable=True)
    try:
        urls = server.create_database("killed", template=cluster.TEMPLATE)
        roles = {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}
        file = root / "killed.json"
        write_private(file, json.dumps({"database": roles, "redis": "redis://127.0.0.1:1/0"}))
        yield server, committed.env | {"HOLDFAST_SERVICES": str(file), "HOLDFAST_ROLE": "engine"}
    finally:
        server.close()
        shutil.rmtree(root)


def test_two_beats_and_four_workers_lose_and_double_nothing_whatever_becomes_of_the_broker(
    committed: Clone, tmp_path: Path
) -> None:
    """It takes connections and never answers, or stands still; the other driver does not need it."""
    broker = valkey.start(tmp_path / "valkey", durable=False)
    faults, logged = (12 if PROVE else 2), 0
    with ExitStack() as alive:
        alive.callback(broker.close)
        way = alive.enter_context(listening(Way(broker.port)))
        url = broker.url.replace(f":{broker.port}/", f":{way.port}/")
        env = committed.env | {"HOLDFAST_ROLE": "engine", "REDIS_URL": url, "TICK_SECONDS": "1"}
        for place in range(2):
            alive.enter_context(beat(env, tmp_path / f"schedule-{place}"))
        workers = [alive.enter_context(worker(env)) for _ in range(4)]
        for fault in range(faults):
            logged += overdue(50)
            a_beat_wakes_a_worker()
            check_the_ledger(faults=fault, owed=logged)
            with answering_nobody(broker, way, fault):
                logged += overdue(50)
                once = [sys.executable, "manage.py", "followups", "--once"]
                done = subprocess.run(once, cwd=TREE, env=env, timeout=60, check=False)
                assert done.returncode == 0
                check_the_ledger(faults=fault, owed=logged)
                os.killpg(workers[fault % 4].pid, signal.SIGKILL)
                workers[fault % 4] = alive.enter_context(worker(env))
        logged += overdue(50)
        a_beat_wakes_a_worker()
    check_the_ledger(faults=faults, owed=logged)


@contextmanager
def answering_nobody(broker: Any, way: Way, fault: int) -> Iterator[None]:
    """Now the way to the broker is half open and it loses everything, now it is frozen."""
    if fault % 2:
        os.kill(broker.pid, signal.SIGSTOP)
        yield
        os.kill(broker.pid, signal.SIGCONT)
        return
    way.half_open()
    yield
    broker.wipe()
    way.open_again()
    if fault % 4 == 0:  # else whoever is connected must find out that nobody ever answers
        way.cut()


@contextmanager
def beat(env: dict[str, str], schedule: Path) -> Iterator[None]:
    """A real beat, with a schedule of its own."""
    started = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config.celery", "beat", "-l", "ERROR",
         f"--schedule={schedule}", "--pidfile="],
        cwd=TREE,
        env=env,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        started.kill()
        started.wait()


def overdue(many: int) -> int:
    """So many cases in which much is overdue."""
    with acting_as(the_engine("test")):
        for _ in range(many):
            make_case(at=clocks.now() - timedelta(days=2))
    return many


def a_beat_wakes_a_worker() -> None:
    """A round that begins from now on comes to its end."""
    since = clocks.now()
    wait_for(lambda: last_dispatch(since), seconds=90)


def test_nothing_sweeps_for_72_hours_and_the_round_that_makes_it_up_is_killed_at_any_edge(
    committed: Clone,
) -> None:
    found = told_by(committed, "beat-off", 1 if PROVE else 17)
    assert found["kills"] > 3
    assert found["wrong"] == []
    assert (found["lost"], found["left"]) == (0, 0)
    assert found["again"] <= found["kills"]


def test_a_process_that_sweeps_again_and_again_keeps_nothing_of_it_in_mind(
    committed: Clone,
) -> None:
    sweeps = 1000 if PROVE else 20
    found = told_by(committed, "swept-often", sweeps)
    assert (
        found["objects"] < sweeps / 2
    )  # a sweep that left one object behind would leave 800, or 16
    if PROVE:
        assert found["peak"] < 1.1


def test_a_clock_that_jumps_forward_and_back_and_drivers_whose_clocks_differ_lose_and_double_nothing(
    committed: Clone,
) -> None:
    found = told_by(committed, "clock-moved", 100 if PROVE else 4)
    assert set(found["ends"]) == {0}
    assert found["first_steps"] == found["owed"]
    assert (found["lost"], found["again"], found["left"]) == (0, 0, 0)


@contextmanager
def worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker in a process group of its own."""
    started = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", "1",
         "--without-gossip", "--without-mingle", "-l", "ERROR"],
        cwd=TREE,
        env=env,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    """Until it is so; fails when it takes too long."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def is_sweeping(committed: Clone) -> bool:
    """Whether some session of the engine is in the middle of a transaction."""
    link = psycopg2.connect(os.environ["HOLDFAST_TEST_ADMIN"])
    try:
        with link.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE l.locktype = 'advisory' AND a.datname = %s",
                [committed.name],
            )
            return bool(cursor.fetchone()[0])
    finally:
        link.close()


def test_a_killed_worker_and_a_wiped_broker_lose_no_reminder(
    committed: Clone, tmp_path: Path
) -> None:
    broker = valkey.start(tmp_path / "valkey", durable=False)
    try:
        env = committed.env | {"HOLDFAST_ROLE": "engine", "REDIS_URL": broker.url}
        wake = Celery(broker=broker.url)
        faults = 20 if PROVE else 1
        for fault in range(faults):
            overdue(150)
            with worker(env) as running:
                wake.send_task("followups.tick")
                wait_for(lambda: is_sweeping(committed))
                time.sleep(random.Random(fault).uniform(0, 0.2))
                os.killpg(running.pid, signal.SIGKILL)
                broker.wipe()
        before = clocks.now()
        with worker(env):
            wake.send_task("followups.tick")
            wait_for(lambda: last_dispatch(before))
        check_the_ledger(faults=faults, owed=faults * 150)
    finally:
        wake.close()
        broker.close()


def last_dispatch(after: Any) -> bool:
    """Whether a round that began after that time has come to its end."""
    with acting_as(the_engine("test")):
        return Heartbeat.objects.filter(stage="dispatch", at__gt=after).exists()


def check_the_ledger(*, faults: int, owed: int) -> None:
    """Everything overdue has each due step once, with its page notice once; what was mailed went out."""
    with acting_as(the_engine("test")):
        due = FollowUp.objects.open().filter(due_at__lte=clocks.now() - timedelta(minutes=1))
        assert due.filter(rule="crime-not-recorded").count() == owed
        untold = due.exclude(steps__rung=1, steps__notices__channel="page")
        assert not untold.exists()
        mailed = Notice.objects.filter(channel="email", state="accepted")
        # Read in this order, and each once: workers may be sending meanwhile.
        marked = set(mailed.values_list("message_id", flat=True))
        went = list(OutboxMessage.objects.values_list("message_id", flat=True))
        assert marked <= set(went)
        assert len(went) - len(set(went)) <= faults
