"""The room of the worker and beat: they carry wake-ups that contain nothing [architecture 1.2, 4]."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("HOLDFAST_ROLE", "engine")

TICK_SECONDS = float(os.environ.get("TICK_SECONDS", "30"))
NIGHT_SECONDS = 600.0

app = Celery("holdfast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_time_limit=100,
    task_soft_time_limit=90,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": 120,  # above the time limit, or a long task starts a second copy
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 10,
    },
    redis_socket_timeout=5,
    redis_socket_connect_timeout=3,
    redis_socket_keepalive=True,
    beat_schedule={
        "tick": {
            "task": "followups.tick",
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_SECONDS * 5 / 6},
        },
        "agencies": {
            "task": "followups.agencies",
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_SECONDS * 5 / 6},
        },
        "chain": {
            "task": "followups.chain",
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_SECONDS * 5 / 6},
        },
        "moves": {
            "task": "followups.moves",
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_SECONDS * 5 / 6},
        },
        "files": {
            "task": "followups.files",
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_SECONDS * 5 / 6},
        },
        # Often, because it does nothing unless last night's report is missing.
        "night": {
            "task": "followups.night",
            "schedule": NIGHT_SECONDS,
            "options": {"expires": NIGHT_SECONDS * 5 / 6},
        },
    },
)
app.autodiscover_tasks()


@beat_init.connect
def wake_at_once(**_: Any) -> None:
    """Whoever starts the service is not shown "reminders are late" until the first period has passed."""
    rounds = ("tick", "agencies", "chain", "moves", "files")
    for name in (f"followups.{each}" for each in rounds):
        app.send_task(name, expires=TICK_SECONDS * 5 / 6)
