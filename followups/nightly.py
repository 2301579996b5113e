"""The room of the nightly check: what the cracks report finds is kept for each force until it reads zero again."""

import time
from datetime import datetime, timedelta

from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from clocks import LONDON
from followups.cracks import by_force
from followups.models import Crack, Heartbeat

STAGE = "cracks"
HOUR = 3
"""When it is made, in London: most of the night's work is written up, and the day's has not begun."""


def is_due(at: datetime) -> bool:
    """Whether the report of last night has not been made yet."""
    here = at.astimezone(LONDON)
    night = here.date() if here.hour >= HOUR else here.date() - timedelta(days=1)
    made = Heartbeat.objects.filter(stage=STAGE).first()
    return made is None or made.at < datetime(
        night.year, night.month, night.day, HOUR, tzinfo=LONDON
    )


def keep(at: datetime) -> int:
    """What is broken now is kept, with since when; what is mended has its end. How many lines are not zero.

    Two drivers at once make one report: the second one finds that it is no longer due.
    """
    started = time.monotonic()
    with acting_as(engine("cracks"), at=at):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('followups cracks', 0))")
        if not is_due(at):
            return Crack.objects.filter(ended_at=None).count()
        # Stamped first, so that the report does not find itself late; an error undoes this too.
        beat, _made = Heartbeat.objects.update_or_create(stage=STAGE, defaults={"at": at})
        counted, unasked = by_force(at)
        found = {
            (force, line): count
            for line, counts in counted.items()
            for force, count in counts.items()
        }
        standing = {(row.force_id, row.line): row for row in Crack.objects.filter(ended_at=None)}
        for key, row in standing.items():
            row.seen_at, row.count = at, found.get(key, row.count)
            row.ended_at = None if key in found else at
        Crack.objects.bulk_update(standing.values(), ["seen_at", "count", "ended_at"])
        Crack.objects.bulk_create(
            Crack(force_id=force, line=line, count=count, since=at, seen_at=at)
            for (force, line), count in found.items()
            if (force, line) not in standing
        )
        beat.took_ms = int((time.monotonic() - started) * 1000)
        beat.result = {"lines": len(found), "failed": unasked}
        beat.save()
    return len(found)


def made_at() -> datetime | None:
    """When the report was last made."""
    beat = Heartbeat.objects.filter(stage=STAGE).first()
    return beat.at if beat else None
