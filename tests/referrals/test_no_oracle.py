"""Two agencies: each other's ids, wherever they are sent, look like none, and nothing tells the one from the other.

What could be timed is what the database is asked, so that is compared, and not the time of a busy machine.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.context import acting_as
from accounts.models import AuditEvent
from referrals.api.examples import ASKS
from referrals.api.ids import SEAL
from referrals.api.schema import document
from referrals.events import number
from tests.cast import Cast
from tests.house.routes import routes
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import make_draft, make_in, make_sent, make_service, system

# Each address that has an id in it: how it is asked, and with what.
ADDRESSES = {
    "referrals:api-referral": [("GET", "")],
    "referrals:api-accept": [("POST", "accept_referral")],
    "referrals:api-decline": [("POST", "decline_referral")],
    "referrals:api-ask": [("POST", "ask_referral")],
    "referrals:api-change-worker": [("POST", "change_worker_referral")],
    "referrals:api-first-contact": [("POST", "first_contact_referral")],
    "referrals:api-review": [("POST", "review_referral")],
    "referrals:api-complete": [("POST", "complete_referral")],
    "referrals:api-end": [("POST", "end_referral")],
    "referrals:api-voice": [("POST", "tell_voice")],
    "referrals:api-service": [("GET", ""), ("PUT", "change_service")],
    "referrals:api-capacity": [("POST", "tell_capacity")],
}
WITH_IDS = {
    route.name: route
    for route in routes()
    # The public directory has no caller: whatever is in it is everybody's. The sandbox has the same views.
    if route.api
    and route.parameters
    and not route.name.startswith(("referrals:api-open-", "referrals:api-sandbox-"))
}
ASKED = [(name, method, body) for name, ways in ADDRESSES.items() for method, body in ways]
OF_ONE_REQUEST = {"X-Correlation-Id", "RateLimit", "Content-Length"}
LITERAL = re.compile(r"'(?:[^']|'')*'|\bs\d+_x\d+\b|\b\d+(?:\.\d+)?\b")


@pytest.fixture
def harbour(cast: Cast) -> Caller:
    return caller("harbour")


def asked(harbour: Caller, name: str, method: str, body: str, pk: UUID) -> tuple[Any, list[str]]:
    """The answer, and every statement without its values."""
    address = re.sub(r"[0-9a-f-]{36}", str(pk), WITH_IDS[name].path)
    with CaptureQueriesContext(connection) as captured:
        answer = harbour.generic(
            method,
            address,
            json.dumps(ASKS[body]) if body else "",
            content_type="application/json",
            headers={"If-Match": '"1"', "Idempotency-Key": str(uuid4())},
        )
    return answer, [LITERAL.sub("?", query["sql"]) for query in captured]


def of(name: str, slug: str) -> UUID:
    """A row of that agency which the address is about, in the state that it needs."""
    if "service" in name or "capacity" in name:
        return make_service(slug).pk
    state = {
        "first-contact": "accepted",
        "change-worker": "accepted",
        "review": "in_progress",
        "voice": "in_progress",
        "complete": "in_progress",
        "end": "accepted",
    }
    return make_in(state.get(name.removeprefix("referrals:api-"), "sent"), slug=slug).pk


def test_every_address_with_an_id_is_tried() -> None:
    assert set(ADDRESSES) == set(WITH_IDS)


@pytest.mark.parametrize(("name", "method", "body"), ASKED, ids=lambda word: word or "-")
def test_anothers_id_is_answered_word_for_word_as_one_of_nothing(
    harbour: Caller, name: str, method: str, body: str
) -> None:
    theirs = of(name, "beacon")
    there, asked_there = asked(harbour, name, method, body, theirs)
    refusal = AuditEvent.objects.filter(verb="access.refused").latest("at")
    assert refusal.detail["ids"] == {"pk": str(theirs)}
    nowhere, asked_nowhere = asked(harbour, name, method, body, uuid4())
    assert there.status_code == nowhere.status_code == 404
    said = [answer.json() | {"trace_id": ""} for answer in (there, nowhere)]
    assert said[0] == said[1]
    heads = [
        {head: value for head, value in answer.headers.items() if head not in OF_ONE_REQUEST}
        for answer in (there, nowhere)
    ]
    assert heads[0] == heads[1]
    assert asked_there == asked_nowhere


@pytest.mark.parametrize(("name", "method", "body"), ASKED, ids=lambda word: word or "-")
def test_ones_own_is_there_so_that_the_comparison_could_fail(
    harbour: Caller, name: str, method: str, body: str
) -> None:
    own, asked_own = asked(harbour, name, method, body, of(name, "harbour"))
    _nowhere, asked_nowhere = asked(harbour, name, method, body, uuid4())
    assert own.status_code != 404
    assert asked_own != asked_nowhere


def test_a_draft_to_oneself_looks_like_none_too(harbour: Caller) -> None:
    name = "referrals:api-referral"
    there, asked_there = asked(harbour, name, "GET", "", make_draft().pk)
    _nowhere, asked_nowhere = asked(harbour, name, "GET", "", uuid4())
    assert there.status_code == 404
    assert asked_there == asked_nowhere


# Where else an id can be said. A number of an event is its agency's own: only one beyond the last is nothing's.
BODIES = [one for one in ASKED if one[2]]
PLACES = {
    "beside": lambda pk: {"referral_id": pk},
    "as its own": lambda pk: {"id": pk},
    "deep": lambda pk: {"about": [{"service": {"of": pk}}]},
    "as a name": lambda pk: {pk: True},
}
# Where the example is not of the referral that a test makes.
GOOD: dict[str, dict[str, Any]] = {
    "first_contact_referral": {},
    "complete_referral": {"reason": "needs_met"},
}
CURSORS = {("list_referrals", "cursor"), ("list_events", "after")}
NO_IDS = {"status", "page_size", "language"}


def test_every_place_of_an_id_is_tried() -> None:
    """A new address, body or question has to be sorted here before it can be built."""
    bodies, questions = set(), set()
    for path in document()["paths"].values():
        for told in path.values():
            if "requestBody" in told:
                bodies.add(told["operationId"])
            questions |= {
                (told["operationId"], one["name"])
                for one in told.get("parameters", ())
                if one["in"] == "query" and one["name"] not in NO_IDS
            }
    assert bodies - {"get_token"} == {body for _name, _method, body in BODIES}
    assert questions == CURSORS


def in_body(
    harbour: Caller, name: str, method: str, body: str, own: UUID, said: dict[str, Any]
) -> tuple[Any, list[str]]:
    address = re.sub(r"[0-9a-f-]{36}", str(own), WITH_IDS[name].path)
    with CaptureQueriesContext(connection) as captured:
        answer = harbour.generic(
            method,
            address,
            json.dumps(GOOD.get(body, ASKS[body]) | said),
            content_type="application/json",
            headers={"If-Match": "*", "Idempotency-Key": str(uuid4())},
        )
    return answer, [LITERAL.sub("?", query["sql"]) for query in captured]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "method", "body"), BODIES, ids=lambda word: word or "-")
def test_anothers_id_in_a_body_is_answered_as_one_of_nothing_and_nothing_is_done(
    harbour: Caller, name: str, method: str, body: str, place: str
) -> None:
    own, theirs = of(name, "harbour"), of(name, "beacon")
    said = PLACES[place]
    there, asked_there = in_body(harbour, name, method, body, own, said(str(theirs)))
    refusal = AuditEvent.objects.filter(verb="access.refused").latest("at")
    assert refusal.detail["ids"] == {"pk": str(own), "body": str(theirs)}
    nowhere, asked_nowhere = in_body(harbour, name, method, body, own, said(str(uuid4())))
    assert there.status_code == nowhere.status_code == 404
    assert there.json() | {"trace_id": ""} == nowhere.json() | {"trace_id": ""}
    assert asked_there == asked_nowhere
    assert not any("UPDATE" in sql and "referrals_" in sql for sql in asked_there)
    done, _asked = in_body(harbour, name, method, body, own, said(str(own)))
    assert done.status_code == (201 if body == "tell_voice" else 200)


def from_cursor(reader: Caller, address: str) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        answer = reader.get(address)
    return answer, [LITERAL.sub("?", query["sql"]) for query in captured]


def test_anothers_cursor_is_answered_as_one_of_nothing(cast: Cast, harbour: Caller) -> None:
    for slug in ("harbour", "beacon") * 2:
        make_sent(slug=slug)
    cursors = [
        caller(slug).get("/api/v1/referrals?page_size=1").json()["next"]
        for slug in ("harbour", "beacon")
    ]
    own, theirs = (parse_qs(urlsplit(address).query)["cursor"][0] for address in cursors)
    never = theirs[SEAL:].rjust(len(theirs), "x")
    answers = [
        from_cursor(harbour, "/api/v1/referrals?" + urlencode({"cursor": given}))
        for given in (theirs, never, own)
    ]
    assert [answer.status_code for answer, _asked in answers] == [404, 404, 200]
    assert answers[0][0].json() | {"trace_id": ""} == answers[1][0].json() | {"trace_id": ""}
    assert answers[0][1] == answers[1][1] != answers[2][1]
    refusals = AuditEvent.objects.filter(verb="access.refused").order_by("at")
    assert [row.detail["ids"]["cursor"] for row in refusals] == [theirs[:SEAL], "x" * SEAL]


def test_a_number_that_only_another_was_given_is_answered_as_one_of_nothing(cast: Cast) -> None:
    make_sent()
    for _ in range(3):
        make_sent(slug="beacon")
    number(clocks.now())
    reader = caller("harbour", "events:read")
    answers = [from_cursor(reader, f"/api/v1/events?after={after}") for after in (3, 10**6, 1, 0)]
    assert [answer.status_code for answer, _asked in answers] == [404, 404, 200, 200]
    assert answers[0][0].json() | {"trace_id": ""} == answers[1][0].json() | {"trace_id": ""}
    assert answers[0][1] == answers[1][1]
    refusals = AuditEvent.objects.filter(verb="access.refused").order_by("at")
    assert [row.detail["ids"]["after"] for row in refusals] == ["3", "1000000"]


Plan = tuple[str, int, tuple[Any, ...]]


def plan_of(sql: str) -> Plan:
    """What PostgreSQL does for a statement: each step, how many rows it gives, and the steps under it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        return _steps(cursor.fetchone()[0][0]["Plan"])


def _steps(plan: dict[str, Any]) -> Plan:
    under = tuple(_steps(step) for step in plan.get("Plans", ()))
    return (f"{plan['Node Type']} {plan.get('Index Name', '')}", plan["Actual Rows"], under)


@pytest.mark.parametrize(("name", "method", "body"), ASKED, ids=lambda word: word or "-")
def test_the_database_takes_the_same_steps_and_finds_as_many_rows(
    harbour: Caller, name: str, method: str, body: str
) -> None:
    theirs = of(name, "beacon")
    address = re.sub(r"[0-9a-f-]{36}", "{}", WITH_IDS[name].path)
    plans = []
    for pk in (theirs, uuid4()):
        with CaptureQueriesContext(connection) as captured:
            harbour.generic(
                method,
                address.format(pk),
                json.dumps(ASKS[body]) if body else "",
                content_type="application/json",
                headers={"If-Match": "*", "Idempotency-Key": str(uuid4())},
            )
        of_rows = [
            query["sql"]
            for query in captured
            if query["sql"].startswith("SELECT") and "referrals_s" in query["sql"]
        ]
        assert of_rows
        with acting_as(system()):
            plans.append([plan_of(sql) for sql in of_rows])
    assert plans[0] == plans[1]
