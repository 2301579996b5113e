"""What the tests of casework share."""

from collections.abc import Iterator

import pytest

from casework.gates import may_close, on_closed

FILLED = tuple(may_close.answers), tuple(on_closed.answers)


@pytest.fixture
def every_room(nothing_owed_above: None) -> None:
    """The rooms above answer as in the product."""
    may_close.answers[:], on_closed.answers[:] = map(list, FILLED)


@pytest.fixture
def nothing_owed_above() -> Iterator[None]:
    """The rooms above have nothing to say: this room's own rules are tested alone."""
    kept = list(may_close.answers), list(on_closed.answers)
    may_close.answers[:], on_closed.answers[:] = [], []
    yield
    may_close.answers[:], on_closed.answers[:] = kept
