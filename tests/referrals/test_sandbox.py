"""The sandbox: the same API over invented people, of which nobody but the agency that tries it out ever hears."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook as Signature

import clocks
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.models import Agency, Application, AuditEvent, User
from casework.models import CaseEvent
from followups import engine as sweeps
from followups import tasks
from followups.cracks import by_force
from followups.models import FollowUp, Notice
from referrals import actions, delivery, events
from referrals.models import (
    Delivery,
    Disclosure,
    DisclosureEvent,
    Event,
    EventType,
    Question,
    ReferralStatus,
    Service,
    SupportReferral,
    SupportReview,
    TakenBack,
    Webhook,
)
from referrals.scenarios import SCENARIOS
from tests.cast import Cast
from tests.referrals.api_client import FORM, Caller, caller, sandbox_caller
from tests.referrals.builders import make_in, make_sent, make_service, system
from tests.referrals.internet import HOST, Receiver, status
from tests.referrals.test_administration import URL, code

SignIn = Callable[[User], Client]
API, ENGINE = "/sandbox/api/v1", engine("test")
EVENTS = {
    "urgent-adult": [],
    "urgent-child": [],
    "needs-interpreter": [],
    "overdue": [],
    "question-answered": ["question_asked", "question_answered"],
    "question-waiting": ["question_asked"],
    "safe-contact-changed": ["accepted", "changed"],
    "declined": ["declined"],
    "ended-early": ["accepted", "first_contact", "ended_early"],
    "accepted-not-reached": ["accepted"],
    "review-due": ["accepted", "first_contact"],
    "completed": ["accepted", "first_contact", "completed"],
    "withdrawn": ["withdrawn"],
    "sent-in-error": ["sent_in_error"],
    "consent-withdrawn": ["accepted", "withdrawn", "consent_withdrawn"],
}
STANDS = {
    "question-answered": "opened",
    "question-waiting": "needs_info",
    "safe-contact-changed": "accepted",
    "declined": "declined",
    "ended-early": "ended_early",
    "accepted-not-reached": "accepted",
    "review-due": "in_progress",
    "completed": "completed",
    "withdrawn": "withdrawn",
    "sent-in-error": "in_error",
    "consent-withdrawn": "withdrawn",
}


@pytest.fixture
def inventor(cast: Cast) -> Caller:
    """The system of Harbour that tries the sandbox out."""
    return sandbox_caller("harbour")


def sent(system_: Caller, name: str, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return system_.post(f"{API}/scenarios/{name}", headers=headers)


def in_the_sandbox(by: Caller, pk: str, act: str, body: dict[str, Any]) -> Any:
    tag = by.get(f"{API}/referrals/{pk}").headers["ETag"]
    return by.post(
        f"{API}/referrals/{pk}/{act}",
        body,
        content_type="application/json",
        headers={"If-Match": tag, "Idempotency-Key": str(uuid4())},
    )


def player(slug: str = "harbour") -> Actor:
    """Harbour's twin, as its own system is."""
    return replace(system(slug), agency_id=Agency.every.get(sandbox_of__slug=slug).pk)


def heard(by: Caller) -> list[dict[str, Any]]:
    events.number(clocks.now())
    found: list[dict[str, Any]] = by.get(f"{API}/events").json()["results"]
    return found


def test_the_list_names_every_scenario_in_words(inventor: Caller) -> None:
    answer = inventor.get(f"{API}/scenarios")
    assert answer.headers["Holdfast-Sandbox"] == "true"
    assert {row["name"] for row in answer.json()["results"]} == set(SCENARIOS) == set(EVENTS)
    assert all(row["summary"] for row in answer.json()["results"])


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_scenario_is_a_referral_in_its_state_with_the_events_that_led_there(
    inventor: Caller, name: str
) -> None:
    answer = sent(inventor, name)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["status"] == STANDS.get(name, "sent")
    assert made["urgent"] is name.startswith("urgent")
    assert answer.headers["Location"].endswith(f"{API}/referrals/{made['id']}")
    assert answer.headers["ETag"] == f'"{made["version"]}"'
    told = [event["type"].removeprefix("referral.") for event in heard(inventor)]
    assert told == ["sent", *EVENTS[name]]
    assert {event["data"]["referral_id"] for event in heard(inventor)} == {made["id"]}
    listed = inventor.get(f"{API}/referrals").json()["results"]
    assert [row["id"] for row in listed] == [made["id"]]


