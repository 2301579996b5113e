"""How often an agency's system may ask: counted by one statement, whoever else is counted at that moment."""

import typing
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from referrals.actions import forget_counts
from referrals.auth import KeyThrottle
from tests.cast import Cast
from tests.cluster import Clone
from tests.referrals.api_client import Caller, caller

AT_ONCE, MOST = 24, 10


def counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT who, cardinality(at) FROM config_asked")
        return dict(cursor.fetchall())


def ask(who: str, at: float) -> bool:
    """Whether a key may ask at that time."""
    throttle = KeyThrottle()
    throttle.timer = lambda: at  # type: ignore[method-assign, assignment]
    key = SimpleNamespace(auth=SimpleNamespace(application_id=who))
    return throttle.allow_request(typing.cast(Any, key), SimpleNamespace(throttle_scope="read"))


@pytest.fixture
def _ten_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeyThrottle, "THROTTLE_RATES", {"read": f"{MOST}/min"})


@pytest.mark.usefixtures("db", "_ten_a_minute")
def test_who_asked_too_often_may_ask_again_as_the_first_requests_grow_old() -> None:
    assert [ask("one", second) for second in range(MOST + 2)] == [True] * MOST + [False] * 2
    assert not ask("one", 59.9)
    assert ask("one", 60.1)
    assert not ask("one", 60.2)
    assert ask("another", 60.2)


@pytest.mark.usefixtures("db", "_ten_a_minute")
def test_what_is_refused_is_not_counted_and_a_clock_that_is_behind_lets_nobody_through() -> None:
    for second in range(MOST):
        ask("one", second + 10)
    assert not ask("one", 9.5)
    assert counted() == {"throttle_read_one": MOST}


def test_of_those_who_ask_at_once_no_more_than_the_rate_get_through(
    committed: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyThrottle, "THROTTLE_RATES", {"read": f"{MOST}/min"})
    with acting_as(engine("test")):
        token = caller("harbour").token
    ready = Barrier(AT_ONCE)

    def poll(_number: int) -> int:
        try:
            ready.wait(timeout=60)
            return Caller(token).get("/api/v1/events").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(poll, range(AT_ONCE)))
    assert sorted(answers) == [200] * MOST + [429] * (AT_ONCE - MOST)


def test_hundreds_of_keys_are_all_counted_and_a_refused_request_keeps_its_count(
    cast: Cast,
) -> None:
    for number in range(400):
        assert ask(f"key {number}", 1)
    assert caller("harbour").get(f"/api/v1/referrals/{uuid4()}").status_code == 404
    assert len(counted()) == 401


@pytest.mark.usefixtures("db")
def test_nobody_is_remembered_a_day_after_they_asked() -> None:
    now = clocks.now()
    ask("old", (now - timedelta(hours=25)).timestamp())
    ask("new", (now - timedelta(hours=23)).timestamp())
    assert forget_counts(now) == 1
    assert counted() == {"throttle_read_new": 1}
