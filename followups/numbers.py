"""The room of the watchman's numbers: counted in the database, for health and for Prometheus. They name nothing."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

import clocks

# What each is, in the words that Prometheus shows, and what its label is called.
GAUGES: dict[str, tuple[str, str]] = {
    "followups": ("Duties that are owed now, by state", "state"),
    "oldest_due_seconds": ("How long ago the oldest open duty fell due; 0 when none has", ""),
    "steps_undone": ("Overdue duties of which nobody was told for 90 seconds, at most 1000", ""),
    "cases_unwatched": ("Cases of the last hour on which nothing is owed, at most 1000", ""),
    "oldest_unsent_seconds": ("How long past its time the oldest waiting message is", ""),
    "notices_dead": ("Messages that could not be sent", ""),
    "heartbeat_age_seconds": ("How long ago each stage of the engine came to its end", "stage"),
    "files_waiting": ("Files that wait for the virus scanner, at most 1000", ""),
    "oldest_waiting_file_seconds": ("How long the oldest of them has waited; 0 when none does", ""),
    "sweeps_held": ("Rules that want to drop many rows and wait for a person", ""),
    "cracks": ("What the nightly check found and nobody has mended", ""),
}


def numbers(at: datetime) -> list[tuple[str, str, float]]:
    """Each number with its name and label, in one question; whoever asks need not see the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, label, value FROM followups_numbers(%s)", [at])
        return list(cursor.fetchall())


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with `METRICS_TOKEN` as its bearer token. Without such a setting there is no such page."""
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404)
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    gauges = {
        name: Gauge(f"holdfast_{name}", words, [label] if label else [], registry=registry)
        for name, (words, label) in GAUGES.items()
    }
    for name, label, value in numbers(clocks.now()):
        gauge = gauges[name]
        (gauge.labels(label) if label else gauge).set(value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
