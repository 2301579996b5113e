"""The room of telling people by e-mail that their own sign-in changed: claimed for a while, sent, then marked."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from accounts.actors import engine
from accounts.context import acting_as
from accounts.signing_in import NoticeKind, SecurityNotice
from followups.models import NoticeChannel
from followups.transports import Message, NotTaken, TransportDown, offer, transport_for

LEASE = timedelta(minutes=5)
AT_ONCE, MOST_REFUSALS = 50, 8
LONGEST_WAIT = timedelta(hours=1)
# The end of the lease is when it is tried again, should we die while sending.
CLAIM = """
WITH due AS (
    SELECT n.id, coalesce(nullif(n.address, ''), u.email) AS email
      FROM accounts_securitynotice n JOIN accounts_user u ON u.id = n.user_id
     WHERE n.sent_at IS NULL AND n.failed_at IS NULL AND n.send_after <= %(at)s
       AND (n.address <> '' OR u.email <> '')
     ORDER BY n.send_after, n.id LIMIT %(limit)s FOR UPDATE OF n SKIP LOCKED
)
UPDATE accounts_securitynotice n SET send_after = %(until)s, attempts = n.attempts + 1
  FROM due WHERE due.id = n.id
RETURNING n.id, due.email, n.kind, n.attempts, n.refusals
"""


def send(at: datetime) -> dict[str, int]:
    """Every change that is ready to be told was offered to the mail server; what was not taken is tried again.

    What was refused for good, or `MOST_REFUSALS` times, is given up. Nobody there to take it is no refusal.
    """
    counts = {"accepted": 0, "failed": 0}
    claimed = _claim(at)
    transport = transport_for(NoticeChannel.EMAIL) if claimed else None
    down = False
    for key, email, kind, attempts, refusals in claimed:
        assert transport is not None
        if down:  # not tried, so it is free again and the attempt does not count
            _mark(key, at, send_after=at, attempts=attempts - 1)
            continue
        later = at + min(timedelta(minutes=2 ** min(attempts, 6)), LONGEST_WAIT)
        try:
            offer(_message(key, email, kind, attempts), transport)
        except TransportDown:
            down = True
            _mark(key, at, send_after=later)
            counts["failed"] += 1
        except NotTaken as why:
            dead = why.for_good or refusals + 1 >= MOST_REFUSALS
            over = {"failed_at": at, "address": ""} if dead else {}
            _mark(key, at, send_after=later, refusals=refusals + 1, **over)
            counts["failed"] += 1
        else:
            _mark(key, at, sent_at=at, address="")
            counts["accepted"] += 1
    if transport is not None:
        transport.close()
    return counts


def _claim(at: datetime) -> list[tuple[UUID, str, str, int, int]]:
    given: dict[str, Any] = {"at": at, "until": at + LEASE, "limit": AT_ONCE}
    with acting_as(engine("followups"), at=at), connection.cursor() as cursor:
        cursor.execute(CLAIM, given)
        claimed: list[tuple[UUID, str, str, int, int]] = cursor.fetchall()
    return claimed


def _mark(key: UUID, at: datetime, **change: Any) -> None:
    with acting_as(engine("followups"), at=at):
        SecurityNotice.objects.filter(pk=key).update(**change)


def _message(key: UUID, email: str, kind: str, attempts: int) -> Message:
    words = _(
        "%(what)s\n\nIf you expected this, there is nothing to do. If you did not, tell your administrator"
        " now, then sign in and change your password:\n%(where)s\n"
    )
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
    return Message(
        message_id=f"<{key}@{domain}>",
        channel=NoticeChannel.EMAIL,
        to=email,
        attempts=attempts,
        waiting=0,
        overdue=0,
        subject=_("Something changed in how you sign in to Holdfast"),
        words=words % {"what": NoticeKind(kind).label, "where": settings.SITE_URL},
    )
