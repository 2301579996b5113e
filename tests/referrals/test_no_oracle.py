"""Two agencies: each other's ids, wherever they are sent, look like none, and nothing tells the one from the other.

What could be timed is what the database is asked, so that is compared, and not the time of a busy machine.
"""

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from referrals.api.examples import ASKS
from referrals.models import SupportReferral
from tests.cast import Cast
from tests.house.routes import routes
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import make_draft, make_in, make_sent, make_service

# Each address that has an id in it: how it is asked, and with what.
ADDRESSES = {
    "referrals:api-referral": [("GET", "")],
    "referrals:api-accept": [("POST", "accept_referral")],
    "referrals:api-decline": [("POST", "decline_referral")],
    "referrals:api-ask": [("POST", "ask_referral")],
    "referrals:api-first-contact": [("POST", "first_contact_referral")],
    "referrals:api-review": [("POST", "review_referral")],
    "referrals:api-complete": [("POST", "complete_referral")],
    "referrals:api-end": [("POST", "end_referral")],
    "referrals:api-service": [("GET", ""), ("PUT", "change_service")],
    "referrals:api-capacity": [("POST", "tell_capacity")],
}
WITH_IDS = {
    route.name: route
    for route in routes()
    # The public directory has no caller: whatever is in it is everybody's.
    if route.api and route.parameters and not route.name.startswith("referrals:api-open-")
}
ASKED = [(name, method, body) for name, ways in ADDRESSES.items() for method, body in ways]
OF_ONE_REQUEST = {"X-Correlation-Id", "RateLimit", "Content-Length"}
LITERAL = re.compile(r"'(?:[^']|'')*'|\bs\d+_x\d+\b|\b\d+(?:\.\d+)?\b")


@pytest.fixture
def harbour(cast: Cast) -> Caller:
    cache.clear()
    return caller("harbour")


def asked(harbour: Caller, name: str, method: str, body: str, pk: UUID) -> tuple[Any, list[str]]:
    """The answer, and every statement without its values."""
    address = re.sub(r"[0-9a-f-]{36}", str(pk), WITH_IDS[name].path)
    cache.clear()
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
        "review": "in_progress",
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


def test_anothers_ids_in_a_body_do_nothing(harbour: Caller) -> None:
    theirs, service = make_sent(slug="beacon"), make_service("beacon")
    answers = []
    for other, offer in ((theirs.pk, service.pk), (uuid4(), uuid4())):
        body = ASKS["accept_referral"] | {
            "id": str(other),
            "referral": str(other),
            "agency": str(theirs.agency_id),
            "service": str(offer),
        }
        answers.append(harbour.act(make_sent().pk, "accept", body).json())
    of_the_row = {"id", "sent_at", "opened_at", "accepted_at", "due_at", "shared"}
    bare = [{name: body[name] for name in set(body) - of_the_row} for body in answers]
    assert bare[0] == bare[1]
    assert SupportReferral.objects.get(pk=theirs.pk).version == theirs.version


def test_anothers_cursor_shows_ones_own_and_nothing_of_theirs(cast: Cast, harbour: Caller) -> None:
    own = {str(make_sent().pk) for _ in range(3)}
    for _ in range(3):
        make_sent(slug="beacon")
    theirs = caller("beacon").get("/api/v1/referrals?page_size=1").json()["next"]
    query = theirs.split("?")[1]
    with CaptureQueriesContext(connection) as with_theirs:
        shown = harbour.get(f"/api/v1/referrals?{query}").json()
    assert {row["id"] for row in shown["results"]} <= own
    ours = harbour.get("/api/v1/referrals?page_size=1").json()["next"].split("?")[1]
    with CaptureQueriesContext(connection) as with_ours:
        harbour.get(f"/api/v1/referrals?{ours}")
    assert [LITERAL.sub("?", query["sql"]) for query in with_theirs] == [
        LITERAL.sub("?", query["sql"]) for query in with_ours
    ]


@pytest.mark.parametrize("after", [0, 1, 2, 10**6])
def test_anothers_number_of_an_event_is_a_number_and_no_more(harbour: Caller, after: int) -> None:
    make_sent(slug="beacon")
    reader = caller("harbour", "events:read")
    answer = reader.get(f"/api/v1/events?after={after}")
    assert (answer.status_code, answer.json()["results"]) == (200, [])
