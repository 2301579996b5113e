"""The room of the present moment: the one seam that tests, demo and simulation move."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _wall() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is that seam


# Process-wide, not a context variable: a live test server answers in other threads,
# and they must read the same clock as the test that moved it.
_lock = threading.Lock()
_readings: list[Callable[[], datetime]] = [_wall]


def now() -> datetime:
    """The present moment, aware, in UTC. Nothing else in Holdfast reads a clock."""
    return _readings[-1]()


def today() -> date:
    """The date on the wall in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Inside, it is `at` in every thread of this process."""
    if at.tzinfo is None:
        raise ValueError("A frozen clock needs an aware time: give it a time zone.")
    stopped = at.astimezone(UTC)
    with _reading(lambda: stopped):
        yield stopped


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Inside, every thread of this process is `by` later than it was outside."""
    before = _readings[-1]
    with _reading(lambda: before() + by):
        yield


@contextmanager
def _reading(read: Callable[[], datetime]) -> Iterator[None]:
    with _lock:
        _readings.append(read)
    try:
        yield
    finally:
        with _lock:
            _readings.remove(read)
