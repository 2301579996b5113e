"""What the chain of the audit trail costs whoever writes: a case is logged with its rounds beside it, and without.

`python -m bench.chaining` loads its own rows and measures this alone. In the product a round comes every 30 seconds;
here one follows the other after a fifth of a second, so that hardly a write happens without one.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

if __name__ == "__main__":
    os.environ |= {"LOG_LEVEL": "ERROR", "HOLDFAST_DEMO": "1", "HOLDFAST_BENCH": "1"}
    os.environ["HOLDFAST_ROLE"] = "engine" if "--rounds" in sys.argv else "web"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()

import clocks
from accounts import chain
from accounts.auth import actor_of
from accounts.models import User
from bench.measure import Row, compare, took
from bench.write import log_case

PAUSE = 0.2  # seconds between two rounds
BUDGET = 1.3


class Rounds:
    """A process beside this one that gives events their places while it is told to."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.running = process, False
        self._heard("every event has its place")

    def run(self, on: bool) -> None:
        """Rounds follow one another, or none does; nothing is half done when this comes back."""
        if on != self.running:
            self._say("go" if on else "stop")
            self._heard("going" if on else "stopped")
            self.running = on

    def _say(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def _heard(self, wanted: str) -> None:
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        if said != wanted:
            raise SystemExit(f"The chain's process said {said!r} and not {wanted!r}.")


def measure(*, rounds: int, times: int) -> Row:
    """Logging a case, both ways; the chain has caught up with all that was loaded before the first is counted."""
    by = actor_of(User.objects.get(username="bench40"), clocks.now())
    with _beside() as chaining:

        def written(*, chained: bool) -> float:
            chaining.run(chained)
            return took(lambda: log_case(by))

        return compare(
            "Log a case, the chain's rounds beside it",
            "the same without the chain",
            lambda: written(chained=True),
            lambda: written(chained=False),
            budget=BUDGET,
            rounds=rounds,
            times=times,
            notes=f"a round every {PAUSE} s",
        )


@contextmanager
def _beside() -> Iterator[Rounds]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.chaining", "--rounds"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Rounds(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()  # it ends by itself when nobody tells it anything any more


def _rounds() -> None:
    chain.extend(clocks.now())
    print("every event has its place", flush=True)
    going = False
    while True:
        told, _w, _x = select.select([sys.stdin], [], [], PAUSE if going else None)
        if told:
            word = sys.stdin.readline().strip()
            if not word:
                return
            going = word == "go"
            print("going" if going else "stopped", flush=True)
        if going:
            chain.extend(clocks.now())


if __name__ == "__main__":
    if "--rounds" in sys.argv:
        _rounds()
    else:
        from bench.__main__ import CASES, ROUNDS, TIMES, _manage, _report

        _manage("load_deadlines", "--verbosity=0")
        _manage("bench_data", "--cases", str(CASES))
        sys.exit(_report([measure(rounds=ROUNDS, times=TIMES)]))
