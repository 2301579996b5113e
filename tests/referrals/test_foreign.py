"""Schemathesis asks the running API with a token that is not good for what it names: nothing is told and nothing done.

Another agency's token, with the ids of the first agency's referrals and services in every address; and the agency's own
token with one scope, for everything that needs another.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import Agency, AuditEvent
from referrals.models import Service, SupportReferral
from tests.cluster import Clone
from tests.referrals import noting, running
from tests.referrals.api_client import ALL, key
from tests.referrals.builders import make_in, make_service
from tests.referrals.server import up

PROVE = bool(os.environ.get("PROVE"))
# By the number of questions in the short setting, not by the clock: a busy machine asks as often.
SHORT = ("--phases", "examples,fuzzing", "--generation-deterministic")
HOW_LONG = ("--max-time", "300") if PROVE else SHORT
EXAMPLES = 400 if PROVE else 12
OFTEN = {f"RATE_{name}": "100000/s" for name in ("READ", "WRITE", "TOKEN")}
STATES = ("sent", "needs_info", "accepted", "in_progress", "completed")
# How a request is refused before anything is looked for: what it is made of is wrong, whoever asks for whatever.
BEFORE = {400, 405, 406, 413, 415, 422, 428}
ADDRESSES = 13  # that have the id of a referral or service in them


@dataclass
class Running:
    """The API with what harbour has in it, and the tokens of others."""

    address: str
    ids: dict[str, list[str]]
    beacons: str
    beacons_own: str
    narrow: str

    def noted(self, token: str, cwd: Path, *words: str) -> list[dict[str, Any]]:
        """Every answer that Schemathesis was given, with the ids of harbour in its addresses."""
        rules = running.RULES.read_text() + running.known(self.ids)
        ran = running.run(
            rules,
            f"{self.address}/api/v1/openapi.json",
            token,
            *words,
            *HOW_LONG,
            cwd=cwd,
            examples=EXAMPLES,
            SCHEMATHESIS_HOOKS=noting.__file__,
            **{noting.NOTED: str(cwd / "noted")},
        )
        assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]
        answers = [json.loads(line) for line in (cwd / "noted").read_text().splitlines()]
        return [answer for answer in answers if answer["token"]]


@pytest.fixture
def api(committed: Clone) -> Iterator[Running]:
    """A real server, with referrals and services of two agencies."""
    with acting_as(engine("test")):
        keys = {slug: key(slug) for slug in ("harbour", "beacon")}
        referrals = [str(make_in(state).pk) for state in STATES]
        services = [str(make_service().pk) for _again in range(2)]
        own = str(make_in("sent", slug="beacon").pk)
    with up(committed, WEB_THREADS="4", **OFTEN) as env:

        def token(slug: str, scope: str) -> str:
            asked = {"grant_type": "client_credentials", "scope": scope}
            given = keys[slug]
            answer = requests.post(
                f"{env['SITE_URL']}/api/v1/token",
                asked,
                auth=(given.client_id, given.secret),
                timeout=30,
            )
            return str(answer.json()["access_token"])

        ids = {"referrals": referrals, "supported": referrals[3:4], "services": services}
        narrow = token("harbour", "events:read")
        yield Running(env["SITE_URL"], ids, token("beacon", ALL), own, narrow)


def state() -> list[Any]:
    """What harbour has, as it stands."""
    with acting_as(engine("test")):
        mine = Agency.objects.get(slug="harbour")
        return [
            *SupportReferral.objects.filter(agency=mine).order_by("pk").values(),
            *Service.objects.filter(agency=mine).order_by("pk").values(),
        ]


def refusals(slug: str) -> Counter[str]:
    """How often the trail says that the agency was refused, by the id that it asked for."""
    with acting_as(engine("test")):
        agency = Agency.objects.get(slug=slug)
        rows = AuditEvent.objects.filter(verb="access.refused", agency_id=agency.pk)
        return Counter(row.detail["ids"].get("pk", "") for row in rows)


def test_anothers_token_is_told_nothing_and_does_nothing_whatever_it_asks(
    api: Running, tmp_path: Path
) -> None:
    before = state()
    theirs = {pk for each in api.ids.values() for pk in each}
    answers = api.noted(api.beacons, tmp_path, "--include-path-regex", r"/\{id\}")
    foreign = [answer for answer in answers if answer["id"] in theirs]
    assert [a for a in foreign if a["status"] not in {403, 404, *BEFORE}] == []
    assert [a["label"] for a in answers if a["status"] < 300 and theirs & words(a["text"])] == []
    assert state() == before

    unseen = [answer for answer in foreign if answer["status"] in {403, 404}]
    asked = Counter(answer["label"] for answer in unseen)
    assert len(asked) == ADDRESSES, asked
    assert min(asked.values()) >= (20 if PROVE else 1), asked
    assert len(unseen) > (2_000 if PROVE else 40)
    logged = refusals("beacon")
    for pk, times in Counter(answer["id"] for answer in unseen).items():
        assert logged[pk] >= times, pk
    headers = {"Authorization": f"Bearer {api.beacons}"}
    of_its_own = f"{api.address}/api/v1/referrals/{api.beacons_own}"
    assert requests.get(of_its_own, headers=headers, timeout=30).status_code == 200


def words(text: str) -> set[str]:
    """What may be an id in it."""
    return {word for word in text.replace('"', " ").replace("/", " ").split() if len(word) == 36}


def test_a_token_without_the_scope_does_nothing_that_needs_it(api: Running, tmp_path: Path) -> None:
    before = state()
    answers = api.noted(api.narrow, tmp_path, "--exclude-path-regex", "/token|/events|/open/")
    assert [a for a in answers if a["status"] not in {403, 404, *BEFORE}] == []
    refused = Counter(answer["label"] for answer in answers if answer["status"] == 403)
    assert len(refused) > ADDRESSES, refused
    assert refused.total() > (2_000 if PROVE else 40)
    assert state() == before
    assert refusals("harbour").total() >= refused.total()
    headers = {"Authorization": f"Bearer {api.narrow}"}
    events = requests.get(f"{api.address}/api/v1/events", headers=headers, timeout=30)
    assert events.status_code == 200
