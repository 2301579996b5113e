"""Signing in and out, being locked out, and how long a session lasts."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clocks
from accounts.models import AuditEvent, User
from tests.cast import Cast
from tests.cluster import PASSWORD

SignIn = Callable[[User], Client]
LOGIN = "/account/login/"
PAGE = "/account/password/"
MINUTE = timedelta(minutes=1)


def attempt(client: Client, name: str, password: str, **extra: str) -> int:
    given = {"login": name, "password": password}
    return client.post(LOGIN, given, headers=None, **extra).status_code  # type: ignore[arg-type]


def signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_the_right_password_signs_in_and_the_session_is_a_new_one(cast: Cast) -> None:
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = str(session.session_key)
    assert attempt(client, "olu", PASSWORD) == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert signed_in(client)
    assert AuditEvent.objects.filter(verb="session.started", actor_id=cast.olu.pk).count() == 1


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(cast: Cast) -> None:
    pages = [
        Client().post(LOGIN, {"login": name, "password": "wrong password 123"}).text
        for name in ("olu", "nobody-here")
    ]
    told = [page[page.index("error-summary") : page.index("<form")] for page in pages]
    assert told[0] == told[1]
    refused = AuditEvent.objects.filter(verb="session.refused").order_by("-subject_id")
    assert [row.subject_id for row in refused] == [str(cast.olu.pk), ""]


def test_a_wrong_password_and_a_wrong_name_ask_the_database_the_same(cast: Cast) -> None:
    asked = []
    for name in ("olu", "nobody-here"):
        with CaptureQueriesContext(connection) as captured:
            Client().post(LOGIN, {"login": name, "password": "wrong password 123"})
        said = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        asked.append([re.sub(r"(?:'[^']*'|NULL|\b\d+\b)(?:::\w+)?", "?", sql) for sql in said])
    assert asked[0] == asked[1]


def test_what_was_typed_at_a_refused_sign_in_is_not_kept(cast: Cast) -> None:
    attempt(Client(), "my-secret-password", "oops")
    rows = str(list(AuditEvent.objects.filter(verb="session.refused").values()))
    assert "my-secret" not in rows


def test_five_wrong_passwords_lock_the_name_on_that_address_only(cast: Cast) -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    answers = [attempt(client, name, "wrong password 123") for name in ("olu", "OLU", "Olu", "olu")]
    assert answers == [200, 200, 200, 200]
    locked = client.post(LOGIN, {"login": "oLu", "password": "wrong password 123"})
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.text
    assert attempt(client, "olu", PASSWORD) == 429
    assert attempt(client, "sade", PASSWORD) == 302
    assert attempt(Client(REMOTE_ADDR="192.0.2.2"), "olu", PASSWORD) == 302
    assert AuditEvent.objects.filter(verb="session.locked", subject_id=str(cast.olu.pk)).exists()


def test_the_address_of_a_request_behind_our_proxy_is_the_one_the_proxy_saw(
    cast: Cast, settings: object
) -> None:
    settings.BEHIND_PROXY = True  # type: ignore[attr-defined]
    client = Client()
    for faked in range(5):
        client.post(
            LOGIN,
            {"login": "olu", "password": "wrong password 123"},
            headers={"X-Forwarded-For": f"203.0.113.{faked}, 192.0.2.9"},
        )
    again = client.post(
        LOGIN,
        {"login": "olu", "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.99, 192.0.2.9"},
    )
    assert again.status_code == 429


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(
    cast: Cast, client_of: SignIn
) -> None:
    client = client_of(cast.olu)
    answer = client.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.url == LOGIN  # type: ignore[attr-defined]
    assert not signed_in(client)
    assert AuditEvent.objects.filter(verb="session.ended", actor_id=cast.olu.pk).exists()


@pytest.mark.parametrize("address", ["//[", "http://[", "https://elsewhere.invalid/"])
def test_half_an_address_to_go_on_to_leads_nowhere_else(cast: Cast, address: str) -> None:
    client = Client()
    page = f"/account/login/?next={address}"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"login": "olu", "password": "north-moor-demo-2026"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_looking_at_the_sign_out_page_does_not_sign_out(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.olu)
    assert client.get("/account/logout/").status_code == 200
    assert signed_in(client)


def test_no_signed_in_page_is_kept_by_the_browser(cast: Cast, client_of: SignIn) -> None:
    for path in (PAGE, "/people", "/audit", "/nowhere", "/stay-signed-in"):
        assert client_of(cast.asha).get(path).headers["Cache-Control"] == "no-store", path


@pytest.mark.parametrize(("idle", "stays"), [(29, True), (31, False)])
def test_a_session_ends_after_thirty_idle_minutes(
    cast: Cast, client_of: SignIn, idle: int, stays: bool
) -> None:
    client = client_of(cast.olu)
    assert signed_in(client)
    with clocks.moved(idle * MINUTE):
        assert signed_in(client) is stays


def test_a_busy_session_ends_after_ten_hours(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.olu)
    for quarter in range(40):
        with clocks.moved(quarter * 15 * MINUTE):
            assert signed_in(client), quarter
    with clocks.moved(40 * 15 * MINUTE + MINUTE):
        assert not signed_in(client)
        assert not signed_in(client)


def test_pressing_stay_signed_in_counts_as_a_press(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.olu)
    signed_in(client)
    with clocks.moved(25 * MINUTE):
        stay = client.post("/stay-signed-in", headers={"X-Requested-With": "idle"})
        assert stay.status_code == 204
    with clocks.moved(50 * MINUTE):
        assert signed_in(client)


def test_after_an_idle_sign_out_one_returns_to_the_same_page(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.olu)
    signed_in(client)
    with clocks.moved(31 * MINUTE):
        gone = client.get("/me?page=2")
        assert gone.url == f"{LOGIN}?next=/me%3Fpage%3D2"  # type: ignore[attr-defined]
    with clocks.moved(70 * MINUTE):
        signed_in(client)


@pytest.mark.parametrize("kind", ["draft", "idle"])
def test_a_script_is_told_in_a_code_that_the_session_is_over(
    cast: Cast, client_of: SignIn, kind: str
) -> None:
    client = client_of(cast.olu)
    signed_in(client)
    with clocks.moved(31 * MINUTE):
        answer = client.post("/stay-signed-in", headers={"X-Requested-With": kind})
    assert answer.status_code == 401


def test_changing_ones_password_ends_the_other_sessions(cast: Cast, client_of: SignIn) -> None:
    here, elsewhere = client_of(cast.olu), client_of(cast.olu)
    new = "tidal lantern oak 93"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = here.post(PAGE, given)
    assert answer.status_code == 302
    assert signed_in(here)
    assert not signed_in(elsewhere)
    assert AuditEvent.objects.filter(verb="person.password_set").exists()


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/reset/", "password/set/", "reauthenticate/", "login/code/"],
)
def test_the_library_opens_no_door_that_we_did_not(cast: Cast, path: str) -> None:
    assert Client().get(f"/account/{path}").status_code in {302, 404}
    client = Client()
    client.force_login(cast.olu)
    assert client.get(f"/account/{path}").status_code == 404


def test_a_refusal_is_recorded_whoever_made_it(cast: Cast, client_of: SignIn) -> None:
    client_of(cast.hana).get("/people")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.lena)
    assert strict.post(f"/people/{cast.olu.pk}/leave").status_code == 403
    assert cast.olu.is_active
    client_of(cast.lena).get(f"/people/{cast.wyn.pk}")
    client_of(cast.lena).get("/no-such-page")
    rows = AuditEvent.objects.filter(verb="access.refused").order_by("at", "id")
    assert sorted(row.detail["tried"] for row in rows) == ["http.403", "http.404", "people:view"]


def test_a_liveness_question_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/livez").status_code == 200
