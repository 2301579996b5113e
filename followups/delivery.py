"""The room of sending: what waits is claimed for a while, sent, and only then marked as sent.

A message names nobody and says nothing of a case. A crash between sending and marking sends it twice,
with the same Message-ID; it never loses one. What was given up, or came back, goes another way: by text
to the same person, then to the next person up the ladder.
"""

import time
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, QuerySet, Value, When

from accounts.actors import engine
from accounts.context import acting_as
from followups.engine import beat
from followups.models import Notice, NoticeState
from followups.rules import RULES
from followups.rules.base import Rule
from followups.sql import PASS_ON
from followups.transports import (
    Message,
    NotTaken,
    Transport,
    TransportDown,
    offer,
    sends_texts,
    transport_for,
)

LEASE = timedelta(minutes=5)
AT_ONCE = 50
MOST_REFUSALS = 8
"""After so many the message is given up. That nobody could be reached is no refusal: an outage kills no message."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)

OWED = "f.state IN ('open', 'quarantined')"
# A message is named after its first notice; sent again after it failed, it has another name, so that nobody takes
# a report on the first for one on the second.
NAME = (
    "'<' || {head}.id || coalesce('.' || extract(epoch FROM {head}.failed_at)::bigint, '')"
    " || '@' || %(domain)s || '>'"
)
# What is no longer owed, or was for somebody who has left, is not sent. What stands in a message with something
# that is goes with it, and is not counted.
DROP = f"""
UPDATE followups_notice n SET state = 'dropped', lease_until = NULL, lease_token = NULL
 WHERE n.state = 'queued' AND n.channel <> 'page' AND (n.lease_until IS NULL OR n.lease_until < %(at)s)
   AND (NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = n.person_id AND u.is_active)
        OR NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_followup f ON f.id = s.followup_id
                        WHERE s.id = n.step_id AND {OWED})
           AND (n.message_id = '' OR NOT EXISTS (
                SELECT 1 FROM followups_notice m JOIN followups_step s ON s.id = m.step_id
                  JOIN followups_followup f ON f.id = s.followup_id
                 WHERE m.message_id = n.message_id AND m.state = 'queued' AND {OWED})))
"""  # nosec B608 - only our own words
# What waits for a person goes into one message by each channel: everything when something may interrupt them, else
# what is ready. The message is named after its first notice and keeps its name and content.
BATCH = f"""
WITH ready AS (
    SELECT person_id, channel, bool_or(interrupts) AS interrupts FROM followups_notice
     WHERE state = 'queued' AND channel <> 'page' AND message_id = '' AND send_after <= %(at)s
     GROUP BY person_id, channel
),
waiting AS (
    SELECT n.id, first_value({NAME.format(head="n")}) OVER (PARTITION BY n.person_id, n.channel ORDER BY n.id) AS name
      FROM followups_notice n JOIN ready r ON r.person_id = n.person_id AND r.channel = n.channel
     WHERE n.state = 'queued' AND n.message_id = ''
       AND (r.interrupts OR n.send_after <= %(at)s)
)
UPDATE followups_notice n
   SET message_id = w.name, send_after = least(n.send_after, %(at)s)
  FROM waiting w WHERE w.id = n.id
"""  # nosec B608 - only our own words
# The notice that a message is named after stands for all of it: whoever locks it has the message.
CLAIM = f"""
WITH heads AS (
    SELECT message_id FROM followups_notice n
     WHERE state = 'queued' AND channel <> 'page' AND message_id = {NAME.format(head="n")}
       AND send_after <= %(at)s AND (lease_until IS NULL OR lease_until < %(at)s)
     ORDER BY send_after, id LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
),
claimed AS (
    UPDATE followups_notice n
       SET lease_until = %(until)s, lease_token = %(token)s, attempts = n.attempts + 1
      FROM heads h WHERE h.message_id = n.message_id AND n.state = 'queued'
    RETURNING n.message_id, n.channel, n.person_id, n.step_id, n.attempts, n.refusals
)
SELECT c.message_id, c.channel, CASE c.channel WHEN 'sms' THEN u.mobile ELSE u.email END,
       max(c.attempts), count(DISTINCT f.id) FILTER (WHERE {OWED}),
       count(DISTINCT f.id) FILTER (WHERE {OWED} AND (f.due_at IS NULL OR f.due_at <= %(at)s)), max(c.refusals)
  FROM claimed c
  JOIN accounts_user u ON u.id = c.person_id
  JOIN followups_step s ON s.id = c.step_id
  JOIN followups_followup f ON f.id = s.followup_id
 GROUP BY c.message_id, c.channel, u.email, u.mobile
