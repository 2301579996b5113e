"""With Python's scoping off, the database alone gives nobody a row that is not theirs."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.attack.second_wall import Shown, asked, stops
from tests.attack.world import invented
from tests.conftest import OWN_DATABASE

# Where Python's wall stands closer than the database's, and what proves that one.
CLOSER = {
    "casework.BulkMove": "a job of moving cases is its force's to the database, and about no victim: test_moves.py",
    "followups.FollowUp": "a duty about an officer (of no case) is its force's to the database: test_queue.py",
    "training.Booking": "as the records: in the force the reach is Python's: training/test_dates.py",
    "training.Learning": "as the records: in the force the reach is Python's: training/test_hours.py",
    "training.TrainingRecord": "the database keeps it in the force; in it the reach is Python's: test_pages.py",
}
# Of these the invented force has no row, and no other table has their policy.
TESTED_ELSEWHERE = {
    "accounts.Export": "accounts/test_exports.py",
    "accounts.ExportRequest": "accounts/test_exports.py",
    "training.Proof": "training/test_proofs.py",
}


@pytest.fixture(scope="module")
def shown(django_db_blocker: Any) -> Iterator[dict[str, Shown]]:
    with (
        django_db_blocker.unblock(),
        invented(f"{OWN_DATABASE.name}_walls", OWN_DATABASE.name),
    ):
        yield asked()


def test_the_database_gives_nobody_a_row_beyond_their_reach(shown: dict[str, Shown]) -> None:
    beyond = {label for label, one in shown.items() if one.beyond}
    assert beyond == set(CLOSER)


def test_it_was_asked_for_rows_that_it_kept_from_somebody(shown: dict[str, Shown]) -> None:
    unproved = set(shown) - stops(shown) - set(CLOSER)
    assert unproved == set(TESTED_ELSEWHERE)
    assert len(stops(shown)) > 50
    assert all(one.policy for one in shown.values()), "a table without a wall"
