"""Where somebody is signed in, what ends it, and that a stolen cookie ends with it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import AuditEvent, User
from accounts.places import device_of, place_of
from accounts.signing_in import SecurityNotice, Session
from tests.accounts.steps import SECRET, give_app, is_in, with_password
from tests.cast import Cast

SignIn = Callable[[User], Client]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)


def stolen(client: Client) -> Client:
    """Another browser with the same cookie."""
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return thief


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Windows"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("curl/8", "An unknown browser"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, device: str) -> None:
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.17", "an address that begins with 192.0"),
        ("2001:db8:1:2::7", "an address that begins with 2001:db8"),
        ("127.0.0.1", "this computer"),
        ("", "an unknown place"),
    ],
)
def test_a_place_is_a_network_and_never_an_address(address: str, place: str) -> None:
    assert place_of(address) == place


def test_somebody_sees_their_own_sessions_and_ends_one(cast: Cast) -> None:
    here, phone = with_password("olu", FIREFOX), with_password("olu", IPHONE)
    others = with_password("petra", EDGE)
    page = here.get("/account/security").text
    assert page.count("End this session") == 1
    assert "Safari on iPhone" in page
    assert "Edge" not in page
    handle = Session.objects.get(user=cast.olu, device="Safari on iPhone").handle
    assert others.post(f"/account/sessions/{handle}/end").status_code == 302
    assert is_in(phone)
    here.post(f"/account/sessions/{handle}/end")
    assert (is_in(here), is_in(phone), is_in(others)) == (True, False, True)
    ended = AuditEvent.objects.get(verb="session.revoked")
    assert ended.detail == {"session": str(handle)}


def test_somebody_ends_every_session_but_this_one(cast: Cast) -> None:
    here, *elsewhere = [with_password("olu") for _ in range(3)]
    here.post("/account/sessions/end")
    assert [is_in(client) for client in (here, *elsewhere)] == [True, False, False]


def test_an_administrator_ends_all_of_a_persons_sessions(cast: Cast, client_of: SignIn) -> None:
    olus = with_password("olu")
    assert client_of(cast.sade).post(f"/people/{cast.olu.pk}/sessions/end").status_code == 403
    assert is_in(olus)
    client_of(cast.lena).post(f"/people/{cast.olu.pk}/sessions/end")
    assert not is_in(olus)
    assert SecurityNotice.objects.filter(user=cast.olu, kind="sessions-ended").exists()


ENDED_BY = {
    "a role given": "INSERT INTO accounts_roleheld (user_id, role, given_at) VALUES (%s, 'auditor', now())",
    "a role taken": "DELETE FROM accounts_roleheld WHERE user_id = %s AND role = 'responder'",
    "a role changed": (
        "UPDATE accounts_roleheld SET role = 'navigator' WHERE user_id = %s AND role = 'responder'"
    ),
    "a disabled account": "UPDATE accounts_user SET is_active = false WHERE id = %s",
    "another password": "UPDATE accounts_user SET password = '!' WHERE id = %s",
    "a second step taken away": "DELETE FROM mfa_authenticator WHERE user_id = %s AND type = 'totp'",
    "a second step put there": (
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
        " VALUES (%s, 'webauthn', '{}', now())"
    ),
}


@pytest.mark.parametrize("what", ENDED_BY)
def test_a_stolen_cookie_ends_with_what_it_rested_on_even_by_raw_sql(
    cast: Cast, client_of: SignIn, what: str
) -> None:
    give_app(cast.olu)
    client, other = client_of(cast.olu), client_of(cast.petra)
    thief = stolen(client)
    assert is_in(thief)
    with connection.cursor() as cursor:
        cursor.execute(ENDED_BY[what], [cast.olu.pk])
    assert not is_in(thief)
    assert not is_in(client)
    assert is_in(other)
    assert SECRET not in str(list(Session.objects.values_list("session_data", flat=True)))


def test_a_stolen_cookie_ends_with_signing_out(cast: Cast) -> None:
    client = with_password("olu")
    thief = stolen(client)
    assert is_in(thief)
    client.post("/account/logout/")
    assert not is_in(thief)


def test_using_ones_second_step_ends_nothing(cast: Cast, client_of: SignIn) -> None:
    codes = give_app(cast.olu)
    client = client_of(cast.olu)
    in_by_code = with_password("olu")
    in_by_code.post("/account/second-step/", {"code": codes[0]})
    assert is_in(in_by_code)
    assert is_in(client)
