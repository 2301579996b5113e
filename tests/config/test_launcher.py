"""`make run` and its steps: they say what is wrong in a sentence and keep their children in hand."""

import errno
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.devservices import postgres, real
from config.devservices.host import ServiceError
from config.launcher import __main__ as launcher
from config.launcher import browser, linter, styles
from config.launcher.processes import Child, look_after, stop_all
from config.launcher.steps import aloud, meanwhile, plainly, quietly
from tests.config.test_devservices import TREE, ask, eventually, gone

BOOTSTRAP = TREE / "config" / "bootstrap.py"


def bootstrap_after(preparation: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap in a Python to which something was done first."""
    script = f"import os, sys, runpy, subprocess; sys.argv = ['x', 'embedded']; {preparation}; "
    script += f"sys.path.insert(0, ''); runpy.run_path({str(BOOTSTRAP)!r}, run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("version", "age"), [((3, 10), "old"), ((3, 14), "new")])
def test_a_python_that_does_not_fit_is_told_which_would(version: tuple[int, int], age: str) -> None:
    done = bootstrap_after(f"sys.version_info = {(*version, 0)}")
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"This Python is {version[0]}.{version[1]}, too {age} for Holdfast"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "The disk is read-only here"),
        (errno.EACCES, "You may not write in"),
        (errno.ENOSPC, "The disk is full"),
    ],
)
def test_a_disk_that_takes_nothing_is_named(number: int, sentence: str) -> None:
    refuse = f"os.makedirs = lambda *a, **k: (_ for _ in ()).throw(OSError({number}, 'no'))"
    done = bootstrap_after(f"{refuse}; sys.prefix = '/elsewhere'; sys.version_info = (3, 12, 99)")
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    with pytest.raises(SystemExit, match=r"disk|may not"), plainly():
        raise OSError(number, "no", "/somewhere")


def test_a_fault_of_our_own_keeps_its_trace() -> None:
    with pytest.raises(OSError, match="ours"), plainly():
        raise OSError(errno.EBADF, "ours")


def test_a_failed_step_ends_with_its_last_words() -> None:
    with pytest.raises(
        ServiceError, match=r"the reason\n`sh -c .*` failed; the lines above say why"
    ):
        quietly(["sh", "-c", "echo the reason; exit 3"])


def test_what_runs_meanwhile_is_waited_for_and_never_left_behind(tmp_path: Path) -> None:
    with meanwhile(["sh", "-c", "echo done"]) as finish:
        assert finish() == "done\n"
    with (
        meanwhile(["sh", "-c", "echo why; exit 3"]) as finish,
        pytest.raises(ServiceError, match="why"),
    ):
        finish()
    pid = tmp_path / "pid"
    with meanwhile(["sh", "-c", f"echo $$ > {pid}; exec sleep 60"]):
        assert eventually(lambda: pid.exists() and bool(pid.read_text()))
    assert gone(int(pid.read_text()))


def test_a_command_that_shows_its_own_steps_fails_with_its_name(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ServiceError, match=r"`sh -c .*` failed"):
        aloud(["sh", "-c", "echo a step >&2; echo a secret; exit 3"])
    assert capfd.readouterr() == ("", "a step\n")


def test_a_taken_port_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(ServiceError, match=r"Port \d+ is taken .* make run PORT=8010"):
            launcher._port()
    monkeypatch.setenv("PORT", "eight")
    with pytest.raises(ServiceError, match="must be a number"):
        launcher._port()


def test_the_demo_password_is_the_one_that_its_people_were_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher, "VAR", tmp_path)
    monkeypatch.setenv("DEMO_PASSWORD", "chosen at first")
    assert launcher._demo_password() == "chosen at first"
    monkeypatch.setenv("DEMO_PASSWORD", "another")
    assert launcher._demo_password() == "chosen at first"
    assert "came too late" in capsys.readouterr().out


def child(tmp_path: Path, code: str, *, restarts: bool) -> Child:
    script = tmp_path / "made_up.py"
    script.write_text(code)
    environment = {"PYTHONPATH": str(tmp_path)}
    return Child("worker", ["made_up"], tmp_path / "log", environment, restarts=restarts)


def test_a_dead_worker_is_started_again_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the dead one left behind in its group is ended first."""
    code = (
        "import subprocess, time\n"
        "left = subprocess.Popen(['sleep', '60'])\n"
        "print(left.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    worker = child(tmp_path, code, restarts=True)
    worker.start()
    assert eventually(lambda: bool(worker.log.read_text()))
    left = int(worker.log.read_text())
    assert worker.running
    first = worker.running
    first.kill()
    assert eventually(worker.died)
    look_after(worker)
    assert eventually(lambda: gone(left))
    assert "The worker died; starting it again in 1 s." in capsys.readouterr().out
    worker.not_before = time.monotonic()
    look_after(worker)
    assert worker.running is not None
    assert worker.running.pid != first.pid
    stop_all([worker])
    assert worker.running is None


def test_a_dead_web_stops_everything_and_says_why(tmp_path: Path) -> None:
    web = child(tmp_path, "raise SystemExit('no such setting')", restarts=False)
    web.start()
    assert eventually(web.died)
    with pytest.raises(ServiceError, match=r"no such setting\nThe worker stopped, so all stops"):
        look_after(web)


def test_a_process_that_does_not_stop_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.launcher.processes.GRACE", 0.3)
    code = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True)\n"
        "time.sleep(60)\n"
    )
    deaf = child(tmp_path, code, restarts=True)
    deaf.start()
    assert eventually(lambda: "deaf" in deaf.log.read_text())
    assert deaf.running
    pid = deaf.running.pid
    stop_all([deaf])
    assert gone(pid)


