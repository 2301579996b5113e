"""The restore drill: what docs/operations.md says is done, word by word, while people work, and nothing is lost."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.devservices import host, postgres
from tests import cluster

TREE = cluster.TREE
DOCUMENT = (TREE / "docs" / "operations.md").read_text()
# Concerns logged before the copy is begun, and after it is made.
BEFORE, AFTER = (50, 150) if os.environ.get("PROVE") else (5, 10)


def commands(heading: str) -> str:
    """The commands that the document gives under a heading."""
    section = DOCUMENT.split(f"\n### {heading}\n")[1].split("\n#")[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A directory that the server's account can walk to whoever else runs tests here; it is gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="drill-", dir=os.environ["HOLDFAST_TEST_ROOT"]))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def server(open_path: Path) -> Iterator[postgres.Postgres]:
    """A durable PostgreSQL in which the tests' template is the database of a force."""
    root = open_path / "postgres"
    subprocess.run(["cp", "-a", str(cluster.KEPT / cluster.schema_hash()), str(root)], check=True)
    with postgres.start(root, durable=True) as running:
        yield running


@pytest.fixture
def drill(server: postgres.Postgres, open_path: Path) -> dict[str, str]:
    """The environment of the commands: where the server, its backups, the files and the keys are."""
    urls = server.urls(cluster.TEMPLATE)
    roles = {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}
    services = open_path / "services.json"
    services.write_text(json.dumps({"database": roles, "redis": "redis://127.0.0.1:1/0"}))
    ring = open_path / "ring"
    shutil.copytree(os.environ["SEALING_KEYS_DIR"], ring)
    ring.chmod(0o700)
    binaries = f"{server.binaries}:{Path(sys.executable).parent}"
    names = ("BACKUPS", "KEYS_KEPT", "FILES_ROOT", "FILES_KEPT")
    places = {name: str(open_path / name.lower()) for name in names}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "HOLDFAST_"))}
    return {
        **kept,
        **places,
        "PATH": f"{binaries}:{os.environ['PATH']}",
        "HOLDFAST_SERVICES": str(services),
        "HOLDFAST_DEMO": "1",
        "SEALING_KEYS_DIR": str(ring),
        "BACKUP_URL": server.urls("postgres").superuser,
        "PGDATA": str(server.works_in),
    }


def run(words: str, drill: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", words],
        cwd=TREE,
        env=drill,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"


@contextmanager
def beside(words: list[str], drill: dict[str, str], **over: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs until the block ends, and whatever it started."""
    process = subprocess.Popen(
        words,
        cwd=TREE,
        env=drill | over,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=host.dies_with_us(signal.SIGKILL),
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def ask(server: postgres.Postgres, sql: str) -> list[tuple[Any, ...]]:
    with postgres.connected(server.urls(cluster.TEMPLATE).superuser) as link, link.cursor() as c:
        c.execute(sql)
        return c.fetchall()


def until(true: Any) -> None:
    for _each in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("It never happened.")


def destroy(server: postgres.Postgres, drill: dict[str, str]) -> None:
    """The machine is gone, with the database, the files and the keys on it."""
    server.kill()
    shutil.rmtree(drill["PGDATA"])
    shutil.rmtree(drill["SEALING_KEYS_DIR"])
    shutil.rmtree(drill["FILES_ROOT"])


def belongs_to_the_server(*places: str) -> None:
    for place in places:
        for path in (Path(place), *Path(place).rglob("*")):
            host.give(path)


def test_what_was_committed_is_there_again_after_the_machine_is_gone(
    server: postgres.Postgres, drill: dict[str, str]
) -> None:
    run(commands("Once"), drill)
    logged: list[str] = []
    receiver = ["bash", "-c", f"exec {commands('All the time').strip()}"]
    loop = [sys.executable, "manage.py", "followups", "--loop"]
    officer = [sys.executable, "-m", "tests.config.load"]
    with (
        beside(receiver, drill),
        beside(["bash", "-c", commands("All the time, the files of cases")], drill),
        beside(loop, drill),
        beside(officer, drill, HOLDFAST_ROLE="web") as load,
    ):
        assert load.stdout
        while len(logged) < BEFORE:
            logged.append(load.stdout.readline().strip())
        run(commands("Every night"), drill)
        while len(logged) < BEFORE + AFTER:
            logged.append(load.stdout.readline().strip())
        # So long a file may have its row alone, as the runbook says.
        kept = ask(server, "SELECT kept_as FROM casework_casefile")
        until(
            lambda: all((Path(drill["FILES_KEPT"]) / name[:2] / name).exists() for (name,) in kept)
        )
        destroy(server, drill)
        logged += load.stdout.read().split()
    run(commands("Restore"), drill)
    belongs_to_the_server(drill["PGDATA"], drill["BACKUPS"])
    server.start()
    until(lambda: ask(server, "SELECT NOT pg_is_in_recovery()") == [(True,)])

    there = {reference for (reference,) in ask(server, "SELECT reference FROM casework_case")}
    assert len(logged) >= BEFORE + AFTER
    assert set(logged) - there == set()
    files = ask(server, "SELECT kept_as FROM casework_casefile")
    assert len(files) >= min(8, (BEFORE + AFTER) // 5)  # one in five of the first concerns has one
    assert set(kept) <= set(files)
    assert all((Path(drill["FILES_ROOT"]) / name[:2] / name).exists() for (name,) in kept)
    assert {"cracks", "verify_audit"} <= set(commands("After a restore").split())
    run(commands("After a restore"), drill)
