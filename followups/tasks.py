"""The room of the wake-up: it carries nothing, so losing one loses nothing."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

import clocks
from accounts import chain
from accounts.actions import forget_sessions
from casework import misuse, scanning
from casework.actions.moves import move_some
from followups import alerts, delivery, engine, nightly
from referrals import delivery as webhooks
from referrals import events
from referrals.actions import forget_answers, forget_counts, forget_invented, forget_tries

log = logging.getLogger(__name__)


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


@shared_task(name="followups.moves", ignore_result=True)
def moves() -> None:
    """One round of moving many cases: apart from the engine's, so that thousands of cases hold up no reminder."""
    move_cases()


@shared_task(name="followups.files", ignore_result=True)
def files() -> None:
    """One round of the virus scanner, apart from the engine's: a slow scanner holds up no reminder."""
    scan_files()


@shared_task(name="followups.night", ignore_result=True, time_limit=3600, soft_time_limit=3500)
def night() -> None:
    """The nightly check, if it is due."""
    check()


def check() -> None:
    """Once a night, after a round of the engine: the cracks report, misuse, the trail's chain, what is too old.

    One that fails keeps none of the others from being done; it is said in health until the next night.
    """
    at, started = clocks.now(), time.monotonic()
    if not nightly.is_due(at):
        return
    failed = {}
    # The round comes first, so that nothing is found that only waits for it.
    for name, part in NIGHTLY.items():
        try:
            part(clocks.now())
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            log.exception("A part of the nightly check failed: %s", name)
            failed[name] = type(error).__name__
    engine.beat("night", at, started, {"failed": failed})


NIGHTLY: dict[str, Callable[[datetime], object]] = {
    "round": lambda _at: turn(),
    "cracks": nightly.keep,
    "misuse": misuse.look,
    "trail": lambda _at: verify_trail(),
    "answers": forget_answers,
    "tries": forget_tries,
    "invented": forget_invented,
    "counts": forget_counts,
    "sessions": forget_sessions,
    "files": lambda _at: tidy_files(),
}


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


def move_cases(seconds: float = 20.0) -> dict[str, int]:
    """Cases of bulk moves that wait are moved, for so long; how many, by what became of them."""
    at, started = clocks.now(), time.monotonic()
    moved = move_some(seconds=seconds)
    engine.beat("moves", at, started, moved)
    return moved


def chain_trail() -> int:
    """Every committed audit event has its place in the chain; how many were given one."""
    at, started = clocks.now(), time.monotonic()
    placed = chain.extend(at)
    engine.beat("chain", at, started, {"placed": placed})
    return placed


def scan_files() -> dict[str, Any]:
    """Every file that waits was offered to the scanner; with what it said, or that it does not answer."""
    at, started = clocks.now(), time.monotonic()
    done = scanning.turn(at)
    engine.beat("files", at, started, done)
    return done


def tidy_files() -> dict[str, int]:
    """Bytes of which no row is known are gone; rows without bytes are counted for `/healthz/followups`."""
    at, started = clocks.now(), time.monotonic()
    done = scanning.tidy(at)
    engine.beat("tidy", at, started, done)
    return done


def verify_trail() -> chain.Verdict:
    """The whole trail was looked at; what was found is kept with the heartbeat, for `/healthz/followups`."""
    at, started = clocks.now(), time.monotonic()
    verdict = chain.verify(at)
    engine.beat("verify", at, started, {"faults": verdict.found, "late": verdict.late})
    return verdict
