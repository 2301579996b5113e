"""Two hundred agencies that poll and twenty referrals a second, through the whole stack: pages, API, engine, database.

`python -m bench.load` loads its own rows and measures this alone. What is asked is due at an instant, and its time
counts from there: a server that falls behind is not asked less often. An agency reads each referral of which it learns.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from threading import local
from typing import Any
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
from followups.models import Heartbeat
from pages.answers import Answer
from referrals import actions
from referrals.models import NoContactReason, Service, ToldTo
from victims.models import AgeBand, ConsentEvent, ConsentOutcome, Purpose, RiskLevel

SECONDS = int(os.environ.get("BENCH_LOAD_SECONDS", "60"))
CLIENTS = int(os.environ.get("BENCH_LOAD_CLIENTS", "200"))
A_SECOND = int(os.environ.get("BENCH_LOAD_RATE", "20"))
POLLS_EVERY = 30  # seconds
ALLOWED_MS = 300.0
KINDS = {"poll": "polls", "read": "referrals read", "send": "referrals sent"}
Taken = dict[str, list[float]]
Due = tuple[float, str, Any]
SENDERS = [f"bench{unit}" for unit in range(40)]
LEFT_BEHIND = 120  # seconds after which an event that has not come is lost
CSRF = "c" * 32
HIDDEN = re.compile(r'<input type="hidden" name="(version|checked)" value="([^"]*)"')


@dataclass
class Client:
    """One agency's own system: it asks what happened after the last thing that it knows, and reads what is new."""

    port: int
    key: tuple[str, str]
    token: str = ""
    after: int = 0
    read: set[str] = field(default_factory=set)

    def sign_in(self) -> None:
        """A token for ten minutes."""
        pair = b64encode(":".join(self.key).encode()).decode()
        given = urlencode(
            {"grant_type": "client_credentials", "scope": "events:read referrals:read"}
        )
        said = self._ask("POST", "/api/v1/token", given, f"Basic {pair}")
        self.token = json.loads(said)["access_token"]

    def poll(self) -> list[str]:
        """Which referrals came; no event may be missing in between."""
        said = self.get(f"/api/v1/events?after={self.after}")
        for event in said["results"]:
            if event["sequence"] != self.after + 1:
                raise SystemExit(f"After event {self.after} came {event['sequence']}.")
            self.after = event["sequence"]
        sent = [event for event in said["results"] if event["type"] == "referral.sent"]
        return [event["data"]["referral_id"] for event in sent]

    def look(self, referral: str) -> None:
        """The referral is read."""
        if self.get(f"/api/v1/referrals/{referral}")["id"] != referral:
            raise SystemExit(f"Another referral was shown for {referral}.")
        self.read.add(referral)

    def get(self, path: str) -> Any:
        """What is answered to this agency."""
        return json.loads(self._ask("GET", path, "", f"Bearer {self.token}"))

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
        self.checked: dict[str, str] = {}

    def look(self, referral: str, cookie: str) -> None:
        """They read the page before they press: it carries the mark of what they checked, and that alone is sent."""
        page = self._ask("GET", f"/referral/{referral}/check", cookie, 200, self.port)
        fields = dict(HIDDEN.findall(page.decode()))
        given = {name: fields[name] for name in ("version", "checked")}
        self.checked[referral] = urlencode(given)

    def send(self, referral: str, cookie: str, *, port: int | None = None) -> None:
        """The referral that was prepared is sent; at another port, by the bare view."""
        path = f"/bare/send/{referral}" if port else f"/referral/{referral}/check"
        given = "" if port else self.checked[referral]
        self._ask("POST", path, cookie, 302, port or self.port, given)

    def _ask(
        self, method: str, path: str, cookie: str, expected: int, port: int, given: str = ""
    ) -> bytes:
        links = vars(self.kept).setdefault("links", {})
        if port not in links:
            links[port] = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": f"{cookie}; csrf={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        links[port].request(method, path, given, headers)
        answer = links[port].getresponse()
        body = answer.read()
        if answer.status != expected:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        return body


def measure(*, rounds: int, times: int) -> list[Row]:
    """The minute of load against the time allowed; then one of each against the same rows from a bare view."""
    os.environ |= {"RATE_TOKEN": "100000/min", "RATE_READ": "100000/s"}
    loud, quiet = SECONDS * A_SECOND, 2 * (rounds * times + 1)
    print(f"Preparing {loud + quiet:,} referrals to {CLIENTS} agencies.", flush=True)
    agencies = [_agency(number) for number in range(CLIENTS)]
    drafts = _drafts([service for service, _key in agencies], loud + quiet)
    with served("config.settings") as port, served("bench.settings") as bare:
        clients = [Client(port, key) for _service, key in agencies]
        officers = Officers(port)
        with _engine():
            for client in clients:
                client.sign_in()
            with ThreadPoolExecutor(16) as threads:
                list(threads.map(lambda one: officers.look(*one), drafts))
            print(f"{SECONDS} seconds of load.", flush=True)
            began = time.process_time()
            taken = _loaded(clients, officers, drafts[:loud])
            spent = time.process_time() - began
            _wait_for_all(clients, {referral for referral, _cookie in drafts[:loud]})
        under_load = _rows(taken, spent)
        for row in under_load:
            print(f"{row.what}: {row.ours.p50:.0f} / {row.ours.p95:.0f} ms ({row.notes})")
        return [
            *under_load,
            *_quiet(clients[0], officers, bare, drafts[loud:], rounds, times),
        ]


def _agency(number: int) -> tuple[Service, tuple[str, str]]:
    """An agency with a service for everybody, and the key of its own system."""
    agency = Agency.objects.create(slug=f"load-{number}", name=f"Load agency {number}")
    worker = Actor(kind=ActorKind.AGENCY, name="bench", agency_id=agency.pk)
    with acting_as(worker):
        service = Service.objects.create(agency=agency, name="Outreach", needs=["outreach"])
    application = Application(
        agency=agency,
        name=f"load {number}",
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
    """The engine beside it all, past its first round and all of its nightly check."""
    running = subprocess.Popen(
        [sys.executable, "manage.py", "followups", "--loop"],
        env=os.environ | {"HOLDFAST_ROLE": "engine"},
    )
    try:
        print("The engine's first round.", flush=True)
        while not Heartbeat.objects.filter(stage="night").exists():
            if running.poll() is not None:
                raise SystemExit("The engine stopped; its words are above.")
            time.sleep(1)
        yield
    finally:
        running.terminate()
        running.wait(30)


def _loaded(clients: list[Client], officers: Officers, drafts: list[tuple[str, str]]) -> Taken:
    """Milliseconds of each request, from the instant at which it was due."""
    sends: list[Due] = [
        (number / A_SECOND, "send", partial(officers.send, *one))
        for number, one in enumerate(drafts)
    ]
    polls: list[Due] = [
        (number * POLLS_EVERY / len(clients) + again, "poll", client)
        for number, client in enumerate(clients)
        for again in range(0, SECONDS, POLLS_EVERY)
    ]
    taken: Taken = {"poll": [], "read": [], "send": []}
    began = time.perf_counter()

    def timed(at: float, kind: str, act: Callable[[], object]) -> object:
        came = act()
        taken[kind].append((time.perf_counter() - began - at) * 1000)
        return came

    def ask(at: float, kind: str, who: Any) -> None:
        if kind == "send":
            timed(at, kind, who)
            return
        for referral in timed(at, kind, who.poll):
            timed(time.perf_counter() - began, "read", partial(who.look, referral))

    with ThreadPoolExecutor(64) as threads:
        waiting = []
        for at, kind, who in sorted(sends + polls, key=lambda each: each[0]):
            if at < SECONDS:
                time.sleep(max(0.0, at - (time.perf_counter() - began)))
                waiting.append(threads.submit(ask, at, kind, who))
        for each in waiting:
            each.result()
    return taken


def _wait_for_all(clients: list[Client], sent: set[str]) -> None:
    """Every referral that was sent was read by its agency, or the measuring stops."""
    until = time.monotonic() + LEFT_BEHIND
    while True:
        for client in clients:
            for referral in client.poll():
                client.look(referral)
        lost = sent - {referral for client in clients for referral in client.read}
        if not lost:
            return
        if time.monotonic() > until:
            raise SystemExit(f"{len(lost)} of {len(sent)} referrals never came to their agency.")
        time.sleep(5)


def _rows(taken: Taken, spent: float) -> list[Row]:
    """All requests, and those of each kind: 95 of 100 are answered in the time allowed."""
    every = [each for times in taken.values() for each in times]
    load = f"{CLIENTS} agencies polling, {A_SECOND} referrals a second for {SECONDS} s"
    notes = f"{len(every):,} requests, none lost; the callers took {spent:.0f} s of processor time"
    return [
        _row(load, every, notes),
        *(
            _row(f"- of these: {words}", taken[kind], f"{len(taken[kind]):,}")
            for kind, words in KINDS.items()
            if taken[kind]
        ),
    ]


def _row(what: str, taken: list[float], notes: str) -> Row:
    side, allowed = Side(tuple(taken)), Side((ALLOWED_MS,))
    notes = f"p95; p99 {side.p99:,.0f} ms; {notes}"
    ratio = side.p95 / ALLOWED_MS
    return Row(what, f"{ALLOWED_MS:.0f} ms", side, allowed, ratio, 1.0, notes)


def _quiet(
    client: Client,
    officers: Officers,
    bare: int,
    drafts: list[tuple[str, str]],
    rounds: int,
    times: int,
) -> list[Row]:
    """One of each kind, with nothing else to do, beside a bare view of the same rows."""
    theirs, mine, other = Client(bare, client.key), iter(drafts[::2]), iter(drafts[1::2])
    agency, referral = _agency_of(client), max(client.read)
    events = f"/bare/events?{urlencode({'agency': agency})}"
    first, shown = "/api/v1/events?after=0", f"/api/v1/referrals/{referral}"
    polled, read = client.get(first), client.get(shown)
    plain = theirs.get(f"/bare/referral/{referral}")
    if polled["results"] != theirs.get(events)["results"]:
        raise SystemExit("The poll and the bare view do not show the same events.")
    if plain != {name: read[name] for name in plain}:
        raise SystemExit("The referral and the bare view do not show the same.")
    sides = (
        (
            "An agency's poll",
            "the same rows as JSON from a bare view",
            f"{len(polled['results'])} events",
            5.0,
            lambda: client.get(first),
            lambda: theirs.get(events),
        ),
        (
            "An agency reads a referral",
            "the same row as JSON from a bare view",
            "not yet accepted",
            10.0,
            lambda: client.get(shown),
            lambda: theirs.get(f"/bare/referral/{referral}"),
        ),
        (
            "A referral is sent",
            "the same rows written by a bare view",
            "asking nothing first",
            8.0,
            lambda: officers.send(*next(mine)),
            lambda: officers.send(*next(other), port=bare),
        ),
    )
    return [
        compare(what, against, ours, same, budget=budget, rounds=rounds, times=times, notes=notes)
        for what, against, notes, budget, ours, same in sides
    ]


def _agency_of(client: Client) -> str:
    return str(Application.objects.get(client_id=client.key[0]).agency_id)


if __name__ == "__main__":
    from bench.__main__ import CASES, ROUNDS, TIMES, _manage, _report

    _manage("load_deadlines", "--verbosity=0")
    _manage("bench_data", "--cases", str(CASES))
    sys.exit(_report(measure(rounds=ROUNDS, times=TIMES)))
