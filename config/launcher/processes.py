"""The processes of one machine - web, worker, beat: started, restarted, stopped together."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.devservices.host import ServiceError, dies_with_us
from config.launcher.steps import PYTHON, TREE

GRACE = 15.0  # seconds a process has to finish what it holds
LONGEST_WAIT = 30.0


@dataclass
class Child:
    """One of our processes and the log that it writes."""

    name: str
    arguments: list[str]
    log: Path
    environment: dict[str, str]
    restarts: bool
    running: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Run in a process group of its own, so that Ctrl-C reaches the launcher alone."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [str(PYTHON), "-m", *self.arguments],
                cwd=TREE,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - only way to PDEATHSIG
            )

    def died(self) -> bool:
        """Whether it ended without being asked."""
        return self.running is not None and self.running.poll() is not None

    def end_group(self) -> None:
        """End what a dead process left in its group, so that a restart is alone."""
        if self.running is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()
        self.running = None

    def last_words(self) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").strip().splitlines()[-10:])


def stop_all(children: list[Child]) -> None:
    """Ask all at once, wait together, then insist."""
    for child in children:
        if child.running and child.running.poll() is None:
            child.running.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.running:
            try:
                child.running.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"  {child.name} does not stop; ending it by force.", flush=True)
        child.end_group()


def look_after(child: Child) -> None:
    """Restart a dead worker or beat, later each time; a dead web ends everything."""
    if child.died():
        child.end_group()
        if not child.restarts:
            raise ServiceError(f"{child.last_words()}\nThe {child.name} stopped, so all stops.")
        child.deaths += 1
        wait = min(LONGEST_WAIT, 2.0 ** (child.deaths - 1))
        child.not_before = time.monotonic() + wait
        print(
            f"The {child.name} died; starting it again in {wait:.0f} s. Its log: {child.log}",
            flush=True,
        )
    elif child.running is None and time.monotonic() >= child.not_before:
        child.start()
    elif child.running and time.monotonic() > child.not_before + 10 * LONGEST_WAIT:
        child.deaths = 0
