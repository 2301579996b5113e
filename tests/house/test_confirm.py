"""Before a grave act somebody shows again who they are: every such act, by page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

import clocks
from accounts.auth import PROVED
from accounts.models import AuditEvent, User
from tests.accounts.steps import code_of, give_app
from tests.cast import Cast
from tests.cluster import PASSWORD
from tests.house.routes import Route, routes

SignIn = Callable[[User], Client]
# Who may do the act; the reason stands beside it.
ACTS = {
    "accounts:roles": "lena",  # a role opens doors
    "accounts:person-edit": "lena",  # where reminders and warnings go to
    "accounts:password-link": "lena",  # whoever holds the link sets the password
    "accounts:second-step-reset": "lena",
    "accounts:leave": "lena",  # somebody's work goes to others
    "accounts:come-back": "lena",
    "accounts:unit-new": "lena",  # whoever supervises a unit reaches its cases
    "accounts:unit": "lena",
    "accounts:agency-new": "lena",  # who gets referrals, and where what is sent to them goes
    "accounts:agency-edit": "lena",
    "accounts:agency-worker-new": "lena",
    "accounts:team-leave": "una",
    "casework:retention": "ines",  # a record is disposed of, or held
    "casework:hold-ended": "ines",
    "casework:conflict-end": "sade",  # a case opens again to somebody who knows a person in it
    "accounts:looking": "lena",  # a safeguard is turned off
    "accounts:team-new": "una",  # shows a link to set a password
    "accounts:team-link": "una",
    "accounts:key-new": "una",  # a key reads referrals
    "accounts:key-revoke": "una",
    "referrals:sandbox-webhook-new": "una",
    "referrals:sandbox-webhook-end": "una",
    "referrals:sandbox-webhook-secret": "una",
    "referrals:sandbox-webhook-on": "una",
    "referrals:sandbox-webhook-off": "una",
    "referrals:sandbox-webhook-test": "una",
    "referrals:sandbox-webhook-end-old-secrets": "una",
    "referrals:webhook-new": "una",  # where events go to
    "referrals:webhook-end": "una",
    "referrals:webhook-secret": "una",
    "referrals:webhook-confirm": "una",
    "referrals:webhook-on": "una",
    "referrals:webhook-off": "una",
    "referrals:webhook-test": "una",
    "referrals:webhook-end-old-secrets": "una",
    "referrals:webhook-decide-confirm": "lena",
    "referrals:webhook-decide-refuse": "lena",
    "accounts:export-take": "ines",  # a file leaves
    "accounts:export-request": "ines",
    "referrals:sandbox-key-new": "una",
    "casework:break-glass": "olu",  # somebody else's case opens
    "app-add": "olu",  # what opens one's own account
    "passkey-add": "olu",
    "step-remove": "olu",
    "codes": "olu",
    "session-end": "olu",
    "sessions-end-others": "olu",
}
BY_NAME = {route.name: route for route in routes()}


def asks(route: Route) -> bool:
    return bool(getattr(route.view, "asks_again", False))


def later(client: Client) -> Client:
    """The same browser, whose owner showed who they are a while ago."""
    session = client.session
    session[PROVED] = (clocks.now() - timedelta(minutes=6)).timestamp()
    session.save()
    return client


def test_every_act_that_asks_is_in_the_table_and_asks() -> None:
    assert {route.name for route in routes() if asks(route)} == set(ACTS)


def test_what_makes_links_keys_roles_or_files_is_not_forgotten() -> None:
    signs = ("link", "key", "role", "secret", "export", "download", "results", "break-glass")
    signs += (
        "leave",
        "come-back",
        "unit",
        "agency-",
        "webhook-",
        "retention",
        "hold-",
        "conflict-end",
    )
    grave = {
        route.name
        for route in routes()
        if any(sign in route.name for sign in signs) and not route.name.startswith("referrals:api-")
    }
    looking = {"accounts:keys", "casework:link", "casework:links"}
    looking |= {"accounts:exports", "accounts:export", "accounts:export-requests", "accounts:units"}
    looking |= {
        "referrals:referral-agency-told"
    }  # says that an agency was told to stop; opens nothing
    assert {name for name in grave if not asks(BY_NAME[name])} == looking


def acts() -> int:
    """How much was done, beside signing in and showing who one is."""
    return AuditEvent.objects.exclude(verb__startswith="session.").count()


@pytest.mark.parametrize("name", ACTS)
def test_the_act_waits_until_somebody_shows_who_they_are(
    cast: Cast, client_of: SignIn, name: str
) -> None:
    who, route = getattr(cast, ACTS[name]), BY_NAME[name]
    client = later(client_of(who))
    before = acts()
    asked = client.post(route.path, {"roles": "auditor", "name": "Kept words"})
    assert asked.status_code == 200
    assert "Confirm that it is you" in asked.text
    assert '<input type="hidden" name="name" value="Kept words">' in asked.text
    wrong = client.post(route.path, {"confirm": "yes", "confirm_password": "not this one at all"})
    assert wrong.status_code == 400
    assert "That is not your password" in wrong.text
    assert "not this one at all" not in wrong.text
    assert acts() == before
    right = client.post(route.path, {"confirm": "yes", "confirm_password": PASSWORD})
    assert "Confirm that it is you" not in right.text
    assert AuditEvent.objects.filter(verb="session.confirmed", actor_id=who.pk).count() == 1


def test_the_act_goes_on_with_what_was_typed(cast: Cast, client_of: SignIn) -> None:
    lena = later(client_of(cast.lena))
    path = f"/people/{cast.rhys.pk}/roles"
    given = {"roles": ["responder", "investigator"]}
    assert "Confirm that it is you" in lena.post(path, given).text
    assert {row.role for row in cast.rhys.roles.all()} == {"responder"}
    answer = lena.post(path, given | {"confirm": "yes", "confirm_password": PASSWORD})
    assert answer.status_code == 302
    assert {row.role for row in cast.rhys.roles.all()} == {"responder", "investigator"}
    again = lena.post(path, {"roles": ["responder"]})
    assert again.status_code == 302, "asked again within five minutes"


def test_a_browser_that_came_from_half_an_address_is_asked_as_well(
    cast: Cast, client_of: SignIn
) -> None:
    lena = later(client_of(cast.lena))
    asked = lena.post(
        f"/people/{cast.rhys.pk}/roles", {"roles": ["auditor"]}, headers={"Referer": "http://["}
    )
    assert asked.status_code == 200
    assert "Confirm that it is you" in asked.text


def test_a_code_shows_it_too_and_none_of_anothers(cast: Cast, client_of: SignIn) -> None:
    give_app(cast.lena)
    path = f"/people/{cast.rhys.pk}/link"
    lena = later(client_of(cast.lena))
    assert lena.post(path, {"confirm": "yes", "confirm_code": "000000"}).status_code == 400
    shown = lena.post(path, {"confirm": "yes", "confirm_code": code_of()})
    assert "link" in shown.context


def test_guessing_the_password_of_an_open_session_locks(cast: Cast, client_of: SignIn) -> None:
    lena = later(client_of(cast.lena))
    path = f"/people/{cast.rhys.pk}/link"
    answers = [
        lena.post(path, {"confirm": "yes", "confirm_password": f"guess {uuid4()}"}).status_code
        for _ in range(5)
    ]
    assert answers == [400, 400, 400, 400, 429]
    assert lena.post(path, {"confirm": "yes", "confirm_password": PASSWORD}).status_code == 429
    assert not AuditEvent.objects.filter(verb="person.link_made").exists()
