"""Schemathesis runs the published document against the running server, over a socket, with real tokens."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import AuditEvent
from referrals.models import ReferralStatus
from tests.cluster import Clone
from tests.referrals.api_client import ALL, key
from tests.referrals.builders import make_in, make_service
from tests.referrals.server import up

RULES = Path(__file__).with_name("schemathesis.toml")
SECONDS = 300 if os.environ.get("PROVE") else 25
EXAMPLES = 400 if os.environ.get("PROVE") else 5
OF_EACH = 6
DONE = {"verb": "supportreferral.moved", "actor_kind": "agency"}
OFTEN = "100000/s"  # the rates have tests of their own
STATES = [status for status in ReferralStatus.values if status != "draft"]


@pytest.fixture
def site(committed: Clone, tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    """Where it is, a token that may do everything, and how to ask it: with ids of every state that there is."""
    with acting_as(engine("test")):
        referrals = [make_in(state).pk for state in STATES for _again in range(OF_EACH)]
        services = [make_service().pk for _again in range(OF_EACH)]
        made = key("harbour")
    ids = "".join(
        f"[dictionaries.{name}]\nvalues = {[str(pk) for pk in pks]}\n"
        for name, pks in (("referrals", referrals), ("services", services))
    )
    rules = tmp_path / "schemathesis.toml"
    rules.write_text(f"{RULES.read_text()}\n{ids}")
    rates = {f"RATE_{name}": OFTEN for name in ("READ", "WRITE", "TOKEN")}
    with up(committed, WEB_THREADS="4", **rates) as env:
        asked = {"grant_type": "client_credentials", "scope": ALL}
        pair = (made.client_id, made.secret)
        answer = requests.post(
            f"{env['SITE_URL']}/api/v1/token", asked, auth=pair, timeout=30
        ).json()
        yield env["SITE_URL"], answer["access_token"], rules


def test_no_failure_of_the_server_no_breach_of_the_document_and_no_success_that_should_not_be(
    site: tuple[str, str, Path], tmp_path: Path
) -> None:
    address, token, rules = site
    with acting_as(engine("test")):
        before = AuditEvent.objects.filter(**DONE).count()
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(rules)),
            *(
                "run",
                f"{address}/api/v1/openapi.json",
                "--header",
                f"Authorization: Bearer {token}",
            ),
            # One worker: two threads that describe their strategies at once break CPython 3.11's `ast.parse`.
            *("--max-time", str(SECONDS), "--max-examples", str(EXAMPLES), "--workers", "1"),
            *("--continue-on-failure", "--no-color"),
        ],
        cwd=tmp_path,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
    with acting_as(engine("test")):
        assert AuditEvent.objects.filter(**DONE).count() > before, "It was never let do anything."


def test_no_check_is_switched_off_and_what_one_lets_pass_has_its_reason() -> None:
    rules = tomllib.loads(RULES.read_text())
    for told in (rules, *rules["operations"]):
        assert not {"enabled", "phases"} & set(told)
    assert [
        name for name, said in rules["checks"].items() if set(said) != {"expected-statuses"}
    ] == []
    lines = RULES.read_text().splitlines()
    reasons = [lines[at - 1] for at, line in enumerate(lines) if ".expected-statuses" in line]
    assert len(reasons) == len(rules["checks"])
    assert all(line.startswith("#") for line in reasons)
