"""Proofs of the one seam through which Holdfast reads the time."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

import clocks

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def wall() -> datetime:
    """What the machine's clock says."""
    return datetime.fromtimestamp(time.time(), UTC)


def test_now_is_the_present_in_utc() -> None:
    before = wall()
    assert before <= clocks.now() <= wall()
    assert clocks.now().tzinfo is UTC


def test_a_frozen_clock_stands_still_and_then_runs_again() -> None:
    with clocks.frozen(NOON):
        assert clocks.now() == clocks.now() == NOON
    assert clocks.now() > NOON - timedelta(days=3650)
    assert clocks.now() != NOON


def test_a_frozen_clock_is_read_by_every_thread() -> None:
    read: list[datetime] = []
    with clocks.frozen(NOON):
        thread = threading.Thread(target=lambda: read.append(clocks.now()))
        thread.start()
        thread.join()
    assert read == [NOON]


def test_a_moved_clock_keeps_running_and_moves_add_up() -> None:
    with clocks.frozen(NOON), clocks.moved(timedelta(hours=30)):
        assert clocks.now() == NOON + timedelta(hours=30)
        with clocks.moved(timedelta(hours=-1)):
            assert clocks.now() == NOON + timedelta(hours=29)
    with clocks.moved(timedelta(days=1)):
        assert clocks.now() > wall() + timedelta(hours=23)


def test_the_clock_runs_again_after_an_error_inside() -> None:
    with pytest.raises(RuntimeError), clocks.frozen(NOON):
        raise RuntimeError
    assert clocks.now() != NOON


def test_two_frozen_clocks_may_end_in_any_order() -> None:
    first, second = clocks.frozen(NOON), clocks.frozen(NOON + timedelta(days=1))
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert clocks.now() == NOON + timedelta(days=1)
    second.__exit__(None, None, None)
    assert clocks.now() not in {NOON, NOON + timedelta(days=1)}


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clocks.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), 1),
        (datetime(2026, 7, 1, 23, 1, tzinfo=UTC), 2),  # already tomorrow in London
        (datetime(2026, 12, 1, 23, 1, tzinfo=UTC), 1),
    ],
)
def test_today_is_the_date_in_london(at: datetime, day: int) -> None:
    with clocks.frozen(at):
        assert clocks.today().day == day
