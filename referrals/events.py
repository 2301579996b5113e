"""The room of the event log: events get their numbers, and look the same in a poll and in a webhook."""

from datetime import datetime
from typing import Any

from django.db import connection
from rest_framework.fields import DateTimeField

from accounts.actors import engine
from accounts.context import acting_as
from referrals.models import Event

# Only what is committed can be seen here, and only one of us numbers at a time: whoever has read up to a number
# has read everything before it, for good.
NUMBER = """
WITH fresh AS (
    SELECT id, agency_id, row_number() OVER (PARTITION BY agency_id ORDER BY written) AS nth
      FROM referrals_event WHERE number IS NULL
),
last AS (
    SELECT f.agency_id,
           coalesce((SELECT max(e.number) FROM referrals_event e WHERE e.agency_id = f.agency_id), 0) AS number
      FROM fresh f GROUP BY f.agency_id
)
UPDATE referrals_event e SET number = last.number + fresh.nth
  FROM fresh JOIN last ON last.agency_id = fresh.agency_id
 WHERE e.id = fresh.id
"""


def number(at: datetime) -> int:
    """Every committed event has its place in its agency's order: how many were given one."""
    with acting_as(engine("webhooks"), at=at), connection.cursor() as cursor:
        # In a statement of its own: the next one sees what the last holder of the lock committed.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('referrals events', 0))")
        cursor.execute(NUMBER)
        numbered: int = cursor.rowcount
    return numbered


def thin(event: Event) -> dict[str, Any]:
    """The event as it leaves the building: codes, ids, a number and an instant, and nothing of anybody."""
    return {
        "id": str(event.pk),
        "sequence": event.number,
        "type": event.type,
        "timestamp": DateTimeField().to_representation(event.at),
        "data": {"referral_id": str(event.referral_id), "version": event.version},
    }