"""  # nosec B608 - only our own words


def dispatch(at: datetime, *, rules: dict[str, Rule] | None = None) -> dict[str, int]:
    """Everything that is ready was offered to its transport; what was taken is marked, the rest waits or is dead."""
    started = time.monotonic()
    counts = {"accepted": 0, "failed": 0}
    token = uuid4()
    pass_on(at, rules=rules)
    messages = claim(at, token)
    open_: dict[str, Transport] = {}
    down: set[str] = set()
    unmarked: Message | None = None
    try:
        for message in messages:
            if message.channel in down:
                continue
            if message.channel not in open_:
                open_[message.channel] = transport_for(message.channel)
            try:
                offer(message, open_[message.channel])
            except TransportDown as problem:
                down.add(message.channel)
                _put_off(message, token, at, problem=str(problem)[:60])
                counts["failed"] += 1
            except NotTaken as refused:
                _refused(message, token, at, refused)
                counts["failed"] += 1
            else:
                unmarked = message
                _accepted(message, token, at)
                unmarked = None
                counts["accepted"] += 1
    finally:
        if unmarked:  # stopped between the two: given back, it would go out once more
            _accepted(unmarked, token, at)
        for transport in open_.values():
            transport.close()
        _give_back(token, at)
    beat("dispatch", at, started, counts)
    return counts


def pass_on(at: datetime, *, rules: dict[str, Rule] | None = None) -> int:
    """What was given up or came back is told another way, while it is owed: how many were told."""
    alone = [slug for slug, rule in (rules or RULES).items() if not rule.goes_up]
    with acting_as(engine("followups"), at=at), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('followups pass on', 0))")
        cursor.execute(PASS_ON, {"at": at, "texts": sends_texts(), "alone": alone})
        told: int = cursor.fetchone()[0]
    return told


def claim(at: datetime, token: UUID) -> list[Message]:
    """Messages that are ours to send until the lease ends, whatever becomes of us."""
    given: dict[str, Any] = {
        "at": at,
        "until": at + LEASE,
        "token": token,
        "limit": AT_ONCE,
        "domain": settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">"),
    }
    with acting_as(engine("followups"), at=at), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('followups batch', 0))")
        cursor.execute(DROP, given)
        cursor.execute(BATCH, given)
        cursor.execute(CLAIM, given)
        return [Message(*row) for row in cursor.fetchall()]


def _accepted(message: Message, token: UUID, at: datetime) -> None:
    with acting_as(engine("followups"), at=at):
        _ours(message, token).update(
            state=NoticeState.ACCEPTED,
            accepted_at=at,
            lease_until=None,
            lease_token=None,
            problem="",
        )


def _refused(message: Message, token: UUID, at: datetime, why: NotTaken) -> None:
    refusals = message.refusals + 1
    if not why.for_good and refusals < MOST_REFUSALS:
        _put_off(message, token, at, problem=why.problem[:60], refusals=refusals)
        return
    with acting_as(engine("followups"), at=at):
        _ours(message, token).update(
            state=NoticeState.DEAD,
            failed_at=at,
            problem=why.problem[:60],
            refusals=refusals,
            lease_until=None,
            lease_token=None,
        )


def _put_off(message: Message, token: UUID, at: datetime, **change: Any) -> None:
    with acting_as(engine("followups"), at=at):
        _ours(message, token).update(
            **change,
            send_after=at + wait_before_again(message),
            lease_until=None,
            lease_token=None,
        )


def wait_before_again(message: Message) -> timedelta:
    """Twice as long each time up to an hour, less up to half, so that not all come back at one moment.

    What is taken off depends on whom it is for and how often it was tried: a simulated year stays the same.
    """
    longest: timedelta = min(FIRST_WAIT * 2 ** min(message.attempts - 1, 6), LONGEST_WAIT)
    jitter: float = Random(f"{message.to} {message.attempts}").uniform(0.5, 1)  # nosec B311 - no secret
    return longest * jitter


def _give_back(token: UUID, at: datetime) -> None:
    """What was claimed and not tried is free again, and the attempt does not count."""
    with acting_as(engine("followups"), at=at):
        Notice.objects.filter(lease_token=token).update(
            attempts=Case(When(attempts__gt=0, then=F("attempts") - 1), default=Value(0)),
            lease_until=None,
            lease_token=None,
        )


def _ours(message: Message, token: UUID) -> QuerySet[Notice]:
    return Notice.objects.filter(
        message_id=message.message_id, lease_token=token, state=NoticeState.QUEUED
    )
