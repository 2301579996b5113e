"""The room of the wake-up: it carries nothing, so losing one loses nothing."""

import time
from typing import Any

from celery import shared_task

import clocks
from followups import delivery, engine, nightly
from referrals import delivery as webhooks
from referrals import events
from referrals.actions import forget_answers, forget_tries


@shared_task(name="followups.tick", ignore_result=True)
def tick() -> None:
    """One round of the engine."""
    turn()


@shared_task(name="followups.agencies", ignore_result=True)
def agencies() -> None:
    """One round of telling agencies' systems, apart from the engine's: a slow agency holds up no reminder."""
    tell_agencies()


@shared_task(name="followups.night", ignore_result=True, time_limit=3600, soft_time_limit=3500)
def night() -> None:
    """The nightly check, if it is due."""
    check()


def check() -> None:
    """Once a night, after a round of the engine, the cracks report is made and kept, and what is too old forgotten."""
    if nightly.is_due(clocks.now()):
        turn()  # so that nothing is found that only waits for a round
        forget_answers(clocks.now())
        forget_tries(clocks.now())
        nightly.keep(clocks.now())


def turn() -> dict[str, Any]:
    """What is owed is stored, every due step is made, and every ready message is offered; with its numbers."""
    at = clocks.now()
    swept = engine.sweep(at)
    return vars(swept) | {"messages": delivery.dispatch(at)}


def tell_agencies() -> dict[str, int]:
    """What happened to their referrals is in agencies' logs of events, and told to their webhooks; with its numbers."""
    at, started = clocks.now(), time.monotonic()
    told = {"events": events.number(at)} | webhooks.turn(at)
    engine.beat("agencies", at, started, told)
    return told