def test_there_is_a_button_for_each_state_and_each_event_that_an_agency_can_meet() -> None:
    assert {"sent", *STANDS.values()} == set(ReferralStatus.values) - {"draft"}
    told = {"sent", *(event for events_ in EVENTS.values() for event in events_)}
    by_trigger = {kind.removeprefix("referral.") for kind in EventType.values}
    # Reading opens a referral; no act moves it there but the answer to a question.
    assert told == by_trigger - {"opened"}


def test_what_is_said_of_them_fits_the_scenario(inventor: Caller) -> None:
    child = sent(inventor, "urgent-child").json()
    assert child["minimum"]["age_band"] == "child"
    speaks = sent(inventor, "needs-interpreter").json()["minimum"]
    assert (speaks["interpreter"], speaks["language"]) == ("yes", "Tigrinya")
    late = sent(inventor, "overdue").json()
    assert (late["turn"], late["due_in_working_days"] < 0) == ("agency", True)
    silent = sent(inventor, "accepted-not-reached").json()
    assert silent["due_in_working_days"] < 0
    assert silent["shared"]["name"] == "Mai (invented)"
    assert silent["shared"]["safe_contact"][0]["details"] == "07700 900000"
    review = sent(inventor, "review-due").json()
    assert review["review_on"] < clocks.today().isoformat()
    changed = sent(inventor, "safe-contact-changed").json()["shared"]
    assert changed["name"] == "Senait (invented)"
    assert changed["safe_contact"][0]["details"] == "07700 900001"
    asked = sent(inventor, "question-answered").json()["questions"]
    assert asked[0]["answer"]
    assert sent(inventor, "consent-withdrawn").json()["shared"] is None


def test_every_act_goes_as_it_does_with_a_real_one(
    inventor: Caller, cast: Cast, client_of: SignIn
) -> None:
    pk = sent(inventor, "urgent-adult").json()["id"]
    assert inventor.get(f"{API}/referrals/{pk}").json()["status"] == "opened"
    assert inventor.get(f"{API}/referrals?status=opened").json()["results"]
    assert in_the_sandbox(inventor, pk, "ask", {"text": "When?"}).json()["turn"] == "police"
    una, answered = client_of(cast.una), f"/agency/sandbox/{pk}/answer"
    assert "Answer as the police" in una.get("/agency/sandbox").text
    assert "Answered" in una.post(answered, follow=True).text
    assert "Nothing was asked" in una.post(answered, follow=True).text
    assert client_of(cast.wilf).post(answered).status_code == 404
    assert inventor.get(f"{API}/referrals/{pk}").json()["questions"][0]["answer"]
    accepted = in_the_sandbox(inventor, pk, "accept", {"worker_name": "Hana Wells"}).json()
    assert accepted["shared"]["name"] == "Rosa (invented)"
    in_the_sandbox(inventor, pk, "first-contact", {})
    in_the_sandbox(inventor, pk, "review", {"finding": "as_planned"})
    done = in_the_sandbox(inventor, pk, "complete", {"reason": "needs_met"}).json()
    assert (done["status"], done["outcomes"]) == (
        "completed",
        {"outreach": "met", "safe_house": "met"},
    )
    other = sent(inventor, "urgent-child").json()["id"]
    declined = in_the_sandbox(inventor, other, "decline", {"reason": "no_capacity"})
    assert declined.json()["status"] == "declined"
    third = sent(inventor, "accepted-not-reached").json()["id"]
    assert in_the_sandbox(inventor, third, "end", {"reason": "moved_away"}).status_code == 200


