"""What was received long ago leaves the delivery log, and nothing else does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

import clocks
from accounts.context import acting_as
from config import environment
from followups import tasks
from referrals import actions, delivery, events
from referrals.models import Attempt, Delivery
from tests.cast import Cast
from tests.referrals.builders import make_sent, make_webhook, system

DAY = timedelta(days=1)


@pytest.fixture
def log(cast: Cast) -> dict[str, Delivery]:
    """Five deliveries of half a year ago, each with a try."""
    make_webhook()
    for _ in range(5):
        make_sent()
    events.number(clocks.now())
    delivery.make(clocks.now())
    at = clocks.now() - 180 * DAY
    names = ("received", "lately", "waits", "given up", "after all")
    rows = dict(zip(names, Delivery.objects.order_by("number"), strict=True))
    for row in rows.values():
        Attempt.objects.create(delivery=row, agency_id=row.agency_id, at=at, took_ms=1)
    change = {
        "received": {"state": "delivered", "delivered_at": at},
        "lately": {"state": "delivered", "delivered_at": clocks.now() - 89 * DAY},
        "given up": {"state": "dead", "failed_at": at},
        "after all": {"state": "delivered", "delivered_at": at, "failed_at": at},
    }
    for name, values in change.items():
        Delivery.objects.filter(pk=rows[name].pk).update(**values)
    return rows


def test_only_what_was_received_and_is_too_old_is_gone_after_the_next_night(
    log: dict[str, Delivery],
) -> None:
    tasks.check()
    left = set(log) - {"received"}
    assert set(Delivery.objects.values_list("pk", flat=True)) == {log[name].pk for name in left}
    assert Attempt.objects.count() == len(left)


def test_what_is_gone_is_not_told_again(log: dict[str, Delivery]) -> None:
    assert actions.forget_tries(clocks.now()) == 2
    assert actions.forget_tries(clocks.now()) == 0
    assert delivery.make(clocks.now()) == 0


def test_nobody_can_ask_for_what_is_younger_than_a_month_to_go(log: dict[str, Delivery]) -> None:
    Delivery.objects.filter(pk=log["received"].pk).update(delivered_at=clocks.now() - 29 * DAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_forget_tries(now())")
        assert cursor.fetchone() == (1 + 1,)  # "lately", and its try
    assert Delivery.objects.filter(pk=log["received"].pk).exists()


@pytest.mark.parametrize(
    "sql", ["SELECT referrals_forget_tries(now())", "DELETE FROM referrals_attempt"]
)
def test_no_agency_takes_anything_out_of_the_log(log: dict[str, Delivery], sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        acting_as(system()),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("days", ["29", "-90", "ninety", "1.5"])
def test_a_log_that_is_kept_for_less_than_a_month_stops_the_start(
    days: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELIVERY_LOG_DAYS", days)
    with pytest.raises(ImproperlyConfigured, match="30 or more"):
        environment.days("DELIVERY_LOG_DAYS", 90, least=30)
