"""One step of a launch: its title, its time, and its last words when it fails."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.devservices.host import ServiceError, dies_with_us

TREE = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("HOLDFAST_VAR", TREE / "var"))
PYTHON = Path(sys.executable)
_MACHINE = {
    errno.EROFS: "the disk is read-only here. Clone Holdfast where you may write.",
    errno.EACCES: "you may not write here. Run as the owner, or clone Holdfast of your own.",
    errno.EPERM: "you may not change this. Run as the owner, or clone Holdfast of your own.",
    errno.ENOSPC: "the disk is full. Free some space and start again.",
}


@contextmanager
def plainly() -> Iterator[None]:
    """End with a sentence, not with a trace, where the machine is at fault."""
    try:
        yield
    except ServiceError as error:
        sys.exit(f"\n{error}")
    except OSError as error:
        if error.errno not in _MACHINE:
            raise
        sys.exit(f"\n{error.filename or TREE}: {_MACHINE[error.errno]}")
    except KeyboardInterrupt:
        sys.exit(130)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print a title, and the seconds that its work took."""
    print(f"  {title:<38}", end="", flush=True, file=sys.stderr)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True, file=sys.stderr)
        raise
    print(f"{time.monotonic() - began:6.1f} s", flush=True, file=sys.stderr)


def quietly(command: list[str], *, environment: Mapping[str, str] | None = None) -> str:
    """Run a command in the tree and return its words; when it fails, stop with the last of them."""
    with meanwhile(command, environment=environment) as finish:
        return finish()


@contextmanager
def meanwhile(
    command: list[str], *, environment: Mapping[str, str] | None = None
) -> Iterator[Callable[[], str]]:
    """Run a command beside what is done here; what is yielded waits for its end as `quietly` does."""
    with subprocess.Popen(
        command,
        cwd=TREE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:

        def finish() -> str:
            said, _nothing = running.communicate()
            if running.returncode:
                raise _failed(command, "\n".join(said.strip().splitlines()[-15:]))
            return said

        try:
            yield finish
        finally:
            running.kill()


def aloud(command: list[str], *, environment: Mapping[str, str] | None = None) -> None:
    """Run a command whose own steps are seen as they are taken; when it fails it has said why."""
    done = subprocess.run(
        command,
        cwd=TREE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it
        preexec_fn=dies_with_us(signal.SIGTERM),
    )
    if done.returncode:
        raise _failed(command)


def install_apart(tool: str) -> None:
    """A tool that cannot share our environment stands in one of its own, as its lock has it."""
    bootstrap = [sys.executable, str(TREE / "config" / "bootstrap.py"), tool]
    subprocess.run(bootstrap, check=True, stdout=sys.stderr)


def _failed(command: list[str], last_words: str = "") -> ServiceError:
    return ServiceError(f"{last_words}\n`{' '.join(command)}` failed; the lines above say why.")
