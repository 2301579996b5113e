"""The room of telling agencies' systems: what waits is claimed for a while, sent, and only then marked as received.

A delivery says that something happened, never what. A crash between sending and marking sends it twice with the
same id; it never loses one. Each webhook is told in order until it fails; its sequence numbers say the rest.
"""

import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Least
from rest_framework.fields import DateTimeField
from standardwebhooks import Webhook as Signature

from accounts import audit
from accounts.actors import engine
from accounts.context import acting_as
from accounts.sealed import Unsealable
from referrals import transports
from referrals.events import thin
from referrals.models import Attempt, Delivery, DeliveryState, Webhook, WebhookSecret

LEASE = timedelta(minutes=5)
WEBHOOKS_AT_ONCE, EACH = 100, 20
THREADS = 32
ROUND = 15.0  # seconds after which no further delivery of this round is begun
ALARM_AFTER = timedelta(hours=4)  # of silence; an answer 410 needs no waiting
MOST_ATTEMPTS = 40  # spread over about three days
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=3)
TEST = "webhook.test"
GONE = "answered-410"

# Every numbered event since it was confirmed, for every webhook that is on; one that was off catches up. What began
# before and was committed after counts too: no transaction is open for so long.
MAKE = """
WITH made AS (
    INSERT INTO referrals_delivery
           (id, webhook_id, agency_id, event_id, number, made_at, state, send_after, attempts)
    SELECT gen_random_uuid(), w.id, w.agency_id, e.id, e.number, %(at)s, 'queued', %(at)s, 0
      FROM referrals_webhook w
      JOIN referrals_event e ON e.agency_id = w.agency_id AND e.number > w.upto
                            AND e.at >= w.confirmed_at - interval '5 minutes'
     WHERE w.is_on
        ON CONFLICT DO NOTHING
 RETURNING 1
),
moved AS (
    UPDATE referrals_webhook w SET upto = last.number
      FROM (SELECT o.id, (SELECT max(e.number) FROM referrals_event e WHERE e.agency_id = o.agency_id) AS number
              FROM referrals_webhook o WHERE o.is_on) last
     WHERE last.id = w.id AND w.upto < last.number
)
SELECT count(*) FROM made
"""
# A few of each webhook, so that one that has much waiting does not keep the others waiting.
CLAIM = """
WITH turn AS (
    SELECT w.id FROM referrals_webhook w
     WHERE w.is_on AND EXISTS (
           SELECT 1 FROM referrals_delivery d
            WHERE d.webhook_id = w.id AND d.state = 'queued' AND d.send_after <= %(at)s
              AND (d.lease_until IS NULL OR d.lease_until < %(at)s))
     ORDER BY random() LIMIT %(webhooks)s
),
ready AS (
    SELECT d.id FROM turn CROSS JOIN LATERAL (
        SELECT d.id FROM referrals_delivery d
         WHERE d.webhook_id = turn.id AND d.state = 'queued' AND d.send_after <= %(at)s
           AND (d.lease_until IS NULL OR d.lease_until < %(at)s)
         ORDER BY d.send_after, d.number LIMIT %(each)s
           FOR UPDATE SKIP LOCKED) d
)
UPDATE referrals_delivery d
   SET lease_until = %(until)s, lease_token = %(token)s, attempts = d.attempts + 1
  FROM ready WHERE ready.id = d.id
"""


