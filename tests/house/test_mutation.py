"""A wall that is taken away is missed: a few of each kind here, all by `python -m tests.attack.run`."""

import os
import subprocess
import sys

from tests.attack.sites import TREE, sites


def test_the_walls_are_found_where_they_stand() -> None:
    found = sites()
    kinds = {
        kind: sum(site.kind == kind for site in found) for kind in ("requires", "check", "scoped")
    }
    assert kinds["requires"] > 190
    assert kinds["check"] > 150
    assert kinds["scoped"] > 170
    assert len({site.name for site in found}) == len(found)


def test_no_wall_is_taken_away_unnoticed() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.attack.run", "--sample"],
        cwd=TREE,
        env=os.environ | {"PYTEST_XDIST_WORKER": f"attack_{worker}"},  # a database of its own
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3_000:]
    assert "open: " not in ran.stdout
