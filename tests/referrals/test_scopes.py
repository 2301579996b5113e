"""A token opens what its scope is for: every address of the API is tried with every scope but those that are enough."""

import json
from typing import Any

import pytest
from django.db import transaction
from rest_framework.permissions import AllowAny

from accounts.models import AuditEvent
from referrals.api.schema import document
from referrals.auth import enough
from tests.cast import Cast
from tests.house.routes import Route, routes
from tests.referrals.api_client import Caller, caller, sandbox_caller

# Every address at which an agency's token is asked for.
ASKING = [
    route
    for route in routes()
    if route.api is not None and AllowAny not in route.api.permission_classes
    if getattr(route.api, "scope", None) is not None
]


def methods(route: Route) -> list[str]:
    """How the address may be asked."""
    assert route.api is not None
    return [name for name in ("get", "post", "put", "patch", "delete") if hasattr(route.api, name)]


def needed(route: Route, method: str) -> str:
    """The scope that the address names for the method."""
    assert route.api is not None
    view = route.api()
    view.request = type("Asked", (), {"method": method.upper()})()  # type: ignore[assignment]
    return str(view.scope)


def scopes() -> set[str]:
    """Every scope that a token can have."""
    [flow] = document()["components"]["securitySchemes"]["agency"]["flows"].values()
    return set(flow["scopes"])


def ask(client: Caller, method: str, route: Route) -> Any:
    with transaction.atomic():
        answer = client.generic(
            method.upper(), route.path, json.dumps({}), content_type="application/json"
        )
        refused = AuditEvent.objects.filter(
            verb="access.refused", detail__route=route.name
        ).exists()
        transaction.set_rollback(True)
    return answer.status_code, refused


def test_the_addresses_that_ask_for_a_token_are_found_on_both_sides() -> None:
    names = {route.name for route in ASKING}
    assert len(names) >= 30
    assert any(name.startswith("referrals:api-sandbox-") for name in names)
    assert {"referrals:api-referral", "referrals:api-events", "referrals:api-service"} <= names


@pytest.mark.parametrize("sandbox", [False, True], ids=["real", "sandbox"])
def test_no_address_opens_to_a_token_that_has_every_other_scope(cast: Cast, sandbox: bool) -> None:
    make, wrong, tried = sandbox_caller if sandbox else caller, [], 0
    clients: dict[str, Caller] = {}
    for route in ASKING:
        if route.name.startswith("referrals:api-sandbox-") != sandbox:
            continue
        for method in methods(route):
            others = " ".join(sorted(scopes() - set(enough(needed(route, method)))))
            client = clients.setdefault(others, make("harbour", others))
            status, is_logged = ask(client, method, route)
            tried += 1
            if (status, is_logged) != (403, True):
                wrong.append(f"{method} {route.name}: {status}, in the trail: {is_logged}")
    assert wrong == []
    assert tried > 12
