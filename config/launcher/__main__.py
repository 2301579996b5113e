"""`make run`: everything of Holdfast on one machine, in front of you, until Ctrl-C."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from types import FrameType

from config.devservices import keys
from config.devservices.host import Server, ServiceError, hold
from config.devservices.postgres import new_password
from config.devservices.together import Services, kept
from config.launcher import styles
from config.launcher.processes import Child, look_after, stop_all
from config.launcher.steps import PYTHON, TREE, VAR, aloud, meanwhile, plainly, quietly, step

CASES, SEED = int(os.environ.get("DEMO_CASES", "200")), 1
LOOKS_EVERY = 0.3


class Stop(Exception):
    """Somebody asked us to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ServiceError(f"PORT must be a number from 1 to 65535, not {text}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise ServiceError(f"Port {text} needs root. Try: make run PORT=8010") from None
        except OSError:
            raise ServiceError(
                f"Port {text} is taken by another program. Choose another: make run PORT=8010"
            ) from None
    return int(text)


def _demo_password() -> str:
    """Return the password of the invented people: chosen at the first start and kept with them."""
    wanted = os.environ.get("DEMO_PASSWORD")
    password = keys.kept(VAR / "secrets" / "demo_password", wanted or new_password()[:16])
    if wanted and wanted != password:
        print("  DEMO_PASSWORD came too late: the people in var/ were made with the one below.")
    return password


def _manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def _prepare(environment: dict[str, str], *, styles_changed: bool) -> None:
    everything = os.environ | environment | {"LOG_LEVEL": "WARNING"}
    as_owner, as_engine, as_web = (
        everything | {"HOLDFAST_ROLE": role} for role in ("migrate", "engine", "web")
    )
    static = TREE / "static" / "collected" / "staticfiles.json"
    with ExitStack() as stack:
        collected = None
        if styles_changed or not static.exists():
            collect = _manage("collectstatic", "--noinput", "-v0")
            collected = stack.enter_context(meanwhile(collect, environment=as_web))
        with step("Tables"):
            quietly(_manage("migrate", "--verbosity=0"), environment=as_owner)
        if collected:
            with step("Static files"):
                collected()
    demo = _manage("prepare_demo", "--cases", str(CASES), "--seed", str(SEED))
    aloud(demo, environment=as_engine)


def _children(environment: dict[str, str]) -> list[Child]:
    logs, beat = VAR / "logs", VAR / "beat"
    for directory in (logs, beat):
        directory.mkdir(mode=0o700, exist_ok=True)
    celery = ["celery", "-A", "config.celery"]
    worker = [*celery, "worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip"]
    schedule = [*celery, "beat", f"--schedule={beat / 'schedule'}", "--pidfile="]
    web = ["gunicorn", "-c", "python:config.web"]
    as_web, as_engine = (
        environment | {"HOLDFAST_ROLE": "web"},
        environment | {"HOLDFAST_ROLE": "engine"},
    )
    return [
        Child("web", web, logs / "web.log", as_web, restarts=False),
        Child("worker", worker, logs / "worker.log", as_engine, restarts=True),
        Child("beat", schedule, logs / "beat.log", as_engine, restarts=True),
    ]


def _wait_until_ready(web: Child, address: str) -> None:
    said, deadline = "nothing", time.monotonic() + 60
    while time.monotonic() < deadline:
        look_after(web)
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # nosec B310 - our own
                return
        except urllib.error.HTTPError as error:
            said = f"{error.code} {error.read(300).decode(errors='replace')}"
        except OSError:
            pass
        time.sleep(0.1)
    raise ServiceError(f"{web.last_words()}\nThe web did not get ready in a minute: {said}")


def _watch(services: Services, children: list[Child]) -> None:
    servers: list[Server] = [s for s in (services.postgres, services.valkey) if s]
    while True:
        for server in servers:
            if not server.alive():
                print(f"{server.name} died; starting it again.", flush=True)
                server.start()
                services.publish()
        for child in children:
            look_after(child)
        time.sleep(LOOKS_EVERY)


def _welcome(address: str, password: str) -> None:
    print(
        f"""
Holdfast is up:  {address}

  Sign in as     olu (officer), sade (supervisor), petra (officer of another unit),
                 ines (specialist lead); the people page names everybody else
  Password       {password}
  Agencies' API  .venv/bin/python manage.py agency_credentials harbour
  Logs           var/logs/          Stop with Ctrl-C
""",
        flush=True,
    )


def run() -> None:
    """Bring everything up, say where, and stay until asked to stop."""
    with ExitStack() as stack:
        VAR.mkdir(exist_ok=True)
        stack.enter_context(
            hold(VAR / "run.lock", "Holdfast is already up from this tree. Stop it with Ctrl-C.")
        )
        port = _port()
        address = f"http://127.0.0.1:{port}"
        print("Holdfast", flush=True)
        changed = styles.build()
        environment = keys.ensure(VAR / "secrets") | {"HOLDFAST_DEMO": "1", "PORT": str(port)}
        environment["DEMO_PASSWORD"] = password = _demo_password()
        with step("PostgreSQL and Valkey"):
            services = stack.enter_context(kept(VAR))
        environment["HOLDFAST_SERVICES"] = str(services.file)
        for real in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(real, None)  # from here on everybody reads services.json
        _prepare(environment, styles_changed=changed)
        children = _children(environment)
        stack.callback(stop_all, children)
        with step("Web, worker and beat"):
            for child in children:
                child.start()
            _wait_until_ready(children[0], address)
        _welcome(address, password)
        _watch(services, children)


def main() -> None:
    """Run until asked to stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        run()
    except Stop:
        print("\nStopped; the data is kept in var/.", flush=True)


if __name__ == "__main__":
    with plainly():
        main()
