"""Schemathesis runs the published document against the running server, over a socket, with real tokens."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import AuditEvent
from referrals.models import ReferralStatus
from referrals.scenarios import SCENARIOS
from tests.cluster import Clone
from tests.referrals import running
from tests.referrals.api_client import ALL, key, sandbox_key
from tests.referrals.builders import make_in, make_service
from tests.referrals.server import up

SECONDS = 300 if os.environ.get("PROVE") else 25
EXAMPLES = 400 if os.environ.get("PROVE") else 5
OF_EACH = (
    40 if os.environ.get("PROVE") else 6
)  # an act takes one away from those that may still do it
MOST_RUNS = 4
SANDBOX = "/sandbox"
# By what the trail shows that a verb of the API was let act.
MOVED_TO = ("accepted", "declined", "needs_info", "in_progress", "completed", "ended_early")
VERBS: dict[str, dict[str, str]] = {
    **{to: {"verb": "supportreferral.moved", "detail__to": to} for to in MOVED_TO},
    "reviewed": {"verb": "referral.reviewed"},
    "another worker": {"verb": "referral.worker_changed"},
    "service changed": {"verb": "service.changed"},
    "capacity told": {"verb": "row.insert", "subject": "referrals_capacityword"},
    "sent": {"verb": "sandbox.sent"},
}
OFTEN = "100000/s"  # the rates have tests of their own
STATES = [status for status in ReferralStatus.values if status != "draft"]


@dataclass
class Side:
    """Where one side of the API is, a token that may do everything there, and the ids of what it has."""

    address: str
    token: str
    ids: dict[str, list[str]]


@pytest.fixture(params=["real", "sandbox"])
def side(request: pytest.FixtureRequest, committed: Clone) -> Iterator[Side]:
    """What is real, or the sandbox, with referrals in every state that there is."""
    rates = {f"RATE_{name}": OFTEN for name in ("READ", "WRITE", "TOKEN")}
    invented = request.param == "sandbox"
    with acting_as(engine("test")):
        made = sandbox_key("harbour") if invented else key("harbour")
        ids = {} if invented else _real()
    with up(committed, WEB_THREADS="4", **rates) as env:
        side = Side(env["SITE_URL"] + (SANDBOX if invented else ""), "", ids)
        asked = {"grant_type": "client_credentials", "scope": ALL}
        side.token = _told(
            requests.post(
                f"{side.address}/api/v1/token",
                asked,
                auth=(made.client_id, made.secret),
                timeout=30,
            )
        )["access_token"]
        side.ids = ids or _invented(side)
        assert all(side.ids.values())
        yield side


def _real() -> dict[str, list[str]]:
    made = {state: [str(make_in(state).pk) for _again in range(OF_EACH)] for state in STATES}
    return {
        "referrals": [pk for of_state in made.values() for pk in of_state],
        "supported": made[ReferralStatus.IN_PROGRESS],
        "services": [str(make_service().pk) for _again in range(OF_EACH)],
    }


def _invented(side: Side) -> dict[str, list[str]]:
    def ask(method: str, path: str) -> Any:
        headers = {"Authorization": f"Bearer {side.token}", "Idempotency-Key": str(uuid4())}
        return _told(
            requests.request(method, f"{side.address}/api/v1/{path}", headers=headers, timeout=30)
        )

    sent = [ask("POST", f"scenarios/{name}") for name in SCENARIOS for _again in range(OF_EACH)]
    services = ask("GET", "services")["results"]
    return {
        "referrals": [one["id"] for one in sent],
        "supported": [one["id"] for one in sent if one["status"] == ReferralStatus.IN_PROGRESS],
        "services": [one["id"] for one in services],
    }


def _told(answer: requests.Response) -> Any:
    assert answer.ok, answer.text
    return answer.json()


def _done() -> dict[str, int]:
    """How often each verb acted so far."""
    with acting_as(engine("test")):
        by_agency = AuditEvent.objects.filter(actor_kind="agency")
        return {name: by_agency.filter(**shown).count() for name, shown in VERBS.items()}


def test_no_failure_of_the_server_no_breach_of_the_document_and_no_success_that_should_not_be(
    side: Side, tmp_path: Path
) -> None:
    before = _done()
    # What only the sandbox has says itself where it is, unless all is asked for there.
    elsewhere = ("--url", side.address) if side.address.endswith(SANDBOX) else ()
    wanted = set(VERBS) - (set() if side.address.endswith(SANDBOX) else {"sent"})
    never, runs = set(wanted), 0
    # In a few seconds chance may leave some out; in the long run none. A busy machine comes less far at a time.
    few = 0 if os.environ.get("PROVE") else len(wanted) // 2
    while len(never) > few and runs < MOST_RUNS:
        ran = running.run(
            running.RULES.read_text() + running.known(side.ids),
            f"{side.address.removesuffix(SANDBOX)}/api/v1/openapi.json",
            side.token,
            *elsewhere,
            *("--max-time", str(SECONDS)),
            cwd=tmp_path,
            examples=EXAMPLES,
        )
        assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
        after, runs = _done(), runs + 1
        never = {name for name in wanted if after[name] == before[name]}
    assert len(never) <= few, f"It was never let do these: {sorted(never)}"


def test_no_check_is_switched_off_and_what_one_lets_pass_has_its_reason() -> None:
    rules = tomllib.loads(running.RULES.read_text())
    for told in (rules, *rules["operations"]):
        assert not {"enabled", "phases"} & set(told)
    assert [
        name for name, said in rules["checks"].items() if set(said) != {"expected-statuses"}
    ] == []
    lines = running.RULES.read_text().splitlines()
    reasons = [lines[at - 1] for at, line in enumerate(lines) if ".expected-statuses" in line]
    assert len(reasons) == len(rules["checks"])
    assert all(line.startswith("#") for line in reasons)