def test_a_scenario_is_sent_once_however_often_it_is_asked_for_under_one_key(
    inventor: Caller,
) -> None:
    first, again = sent(inventor, "overdue", "k1"), sent(inventor, "overdue", "k1")
    assert first.json() == again.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Location"] == first.headers["Location"]
    assert sent(inventor, "completed", "k1").status_code == 422
    assert inventor.post(f"{API}/scenarios/overdue").status_code == 400
    assert sent(inventor, "no-such-thing").status_code == 404
    assert len(inventor.get(f"{API}/referrals").json()["results"]) == 1


def test_its_own_service_is_kept_current_there_and_offered_to_nobody(
    inventor: Caller, cast: Cast, client_of: SignIn
) -> None:
    make_service("harbour", name="Real outreach", is_public=True)
    [mine] = inventor.get(f"{API}/services").json()["results"]
    assert mine["name"] == "Outreach (invented)"
    said = inventor.post(
        f"{API}/services/{mine['id']}/capacity",
        {"places_free": 3},
        content_type="application/json",
        headers={"Idempotency-Key": "c"},
    )
    assert said.json()["places_free"] == 3
    changed = {"name": "Outreach (invented)", "needs": ["outreach"], "is_public": True}
    tag = inventor.get(f"{API}/services/{mine['id']}").headers["ETag"]
    put = inventor.put(
        f"{API}/services/{mine['id']}",
        changed,
        content_type="application/json",
        headers={"If-Match": tag},
    )
    assert put.json()["is_public"] is True
    public = Client().get("/open-referral/services").json()["contents"]
    assert [row["name"] for row in public] == ["Real outreach"]
    assert Client().get(f"/open-referral/services/{mine['id']}").status_code == 404
    officers = client_of(cast.olu).get("/agencies").text
    assert "Real outreach" in officers
    assert "(invented)" not in officers
    assert "sandbox" not in officers
    assert [row.name for row in Service.objects.all()] == ["Real outreach"]


# Real and invented never meet.


def test_a_real_key_is_told_that_it_is_real_and_a_sandbox_key_that_it_is_not(
    inventor: Caller, cast: Cast
) -> None:
    real, pk = caller("harbour"), make_sent().pk
    for system_, at, slug in (
        (real, f"{API}/referrals", "real-key"),
        (real, f"{API}/scenarios", "real-key"),
        (real, f"{API}/referrals/{pk}", "real-key"),
        (inventor, "/api/v1/referrals", "sandbox-key"),
        (inventor, f"/api/v1/referrals/{pk}", "sandbox-key"),
        (inventor, "/api/v1/events", "sandbox-key"),
    ):
        answer = system_.get(at)
        assert answer.status_code == 403
        assert answer.json()["type"].endswith(slug)
        assert "/sandbox/api/v1" in answer.json()["detail"]
    refused = AuditEvent.objects.filter(verb="access.refused")
    assert refused.filter(detail__tried="RealKey").count() == 3
    assert refused.filter(detail__tried="SandboxKey").count() == 3
    assert "Holdfast-Sandbox" not in real.get("/api/v1/referrals").headers
    assert inventor.get(f"{API}/nowhere").status_code == 404
    assert Client().get(f"{API}/referrals").status_code == 401


