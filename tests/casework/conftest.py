"""What the tests of casework share."""

from collections.abc import Iterator

import pytest

from casework.gates import may_close, on_closed


@pytest.fixture
def nothing_owed_above() -> Iterator[None]:
    """The rooms above have nothing to say: this room's own rules are tested alone."""
    kept = list(may_close.answers), list(on_closed.answers)
    may_close.answers[:], on_closed.answers[:] = [], []
    yield
    may_close.answers[:], on_closed.answers[:] = kept
