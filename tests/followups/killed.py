"""Run as `python -m tests.followups.killed MODE`: the engine in real processes that are killed, or run at once.

A mode prints what it found as JSON. Each child process works through one round; `SIGKILL` comes at the
edge of a statement, where a crash is worst.
"""

import gc
import json
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402

import clocks  # noqa: E402 - Django must be set up first
from accounts.actors import engine as the_engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from followups import delivery, engine, tasks  # noqa: E402
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
        except BaseException:  # the fork must not go on as its parent would
            traceback.print_exc()
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
    twice: list[int] = []
    while True:
        at += SHIFT
        before = sent()["again"]
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
        twice += [edge] * (sent()["again"] - before)
        if ended == 0:
            return {"edges": edge, "kills": kills, "wrong": wrong, "twice": twice, **sent()}
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
    """Two drivers work at once while cases are logged; now one, now the other is killed at any moment."""
    chance = random.Random(kills)
    at, killed, took = AT, 0, 0.2
    for _ in range(kills):
        at += SHIFT
        with acting_as(the_engine("test")):
            for _ in range(5):
                make_case(at=at - timedelta(hours=25))
        began = time.monotonic()
        children = [in_a_child(lambda at=at: one_round(at)) for _ in range(2)]
        time.sleep(chance.uniform(0, took))
        os.kill(chance.choice(children), signal.SIGKILL)
        ends = [outcome(child) for child in children]
        took = (9 * took + time.monotonic() - began) / 10  # the moment falls anywhere in a round
        killed += ends.count(-signal.SIGKILL)
    for last in (at + delivery.LEASE + timedelta(seconds=1), at + SHIFT):  # what waits for a digest
        assert outcome(in_a_child(lambda last=last: one_round(last))) == 0
    owed = kills * 5 * len(SOME)
    return {"killed": killed, "owed": owed, "first_steps": first_steps(), **sent()}


def beat_off(every: int) -> dict[str, Any]:
    """Nobody sweeps for 72 hours; then every rung of the ladder is made up, wherever that round is killed."""
    edge, kills, at = 1, 0, AT
    wrong: list[Any] = []
    while True:
        with acting_as(the_engine("test")):
            made = [make_case(at=at - timedelta(hours=25)).pk for _ in range(3)]
        one_round(at)
        with acting_as(the_engine("test")):
            before = list(OutboxMessage.objects.values_list("pk", flat=True))
        at += timedelta(hours=72)

        def dies(at: datetime = at, edge: int = edge) -> None:
            kill_at(edge)
            one_round(at)

        ended = outcome(in_a_child(dies))
        at += delivery.LEASE + timedelta(seconds=1)
        assert outcome(in_a_child(lambda at=at: one_round(at))) == 0
        with acting_as(the_engine("test")):
            steps = Step.objects.filter(followup__case__in=made)
            found = Counter(steps.values_list("followup__rule", "rung"))
            went = OutboxMessage.objects.exclude(pk__in=before)
            mails = Counter(went.values_list("to", flat=True))
        if found != Counter({(rule, rung): len(made) for rule in SOME for rung in (1, 2, 3)}):
            wrong.append([edge, str(found)])
        if max(mails.values()) > 1 + (ended != 0):
            wrong.append([edge, str(mails)])
        if ended == 0:
            return {"kills": kills, "wrong": wrong, **sent()}
        kills += 1
        edge += every
        at += SHIFT


def clock_moved(moves: int) -> dict[str, Any]:
    """The clock is put forward and back by days; of two drivers at once one is minutes behind the other."""
    chance = random.Random(moves)
    ends, at, last = [], AT, AT
    for _ in range(moves):
        at += chance.uniform(-3, 5) * timedelta(days=1)
        last = max(at, last)
        with acting_as(the_engine("test")):
            for _ in range(5):
                make_case(at=at - timedelta(hours=25))
        behind = at - chance.uniform(0, 0.9) * delivery.LEASE
        children = [in_a_child(lambda then=then: by_the_clock(then)) for then in (at, behind)]
        ends += [outcome(child) for child in children]
    ends.append(outcome(in_a_child(lambda: by_the_clock(last + SHIFT))))
    return {"ends": ends, "owed": moves * 5 * len(SOME), "first_steps": first_steps(), **sent()}


def by_the_clock(at: datetime) -> None:
    """A tick of a process whose clock shows that time."""
    RULES.clear()
    RULES.update(SOME)
    with clocks.frozen(at):
        tasks.turn()


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


def swept_often(sweeps: int) -> dict[str, Any]:
    """One process sweeps again and again, while now and then a case is logged: what it has come to keep in mind.

    The first fifth fills what is kept on purpose: modules, and statements that were put together.
    """
    at, began = AT, (0, 0)
    for number in range(sweeps):
        at += timedelta(seconds=30)
        if number % 10 == 0:
            with acting_as(the_engine("test")):
                make_case(at=at - timedelta(hours=25))
        with clocks.frozen(at):
            tasks.turn()
        if number == sweeps // 5:
            began = kept()
    objects, most = kept()
    return {"objects": objects - began[0], "peak": most / began[1]}


def kept() -> tuple[int, int]:
    """How many objects there are, and the most memory that this process ever had."""
    engine._compiled.cache_clear()
    gc.collect()
    return len(gc.get_objects()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


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
        "beat-off": beat_off,
        "clock-moved": clock_moved,
        "swept-often": swept_often,
        "together": together,
    }[sys.argv[1]]
    print(json.dumps(mode(int(sys.argv[2]))))  # noqa: T201 - this is its answer
