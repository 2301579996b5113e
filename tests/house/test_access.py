"""Who may enter where: every address is sorted, and every verdict is tried with a real request."""

import pytest
from django.db import transaction
from django.test import Client

import clocks
from accounts.models import AuditEvent, GrantKind, Restriction, ScopeGrant, User
from accounts.permissions import ROLES, Permission, Role
from tests.builders import make_case, make_scope, make_victim
from tests.cast import Cast
from tests.house.routes import PUBLIC, SIGNED_IN, Route, routes

# One person for each role; the agency's own system has no page, only the API (tests/referrals).
WHO = {
    Role.RESPONDER: "rhys",
    Role.INVESTIGATOR: "olu",
    Role.SUPERVISOR: "sade",
    Role.SPECIALIST_LEAD: "ines",
    Role.NAVIGATOR: "tarek",
    Role.TRAINING_ADMIN: "bronwen",
    Role.CRIME_REGISTRAR: "keir",
    Role.AUDITOR: "asha",
    Role.ANALYST: "ming",
    Role.AGENCY_WORKER: "hana",
    Role.AGENCY_ADMINISTRATOR: "una",
    Role.ADMINISTRATOR: "lena",
}
METHODS = ("GET", "POST")


def held(user: User) -> frozenset[Permission]:
    return frozenset().union(*(ROLES[Role(row.role)] for row in user.roles.all()))


def send(client: Client, method: str, route: Route) -> int:
    # Whatever an entry would change is undone, so that the next one finds the same house.
    with transaction.atomic():
        status = client.generic(method, route.path).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_is_sorted() -> None:
    unsorted = []
    for route in routes():
        sorted_as = [
            route.permission is not None and route.asks_sign_in,
            route.name in PUBLIC and not route.asks_sign_in,
            route.name in SIGNED_IN and route.asks_sign_in,
            route.api is not None and route.name not in PUBLIC,
        ]
        if sorted_as.count(True) != 1:
            unsorted.append(f"{route.pattern} ({route.name})")
    assert unsorted == []


def test_no_name_stands_for_a_door_that_is_gone() -> None:
    names = {route.name for route in routes()}
    assert set(PUBLIC) | set(SIGNED_IN) <= names


def test_every_role_has_somebody_to_try_the_doors() -> None:
    assert set(WHO) == set(Role) - {Role.AGENCY_SYSTEM}


def test_nobody_enters_anything_but_what_is_public(db: None) -> None:
    client, wrong = Client(raise_request_exception=False), []
    for route in routes():
        for method in METHODS:
            status = send(client, method, route)
            if route.api is not None and route.name not in PUBLIC:
                expected = {401, 405}
            elif route.name in PUBLIC:
                expected = {200, 302, 400, 401, 404, 405, 410, 415, 503}
            else:
                expected = {302, 405}
            if status not in expected:
                wrong.append(f"{method} {route.name}: {status}")
    assert wrong == []


@pytest.mark.parametrize("role", WHO)
def test_each_role_enters_what_it_may_and_nothing_else(cast: Cast, role: Role) -> None:
    user = getattr(cast, WHO[role])
    may, client, wrong = held(user), Client(raise_request_exception=False), []
    client.force_login(user)
    for route in routes():
        if route.permission is None:
            continue
        answers = {"GET": send(client, "GET", route)}
        if route.permission in may or answers["GET"] == 405:
            answers["POST"] = send(client, "POST", route)
        if set(answers.values()) == {405}:
            wrong.append(f"{route.name}: neither looks nor acts")
        for method, status in answers.items():
            if route.permission in may:
                right = status in {200, 204, 302, 400, 404, 405, 409, 422}
            else:
                right = status in {403, 405}
            if not right:
                wrong.append(f"{method} {route.name}: {status}")
    assert wrong == []


def test_an_officer_signed_in_to_pages_is_nobody_to_the_api(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.ines)
    for route in routes():
        if route.api is not None and route.name not in PUBLIC:
            for method in METHODS:
                assert send(client, method, route) in {401, 405}, route.name


@pytest.mark.parametrize("who", ["olu", "ines", "petra", "wyn"])
def test_a_case_beyond_ones_reach_is_not_there_on_any_page_of_it(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    may, client = held(user), Client(raise_request_exception=False)
    client.force_login(user)
    own = make_case()
    hidden = make_case(victim=make_victim(make_scope(restriction=Restriction.RESTRICTED)))
    covert = make_case(victim=make_victim(make_scope(restriction=Restriction.COVERT)))
    granted = make_case(victim=make_victim(make_scope(restriction=Restriction.RESTRICTED)))
    ScopeGrant.objects.create(
        scope=granted.scope,
        force=cast.force,
        user=user,
        kind=GrantKind.TEAM,
        starts_at=clocks.now(),
    )
    reaches = who in {"olu", "ines"}
    verdicts = {own: reaches, hidden: False, covert: False, granted: user.force == cast.force}
    wrong = []
    for route in routes():
        if route.parameters != {"reference"} or route.permission not in may:
            continue
        if route.name == "casework:break-glass":
            continue  # a question, the same for any reference: tests/casework/test_emergency.py
        for case, visible in verdicts.items():
            path = route.path.replace("HF-ZZZZZ", case.reference)
            with transaction.atomic():
                status = client.get(path).status_code
                transaction.set_rollback(True)
            there = status not in {404, 405}
            if (there and not visible) or status >= 500:
                wrong.append(f"{route.name} {case.scope.restriction}: {status}")
            if visible and route.name == "casework:case" and status != 200:
                wrong.append(f"{route.name} {case.scope.restriction}: {status}")
    assert wrong == []


def test_a_refusal_leaves_its_row_and_says_which_door(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.ming)
    client.get("/people")
    row = AuditEvent.objects.get(verb="access.refused")
    assert row.actor_id == cast.ming.pk
    assert row.detail["tried"] == "people:view"
    assert row.detail["route"] == "accounts:people"
