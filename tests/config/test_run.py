"""`make run` for real: everything comes up, a dead worker too, and nothing is left behind."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.devservices.host import free_port
from tests.config.test_devservices import TREE, ask, eventually, gone

EMBEDDED = ("DATABASE_URL", "REDIS_URL", "HOLDFAST_SERVICES", "HOLDFAST_ROLE", "DEMO_PASSWORD")


class Launched:
    """A launcher of our own, with its `var/`, port and words."""

    def __init__(self, var: Path) -> None:
        self.var, self.port, self.words = var, free_port(), var.with_name("words")
        environment = {name: value for name, value in os.environ.items() if name not in EMBEDDED}
        environment |= {"HOLDFAST_VAR": str(var), "PORT": str(self.port), "DEMO_CASES": "20"}
        environment["TICK_SECONDS"] = "600"
        with self.words.open("w") as words:
            self.launcher = subprocess.Popen(
                [sys.executable, "-m", "config.launcher"],
                cwd=TREE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
            )

    def said(self) -> str:
        return self.words.read_text()

    def page(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as page:
                return int(page.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    def child(self, name: str) -> int:
        """The process of a child, as `ps` knows it; 0 while there is none."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.launcher.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        found = re.search(rf"^ *(\d+) .*(?:celery|gunicorn).* ?{name}\b", listed, re.MULTILINE)
        return int(found[1]) if found else 0

    def pids(self) -> list[int]:
        pids = json.loads((self.var / "services.json").read_text())["pids"]
        return [pids["postgres"], pids["valkey"]]


@pytest.fixture
def launched(open_path: Path) -> Iterator[Launched]:
    started = Launched(open_path / "var")
    try:
        yield started
    finally:
        started.launcher.terminate()
        started.launcher.wait(40)


def test_everything_comes_up_heals_and_goes_down_without_a_trace(launched: Launched) -> None:
    assert eventually(lambda: "Stop with Ctrl-C" in launched.said(), 120), launched.said()
    for path in ("/livez", "/readyz", "/account/login/"):
        assert launched.page(path) == 200
    # Beat wakes the worker as it starts, not only when the first period has passed.
    assert eventually(lambda: launched.page("/healthz/followups") == 200, 60)
    services = json.loads((launched.var / "services.json").read_text())
    assert (launched.var / "services.json").stat().st_mode & 0o077 == 0
    password = (launched.var / "secrets" / "demo_password").read_text()
    assert password in launched.said()

    again = subprocess.run(
        [sys.executable, "-m", "config.launcher"],
        cwd=TREE,
        env=os.environ | {"HOLDFAST_VAR": str(launched.var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.stderr.strip() == "Holdfast is already up from this tree. Stop it with Ctrl-C."

    worker = launched.child("worker")
    os.kill(worker, signal.SIGKILL)
    os.kill(services["pids"]["postgres"], signal.SIGKILL)
    assert eventually(lambda: "The worker died; starting it again" in launched.said())
    assert eventually(lambda: "PostgreSQL died; starting it again" in launched.said())
    assert eventually(lambda: launched.pids()[0] != services["pids"]["postgres"])
    assert ask(services["database"]["web"], "SELECT count(*) > 0 FROM django_migrations") is True
    assert eventually(lambda: launched.child("worker") not in {0, worker})

    children = [launched.child(name) for name in ("worker", "beat", "web")] + launched.pids()
    launched.launcher.send_signal(signal.SIGINT)
    assert launched.launcher.wait(40) == 0
    assert "Stopped; the data is kept" in launched.said()
    assert 0 not in children
    assert all(gone(pid) for pid in children)
    assert not (launched.var / "services.json").exists()