def test_styles_are_built_once_and_again_when_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    source = tmp_path / "static" / "src" / "holdfast.scss"
    for directory in (source.parent, tmp_path / "static" / "build", tmp_path / "node_modules"):
        directory.mkdir(parents=True)
    source.write_text("a {}")
    monkeypatch.setattr(styles, "TREE", tmp_path)
    monkeypatch.setattr(styles, "SOURCES", source.parent)
    monkeypatch.setattr(styles, "BUILD", tmp_path / "static" / "build")
    monkeypatch.setattr(styles, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(styles, "npm", lambda *arguments: ran.append(arguments[0]))
    assert styles.build()
    assert ran == ["ci", "run"]
    assert not styles.build()
    source.write_text("b {}")
    assert styles.build()
    assert ran == ["ci", "run", "run"]


def test_the_linter_refuses_a_document_that_breaks_a_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    linter.install()
    assert linter.lint() == 0
    told = json.loads(linter.DOCUMENT.read_text())
    del told["paths"]["/api/v1/referrals"]["get"]["operationId"]
    broken = tmp_path / "openapi.json"
    broken.write_text(json.dumps(told))
    monkeypatch.setattr(linter, "DOCUMENT", broken)
    assert linter.lint() == 1
    assert "operationId" in capsys.readouterr().err


def test_a_missing_browser_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(ServiceError, match="is not a program"):
        browser.ensure()
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ServiceError, match="sudo apt install chromium"):
        browser.ensure()

    tried: list[list[str]] = []

    def no_network(command: list[str], **_rest: object) -> str:
        tried.append(command)
        raise ServiceError("Temporary failure resolving")

    (tmp_path / "apt-get").write_text("")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "quietly", no_network)
    with pytest.raises(ServiceError, match=r"failure resolving\nThe journeys need Chromium"):
        browser.ensure()
    assert tried == [["apt-get", "update", "-q"]]


@pytest.fixture
def managed(own_postgres: postgres.Postgres) -> str:
    """A managed server's database whose owner may make roles but is no superuser."""
    superuser = own_postgres.urls("postgres").superuser
    ask(superuser, "CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'chief'")
    ask(superuser, "CREATE DATABASE theirs OWNER chief")
    return f"postgres://chief:chief@127.0.0.1:{own_postgres.port}/theirs"


def test_a_real_server_gets_our_roles_from_its_owner(managed: str, tmp_path: Path) -> None:
    urls = real.prepare(managed, tmp_path)
    assert real.prepare(managed, tmp_path) == urls
    ask(urls.owner, "CREATE TABLE ours AS SELECT 1 AS one")
    assert ask(urls.web, "SELECT one FROM ours") == 1
    assert ask(urls.engine, "SELECT similarity('a', 'a')") == 1


def test_the_right_that_lacks_on_a_real_server_is_named(
    managed: str, own_postgres: postgres.Postgres, tmp_path: Path
) -> None:
    superuser = own_postgres.urls("postgres").superuser
    ask(superuser, "CREATE ROLE guest LOGIN PASSWORD 'guest'")
    guest = managed.replace("chief:chief", "guest:guest")
    with pytest.raises(ServiceError, match=r"/theirs, user guest: may not make login roles"):
        real.prepare(guest, tmp_path)
    ask(superuser, "ALTER ROLE guest CREATEROLE")
    with pytest.raises(ServiceError, match="does not own that database"):
        real.prepare(guest, tmp_path)
    wrong = managed.replace("chief:chief", "chief:wrong")
    with pytest.raises(ServiceError, match="cannot be reached"):
        real.prepare(wrong, tmp_path)


def test_the_roles_of_another_holdfast_are_left_alone(managed: str, tmp_path: Path) -> None:
    theirs = real.prepare(managed, tmp_path / "theirs")
    with pytest.raises(ServiceError, match="already has the roles of another Holdfast"):
        real.prepare(managed, tmp_path / "ours")
    assert ask(theirs.web, "SELECT 1") == 1
