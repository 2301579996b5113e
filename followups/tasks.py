"""The room of the wake-up: it carries nothing, so losing one loses nothing."""

from typing import Any

from celery import shared_task

import clocks
from followups import delivery, engine


@shared_task(name="followups.tick", ignore_result=True)
def tick() -> None:
    """One round of the engine."""
    turn()


def turn() -> dict[str, Any]:
    """What is owed is stored, every due step is made, and every ready message is offered; with its numbers."""
    at = clocks.now()
    swept = engine.sweep(at)
    return vars(swept) | {"messages": delivery.dispatch(at)}
