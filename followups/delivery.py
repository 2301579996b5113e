"""The room of sending: what waits is claimed for a while, sent, and only then marked as sent.

A message names nobody and says nothing of a case. A crash between sending and marking sends it twice,
with the same Message-ID; it never loses one.
"""

import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clocks
from accounts.actors import engine
from accounts.context import acting_as
from followups.engine import beat
from followups.models import Notice, NoticeState, OutboxMessage

LEASE = timedelta(minutes=5)
AT_ONCE = 50
MOST_ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)

# What waits for a person goes into one message: everything when something may interrupt them, else
# what is ready. The message is named after its first notice and keeps its name and content.
BATCH = """
WITH ready AS (
    SELECT person_id, bool_or(interrupts) AS interrupts FROM followups_notice
     WHERE state = 'queued' AND channel = 'email' AND message_id = '' AND send_after <= %(at)s
     GROUP BY person_id
),
waiting AS (
    SELECT n.id, n.send_after, first_value(n.id) OVER (PARTITION BY n.person_id ORDER BY n.id) AS first_id
      FROM followups_notice n JOIN ready r ON r.person_id = n.person_id
     WHERE n.state = 'queued' AND n.channel = 'email' AND n.message_id = ''
       AND (r.interrupts OR n.send_after <= %(at)s)
)
UPDATE followups_notice n
   SET message_id = '<' || w.first_id || '@' || %(domain)s || '>', send_after = least(n.send_after, %(at)s)
  FROM waiting w WHERE w.id = n.id
"""
# The notice that a message is named after stands for all of it: whoever locks it has the message.
CLAIM = """
WITH heads AS (
    SELECT message_id FROM followups_notice
     WHERE state = 'queued' AND channel = 'email' AND message_id = '<' || id || '@' || %(domain)s || '>'
       AND send_after <= %(at)s AND (lease_until IS NULL OR lease_until < %(at)s)
     ORDER BY send_after, id LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
),
claimed AS (
    UPDATE followups_notice n
       SET lease_until = %(until)s, lease_token = %(token)s, attempts = n.attempts + 1
      FROM heads h WHERE h.message_id = n.message_id AND n.state = 'queued'
    RETURNING n.message_id, n.person_id, n.step_id, n.attempts
)
SELECT c.message_id, u.email, max(c.attempts), count(DISTINCT f.id),
       count(DISTINCT f.id) FILTER (WHERE f.due_at IS NULL OR f.due_at <= %(at)s)
  FROM claimed c
  JOIN accounts_user u ON u.id = c.person_id
  JOIN followups_step s ON s.id = c.step_id
  JOIN followups_followup f ON f.id = s.followup_id
 GROUP BY c.message_id, u.email
"""


@dataclass(frozen=True)
class Message:
    """One e-mail to one person about everything that waits for them: numbers only."""

    message_id: str
    to: str
    attempts: int
    waiting: int
    overdue: int


class ServerDown(Exception):
    """The mail server cannot be reached: trying the rest now would only take time."""


def dispatch(at: datetime) -> dict[str, int]:
    """Everything that is ready was offered to the mail server; what it took is marked, the rest waits or is dead."""
    started = time.monotonic()
    counts = {"accepted": 0, "failed": 0}
    token = uuid4()
    messages = claim(at, token)
    link = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        for message in messages:
            try:
                _send(message, link)
            except ServerDown as down:
                _put_off(message, token, at, str(down), for_good=False)
                counts["failed"] += 1
                break
            except _Refused as refused:
                _put_off(message, token, at, refused.problem, for_good=refused.for_good)
                counts["failed"] += 1
            else:
                _accepted(message, token, at)
                counts["accepted"] += 1
    finally:
        link.close()
        _give_back(token, at)
    beat("dispatch", at, started, counts)
    return counts


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
        cursor.execute(BATCH, given)
        cursor.execute(CLAIM, given)
        return [Message(*row) for row in cursor.fetchall()]


class _Refused(Exception):
    def __init__(self, problem: str, *, for_good: bool) -> None:
        super().__init__(problem)
        self.problem, self.for_good = problem, for_good


def _send(message: Message, link: BaseEmailBackend) -> None:
    mail = EmailMessage(
        subject=_("You have work waiting in Holdfast. Sign in to see it."),
        body=body(message),
        to=[message.to],
        headers={"Message-ID": message.message_id},
        connection=link,
    )
    try:
        sent = mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _words in error.recipients.values()), default=0)
        raise _Refused(f"smtp-{code}", for_good=500 <= code < 600) from error
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
        raise ServerDown(type(error).__name__) from error
    except smtplib.SMTPResponseException as error:
        raise _Refused(f"smtp-{error.smtp_code}", for_good=False) from error
    except smtplib.SMTPException as error:
        raise _Refused(type(error).__name__, for_good=False) from error
    except OSError as error:  # SMTPException is one too, and has been dealt with
        raise ServerDown(type(error).__name__) from error
    if not sent:
        raise _Refused("not-taken", for_good=False)


def body(message: Message) -> str:
    """Plain sentences without anybody's name: how much waits, and where."""
    lines = [
        ngettext(
            "%(count)d thing is waiting for you.",
            "%(count)d things are waiting for you.",
            message.waiting,
        )
        % {"count": message.waiting}
    ]
    if message.overdue:
        lines.append(
            ngettext(
                "%(count)d is due or overdue now.",
                "%(count)d are due or overdue now.",
                message.overdue,
            )
            % {"count": message.overdue}
        )
    lines += [
        "",
        _("Sign in to see what to do and by when: %s") % settings.SITE_URL,
        "",
        _("For safety this message names nobody. Please do not reply to it."),
    ]
    return "\n".join(lines)


def _accepted(message: Message, token: UUID, at: datetime) -> None:
    with acting_as(engine("followups"), at=at):
        _ours(message, token).update(
            state=NoticeState.ACCEPTED,
            accepted_at=at,
            lease_until=None,
            lease_token=None,
            problem="",
        )


def _put_off(message: Message, token: UUID, at: datetime, problem: str, *, for_good: bool) -> None:
    if for_good or message.attempts >= MOST_ATTEMPTS:
        change = {"state": NoticeState.DEAD}
    else:
        wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
        change = {"send_after": at + wait}
    with acting_as(engine("followups"), at=at):
        _ours(message, token).update(
            **change, problem=problem[:60], lease_until=None, lease_token=None
        )


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


class OutboxBackend(BaseEmailBackend):
    """The demo's mail server: a table that the outbox page shows. Nothing leaves the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; all are taken."""
        at = clocks.now()
        rows = [
            OutboxMessage(
                message_id=mail.extra_headers.get("Message-ID", ""),
                to=", ".join(mail.recipients())[:300],
                subject=str(mail.subject)[:200],
                body=str(mail.body),
                at=at,
            )
            for mail in email_messages
        ]
        return len(OutboxMessage.objects.bulk_create(rows))
