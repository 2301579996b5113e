"""The agencies' API: each address against no token, wrong scope, another agency, replay, wrong state, stale."""

import base64
import hashlib
import json
import re
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field

import clocks
from accounts.models import AuditEvent
from config.logs import AllowListFormatter, RequestFilter
from referrals import actions
from referrals.api import views
from referrals.api.changelog import ENTRIES
from referrals.api.deprecation import Deprecation
from referrals.api.docs import _operations
from referrals.api.fields import NumberField, TextField, YesNoField
from referrals.api.schema import document
from referrals.events import number
from referrals.models import SupportReferral
from referrals.views import inbox
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.api_client import ALL, FORM, Caller, caller, key
from tests.referrals.builders import (
    agree,
    make_draft,
    make_in,
    make_safe_contact,
    make_sent,
    officer,
    system,
)

PROBLEM = "application/problem+json"
JSON = "application/json"
ACTS: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    # name: state it begins in, good body, bad body, pointer of what is bad
    "accept": ("sent", {"worker_name": "Hana Wells"}, {"worker_name": ""}, "/worker_name"),
    "decline": ("sent", {"reason": "no_capacity"}, {"reason": "x"}, "/reason"),
    "ask": ("sent", {"text": "Which day?"}, {"text": 5}, "/text"),
    "change-worker": ("accepted", {"worker_name": "Noor"}, {"worker_name": " "}, "/worker_name"),
    "first-contact": ("accepted", {}, {"contact_at": "soon"}, "/contact_at"),
    "review": ("in_progress", {"finding": "as_planned"}, {"finding": "x"}, "/finding"),
    "complete": ("in_progress", {"reason": "needs_met"}, {"reason": ""}, "/reason"),
    "end": ("accepted", {"reason": "lost_contact"}, {}, "/reason"),
}
WRONG_STATE = {
    "accept": "declined",
    "decline": "accepted",
    "ask": "accepted",
    "first-contact": "sent",
    "change-worker": "opened",
    "review": "accepted",
    "complete": "accepted",
    "end": "sent",
}


@pytest.fixture
def harbour(cast: Cast) -> Caller:
    return caller("harbour")


def is_problem(answer: Any, status: int, slug: str) -> bool:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    assert body["type"] == f"/api/v1/problems/{slug}"
    assert body["status"] == status
    assert body["trace_id"]
    assert body["fault"] == ("ours" if status >= 500 or slug == "in-flight" else "yours")
    return Client().get(body["type"]).status_code == 200


def test_a_key_gives_a_token_for_ten_minutes_that_is_kept_as_a_hash_only(cast: Cast) -> None:
    made = key("harbour")
    form = {
        "grant_type": "client_credentials",
        "client_id": made.client_id,
        "client_secret": made.secret,
        "scope": ALL,
    }
    answer = Client().post("/api/v1/token", urlencode(form), content_type=FORM)
    token = answer.json()["access_token"]
    assert Caller(token).get("/api/v1/referrals").status_code == 200
    kept = made.application.accesstoken_set.get()
    assert kept.token in {"", None}
    assert 590 < (kept.expires - kept.created).total_seconds() <= 601