def test_a_token_is_given_on_the_side_of_the_key_alone(cast: Cast, client_of: SignIn) -> None:
    una = client_of(cast.una)
    real, invented = (
        code(una.post(at, {"name": "Case system"}).text)
        for at in ("/agency/keys/new", "/agency/sandbox/keys/new")
    )

    def asked(at: str, pair: list[str]) -> Any:
        form = f"grant_type=client_credentials&client_id={pair[0]}&client_secret={pair[1]}"
        return Client().post(f"{at}/token", f"{form}&scope=referrals:read", content_type=FORM)

    for at, right, wrong, words in (
        ("/api/v1", real, invented, "/sandbox/api/v1"),
        (API, invented, real, "/agency/sandbox"),
    ):
        assert (
            Caller(asked(at, right).json()["access_token"]).get(f"{at}/referrals").status_code
            == 200
        )
        no = asked(at, wrong)
        assert no.status_code == 400
        assert no.json()["error"] == "unauthorized_client"
        assert words in no.json()["error_description"]
    assert AuditEvent.objects.filter(verb="access.refused", detail__tried="token.get").count() == 2
    cast.harbour.is_active = False
    cast.harbour.save()
    assert asked(API, invented).status_code == 401


def test_neither_side_sees_the_other_in_sql_either(inventor: Caller, cast: Cast) -> None:
    real = make_in("needs_info")
    made = sent(inventor, "question-answered").json()["id"]
    sandbox_caller("beacon")
    views = {
        "sandbox": (player(), {made}),
        "harbour": (system(), {str(real.pk)}),
        "beacon": (player("beacon"), set()),
        "olu": (cast.actor("olu"), {str(real.pk)}),
        "ines": (cast.actor("ines"), {str(real.pk)}),
        "asha": (cast.actor("asha"), {str(real.pk)}),
    }
    for who, (actor, sees) in views.items():
        with acting_as(actor), connection.cursor() as cursor:
            cursor.execute("SELECT id::text FROM referrals_supportreferral")
            assert {row[0] for row in cursor.fetchall()} == sees, who
            for table in ("question", "disclosure"):
                cursor.execute(f"SELECT DISTINCT referral_id::text FROM referrals_{table}")
                assert {row[0] for row in cursor.fetchall()} == sees, f"{who} {table}"
    assert [row.pk for row in SupportReferral.objects.all()] == [real.pk]  # the engine
    assert {row.referral_id for row in Question.objects.all()} == {real.pk}
    assert {row.referral_id for row in Disclosure.objects.all()} == {real.pk}


def test_the_database_takes_nothing_that_is_half_invented(inventor: Caller, cast: Cast) -> None:
    made = sent(inventor, "review-due").json()["id"]
    real, twin = make_in("needs_info"), Agency.every.get(sandbox_of=cast.harbour)
    referral, wall = "UPDATE referrals_supportreferral SET", "row-level security"
    of = "WHERE id = %s"
    tried: list[tuple[Actor, str, str, list[Any]]] = [
        # A real referral becomes a twin's, or is of nobody.
        (ENGINE, "sandboxed_as_its_agency", f"{referral} agency_id = %s {of}", [twin.pk, real.pk]),
        (ENGINE, wall, f"{referral} scope_id = NULL {of}", [real.pk]),
        (ENGINE, "of_a_case_or_of_the_sandbox", f"{referral} case_id = NULL {of}", [real.pk]),
        (
            ENGINE,
            wall,
            "UPDATE referrals_disclosure SET scope_id = NULL WHERE referral_id = %s",
            [real.pk],
        ),
        # An invented one is given a case, a force or a real agency.
        (player(), "of_a_case_or", f"{referral} case_id = %s {of}", [real.case_id, made]),
        (player(), "of_a_case_or", f"{referral} force_id = %s {of}", [cast.force.pk, made]),
        (player(), wall, f"{referral} agency_id = %s {of}", [cast.harbour.pk, made]),
        # What hangs on a referral moves to one of the other side.
        (
            ENGINE,
            "sandboxed_as_its_referral",
            "UPDATE referrals_question SET referral_id = %s WHERE referral_id = %s",
            [made, real.pk],
        ),
        # A service changes sides; a twin has a twin, or becomes real.
        (
            ENGINE,
            "sandboxed_as_its_agency",
            "UPDATE referrals_service SET agency_id = %s WHERE agency_id = %s",
            [twin.pk, cast.harbour.pk],
        ),
        (
            ENGINE,
            "sandbox_of_a_real_one",
            f"UPDATE accounts_agency SET sandbox_of_id = %s {of}",
            [twin.pk, cast.beacon.pk],
        ),
        (
            ENGINE,
            "sandbox_of_a_twin|sandboxed_as_its_agency",
            f"UPDATE accounts_agency SET sandbox_of_id = NULL {of}",
            [twin.pk],
        ),
        (
            ENGINE,
            "sandbox_of_a_twin",
            "INSERT INTO referrals_sandbox (id, agency_id, opened_at)"
            " VALUES (gen_random_uuid(), %s, now())",
            [cast.beacon.pk],
        ),
    ]
    for actor, why, statement, values in tried:
        with (
            pytest.raises(DatabaseError, match=why),
            acting_as(actor),
            connection.cursor() as cursor,
        ):
            _tried(cursor, statement, values)
    for stranger in (system(), cast.actor("olu")):  # nor does a stranger write into a sandbox
        with pytest.raises(DatabaseError, match=wall), acting_as(stranger):
            TakenBack.objects.create(
                scope_id=None, consent_id=None, referral_id=made, at=clocks.now()
            )


