"""Run as `python -m tests.followups.killed MODE`: the engine in real processes that are killed, or run at once.

A mode prints what it found as JSON. Each child process works through one round; `SIGKILL` comes at the
edge of a statement, where a crash is worst.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402

from accounts.actors import engine as the_engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from followups import delivery, engine  # noqa: E402
from followups.models import Notice, OutboxMessage, Step  # noqa: E402
from followups.rules import RULES  # noqa: E402
from tests.builders import make_case  # noqa: E402
from tests.followups.conftest import AT  # noqa: E402

SOME = {slug: RULES[slug] for slug in ("crime-not-recorded", "needs-not-assessed")}
SHIFT = timedelta(hours=9)


def one_round(at: datetime) -> None:
    """What a tick does, for a few rules."""
    engine.sweep(at, rules=SOME)
    delivery.dispatch(at)


def in_a_child(act: Callable[[], None]) -> int:
    """A process of its own, with a connection of its own."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        finally:
            os._exit(1)
    return child


def outcome(child: int) -> int:
    """How it ended: an exit code, or the signal with a minus."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(edge: int) -> None:
    """From now on the process dies at that edge of a statement: odd before one, even after it."""
    passed = 0
    run = CursorWrapper.execute

    def pass_edge() -> None:
        nonlocal passed
        passed += 1
        if passed == edge:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(self: CursorWrapper, *given: Any) -> Any:
        pass_edge()
        answer = run(self, *given)
        pass_edge()
        return answer

    CursorWrapper.execute = execute  # type: ignore[method-assign]


def killed_everywhere(every: int) -> dict[str, Any]:
    """Kill a round at one edge after another; the next round must make everything up."""
    kills = 0
    edge = 1
    at = AT
    wrong: list[Any] = []
    while True:
        at += SHIFT
        with acting_as(the_engine("test")):
            case = make_case(at=at - timedelta(hours=25))

        def dies(at: datetime = at, edge: int = edge) -> None:
            kill_at(edge)
            one_round(at)

        ended = outcome(in_a_child(dies))
        again = at + delivery.LEASE + timedelta(seconds=1)
        assert outcome(in_a_child(lambda again=again: one_round(again))) == 0
        with acting_as(the_engine("test")):
            told = Notice.objects.filter(step__followup__case=case, step__rung=1)
            found = Counter(told.values_list("step__followup__rule", "channel", "state"))
        expected = Counter(
            (rule, channel, "accepted") for rule in SOME for channel in ("page", "email")
        )
        if found != expected:
            wrong.append([edge, str(found)])
        if ended == 0:
            return {"edges": edge, "kills": kills, "wrong": wrong, **sent()}
        kills += 1
        edge += every


def together(rounds: int) -> dict[str, Any]:
    """Four drivers at the same moment, again and again."""
    ends = []
    for number in range(rounds):
        at = AT + number * SHIFT
        with acting_as(the_engine("test")):
            for _ in range(20):
                make_case(at=at - timedelta(hours=25))
        children = [in_a_child(lambda at=at: one_round(at)) for _ in range(4)]
        ends += [outcome(child) for child in children]
    with acting_as(the_engine("test")):
        first = Step.objects.filter(rung=1).count()
    return {"ends": ends, "first_steps": first, "owed": rounds * 20 * len(SOME), **sent()}


def sent() -> dict[str, Any]:
    """How many messages went out, and how often one did so again."""
    with acting_as(the_engine("test")):
        went = Counter(OutboxMessage.objects.values_list("message_id", flat=True))
        named = set(Notice.objects.filter(channel="email").values_list("message_id", flat=True))
        left = Notice.objects.exclude(state="accepted").count()
    return {"lost": len(named - set(went)), "again": sum(went.values()) - len(went), "left": left}


if __name__ == "__main__":
    mode = {"killed": killed_everywhere, "together": together}[sys.argv[1]]
    print(json.dumps(mode(int(sys.argv[2]))))  # noqa: T201 - this is its answer