def test_a_wrong_key_gets_no_token_and_is_written_down(cast: Cast) -> None:
    made = key("harbour")
    pair = base64.b64encode(f"{made.client_id}:wrong".encode()).decode()
    answer = Client().post(
        "/api/v1/token",
        "grant_type=client_credentials",
        content_type=FORM,
        headers={"Authorization": f"Basic {pair}"},
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert AuditEvent.objects.filter(verb="access.refused", detail__tried="token.get").exists()


def test_only_client_credentials_give_a_token(cast: Cast) -> None:
    made = key("harbour")
    for grant in ("password", "authorization_code", "implicit", ""):
        body = {
            "grant_type": grant,
            "client_id": made.client_id,
            "client_secret": made.secret,
            "username": "olu",
            "password": "x",
        }
        assert Client().post("/api/v1/token", urlencode(body), content_type=FORM).status_code == 400


def test_the_list_shows_own_referrals_newest_first_and_no_person(harbour: Caller) -> None:
    case = make_case(victim=make_victim(called="Planted Name"))
    agree(case)
    first, second = make_sent(case), make_sent()
    make_draft(make_case())
    make_sent(make_case(), "beacon")
    body = harbour.get("/api/v1/referrals").json()
    assert [row["id"] for row in body["results"]] == [str(second.pk), str(first.pk)]
    assert "Planted" not in str(body)
    row = body["results"][0]
    assert (row["status"], row["turn"], row["due_in_working_days"]) == ("sent", "agency", 1)
    assert row["due_at"].endswith("Z")


def test_the_list_is_read_page_by_page_each_row_once(harbour: Caller) -> None:
    made = {str(make_sent().pk) for _ in range(5)}
    seen: list[str] = []
    address = "/api/v1/referrals?page_size=2"
    while address:
        body = harbour.get(address).json()
        seen += [row["id"] for row in body["results"]]
        address = body["next"]
    assert (len(seen), set(seen)) == (5, made)


@pytest.mark.parametrize(
    "query",
    [
        *("status=draft", "status=%00", "status=", "cursor=z,z", "cursor=%00", "page_size=101"),
        *("page_size=0", "page_size=-1", "page_size=", "page_size=ten", "page_size=%D9%A1"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(harbour: Caller, query: str) -> None:
    assert is_problem(harbour.get(f"/api/v1/referrals?{query}"), 400, "invalid")


def test_the_list_can_be_asked_by_state(harbour: Caller) -> None:
    sent, accepted = make_sent(), make_in("accepted")
    for status, wanted in (("sent", sent), ("accepted", accepted)):
        body = harbour.get(f"/api/v1/referrals?status={status}").json()
        assert [row["id"] for row in body["results"]] == [str(wanted.pk)]
    harbour.get(f"/api/v1/referrals/{sent.pk}")
    body = harbour.get("/api/v1/referrals?status=opened").json()
    assert [row["id"] for row in body["results"]] == [str(sent.pk)]


def test_the_list_asks_the_database_as_often_for_fifty_rows_as_for_one(
    harbour: Caller,
) -> None:
    make_sent()
    with CaptureQueriesContext(connection) as one:
        harbour.get("/api/v1/referrals")
    for _ in range(9):
        make_sent()
    with CaptureQueriesContext(connection) as ten:
        harbour.get("/api/v1/referrals")
    assert len(ten) == len(one) <= 21


def test_reading_opens_it_without_changing_the_row(harbour: Caller) -> None:
    referral = make_sent()
    answer = harbour.get(f"/api/v1/referrals/{referral.pk}")
    body = answer.json()
    assert (body["status"], answer["ETag"]) == ("opened", f'"{referral.version}"')
    assert body["opened_at"]
    row = SupportReferral.objects.get(pk=referral.pk)
    assert (row.status, row.version, row.opened_at) == ("sent", referral.version, None)


def test_before_accepting_only_the_minimum_is_given_then_what_was_ticked_then_nothing(
    harbour: Caller,
) -> None:
    case = make_case(victim=make_victim(called="Mai", language="Vietnamese"))
    agree(case)
    make_safe_contact(case)
    referral = make_sent(case)
    before = harbour.get(f"/api/v1/referrals/{referral.pk}")
    assert before.json()["shared"] is None
    assert before.json()["minimum"]["language"] == "Vietnamese"
    assert "Mai" not in before.content.decode()
    assert "07700" not in before.content.decode()
    after = harbour.act(referral.pk, "accept", {"worker_name": "Hana Wells"}).json()
    assert after["shared"]["name"] == "Mai"
    assert after["shared"]["safe_contact"][0]["details"] == "07700 900123"
    actions.withdraw(referral=referral, by=officer())
    gone = harbour.get(f"/api/v1/referrals/{referral.pk}").json()
    assert (gone["status"], gone["minimum"], gone["shared"]) == ("withdrawn", None, None)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_and_answered_with_the_new_version(harbour: Caller, name: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    answer = harbour.act(referral.pk, name, good)
    assert answer.status_code == 200, answer.content
    assert answer["ETag"] == f'"{referral.version + 1}"'


@pytest.mark.parametrize("name", ACTS)
def test_the_same_act_again_gets_the_same_answer(harbour: Caller, name: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    tag = f'"{referral.version}"'
    first, second = (harbour.act(referral.pk, name, good, tag=tag) for _ in range(2))
    assert (first.status_code, first.json(), first["ETag"]) == (200, second.json(), second["ETag"])


@pytest.mark.parametrize("name", ACTS)
def test_without_a_token_nothing_is_done(cast: Cast, name: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    answer = Caller("").act(referral.pk, name, good)
    assert is_problem(answer, 401, "not-signed-in")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["", "made-up", "x" * 3000])
@pytest.mark.parametrize("address", ["/api/v1/referrals", "/api/v1/referrals/{pk}"])
def test_without_a_token_nothing_is_read(cast: Cast, token: str, address: str) -> None:
    address = address.format(pk=make_sent().pk)
    assert is_problem(Caller(token).get(address), 401, "not-signed-in")


@pytest.mark.parametrize("name", [*ACTS, "read", "list"])
def test_a_token_without_the_scope_is_refused_and_that_is_written_down(
    cast: Cast, name: str
) -> None:
    read_only = name in ACTS
    poor = caller("harbour", "referrals:read" if read_only else "updates:write")
    status, good = ACTS[name][:2] if read_only else ("sent", {})
    referral = make_in(status)
    if name in ACTS:
        answer = poor.act(referral.pk, name, good)
    else:
        tail = f"/{referral.pk}" if name == "read" else ""
        answer = poor.get(f"/api/v1/referrals{tail}")
    assert is_problem(answer, 403, "not-allowed")
    refusal = AuditEvent.objects.filter(verb="access.refused").latest("at")
    assert refusal.agency_id == referral.agency_id


@pytest.mark.parametrize("name", [*ACTS, "read"])
def test_another_agencys_referral_looks_like_none(cast: Cast, name: str) -> None:
    beacon = caller("beacon")
    status, good = ACTS[name][:2] if name in ACTS else ("sent", {})
    referral = make_in(status)
    address = f"/api/v1/referrals/{referral.pk}"
    answer = beacon.act(referral.pk, name, good) if name in ACTS else beacon.get(address)
    assert is_problem(answer, 404, "not-found")
    assert SupportReferral.objects.get(pk=referral.pk).version == referral.version
    assert AuditEvent.objects.filter(verb="access.refused").exists()


def test_a_draft_is_not_there_yet(harbour: Caller) -> None:
    answer = harbour.get(f"/api/v1/referrals/{make_draft().pk}")
    assert is_problem(answer, 404, "not-found")


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_the_state_does_not_allow_is_a_conflict(harbour: Caller, name: str) -> None:
    referral = make_in(WRONG_STATE[name])
    assert is_problem(harbour.act(referral.pk, name, ACTS[name][1]), 409, "conflict")


@pytest.mark.parametrize(
    ("field", "good", "alike"),
    [
        (TextField(), "5", (5, 5.5, True, None, [])),
        (NumberField(), 5, ("5", True, 5.5, None)),
        (YesNoField(), True, ("true", 1, "yes", None)),
    ],
)
def test_a_field_takes_what_the_document_says_and_nothing_like_it(
    field: Field[Any, Any, Any, Any], good: object, alike: tuple[object, ...]
) -> None:
    assert field.run_validation(good) == good
    for value in alike:
        with pytest.raises(ValidationError):
            field.run_validation(value)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("tag", ['"999"', "1", 'W/"1"', '"x"'])
def test_a_stale_version_is_refused(harbour: Caller, name: str, tag: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    assert is_problem(harbour.act(referral.pk, name, good, tag=tag), 412, "stale")
    assert SupportReferral.objects.get(pk=referral.pk).version == referral.version


@pytest.mark.parametrize("name", ACTS)
def test_an_act_must_say_which_version_it_decided_on(harbour: Caller, name: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    referral = make_in(status)
    answer = harbour.act(referral.pk, name, good, tag="")
    assert is_problem(answer, 428, "precondition-required")


@pytest.mark.parametrize("name", ACTS)
def test_a_wrong_body_is_named_by_its_pointer_and_changes_nothing(
    harbour: Caller, name: str
) -> None:
    status, _good, bad, pointer = ACTS[name]
    referral = make_in(status)
    answer = harbour.act(referral.pk, name, bad)
    assert is_problem(answer, 400, "invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    for junk in (b"{", b"\xff", b"{'a': 1}"):
        assert is_problem(harbour.act(referral.pk, name, junk), 400, "malformed")
    for junk in (b"[]", b'"a"', b"1", b"null"):
        answer = harbour.act(referral.pk, name, junk)
        assert answer.status_code in {200, 400} if name == "first-contact" else 400
    assert name == "first-contact" or (
        SupportReferral.objects.get(pk=referral.pk).version == referral.version
    )


@pytest.mark.parametrize("name", ACTS)
def test_only_json_is_read(harbour: Caller, name: str) -> None:
    referral = make_in(ACTS[name][0])
    answer = harbour.act(referral.pk, name, b"a=1", kind="application/x-www-form-urlencoded")
    assert is_problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "address", ["/api/v1/nowhere", "/api/", "/api", "/api/v2/referrals", "/api/v1/referrals/1"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_that_is_not_there_is_a_problem(cast: Cast, address: str, method: str) -> None:
    assert is_problem(getattr(Client(), method)(address), 404, "not-found")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_that_is_not_there_is_a_problem(harbour: Caller, method: str) -> None:
    answer = getattr(harbour, method)(f"/api/v1/referrals/{make_sent().pk}")
    assert is_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer["Allow"]


def test_only_json_is_given(harbour: Caller) -> None:
    answer = harbour.get("/api/v1/referrals", headers={"Accept": "text/html"})
    assert is_problem(answer, 406, "not-acceptable")


def test_the_callers_id_is_given_back_when_it_is_harmless(harbour: Caller) -> None:
    answer = harbour.get("/api/v1/referrals", headers={"X-Correlation-Id": "abc-1"})
    assert answer["X-Correlation-Id"] == "abc-1"
    odd = harbour.get("/api/v1/referrals", headers={"X-Correlation-Id": "a b<script>"})
    assert odd["X-Correlation-Id"] not in {"", "a b<script>"}


def test_the_log_has_a_print_of_the_callers_id_beside_the_trace_id_and_never_the_id(
    harbour: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "referrals.api.views")
    given = "Mai-07700900123"
    answer = harbour.get(f"/api/v1/referrals/{uuid4()}", headers={"X-Correlation-Id": given})
    (record,) = caplog.records
    RequestFilter().filter(record)
    line = json.loads(AllowListFormatter().format(record))
    assert line["correlation"] == hashlib.sha256(given.encode()).hexdigest()[:16]
    assert given not in json.dumps(line)
    assert answer["X-Correlation-Id"] == given
    harbour.get("/api/v1/referrals")
    harbour.get("/api/v1/referrals", headers={"X-Correlation-Id": "not <harmless>"})
    assert len(caplog.records) == 2
    assert "harmless" not in str([vars(each) for each in caplog.records])


def test_a_referral_in_progress_says_by_when_it_is_reviewed(
    harbour: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2027, 3, 2, 10, 0, tzinfo=clocks.LONDON)  # a Tuesday
    monkeypatch.setattr(clocks, "now", lambda: at)
    agreed, by_limit = make_in("accepted"), make_in("accepted")
    reached = harbour.act(agreed.pk, "first-contact", {"review_on": "2027-03-31"}).json()
    # The clocks go forward on the 28th.
    assert (reached["due_at"], reached["turn"]) == ("2027-03-31T16:00:00Z", "agency")
    reached = harbour.act(by_limit.pk, "first-contact", {}).json()
    assert (reached["due_at"], reached["review_on"]) == ("2027-03-30T09:00:00Z", None)
    assert reached["due_in_working_days"] == 18  # without Good Friday and Easter Monday
    said = {"finding": "as_planned"}
    monkeypatch.setattr(clocks, "now", lambda: at + timedelta(days=7))
    assert harbour.act(by_limit.pk, "review", said).json()["due_at"] == "2027-04-06T09:00:00Z"
    overdue = at + timedelta(days=40)
    monkeypatch.setattr(clocks, "now", lambda: overdue)
    rows = caller("harbour").get("/api/v1/referrals").json()["results"]
    assert all(row["due_in_working_days"] < 0 for row in rows)
    done = caller("harbour").act(agreed.pk, "complete", {"reason": "needs_met"}).json()
    assert (done["due_at"], done["turn"]) == (None, "nobody")


def test_an_act_of_the_agencys_own_system_is_no_news_to_it(
    harbour: Caller, client_of: Any, cast: Cast
) -> None:
    referral = make_in("in_progress")
    harbour.act(referral.pk, "review", {"finding": "as_planned"})
    harbour.act(referral.pk, "change-worker", {"worker_name": "Noor"})
    number(clocks.now())
    assert "ended or changed" not in client_of(cast.hana).get("/agency").text


def test_of_several_tags_the_one_that_is_so_now_counts(harbour: Caller) -> None:
    referral, body = make_sent(), {"worker_name": "Hana Wells"}
    assert harbour.act(referral.pk, "accept", body, tag='"7", "8"').status_code == 412
    now = SupportReferral.objects.get(pk=referral.pk).version
    taken = harbour.act(referral.pk, "accept", body, tag=f'"999", "{now}"')
    assert taken.status_code == 200, taken.json()


def test_the_page_of_the_api_shows_an_example_of_every_operation(cast: Cast) -> None:
    operations = _operations(document())
    assert [each.id for each in operations if not each.example] == []


def test_the_inbox_does_whatever_the_api_does(cast: Cast) -> None:
    assert set(inbox.ACTS) == set(views.ACTS)
    for name, act in inbox.ACTS.items():
        assert act.verb is views.ACTS[name].verb
        assert set(act.takes) == set(views.ACTS[name].asked().fields)


def test_too_many_requests_are_told_how_long_to_wait(harbour: Caller, monkeypatch: Any) -> None:
    monkeypatch.setattr("referrals.auth.KeyThrottle.THROTTLE_RATES", {"read": "2/min"})
    answers = [harbour.get("/api/v1/referrals") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert is_problem(answers[2], 429, "too-many-requests")
    assert 0 < int(answers[2]["Retry-After"]) <= 61
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"read";q=2;w=60'}
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=1", "r=0", "r=0"]
    assert re.fullmatch(r'"read";r=0;t=\d{1,2}', answers[2]["RateLimit"])


@pytest.mark.parametrize("name", ACTS)
def test_a_scope_of_one_verb_is_enough_for_it_and_for_nothing_else(cast: Cast, name: str) -> None:
    status, good, _bad, _pointer = ACTS[name]
    verb = views.ACTS[name].scope
    only = caller("harbour", f"referrals:read {verb}")
    for other in set(ACTS) - {name}:
        answer = only.act(make_in("sent").pk, other, ACTS[other][1], tag="*")
        assert is_problem(answer, 403, "not-allowed")
        assert views.ACTS[other].scope in answer.json()["detail"]
    assert only.act(make_in(status).pk, name, good).status_code == 200


class GoesSoon(views.Referrals):
    """A planted address that should be used no more."""

    deprecation = Deprecation(date(2026, 11, 1), date(2027, 11, 1))


def test_an_address_that_goes_says_so_in_each_answer_and_in_the_document(
    harbour: Caller, settings: Any
) -> None:
    ours = json.dumps(document())
    settings.ROOT_URLCONF = ModuleType("planted")
    settings.ROOT_URLCONF.urlpatterns = [path("api/v1/referrals", GoesSoon.as_view())]
    for client in (harbour, Client()):
        answer = client.get("/api/v1/referrals")
        assert answer["Deprecation"] == "@1793491200"
        assert answer["Sunset"] == "Mon, 01 Nov 2027 00:00:00 GMT"
        assert answer["Link"].startswith('</api/v1/changelog>; rel="deprecation"')
    made = SchemaGenerator(urlconf=settings.ROOT_URLCONF).get_schema(request=None, public=True)
    assert made["paths"]["/api/v1/referrals"]["get"]["deprecated"] is True
    assert "deprecated" not in ours


def test_an_address_is_announced_a_year_before_it_goes() -> None:
    with pytest.raises(ValueError, match="365 days"):
        Deprecation(date(2026, 11, 1), date(2027, 10, 31))


def test_the_changelog_names_every_address_and_the_version_of_the_document() -> None:
    operations = {
        told["operationId"] for methods in document()["paths"].values() for told in methods.values()
    }
    named = [operation for entry in ENTRIES for operation in entry.operations]
    assert sorted(named) == sorted(operations)
    assert ENTRIES[0].version == document()["info"]["version"]
    assert [entry.on for entry in ENTRIES] == sorted((entry.on for entry in ENTRIES), reverse=True)


def test_the_changelog_is_a_page_and_a_feed_with_the_same_entries(db: None) -> None:
    page = Client().get("/api/v1/changelog").content.decode()
    feed = Client().get("/api/v1/changelog.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(feed.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(ENTRIES)
    for entry in ENTRIES:
        assert f'id="v{entry.version}"' in page


def test_a_key_of_an_agency_that_takes_no_referrals_opens_nothing(
    harbour: Caller, cast: Cast
) -> None:
    agency = cast.harbour
    agency.is_active = False
    agency.save()
    assert is_problem(harbour.get("/api/v1/referrals"), 401, "not-signed-in")


def test_a_question_and_its_answer_travel_both_ways(harbour: Caller) -> None:
    referral = make_sent()
    asked = harbour.act(referral.pk, "ask", {"text": "Which day?"}).json()
    assert (asked["status"], asked["turn"]) == ("needs_info", "police")
    actions.answer_question(question=referral.questions.get(), answer="Monday", by=officer())
    body = harbour.get(f"/api/v1/referrals/{referral.pk}").json()
    assert (body["status"], body["questions"][0]["answer"]) == ("opened", "Monday")


def test_a_decline_is_an_officers_turn(harbour: Caller) -> None:
    referral = make_sent()
    body = harbour.act(referral.pk, "decline", {"reason": "no_capacity"}).json()
    assert (body["turn"], body["minimum"]) == ("police", None)


def test_an_officers_session_opens_no_address_of_the_api(client_of: Any, cast: Cast) -> None:
    browser = client_of(cast.olu)
    assert browser.get("/api/v1/referrals").status_code == 401
    worker = client_of(cast.hana)
    assert worker.get(f"/api/v1/referrals/{make_sent().pk}").status_code == 401
    assert system().agency_id == cast.harbour.pk


def test_something_that_breaks_is_a_problem_too(harbour: Caller, monkeypatch: Any) -> None:
    referral = make_sent()
    monkeypatch.setattr("referrals.actions.agency.tell_case", None)
    harbour.raise_request_exception = False
    answer = harbour.act(referral.pk, "accept", {"worker_name": "Noor"})
    assert is_problem(answer, 500, "server-error")
    assert answer["X-Correlation-Id"] == answer.json()["trace_id"]
    headers = {"X-Correlation-Id": "abc-2", "If-Match": "*", "Idempotency-Key": "k"}
    address = f"/api/v1/referrals/{referral.pk}/accept"
    again = harbour.post(address, '{"worker_name": "Noor"}', JSON, headers=headers)
    assert (again.status_code, again["X-Correlation-Id"]) == (500, "abc-2")
    assert SupportReferral.objects.get(pk=referral.pk).status == "sent"
