"""Who may import whom: the contracts of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]


def test_a_room_looks_down_and_never_up() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [str(lint), "--no-cache"], cwd=TREE, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout[-3000:]