@dataclass
class Batch:
    """What one webhook is to be told in this round."""

    webhook: Webhook
    secrets: list[str]
    deliveries: list[Delivery] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What came of one try; `problem` is empty when it was received."""

    delivery: Delivery
    took_ms: int
    problem: str = ""


def turn(at: datetime) -> dict[str, int]:
    """Every event is a delivery of every webhook that is on, and what is ready was tried: with its numbers."""
    counts = {"made": make(at), "delivered": 0, "failed": 0}
    token = uuid4()
    try:
        for outcome in _tried(claim(at, token)):
            _mark(outcome, token, at)
            counts["failed" if outcome.problem else "delivered"] += 1
    finally:
        _give_back(token, at)
    return counts


def make(at: datetime) -> int:
    """What is new became deliveries: how many."""
    with acting_as(engine("webhooks"), at=at), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('referrals deliveries', 0))")
        cursor.execute(MAKE, {"at": at})
        made: int = cursor.fetchone()[0]
    return made


def claim(at: datetime, token: UUID) -> list[Batch]:
    """Deliveries that are ours until the lease ends, whatever becomes of us."""
    given: dict[str, Any] = {"at": at, "until": at + LEASE, "token": token}
    given |= {"webhooks": WEBHOOKS_AT_ONCE, "each": EACH}
    with acting_as(engine("webhooks"), at=at):
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, given)
        rows = list(
            Delivery.objects.filter(lease_token=token)
            .select_related("webhook", "event")
            .order_by("send_after", "number")
        )
        secrets: dict[UUID, list[str]] = {}
        current = WebhookSecret.objects.current(at).filter(
            webhook__in={row.webhook_id for row in rows}
        )
        for secret in current.order_by("-made_at"):
            secrets.setdefault(secret.webhook_id, []).append(_opened(secret))
    batches: dict[UUID, Batch] = {}
    for row in rows:
        batch = batches.setdefault(
            row.webhook_id, Batch(row.webhook, secrets.get(row.webhook_id, []))
        )
        batch.deliveries.append(row)
    return list(batches.values())


def _opened(secret: WebhookSecret) -> str:
    try:
        return str(secret.secret)
    except Unsealable:
        return ""  # said of this webhook alone: the others go on


def _tried(batches: list[Batch]) -> Iterable[Outcome]:
    """What came of each try. The threads only talk to receivers; the database is ours."""
    until = time.monotonic() + ROUND
    with ThreadPoolExecutor(THREADS, "webhook") as threads:
        for told in as_completed([threads.submit(_tell, batch, until) for batch in batches]):
            yield from told.result()


def _tell(batch: Batch, until: float) -> list[Outcome]:
    """One webhook after the other until one is not taken: a receiver that is down is not asked twenty times."""
    outcomes: list[Outcome] = []
    for delivery in batch.deliveries:
        if time.monotonic() > until or (outcomes and outcomes[-1].problem):
            break
        started, problem = time.monotonic(), ""
        try:
            _send(batch, delivery)
        except transports.NotTaken as refused:
            problem = refused.problem
        outcomes.append(Outcome(delivery, int((time.monotonic() - started) * 1000), problem))
    return outcomes


def _send(batch: Batch, delivery: Delivery) -> None:
    if not batch.secrets or not all(batch.secrets):
        raise transports.NotTaken("no-secret")
    told = thin(delivery.event) if delivery.event else _test(delivery)
    body = json.dumps(told, separators=(",", ":"))
    # The receiver compares it with its own wall clock, whatever our clock is set to.
    sent_at = datetime.fromtimestamp(int(time.time()), UTC)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": told["id"],
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": " ".join(
            Signature(secret).sign(told["id"], sent_at, body) for secret in batch.secrets
        ),
    }
    transports.post(batch.webhook.url, body.encode(), headers)


def _test(delivery: Delivery) -> dict[str, Any]:
    at = DateTimeField().to_representation(delivery.made_at)
    return {"id": str(delivery.pk), "type": TEST, "timestamp": at, "data": {}}


def _mark(outcome: Outcome, token: UUID, at: datetime) -> None:
    """What came of it is in the log, and it is received, waits longer, or is given up."""
    delivery = outcome.delivery
    change: dict[str, Any]
    if not outcome.problem:
        change = {"state": DeliveryState.DELIVERED, "delivered_at": at}
    elif delivery.attempts >= MOST_ATTEMPTS:
        change = {"state": DeliveryState.DEAD, "failed_at": at}
    else:
        change = {"send_after": at + wait_before_again(delivery)}
    with acting_as(engine("webhooks"), at=at):
        Attempt.objects.create(
            delivery=delivery,
            agency_id=delivery.agency_id,
            at=at,
            took_ms=outcome.took_ms,
            problem=outcome.problem[:40],
        )
        ours = Delivery.objects.filter(
            pk=delivery.pk, lease_token=token, state=DeliveryState.QUEUED
        )
        ours.update(**change, lease_until=None, lease_token=None)
        if outcome.problem != transports.NOT_SENT:
            _hear(outcome, at)
        if outcome.problem == GONE:  # the receiver asks for no more [Standard Webhooks]
            gone = Webhook.objects.filter(pk=delivery.webhook_id)
            gone.update(is_on=False, alarm_at=Least("alarm_at", at))
            audit.record("webhook.gone", by=engine("webhooks"), of=delivery.webhook)


def _hear(outcome: Outcome, at: datetime) -> None:
    """A silence of the webhook begins with the first failure, and ends with what is received."""
    webhook = Webhook.objects.filter(pk=outcome.delivery.webhook_id)
    silent = Q(silence__isnull=False, heard_at=None)
    if not outcome.problem:
        webhook.filter(silent).update(heard_at=at)
        return
    begun = {"silence": uuid4(), "silent_since": at, "alarm_at": at + ALARM_AFTER}
    webhook.exclude(silent).update(**begun, heard_at=None)


def wait_before_again(delivery: Delivery) -> timedelta:
    """Twice as long each time up to three hours, less up to half, so that not all come back at one moment."""
    longest: timedelta = min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
    jitter: float = Random(f"{delivery.pk} {delivery.attempts}").uniform(0.5, 1)  # nosec B311 - no secret
    return longest * jitter


def _give_back(token: UUID, at: datetime) -> None:
    """What was claimed and not tried is free again, and the attempt does not count."""
    with acting_as(engine("webhooks"), at=at):
        Delivery.objects.filter(lease_token=token).update(
            attempts=F("attempts") - 1, lease_until=None, lease_token=None
        )
