"""The document that describes the API: valid, current, and true of what the API does."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks

from accounts.actors import engine
from accounts.context import acting_as
from referrals.api.examples import ACCEPTED
from referrals.api.schema import document
from referrals.models import SupportReferral
from tests.cast import Cast
from tests.referrals.api_client import Caller, caller, sandbox_caller
from tests.referrals.builders import make_in

checks.load_all_checks()
TRUE_TO_THE_DOCUMENT = checks.CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    ]
)
COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
EXAMPLES = 200 if os.environ.get("PROVE") else 10
BEGINS_IN = {"accept": "sent", "decline": "sent", "ask": "sent", "first-contact": "accepted"}
BEGINS_IN |= {"change-worker": "accepted"}


def test_the_committed_copy_is_current() -> None:
    assert json.loads(COMMITTED.read_text()) == document(), (
        "Write it again: python manage.py spectacular --format openapi-json --file docs/openapi.json"
    )


def test_it_is_openapi_3_1_and_valid() -> None:
    assert document()["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(document()).validate()


def test_every_address_is_in_it_with_the_scopes_of_which_it_needs_one() -> None:
    needs = {
        told["operationId"]: told.get("security")
        for methods in document()["paths"].values()
        for told in methods.values()
    }
    assert needs.pop("get_token") == []
    scopes = {name: [one["agency"] for one in security] for name, security in needs.items()}
    read, wide, update = ["referrals:read"], ["referrals:decide"], ["updates:write"]
    assert scopes == {
        "list_referrals": [read],
        "read_referral": [read],
        "accept_referral": [["referrals:accept"], wide],
        "decline_referral": [["referrals:decline"], wide],
        "ask_referral": [["referrals:ask"], wide],
        "first_contact_referral": [["updates:contact"], update],
        "review_referral": [["updates:review"], update],
        "change_worker_referral": [["updates:worker"], update],
        "complete_referral": [["updates:complete"], update],
        "end_referral": [["updates:end"], update],
        "list_events": [["events:read"]],
        "list_questions": [["voice:write"]],
        "tell_voice": [["voice:write"]],
        "list_services": [read],
        "read_service": [read],
        "change_service": [update],
        "tell_capacity": [update],
        "list_scenarios": [read],
        "send_scenario": [read],
    }


def test_the_example_has_exactly_the_fields_that_are_given(cast: Cast) -> None:
    given_now = caller("harbour").get(f"/api/v1/referrals/{make_in('accepted').pk}").json()
    assert set(given_now) == set(ACCEPTED)
    assert set(given_now["minimum"]) == set(ACCEPTED["minimum"])


OPERATIONS = [
    found.ok() for found in schemathesis.openapi.from_dict(document()).get_all_operations()
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_sent_is_answered_as_the_document_says(
    cast: Cast, monkeypatch: Any, operation: Any
) -> None:
    unlimited = dict.fromkeys(("read", "write", "token"))
    monkeypatch.setattr("referrals.auth.KeyThrottle.THROTTLE_RATES", unlimited)
    state = BEGINS_IN.get(operation.path.rsplit("/", 1)[-1], "in_progress")
    referral, harbour = make_in(state), caller("harbour")
    if operation.definition.raw.get("servers"):  # what only the sandbox has
        harbour = sandbox_caller("harbour")

    @settings(
        max_examples=EXAMPLES,
        deadline=timedelta(seconds=20),
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answers_truly(case: Any) -> None:
        with transaction.atomic(), acting_as(engine("test")):
            answer = _ask(case, harbour, referral)
            case.validate_response(answer, checks=TRUE_TO_THE_DOCUMENT)
            transaction.set_rollback(True)

    answers_truly()


def _ask(case: Any, harbour: Caller, referral: SupportReferral) -> schemathesis.Response:
    """The made-up request, about a referral that is there, sent through Django's own client."""
    if "id" in case.path_parameters:
        case.path_parameters["id"] = str(referral.pk)
    kept = {name: value for name, value in case.headers.items() if name == "X-Correlation-Id"}
    tag = {}
    if case.method == "POST":
        tag = {"If-Match": f'"{referral.version}"', "Idempotency-Key": str(uuid4())}
    servers = case.operation.definition.raw.get("servers", [{"url": ""}])
    base = f"http://testserver{servers[0]['url']}"
    asked = requests.Request(**case.as_transport_kwargs(base_url=base)).prepare()
    body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
    given_back = harbour.generic(
        asked.method,
        asked.path_url,
        body,
        content_type=asked.headers.get("Content-Type", "application/json"),
        headers=kept | tag,
    )
    return schemathesis.Response(
        status_code=given_back.status_code,
        headers={name: [value] for name, value in given_back.headers.items()},
        content=given_back.content,
        request=asked,
        elapsed=0.0,
        verify=True,
    )
