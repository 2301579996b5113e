"""Two hundred agencies that poll and twenty referrals a second, through the whole stack: pages, API, engine, database.

`python -m bench.load` loads its own rows and measures this alone. What is asked is due at an instant, and its time
counts from there: a server that falls behind is not asked less often.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from threading import local
from urllib.parse import urlencode

import django

if __name__ == "__main__":
    os.environ |= {"HOLDFAST_ROLE": "web", "LOG_LEVEL": "ERROR"}
    os.environ |= {"HOLDFAST_DEMO": "1", "HOLDFAST_BENCH": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()

import clocks
from accounts.actors import Actor, ActorKind
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import Agency, Application, User
from bench.measure import Row, Side, compare
from bench.servers import served, sign_in
from casework.models import Case, CaseStatus
from followups import nightly
from pages.answers import Answer
from referrals import actions
from referrals.models import NoContactReason, Service, ToldTo
from victims.models import AgeBand, ConsentEvent, ConsentOutcome, Purpose, RiskLevel

SECONDS = int(os.environ.get("BENCH_LOAD_SECONDS", "60"))
CLIENTS = int(os.environ.get("BENCH_LOAD_CLIENTS", "200"))
A_SECOND = int(os.environ.get("BENCH_LOAD_RATE", "20"))
POLLS_EVERY = 30  # seconds
ALLOWED_MS, ALLOWED_RATIO = 300.0, 5.0
SENDERS = [f"bench{unit}" for unit in range(40)]
LEFT_BEHIND = 120  # seconds after which an event that has not come is lost
WARMING = 64  # so that every worker has served the page
CSRF = "c" * 32


@dataclass
class Client:
    """One agency's own system: it asks what happened after the last thing that it knows."""

    port: int
    key: tuple[str, str]
    token: str = ""
    after: int = 0
    seen: set[str] = field(default_factory=set)

    def sign_in(self) -> None:
        """A token for ten minutes."""
        pair = b64encode(":".join(self.key).encode()).decode()
        given = urlencode({"grant_type": "client_credentials", "scope": "events:read"})
        said = self._ask("POST", "/api/v1/token", given, f"Basic {pair}")
        self.token = json.loads(said)["access_token"]

    def poll(self) -> bytes:
        """What is new; none may be missing in between."""
        said = self._ask("GET", f"/api/v1/events?after={self.after}", "", f"Bearer {self.token}")
        for event in json.loads(said)["results"]:
            if event["sequence"] != self.after + 1:
                raise SystemExit(f"After event {self.after} came {event['sequence']}.")
            self.after = event["sequence"]
            if event["type"] == "referral.sent":
                self.seen.add(event["data"]["referral_id"])
        return said

    def _ask(self, method: str, path: str, given: str, who: str) -> bytes:
        headers = {"Authorization": who, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as link:
            link.request(method, path, given or None, headers)
            answer = link.getresponse()
            body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        return body


class Officers:
    """Officers who press Send: each of their browsers keeps its connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.kept = local()

    def look(self, referral: str, cookie: str) -> None:
        """They read the page before they press, which fills what a server fills once."""
        self._ask("GET", referral, cookie, 200)

    def send(self, referral: str, cookie: str) -> None:
        """The referral that was prepared is sent."""
        self._ask("POST", referral, cookie, 302)

    def _ask(self, method: str, referral: str, cookie: str, expected: int) -> None:
        if not hasattr(self.kept, "link"):
            self.kept.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{cookie}; csrf={CSRF}", "X-CSRFToken": CSRF}
        self.kept.link.request(method, f"/referral/{referral}/check", "", headers)
        answer = self.kept.link.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise SystemExit(f"The check page answered {answer.status}: {body[:300]!r}")


def measure(*, rounds: int, times: int) -> list[Row]:
    """The minute of load against the time allowed; then one poll against the same rows from a bare view."""
    os.environ |= {"RATE_TOKEN": "100000/min", "RATE_READ": "100000/s"}
    print(f"Preparing {SECONDS * A_SECOND:,} referrals to {CLIENTS} agencies.", flush=True)
    agencies = [_agency(number) for number in range(CLIENTS)]
    drafts = _drafts([service for service, _key in agencies], SECONDS * A_SECOND)
    with served("config.settings") as port, served("bench.settings") as bare, _engine():
        clients = [Client(port, key) for _service, key in agencies]
        for client in clients:
            client.sign_in()
        officers = Officers(port)
        with ThreadPoolExecutor(16) as threads:
            list(threads.map(lambda one: officers.look(*one), drafts[:WARMING]))
        print(f"{SECONDS} seconds of load.", flush=True)
        taken = _loaded(clients, officers, drafts)
        sent = {referral for referral, _cookie in drafts}
        _wait_for_all(clients, sent)
        allowed = _row(taken, f"{len(taken):,} requests, none lost")
        return [allowed, _poll(clients[0], str(agencies[0][0].agency_id), bare, rounds, times)]


def _agency(number: int) -> tuple[Service, tuple[str, str]]:
    """An agency with a service for everybody, and the key of its own system."""
    agency = Agency.objects.create(slug=f"bench-{number}", name=f"Bench agency {number}")
    worker = Actor(kind=ActorKind.AGENCY, name="bench", agency_id=agency.pk)
    with acting_as(worker):
        service = Service.objects.create(agency=agency, name="Outreach", needs=["outreach"])
    application = Application(
        agency=agency,
        name=f"bench {number}",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret="s" * 40,
    )
    application.save()
    return service, (application.client_id, "s" * 40)


def _drafts(services: list[Service], wanted: int) -> list[tuple[str, str]]:
    """So many referrals that are ready to be sent, to the agencies in turn, and the cookie of whoever sends each."""
    made: list[tuple[str, str]] = []
    turn, share = cycle(services), -(-2 * wanted // len(SENDERS))  # not every unit has adults
    for name in SENDERS:
        by, cookie = actor_of(User.objects.get(username=name), clocks.now()), sign_in(name)
        with acting_as(by):
            for case in _cases(by, share):
                service = next(turn)
                draft = actions.draft_referral(
                    case=case, service=service, needs=["outreach"], urgent=False, by=by
                )
                actions.choose_items(
                    referral=draft,
                    items=draft.items,
                    legal_basis="",
                    told_to=ToldTo.WORKER,
                    no_contact_reason=NoContactReason.THROUGH_US,
                    by=by,
                )
                made.append((str(draft.pk), cookie))
    if len(made) < wanted:
        raise SystemExit(f"{wanted} cases are needed to refer; there are {len(made)}.")
    # One after the other of different officers, as they come in life.
    return [made[at] for at in sorted(range(len(made)), key=lambda at: (at % share, at))][:wanted]


def _cases(by: Actor, wanted: int) -> list[Case]:
    """Open cases of adults of whom everything is said that a referral needs, and who agreed to it."""
    open_ones = Case.objects.visible_to(by).exclude(
        status__in=[CaseStatus.DRAFT, CaseStatus.CLOSED]
    )
    cases = list(
        open_ones.filter(victim__age_band=AgeBand.ADULT)
        .select_related("victim", "scope")
        .order_by("reference")[:wanted]
    )
    at = clocks.now()
    for case in cases:
        case.victim.interpreter, case.victim.risk = Answer.NO, RiskLevel.STANDARD
        case.victim.save(update_fields=["interpreter", "risk"])
        ConsentEvent.objects.create(
            scope=case.scope,
            victim=case.victim,
            purpose=Purpose.AGENCY,
            outcome=ConsentOutcome.GIVEN,
            decided_at=at,
            recorded_at=at,
            explained_by_id=by.id,
        )
    return cases


@contextmanager
def _engine() -> Iterator[None]:
    """The engine beside it all, past its first round and its nightly report."""
    running = subprocess.Popen(
        [sys.executable, "manage.py", "followups", "--loop"],
        env=os.environ | {"HOLDFAST_ROLE": "engine"},
    )
    try:
        print("The engine's first round.", flush=True)
        while nightly.made_at() is None:
            if running.poll() is not None:
                raise SystemExit("The engine stopped; its words are above.")
            time.sleep(1)
        yield
    finally:
        running.terminate()
        running.wait(30)


def _loaded(
    clients: list[Client], officers: Officers, drafts: list[tuple[str, str]]
) -> list[float]:
    """Milliseconds of each request, from the instant at which it was due."""
    due: list[tuple[float, Callable[[], object]]] = [
        (number / A_SECOND, lambda one=one: officers.send(*one))
        for number, one in enumerate(drafts)
    ]
    for number, client in enumerate(clients):
        first = number * POLLS_EVERY / len(clients)
        due += [
            (first + again, client.poll)
            for again in range(0, SECONDS, POLLS_EVERY)
            if first + again < SECONDS
        ]
    due.sort(key=lambda each: each[0])
    began = time.perf_counter()

    def timed(at: float, act: Callable[[], object]) -> float:
        act()
        return (time.perf_counter() - began - at) * 1000

    with ThreadPoolExecutor(64) as threads:
        waiting = []
        for at, act in due:
            time.sleep(max(0.0, at - (time.perf_counter() - began)))
            waiting.append(threads.submit(timed, at, act))
        return [each.result() for each in waiting]


def _wait_for_all(clients: list[Client], sent: set[str]) -> None:
    """Every referral that was sent has come to its agency, or the measuring stops."""
    until = time.monotonic() + LEFT_BEHIND
    while True:
        for client in clients:
            client.poll()
        lost = sent - {referral for client in clients for referral in client.seen}
        if not lost:
            return
        if time.monotonic() > until:
            raise SystemExit(f"{len(lost)} of {len(sent)} referrals never came to their agency.")
        time.sleep(5)


def _row(taken: list[float], notes: str) -> Row:
    side = Side(tuple(taken))
    what = f"{CLIENTS} agencies polling, {A_SECOND} referrals a second for {SECONDS} s"
    allowed = Side((ALLOWED_MS,))
    return Row(
        what,
        f"{ALLOWED_MS:.0f} ms",
        side,
        allowed,
        side.p95 / ALLOWED_MS,
        1.0,
        f"p95; {notes}",
    )


def _poll(client: Client, agency: str, bare: int, rounds: int, times: int) -> Row:
    client.after = 0
    theirs = Client(bare, client.key, client.token)
    path = f"/bare/events?{urlencode({'agency': agency})}"
    ours, same = json.loads(client.poll()), json.loads(theirs._ask("GET", path, "", ""))
    if ours["results"] != same["results"]:
        raise SystemExit("The poll and the bare view do not show the same events.")

    def from_the_first() -> None:
        client.after = 0
        client.poll()

    return compare(
        "An agency's poll",
        "the same rows as JSON from a bare view",
        from_the_first,
        lambda: theirs._ask("GET", path, "", ""),
        budget=ALLOWED_RATIO,
        rounds=rounds,
        times=times,
        notes=f"{len(same['results'])} events",
    )


if __name__ == "__main__":
    from bench.__main__ import CASES, ROUNDS, TIMES, _manage, _report

    _manage("load_deadlines", "--verbosity=0")
    _manage("bench_data", "--cases", str(CASES))
    sys.exit(_report(measure(rounds=ROUNDS, times=TIMES)))
