"""Signing in through a force's own directory: who gets in, as what, and which tokens are refused."""

import json
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc.jwk import RSAKey

from accounts.directory import read
from accounts.models import AuditEvent, RoleHeld, User
from accounts.permissions import Role
from tests.accounts.provider import CLIENT, SECRET, Provider, directory
from tests.accounts.steps import LOGIN, is_in
from tests.cast import Cast
from tests.cluster import PASSWORD

START, BACK = "/account/directory/northmoor/", "/account/directory/northmoor/back"
NIA = {
    "sub": "8f2c-4411",
    "preferred_username": "nia.okafor@northmoor.invalid",
    "name": "PC Nia Okafor",
    "email": "nia.okafor@northmoor.invalid",
    "groups": ["grp-response", "grp-cyclists", "unit-harbour"],
}


@pytest.fixture
def northmoor(cast: Cast, settings: Any) -> Iterator[Provider]:
    """Northmoor's directory, which knows Nia."""
    with directory() as provider:
        described = {
            "force": "northmoor",
            "name": "Northmoor staff sign-in",
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "roles": {"grp-response": "responder", "grp-sergeants": "supervisor"},
            "units": {"unit-harbour": "harbour-road"},
        }
        settings.DIRECTORIES = json.dumps([described])
        provider.person = dict(NIA)
        yield provider


def through(provider: Provider, client: Client | None = None, query: str = "") -> Client:
    """A browser that went to the directory and came back."""
    client = client or Client()
    there = client.get(START + query).headers["Location"]
    assert there.startswith(f"{provider.issuer}/authorize?")
    client.get(provider.consent(there))
    return client


def roles(user: User) -> set[str]:
    return {row.role for row in RoleHeld.objects.filter(user=user)}


def nia() -> User:
    return User.objects.get(username="nia.okafor@northmoor.invalid")


def test_the_sign_in_page_offers_it(northmoor: Provider) -> None:
    page = Client().get(f"{LOGIN}?next=/work").text
    assert "Northmoor staff sign-in" in page
    assert f'href="{START}?next=/work"' in page


def test_somebody_new_is_made_with_the_roles_and_unit_of_their_groups_and_no_password(
    cast: Cast, northmoor: Provider
) -> None:
    assert is_in(through(northmoor))
    user = nia()
    assert (user.name, user.force, user.unit) == ("PC Nia Okafor", cast.force, cast.unit)
    assert roles(user) == {"responder"}
    assert not user.has_usable_password()
    assert northmoor.last["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge"} <= set(northmoor.last)
    assert AuditEvent.objects.filter(verb="person.added", subject_id=str(user.pk)).exists()
    assert AuditEvent.objects.filter(verb="session.started", actor_id=user.pk).exists()


def test_they_are_known_by_their_stable_id_whatever_else_changes(northmoor: Provider) -> None:
    through(northmoor)
    northmoor.person |= {
        "name": "Sgt Nia Lund",
        "preferred_username": "nia.lund@northmoor.invalid",
        "groups": ["grp-sergeants"],
    }
    client = through(northmoor)
    assert is_in(client)
    user = nia()
    assert (user.name, roles(user)) == ("Sgt Nia Lund", {"supervisor"})
    assert User.objects.filter(username__startswith="nia").count() == 1


@pytest.mark.parametrize(
    "claimed", ["n@okafor@y.uk", "n@", f"a@{'ü' * 60}.uk", "x" * 250 + "@y.uk"]
)
def test_an_address_that_no_mail_can_be_sent_to_is_not_taken_over(
    northmoor: Provider, claimed: str
) -> None:
    through(northmoor)
    northmoor.person["email"] = claimed
    through(northmoor)
    assert nia().email == "nia.okafor@northmoor.invalid"
    refused = AuditEvent.objects.get(verb="person.mailbox_refused")
    assert claimed not in str(refused.detail)


def test_the_same_groups_end_no_other_session(northmoor: Provider) -> None:
    first = through(northmoor)
    second = through(northmoor)
    assert is_in(first)
    northmoor.person["groups"] = ["grp-sergeants"]
    third = through(northmoor)
    assert [is_in(client) for client in (first, second, third)] == [False, False, True]


def test_whoever_no_group_maps_any_more_is_shut_out_everywhere_until_one_does(
    northmoor: Provider,
) -> None:
    elsewhere = through(northmoor)
    northmoor.person["groups"] = ["grp-cyclists"]
    assert not is_in(through(northmoor))
    assert not is_in(elsewhere)
    assert not nia().is_active
    assert roles(nia()) == set()
    northmoor.person["groups"] = ["grp-response"]
    assert is_in(through(northmoor))
    assert (nia().is_active, nia().left_at, roles(nia())) == (True, None, {"responder"})


def test_a_stranger_of_no_mapped_group_is_not_even_made(northmoor: Provider) -> None:
    northmoor.person["groups"] = ["administrators", "grp-cyclists"]
    assert not is_in(through(northmoor))
    assert not User.objects.filter(username__startswith="nia").exists()


