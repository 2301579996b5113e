"""The room of how long what agencies' systems asked and were told is kept: answers, the delivery log, counts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from referrals.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
"""At least so long an act may be sent again and is answered as the first time. [draft-ietf-httpapi-idempotency-key]"""

COUNTED_FOR = timedelta(hours=24)
"""No rate of the API is for longer."""


def forget_answers(at: datetime) -> int:
    """The answers that were kept long enough are gone; how many."""
    with acting_as(engine("answers"), at=at):
        return KeptAnswer.objects.filter(kept_at__lt=at - KEPT_FOR).delete()[0]


def forget_tries(at: datetime) -> int:
    """Deliveries that were received `DELIVERY_LOG_DAYS` ago are gone from the log with their tries: how many rows.

    What waits or was given up stays, and so does what arrived only after it was given up.
    """
    until = at - timedelta(days=settings.DELIVERY_LOG_DAYS)
    with acting_as(engine("webhooks"), at=at), connection.cursor() as cursor:
        cursor.execute("SELECT referrals_forget_tries(%s)", [until])
        gone: int = cursor.fetchone()[0]
    return gone


def forget_counts(at: datetime) -> int:
    """Of who has not asked the API for a day no count is kept, nor the address it asked from: how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM config_asked WHERE at[cardinality(at)] < %s",
            [(at - COUNTED_FOR).timestamp()],
        )
        gone: int = cursor.rowcount
    return gone


def forget_invented(at: datetime) -> int:
    """What the sandboxes hid 30 days ago is deleted, with everything that hangs on it: how many referrals.

    The referral of an agency's newest event stays: the next event is numbered after it.
    """
    with acting_as(engine("sandbox"), at=at), connection.cursor() as cursor:
        cursor.execute("SELECT referrals_forget_invented()")
        gone: int = cursor.fetchone()[0]
    return gone
