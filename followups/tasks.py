"""The room of the wake-up: it carries nothing, so losing one loses nothing."""

import time
from typing import Any

from celery import shared_task

import clocks
from accounts import chain
from accounts.actions import forget_sessions
from casework import misuse
from followups import alerts, delivery, engine, nightly
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


@shared_task(name="followups.chain", ignore_result=True)
def chained() -> None:
    """One round of giving audit events their places: apart from the engine's, so that neither waits for the other."""
    chain_trail()


@shared_task(name="followups.night", ignore_result=True, time_limit=3600, soft_time_limit=3500)
def night() -> None:
    """The nightly check, if it is due."""
    check()


def check() -> None:
    """Once a night, after a round of the engine: the cracks report, what is too old, misuse, the trail's chain."""
    if nightly.is_due(clocks.now()):
        turn()  # so that nothing is found that only waits for a round
        forget_answers(clocks.now())
        forget_tries(clocks.now())
        forget_sessions(clocks.now())
        nightly.keep(clocks.now())
        misuse.look(clocks.now())
        verify_trail()


def turn() -> dict[str, Any]:
    """What is owed is stored, every due step is made, and every ready message is offered; with its numbers."""
    at = clocks.now()
    misuse.look_if_asked(at)
    swept = engine.sweep(at)
    return vars(swept) | {"alerts": alerts.send(at), "messages": delivery.dispatch(at)}


def tell_agencies() -> dict[str, int]:
    """What happened to their referrals is in agencies' logs of events, and told to their webhooks; with its numbers."""
    at, started = clocks.now(), time.monotonic()
    told = {"events": events.number(at)} | webhooks.turn(at)
    engine.beat("agencies", at, started, told)
    return told


def chain_trail() -> int:
    """Every committed audit event has its place in the chain; how many were given one."""
    at, started = clocks.now(), time.monotonic()
    placed = chain.extend(at)
    engine.beat("chain", at, started, {"placed": placed})
    return placed


def verify_trail() -> chain.Verdict:
    """The whole trail was looked at; what was found is kept with the heartbeat, for `/healthz/followups`."""
    at, started = clocks.now(), time.monotonic()
    verdict = chain.verify(at)
    engine.beat("verify", at, started, {"faults": verdict.found, "late": verdict.late})
    return verdict
