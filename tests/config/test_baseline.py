"""The baseline that an empty database begins with: it says what its migrations make, and these never change."""

import re
import subprocess
import sys
from itertools import takewhile

from config.devservices import baseline

BESIDE = [sys.executable, "-m", "config.devservices", "exec"]
BRACKETS = str.maketrans("", "", "()")
DUMP = f"{sys.executable} -m config.devservices.baseline --print"


def test_no_migration_has_changed_since_the_baseline_was_made() -> None:
    """A migration that has been run somewhere is never changed; `make baseline` takes new ones in."""
    lines = baseline.FILE.read_text().splitlines()
    kept = list(takewhile(lambda line: re.match(r"-- \w+ \w+ \w{16}$", line), lines))
    assert len(kept) > 100
    assert set(kept) <= set(baseline.migrations())


def test_with_it_a_database_becomes_what_all_migrations_make_from_nothing() -> None:
    from_nothing = f"HOLDFAST_ROLE=migrate {sys.executable} manage.py migrate --from-nothing -v 0"
    commands = (
        ["--migrate", "--", "sh", "-c", DUMP],
        ["--", "sh", "-c", f"{from_nothing}; {DUMP}"],
    )
    begun, long_way = (
        subprocess.run(
            [*BESIDE, *words], cwd=baseline.TREE, check=True, capture_output=True, text=True
        ).stdout
        for words in commands
    )
    assert "CREATE POLICY" in begun
    # What PostgreSQL has read back from a dump it writes with fewer brackets.
    assert begun.translate(BRACKETS) == long_way.translate(BRACKETS)
