"""Run as `python -m tests.followups.killed MODE`: the engine in real processes that are killed, or run at once.

A mode prints what it found as JSON. Each child process works through one round; `SIGKILL` comes at the
edge of a statement, where a crash is worst.
"""

import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402

from accounts.actors import engine as the_engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from followups import delivery, engine  # noqa: E402
from followups.models import Notice, OutboxMessage, Step  # noqa: E402
from followups.rules import RULES  # noqa: E402
from tests.builders import make_case  # noqa: E402
from tests.followups.conftest import AT  # noqa: E402
from tests.followups.loopback import listening  # noqa: E402
from tests.followups.mail_server import MailServer  # noqa: E402

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


def killed_while_mailing(every: int) -> dict[str, Any]:
    """Kill one sending to a real mail server at one edge after another; what it took is counted by its name."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    edge, kills, at = 1, 0, AT
    with listening(MailServer()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        while True:
            at += SHIFT
            with acting_as(the_engine("test")):
                make_case(at=at - timedelta(hours=25))
            engine.sweep(at, rules=SOME)

            def dies(at: datetime = at, edge: int = edge) -> None:
                kill_at(edge)
                delivery.dispatch(at)

            ended = outcome(in_a_child(dies))
            again = at + delivery.LEASE + timedelta(seconds=1)
            assert outcome(in_a_child(lambda again=again: delivery.dispatch(again))) == 0
            if ended == 0:
                break
            kills += 1
            edge += every
    took = Counter(
        name for each in server.taken for name in re.findall(r"Message-ID: (<.*>)", each)
    )
    return {"kills": kills, **sent(took)}


def killed_at_random(kills: int) -> dict[str, Any]:
    """Two drivers work at once; now one, now the other is killed at any moment, again and again."""
    chance = random.Random(kills)
    at = AT
    for _ in range(kills):
        at += SHIFT
        with acting_as(the_engine("test")):
            for _ in range(5):
                make_case(at=at - timedelta(hours=25))
        children = [in_a_child(lambda at=at: one_round(at)) for _ in range(2)]
        time.sleep(chance.uniform(0, 0.4))
        os.kill(chance.choice(children), signal.SIGKILL)
        for child in children:
            outcome(child)
    last = at + delivery.LEASE + timedelta(seconds=1)
    assert outcome(in_a_child(lambda: one_round(last))) == 0
    return {"owed": kills * 5 * len(SOME), "first_steps": first_steps(), **sent()}


def killed_database(kills: int) -> dict[str, Any]:
    """The database is killed in the middle of a round and started again by whoever asked for this."""
    at = AT
    ends = []
    for _ in range(kills):
        at += SHIFT
        with acting_as(the_engine("test")):
            for _ in range(20):
                make_case(at=at - timedelta(hours=25))
        child = in_a_child(lambda at=at: one_round(at))
        print("now", flush=True)  # noqa: T201 - whoever asked for this waits for it
        ends.append(outcome(child))
        assert sys.stdin.readline() == "up again\n"
        at += delivery.LEASE + timedelta(seconds=1)
        assert outcome(in_a_child(lambda at=at: one_round(at))) == 0
    return {"ends": ends, "owed": kills * 20 * len(SOME), "first_steps": first_steps(), **sent()}


def first_steps() -> int:
    """How many first steps were made; each is there once, says the database."""
    with acting_as(the_engine("test")):
        return Step.objects.filter(rung=1).count()


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
    owed = rounds * 20 * len(SOME)
    return {"ends": ends, "first_steps": first_steps(), "owed": owed, **sent()}


def sent(took: "Counter[str] | None" = None) -> dict[str, Any]:
    """How many messages did not go out, and how often one did so again; `took` is what a mail server had."""
    with acting_as(the_engine("test")):
        went = took or Counter(OutboxMessage.objects.values_list("message_id", flat=True))
        named = set(Notice.objects.filter(channel="email").values_list("message_id", flat=True))
        left = Notice.objects.exclude(state="accepted").count()
    return {"lost": len(named - set(went)), "again": sum(went.values()) - len(went), "left": left}


if __name__ == "__main__":
    mode = {
        "killed": killed_everywhere,
        "killed-while-mailing": killed_while_mailing,
        "killed-at-random": killed_at_random,
        "killed-database": killed_database,
        "together": together,
    }[sys.argv[1]]
    print(json.dumps(mode(int(sys.argv[2]))))  # noqa: T201 - this is its answer
