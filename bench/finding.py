"""Finding a person among all the others: every way of writing them over HTTP, and the plain name at the database.

These two budgets are times, not ratios [architecture 10]: the bare side of each row is the time allowed.
"""

import http.client
import re
import time
from datetime import timedelta
from itertools import cycle
from urllib.parse import urlencode

from django.db import connection

import clocks
from accounts.actors import Actor
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import User
from bench.measure import Row, Side
from bench.servers import served, sign_in
from casework import finding
from casework.actions import person
from casework.models import Case
from pages.answers import Answer
from victims.models import Channel

SEARCHER = "bench0"
ALLOWED_MS, ALLOWED_PLAIN_MS = 500.0, 15.0
# The person who is looked for, who is planted among the others, and how they are typed.
PLANTED = {"called": "John Quillfeather", "born_on": "1990-02-01"}
PHONE = "07700 900 731"
TYPED = [
    "John Quillfeather",
    "Jon Quilfether",
    "quillfeather john",
    "Jon Quillfeather 02/01/1990",
    "Джон Квиллфезер 01/02/1990",
    "جون 1 February 1990",
    "Jón Quillfeather",
    "Quillfeath",
    "+44 7700 900731",
    "Mohammed Ali",
    "محمد علي",
    "Mai Nguyen",
    "Наталья Новак",
    "07700 900123",
    "Nonesuch Lane",
    "1990-02-01",
    "HF-B000123",
]
MUST_FIND = 9  # the first so many find the planted person


def measure(*, rounds: int, times: int) -> list[Row]:
    """The page with every way of typing; then the function with a plain name."""
    by = actor_of(User.objects.get(username=SEARCHER), clocks.now())
    reference = _plant(by)
    with served("config.settings") as port:
        page = _Finder(port, sign_in(SEARCHER))
        missed = [
            words for words in TYPED[:MUST_FIND] if reference.encode() not in page.post(words)
        ]
        if missed:
            raise SystemExit(f"Not found: {missed}")
        words = cycle(TYPED)
        pages = [_took(lambda: page.post(next(words))) for _ in range(rounds * len(TYPED))]
    plain = _plain(by, rounds * times)
    return [
        _row(f"Find a person, {len(TYPED)} ways of typing", "p95, as a page", pages, ALLOWED_MS),
        _row("Find a person, plain name", "p50, at the database", plain, ALLOWED_PLAIN_MS),
    ]


def _row(what: str, notes: str, taken: list[float], allowed: float) -> Row:
    side = Side(tuple(taken))
    judged = side.p95 if "p95" in notes else side.p50
    return Row(what, f"{allowed:.0f} ms", side, Side((allowed,)), judged / allowed, 1.0, notes)


def _plain(by: Actor, times: int) -> list[float]:
    sought = finding.read(TYPED[0])
    with acting_as(by), connection.cursor() as cursor:

        def ask() -> None:
            cursor.execute(
                "SELECT * FROM casework_find(%s, %s, %s, %s::text[], %s::bigint[], %s::bigint[], NULL)",
                sought.asked(),
            )
            cursor.fetchall()

        ask()
        return [_took(ask) for _ in range(times)]


def _took(act: object) -> float:
    began = time.perf_counter()
    act()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000


def _plant(by: Actor) -> str:
    with acting_as(by):
        case = Case.objects.visible_to(by).select_related("victim").order_by("reference")[0]
        for name, value in PLANTED.items():
            setattr(case.victim, name, value)
        case.victim.save(update_fields=list(PLANTED))
        person.set_safe_contact(
            case=case,
            by=by,
            channel=Channel.PHONE,
            safe=Answer.YES,
            review_on=clocks.today() + timedelta(days=28),
            details=PHONE,
        )
    return str(case.reference)


class _Finder:
    """One kept-alive connection of somebody who searches."""

    def __init__(self, port: int, cookie: str) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = cookie
        answer, body = self._ask("GET", "")
        self.cookie += "; " + answer.headers["Set-Cookie"].split(";")[0]
        found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', body)
        assert found is not None
        self.token = found[1].decode()

    def post(self, words: str) -> bytes:
        """What the page answers."""
        given = urlencode({"csrfmiddlewaretoken": self.token, "sought": words})
        return self._ask("POST", given)[1]

    def _ask(self, method: str, given: str) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Cookie": self.cookie}
        if given:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self.link.request(method, "/find", given or None, headers)
        answer = self.link.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"/find answered {answer.status}: {body[:300]!r}")
        return answer, body