def test_whoever_an_administrator_sent_away_stays_away(cast: Cast, northmoor: Provider) -> None:
    through(northmoor)
    User.objects.filter(pk=nia().pk).update(is_active=False)
    assert not is_in(through(northmoor))
    assert not nia().is_active


def test_nobody_becomes_somebody_who_is_here_by_having_their_name(
    cast: Cast, northmoor: Provider
) -> None:
    northmoor.person |= {"preferred_username": "Olu", "email": "olu@northmoor.invalid"}
    assert not is_in(through(northmoor))
    assert is_in_with_password("olu")
    call_command("link_directory", "olu", northmoor.issuer, NIA["sub"], stdout=StringIO())
    client = through(northmoor)
    assert is_in(client)
    assert "Nia Okafor" in client.get("/account/security").text
    assert not is_in_with_password("olu")
    with pytest.raises(CommandError, match="already"):
        call_command("link_directory", "sade", northmoor.issuer, NIA["sub"])


def is_in_with_password(name: str) -> bool:
    client = Client()
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    return is_in(client)


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://elsewhere.invalid"},
    "another audience": {"aud": "somebody-else"},
    "another audience, but us as the party": {"aud": ["somebody-else"], "azp": CLIENT},
    "expired": {"exp": int(time.time()) - 600, "iat": int(time.time()) - 900},
    "from tomorrow": {"nbf": int(time.time()) + 86_400},
    "another nonce": {"nonce": "planted"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_opens_nothing_and_leaves_its_row(
    northmoor: Provider, lie: str
) -> None:
    northmoor.lies = LIES[lie]
    client = through(northmoor)
    assert not is_in(client)
    assert "did not say who you are" in client.get(LOGIN).text
    assert not User.objects.filter(username__startswith="nia").exists()
    refused = AuditEvent.objects.get(verb="session.refused")
    assert refused.detail["step"] == "directory"
    assert "nia" not in str(refused.detail).lower()


def test_a_token_signed_with_another_key_opens_nothing(northmoor: Provider) -> None:
    northmoor.key = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
    assert not is_in(through(northmoor))


def test_a_code_is_of_the_browser_that_asked_and_opens_once(northmoor: Provider) -> None:
    victim, thief = Client(), Client()
    back = northmoor.consent(victim.get(START).headers["Location"])
    thief.get(START)
    thief.get(back)
    assert not is_in(thief)
    victim.get(back)
    assert is_in(victim)
    again = Client()
    again.cookies.clear()
    again.get(back)
    assert not is_in(again)


def test_afterwards_one_is_on_the_page_one_asked_for_and_on_no_other_site(
    northmoor: Provider,
) -> None:
    for wanted, led in (
        ("/work", "/work"),
        ("https://evil.invalid/", "/"),
        ("//evil.invalid", "/"),
    ):
        client = Client()
        there = client.get(f"{START}?next={wanted}").headers["Location"]
        assert client.get(northmoor.consent(there)).headers["Location"] == led


def test_a_second_step_is_asked_here_unless_the_directory_asks_it(
    northmoor: Provider, settings: Any
) -> None:
    settings.SECOND_STEP = "default"
    client = through(northmoor)
    assert client.get("/work").headers["Location"] == "/account/security/step"
    described = json.loads(settings.DIRECTORIES)
    settings.DIRECTORIES = json.dumps([described[0] | {"asks_second_step": True}])
    assert through(northmoor).get("/work").status_code == 200


def test_showing_who_one_is_again_asks_the_directory_to_ask(northmoor: Provider) -> None:
    client = through(northmoor)
    through(northmoor, client, "?again=1&next=/me")
    assert (northmoor.last["prompt"], northmoor.last["max_age"]) == ("login", "0")
    assert is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        "[",
        '[{"force": "northmoor"}]',
        '[{"force": "n", "name": "n", "issuer": "https://i", "client_id": "c", "client_secret": "s",'
        ' "roles": {"g": "sheriff"}}]',
        '[{"force": "n", "name": "n", "issuer": "https://i", "client_id": "c", "client_secret": "s",'
        ' "roles": {"g": "agency_worker"}}]',
    ],
)
def test_a_wrong_description_stops_the_start_with_a_sentence(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DIRECTORIES must be"):
        read(wrong)


def test_no_group_makes_an_administrator_of_cases(northmoor: Provider, settings: Any) -> None:
    described = json.loads(settings.DIRECTORIES)[0]
    described["roles"]["grp-admins"] = Role.ADMINISTRATOR.value
    settings.DIRECTORIES = json.dumps([described])
    northmoor.person["groups"] = ["grp-admins", "grp-response"]
    assert not is_in(through(northmoor))
    northmoor.person["groups"] = ["grp-admins"]
    assert is_in(through(northmoor))
    assert roles(nia()) == {"administrator"}