def _tried(cursor: Any, statement: str, values: list[Any]) -> None:
    cursor.execute(statement, values)
    assert cursor.rowcount, statement
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_sixty_days_of_the_sandbox_are_owed_to_nobody_and_told_to_nobody(
    inventor: Caller, cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = make_sent()
    world = {"at": clocks.now()}
    monkeypatch.setattr(clocks, "now", lambda: world["at"])
    sweeps.sweep(world["at"])
    before = _everything(cast, client_of, world["at"])
    for name in SCENARIOS:
        assert sent(inventor, name).status_code == 201
    assert _everything(cast, client_of, world["at"]) == before
    events.number(world["at"])
    delivery.turn(world["at"])
    invented = Event.objects.filter(agency__sandbox_of__isnull=False).values("referral")
    assert invented.distinct().count() == len(SCENARIOS)
    ids, began = set(invented.values_list("referral", flat=True)), world["at"]
    for day in (1, 4, 8, 15, 29, 45, 60):
        world["at"] = began + timedelta(days=day)
        sweeps.sweep(world["at"])
        assert not sweeps.last_run(world["at"]).failing
    assert FollowUp.objects.filter(subject_id=real.pk).exists()
    assert not FollowUp.objects.filter(subject_id__in=ids).exists()
    assert not FollowUp.objects.filter(agency__sandbox_of__isnull=False).exists()
    assert Notice.objects.filter(step__followup__subject_id=real.pk).exists()
    assert "invented" not in str(list(Notice.objects.values())) + str(
        list(FollowUp.objects.values())
    )


def _everything(cast: Cast, client_of: SignIn, at: Any) -> dict[str, Any]:
    """What a force, the public and the engine see."""
    sweeps.sweep(at)
    sade, ines, hana = client_of(cast.sade), client_of(cast.ines), client_of(cast.hana)
    return {
        "owed": sorted(FollowUp.objects.values_list("rule", "subject_id", "state")),
        "cracks": by_force(at)[0],
        "history": CaseEvent.objects.count(),
        "disclosed": DisclosureEvent.objects.count(),
        "referrals": SupportReferral.objects.count(),
        "reviews": SupportReview.objects.count(),
        "taken back": TakenBack.objects.count(),
        "agencies": list(Agency.objects.values_list("slug", flat=True)),
        "services": Service.objects.count(),
        "queue": sade.get("/work/team?view=silent").text.count("HF-"),
        "inbox": hana.get("/agency").text.count("/agency/"),
        "directory": "(invented)" in ines.get("/agencies").text,
        "managed": client_of(cast.lena).get("/agencies/manage").text.count("Harbour"),
        "public": len(Client().get("/open-referral/services").json()["contents"]),
        "trail": _trail(cast),
    }


def _trail(cast: Cast) -> int:
    """What the force's auditor can read of referrals."""
    with acting_as(cast.actor("asha")):
        rows = AuditEvent.objects.filter(subject__contains="referrals").exclude(
            verb__endswith=".searched"
        )
        return rows.count()


# The page.


def test_an_administrator_makes_a_key_sends_referrals_looks_at_them_and_empties_the_sandbox(
    cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    empty = una.get("/agency/sandbox").text
    assert "everybody here is invented" in empty
    assert "Nothing. Press one" in empty
    assert not Agency.every.filter(sandbox_of=cast.harbour).exists()
    client_id, secret = code(una.post("/agency/sandbox/keys/new", {"name": "Try it"}).text)
    key = Application.objects.get(client_id=client_id)
    assert key.in_sandbox
    assert key.made_by == cast.una
    for scenario in SCENARIOS.values():
        page = una.post("/agency/sandbox/send", {"scenario": scenario.name}, follow=True).text
        assert f"In the sandbox now: {scenario.words}" in page
    assert page.count('<th scope="row"') == len(SCENARIOS)
    assert "Try it" in page
    assert secret not in page
    assert "Try it" not in una.get("/agency/keys").text
    assert una.post("/agency/sandbox/send", {"scenario": "x"}).status_code == 404
    assert una.post("/agency/sandbox/keys/new", {"name": ""}).status_code == 400

    hana = client_of(cast.hana)  # a worker sees it too, and makes no key
    assert hana.get("/agency/sandbox").text.count('<th scope="row"') == len(SCENARIOS)
    assert hana.post("/agency/sandbox/keys/new", {"name": "x"}).status_code == 403
    wilf = client_of(cast.wilf)
    assert "Nothing. Press one" in wilf.get("/agency/sandbox").text
    assert wilf.post(f"/agency/keys/{key.pk}/revoke").status_code == 404

    assert "Nothing. Press one" in una.post("/agency/sandbox/empty", follow=True).text
    with acting_as(player()):
        assert not SupportReferral.objects.exists()
        assert not Disclosure.objects.exists()
    assert una.post(f"/agency/keys/{key.pk}/revoke")["Location"] == "/agency/sandbox"
    assert Application.objects.get(pk=key.pk).revoked_at is not None
    verbs = set(AuditEvent.objects.filter(actor_id=cast.una.pk).values_list("verb", flat=True))
    assert {"sandbox.opened", "sandbox.sent", "sandbox.emptied", "agency.key_made"} <= verbs


def test_what_was_emptied_is_gone_for_its_system_and_its_events_go_on_counting(
    inventor: Caller, cast: Cast, client_of: SignIn
) -> None:
    pk = sent(inventor, "overdue", "k1").json()["id"]
    [first] = heard(inventor)
    client_of(cast.una).post("/agency/sandbox/empty")
    assert inventor.get(f"{API}/referrals/{pk}").status_code == 404
    assert inventor.get(f"{API}/referrals").json()["results"] == []
    assert sent(inventor, "overdue", "k1").status_code == 404
    sent(inventor, "overdue")
    assert [event["sequence"] for event in heard(inventor)] == [1, 2]
    assert heard(inventor)[0] == first


def test_after_thirty_days_it_is_gone_by_itself(
    inventor: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(inventor, "overdue")
    later = clocks.now() + timedelta(days=31)
    with acting_as(player(), at=later):
        assert not SupportReferral.objects.exists()
    with acting_as(player()):
        assert SupportReferral.objects.exists()


def test_a_full_sandbox_takes_no_more_until_it_is_emptied(
    inventor: Caller, cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.actions.sandbox.MOST_INVENTED", 2)
    assert [sent(inventor, "overdue").status_code for _ in range(3)] == [201, 201, 409]
    una = client_of(cast.una)
    refused = una.post("/agency/sandbox/send", {"scenario": "overdue"}, follow=True).text
    assert "The sandbox is full: 2 referrals are in it" in refused
    assert len(inventor.get(f"{API}/referrals").json()["results"]) == 2
    una.post("/agency/sandbox/empty")
    assert sent(inventor, "overdue").status_code == 201


def test_what_is_a_month_old_is_deleted_by_night_and_nothing_else_is(
    inventor: Caller, cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = clocks.now()
    real = make_in("declined")
    client_of(cast.una).post("/agency/sandbox/webhooks/new", {"url": URL})
    for name in SCENARIOS:
        sent(inventor, name)
    told()
    monkeypatch.setattr(clocks, "now", lambda: began + timedelta(days=29))
    young = sent(inventor, "overdue").json()["id"]
    before = len(heard(inventor))
    monkeypatch.setattr(clocks, "now", lambda: began + timedelta(days=31))
    assert actions.forget_invented(clocks.now()) == len(SCENARIOS)
    assert actions.forget_invented(clocks.now()) == 0
    with acting_as(player()):
        assert {str(row.pk) for row in SupportReferral.objects.all()} == {young}
        assert {str(pk) for pk in Disclosure.objects.values_list("referral", flat=True)} == {young}
        for table in (Question, SupportReview, TakenBack):
            assert not table.objects.filter(scope=None).exists()
    assert SupportReferral.objects.filter(pk=real.pk).exists()
    assert Event.objects.filter(referral=real).count() == 2
    [left] = heard(inventor)
    assert left["sequence"] == before
    fresh = sent(inventor, "overdue").json()["id"]
    assert [event["sequence"] for event in heard(inventor)] == [before, before + 1]
    # The newest event keeps its referral, however old: the next is numbered after it.
    monkeypatch.setattr(clocks, "now", lambda: began + timedelta(days=99))
    assert actions.forget_invented(clocks.now()) == 1
    assert str(Event.objects.get(agency__sandbox_of=cast.harbour).referral_id) == fresh


def test_a_night_deletes_it_and_no_agency_can(
    inventor: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = clocks.now()
    for _ in range(2):
        sent(inventor, "overdue")
    events.number(began)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        acting_as(player()),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT referrals_forget_invented()")
    monkeypatch.setattr(clocks, "now", lambda: began + timedelta(days=31))
    tasks.check()
    assert Event.objects.filter(agency__sandbox_of__isnull=False).count() == 1


def test_a_full_page_of_the_sandbox_asks_no_more_than_one_with_a_single_row(
    inventor: Caller, cast: Cast, client_of: SignIn
) -> None:
    una = client_of(cast.una)
    sent(inventor, "overdue")
    una.get("/agency/sandbox")
    with CaptureQueriesContext(connection) as one:
        una.get("/agency/sandbox")
    for _ in range(24):
        actions.send_invented(name="overdue", by=cast.actor("una"))
    with CaptureQueriesContext(connection) as many:
        una.get("/agency/sandbox")
    assert len(many) == len(one)


def test_the_sandbox_tells_webhooks_of_its_own_that_one_person_sets(
    cast: Cast, client_of: SignIn, receiver: Receiver
) -> None:
    una, at = client_of(cast.una), "/agency/sandbox/webhooks"
    assert "No address yet" in una.get(at).text
    assert "no second person" in una.get(f"{at}/new").text
    assert una.get(f"{at}/{uuid4()}").status_code == 404
    assert not Agency.every.filter(sandbox_of=cast.harbour).exists()
    assert una.post(f"{at}/new", {"url": "http://hooks.harbour.invalid"}).status_code == 400
    assert not Agency.every.filter(sandbox_of=cast.harbour).exists(), "opened by what was refused"
    [secret] = code(una.post(f"{at}/new", {"url": URL}).text)
    for path in (at, f"{at}/new", own := f"{at}/{Webhook.objects.get().pk}"):
        assert client_of(cast.hana).get(path).status_code == 403
    make_sent()  # a real one, of which the sandbox says nothing
    una.post("/agency/sandbox/send", {"scenario": "consent-withdrawn"})
    una.post(f"{own}/test")
    told()
    heard_of = [json.loads(got.body)["type"].split(".")[1] for got in receiver.got]
    assert sorted(heard_of) == sorted(["test", "sent", *EVENTS["consent-withdrawn"]])
    Signature(secret).verify(receiver.got[0].body, receiver.got[0].headers)
    page = una.get(own).text
    assert "Received" in page
    assert "The person took back their agreement" in page
    for who, real in (("una", "/agency/webhooks"), ("lena", "/agencies/manage/webhooks")):
        assert HOST not in client_of(getattr(cast, who)).get(real).text
    real_side = own.replace("/sandbox", "")
    assert una.get(real_side).status_code == una.post(f"{real_side}/off").status_code == 404
    assert client_of(cast.wilf).get(own).status_code == 404
    assert una.post(f"{own}/confirm").status_code == 404
    assert code(una.post(f"{own}/secret").text) != [secret]
    assert "Only the newest" in una.post(f"{own}/end-old-secrets", follow=True).text
    Delivery.objects.update(state="dead", failed_at=clocks.now(), delivered_at=None)
    sweeps.sweep(clocks.now() + timedelta(days=5))
    assert not FollowUp.objects.filter(rule="webhook-not-delivered").exists()
    assert not sweeps.last_run(clocks.now() + timedelta(days=5)).failing


def test_the_log_of_the_sandbox_has_every_try_and_its_deliveries_are_sent_again(
    cast: Cast, client_of: SignIn, receiver: Receiver
) -> None:
    una, at = client_of(cast.una), "/agency/sandbox/webhooks"
    una.post(f"{at}/new", {"url": URL})
    own = f"{at}/{Webhook.objects.get().pk}"
    receiver.answer = status(500)
    una.post("/agency/sandbox/send", {"scenario": "overdue"})
    told()
    one = Delivery.objects.get()
    page = una.get(f"{own}/log/{one.pk}").text
    assert "Your system answered 500" in page
    assert "everybody here is invented" in page
    Delivery.objects.update(state="dead", failed_at=clocks.now())
    receiver.answer = status(200)
    assert "Given up" in una.get(f"{own}?state=dead").text
    assert "1 is sent again" in una.post(f"{own}/log/{one.pk}/again", follow=True).text
    told()
    assert Delivery.objects.get().state == "delivered"
    Delivery.objects.update(state="dead")
    assert "1 is sent again" in una.post(f"{own}/again", follow=True).text
    assert "Switched off" in una.post(f"{own}/off", follow=True).text
    before = len(receiver.got)
    told()
    assert len(receiver.got) == before
    assert "Switched on" in una.post(f"{own}/on", follow=True).text
    told()
    assert len(receiver.got) == before + 1
    assert "Remove this address?" in una.get(f"{own}/remove").text
    assert "Removed" in una.post(f"{own}/remove", follow=True).text
    assert "Sent to you" in una.get(own).text
    una.post("/agency/sandbox/send", {"scenario": "overdue"})
    told()
    assert len(receiver.got) == before + 1


def told() -> None:
    events.number(clocks.now())
    delivery.turn(clocks.now())


def test_outside_the_sandbox_nobody_confirms_their_own_address(
    cast: Cast, client_of: SignIn
) -> None:
    client_of(cast.una).post("/agency/sandbox/webhooks/new", {"url": URL})
    webhook, _secret = actions.propose_webhook(url=URL, by=cast.actor("una"))
    assert not webhook.is_on
    at = clocks.now()
    with pytest.raises(DatabaseError, match="webhook_confirmed_by_another"), acting_as(ENGINE):
        Webhook.objects.filter(pk=webhook.pk).update(confirmed_by=cast.una, confirmed_at=at)
    assert Webhook.objects.get(sandboxed=True).agency.sandbox_of == cast.harbour
