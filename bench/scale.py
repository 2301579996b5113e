"""The queue page of a small force against that of a hundred times as many cases, in units of the same size.

Run as a program it prints the cookies of the supervisors, signed in to the database of its environment.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import django

SUPERVISORS = [f"bench{unit}" for unit in range(8)]


def measure(small: Path, large: Path, *, cases: int, rounds: int, times: int) -> "Row":
    """The same page at both sizes; a page at `large` may cost a tenth more."""
    cookies = {file: _cookies(file) for file in (small, large)}
    with (
        served("config.settings", services=large) as of_large,
        served("config.settings", services=small) as of_small,
    ):
        many, few = (
            Browser(port, [("/work/team", cookie) for cookie in cookies[file]])
            for port, file in ((of_large, large), (of_small, small))
        )
        shown = [side.get().count(b"/case/HF-") for side in (many, few)]
        if shown[0] != shown[1] or not shown[0]:
            raise SystemExit(
                f"Not the same rows: {shown[0]} at the large size, {shown[1]} at the small."
            )
        return compare(
            f"Supervisor queue in a database of {cases:,} cases",
            "the same page in one of 10,000",
            many.get,
            few.get,
            budget=1.1,
            rounds=rounds,
            times=times,
            notes="200 open cases a unit in both",
        )


def _cookies(services: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.scale"],
        env=os.environ | {"HOLDFAST_SERVICES": str(services), "HOLDFAST_ROLE": "web"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    cookies: list[str] = json.loads(done.stdout.splitlines()[-1])
    return cookies


if __name__ == "__main__":
    django.setup()

from bench.measure import Row, compare  # noqa: E402 - Django must be set up first
from bench.servers import Browser, served, sign_in  # noqa: E402

if __name__ == "__main__":
    print(json.dumps([sign_in(name) for name in SUPERVISORS]))
