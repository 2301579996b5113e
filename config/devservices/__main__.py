"""Run a command beside a throw-away PostgreSQL and Valkey.

python -m config.devservices exec [--migrate] -- manage.py makemigrations --check
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from config.devservices import keys
from config.devservices.host import ServiceError, dies_with_us
from config.devservices.together import throw_away

TREE = Path(__file__).resolve().parent.parent.parent
PYTHON = Path(sys.executable)


def _environment(root: Path, services: Path) -> dict[str, str]:
    real = {"DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE"}
    return (
        {name: value for name, value in os.environ.items() if name not in real}
        | keys.ensure(root / "secrets")
        | {
            "HOLDFAST_SERVICES": str(services),
            "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}",
        }
    )


def _run(command: list[str], environment: dict[str, str]) -> int:
    if command[0].endswith(".py"):
        command = [str(PYTHON), *command]
    child = subprocess.Popen(
        command,
        env=environment,
        cwd=TREE,
        preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - only way to PDEATHSIG
    )
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def _leave(number: int, _: object) -> None:
    sys.exit(128 + number)


def main() -> int:
    """Start, migrate if asked, run, stop; answer with the command's own exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.devservices", description=__doc__)
    parser.add_argument("verb", choices=["exec"])
    parser.add_argument("--migrate", action="store_true", help="migrate the database first")
    parser.add_argument("command", nargs="+", metavar="-- COMMAND")
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    with tempfile.TemporaryDirectory(prefix="holdfast-") as directory:
        root = Path(directory)
        root.chmod(0o711)  # the servers' account walks through; each part inside is private
        with throw_away(root) as services:
            environment = _environment(root, services.file)
            if asked.migrate:
                as_owner = environment | {"HOLDFAST_ROLE": "migrate"}
                if failed := _run(["manage.py", "migrate", "--verbosity=0"], as_owner):
                    return failed
            return _run(asked.command, environment)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServiceError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
