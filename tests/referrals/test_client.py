"""The example client, and the lines of the API's guide, against a real server over loopback: token to completed."""

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from standardwebhooks import Webhook as Signature

import clocks
from accounts.actors import engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.models import Application, User
from referrals import actions, delivery, events
from referrals.models import SupportReferral, WebhookSecret
from tests.cast import Cast
from tests.cluster import TREE
from tests.referrals.api_client import key, sandbox_key
from tests.referrals.builders import make_sent, make_webhook
from tests.referrals.internet import Receiver

CLIENT = TREE / "examples" / "agency_client.py"
GUIDE = TREE / "docs" / "api.md"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def client() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agency_client", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def served_referral(served: dict[str, str]) -> tuple[dict[str, str], SupportReferral]:
    """A server, a referral that waits for Harbour, and the environment of Harbour's program."""
    with acting_as(engine("test")):
        referral = make_sent()
        given = key("harbour")
    env = {"PATH": os.environ["PATH"], "HOLDFAST_URL": served["SITE_URL"]}
    env |= {"HOLDFAST_KEY": given.client_id, "HOLDFAST_SECRET": given.secret}
    return env, referral


@pytest.mark.parametrize(
    ("status", "turn", "days", "needs"),
    [
        ("sent", "agency", 1, True),
        ("accepted", "agency", 3, True),
        ("needs_info", "police", 0, False),
        ("in_progress", "agency", 12, False),
        ("in_progress", "agency", 0, True),
        ("in_progress", "agency", -3, True),
        ("completed", "nobody", None, False),
    ],
)
def test_what_waits_for_us_is_what_is_unanswered_unreached_or_to_be_reviewed(
    client: ModuleType, status: str, turn: str, days: int | None, needs: bool
) -> None:
    row = {"status": status, "turn": turn, "due_in_working_days": days}
    assert client.needs_us(row) is needs


def run(env: dict[str, str], *words: str, **given: Any) -> "subprocess.CompletedProcess[str]":
    """The client as a volunteer starts it: no package of ours is there."""
    return subprocess.run(
        [sys.executable, "-I", str(CLIENT), *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        **given,
    )


def told(env: dict[str, str], *words: str) -> Any:
    ran = run(env, *words)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_client_goes_from_a_token_to_completed_and_hears_of_each_step(
    served_referral: tuple[dict[str, str], SupportReferral],
) -> None:
    env, referral = served_referral
    pk = str(referral.pk)
    assert [row["id"] for row in told(env, "waiting")] == [pk]
    assert told(env, "read", pk)["shared"] is None
    accepted = told(env, "accept", pk, "Hana Wells")
    assert (accepted["status"], accepted["worker_name"]) == ("accepted", "Hana Wells")
    assert accepted["shared"] is not None
    assert told(env, "contact", pk)["status"] == "in_progress"
    done = told(env, "complete", pk, "needs_partly_met", "outreach=unmet")
    assert (done["status"], done["end_reason"]) == ("completed", "needs_partly_met")
    assert told(env, "waiting") == []
    events.number(clocks.now())
    heard = run(env, "follow", "--every", "0").stdout.split("\n")[:-1]
    assert [line.split()[0] for line in heard] == ["1", "2", "3", "4"]
    assert [line.split()[2] for line in heard] == [
        *("referral.sent", "referral.accepted", "referral.first_contact", "referral.completed")
    ]
    assert run(env, "follow", "--after", "3", "--every", "0").stdout.count("\n") == 1


def test_the_client_does_the_same_in_the_sandbox_with_another_address_and_key(
    served_referral: tuple[dict[str, str], SupportReferral],
) -> None:
    env, referral = served_referral
    with acting_as(engine("test")):
        tried = sandbox_key("harbour")
    there = {
        "HOLDFAST_URL": f"{env['HOLDFAST_URL']}/sandbox",
        "HOLDFAST_KEY": tried.client_id,
        "HOLDFAST_SECRET": tried.secret,
    }
    assert (
        "key of the sandbox" in run(env | {"HOLDFAST_URL": there["HOLDFAST_URL"]}, "waiting").stderr
    )
    env |= there
    assert told(env, "waiting") == []
    with acting_as(engine("test")):
        una = actor_of(User.objects.get(username="una"), clocks.now())
    with acting_as(una):
        pk = str(actions.send_invented(name="urgent-adult", by=una))
    assert [row["id"] for row in told(env, "waiting")] == [pk]
    assert told(env, "accept", pk, "Hana Wells")["shared"]["name"] == "Rosa (invented)"
    assert told(env, "contact", pk)["status"] == "in_progress"
    assert told(env, "complete", pk, "needs_met")["status"] == "completed"
    events.number(clocks.now())
    heard = run(env, "follow", "--every", "0").stdout.split("\n")[:-1]
    assert [line.split()[2] for line in heard][-1] == "referral.completed"
    assert {line.split()[3] for line in heard} == {pk}
    assert "no such thing" in run(env, "read", str(referral.pk)).stderr


def test_what_is_refused_is_said_in_words_that_help(
    served_referral: tuple[dict[str, str], SupportReferral],
) -> None:
    env, referral = served_referral
    early = run(env, "complete", str(referral.pk), "needs_met")
    assert early.returncode == 1
    assert "cannot be done now" in early.stderr
    wrong = run(env, "complete", str(referral.pk), "because")
    assert "/reason" in wrong.stderr
    assert "key or its secret is wrong" in run(env | {"HOLDFAST_SECRET": "x"}, "waiting").stderr
    nowhere = run({"PATH": env["PATH"]}, "waiting")
    assert "HOLDFAST_URL" in nowhere.stderr
    assert "Traceback" not in early.stderr + wrong.stderr + nowhere.stderr


def test_the_lines_of_the_guide_go_from_a_token_to_completed(
    served_referral: tuple[dict[str, str], SupportReferral],
) -> None:
    env, referral = served_referral
    with acting_as(engine("test")):
        tried = sandbox_key("harbour")
    blocks = re.findall(r"(?s)```sh\n(.*?)```", GUIDE.read_text())
    lines = [block for block in blocks if "manage.py" not in block]
    assert len(lines) >= 2
    ran = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", "\n".join(lines)],
        env={
            "PATH": env["PATH"],
            "API": f"{env['HOLDFAST_URL']}/api/v1",
            "CLIENT_ID": env["HOLDFAST_KEY"],
            "CLIENT_SECRET": env["HOLDFAST_SECRET"],
            "SANDBOX_ID": tried.client_id,
            "SANDBOX_SECRET": tried.secret,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for step in ("accepted", "in_progress", "completed", "withdrawn"):
        assert f'"status":"{step}"' in ran.stdout
    with acting_as(engine("test")):
        assert SupportReferral.objects.get(pk=referral.pk).status == "completed"


def test_the_client_needs_the_standard_library_alone_and_fits_a_volunteers_patience() -> None:
    source = CLIENT.read_text()
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name).split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported <= sys.stdlib_module_names
    assert len(source.splitlines()) < 270


# A webhook.


def signed(body: bytes, secret: str = SECRET, ago: int = 0) -> dict[str, str]:
    """The headers of a webhook, made by the standard's own library."""
    at = datetime.fromtimestamp(int(time.time()) - ago, UTC)
    return {
        "Webhook-Id": "e1",
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Signature(secret).sign("e1", at, body.decode()),
    }


def test_the_client_believes_what_the_product_sends(
    cast: Cast, receiver: Receiver, client: ModuleType
) -> None:
    make_webhook()
    referral = make_sent()
    events.number(clocks.now())
    delivery.turn(clocks.now())
    [got] = receiver.got
    event = client.verify(str(WebhookSecret.objects.get().secret), got.headers, got.body)
    assert event["data"]["referral_id"] == str(referral.pk)


def test_the_client_believes_any_of_several_signatures(client: ModuleType) -> None:
    body = b'{"id":"e1"}'
    headers = signed(body)
    other = signed(body, "whsec_" + "B" * 32)["Webhook-Signature"]
    headers["Webhook-Signature"] = f"v1a,x v1 {other} {headers['Webhook-Signature']}"
    assert client.verify(SECRET, headers, body) == {"id": "e1"}


FORGED: list[tuple[Callable[[], dict[str, str]], bytes]] = [
    (lambda: signed(b"{}"), b'{"changed":1}'),
    (lambda: signed(b"{}", "whsec_" + "B" * 32), b"{}"),
    (lambda: signed(b"{}", ago=400), b"{}"),
    (lambda: signed(b"{}", ago=-400), b"{}"),
    (lambda: signed(b"{}") | {"Webhook-Id": "e2"}, b"{}"),
    (lambda: signed(b"{}") | {"Webhook-Timestamp": "soon"}, b"{}"),
    (lambda: signed(b"{}") | {"Webhook-Signature": ""}, b"{}"),
    (lambda: signed(b"{}") | {"Webhook-Signature": "v1,é"}, b"{}"),
    (dict, b"{}"),
]


@pytest.mark.parametrize(("headers", "body"), FORGED)
def test_the_client_believes_nothing_else(
    client: ModuleType, headers: Callable[[], dict[str, str]], body: bytes
) -> None:
    # Signed now: what was signed when the tests were collected grows old while they run.
    with pytest.raises(client.Refused):
        client.verify(SECRET, headers(), body)


def test_a_webhook_is_verified_at_the_command_line_too(tmp_path: Path) -> None:
    body = b'{"id":"e1"}'
    headers = signed(body)
    words = ["verify", SECRET, "e1", headers["Webhook-Timestamp"], headers["Webhook-Signature"]]
    env = {"PATH": os.environ["PATH"]}
    assert json.loads(run(env, *words, input=body.decode()).stdout) == {"id": "e1"}
    assert "not signed with our secret" in run(env, *words, input="{}").stderr


# When it does not go well.


class Shaky(BaseHTTPRequestHandler):
    """A server that breaks once on each act, and keeps the keys with which it is asked again."""

    keys: list[str] = []

    def do_GET(self) -> None:
        self._say(200, {"status": "sent"}, ETag='"7"')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/token"):
            self._say(200, {"access_token": "t", "expires_in": 600})
            return
        self.keys.append(f"{self.headers['Idempotency-Key']} {self.headers['If-Match']}")
        self._say(503 if len(self.keys) == 1 else 200, {"status": "accepted"})

    def _say(self, code: int, body: dict[str, Any], **headers: str) -> None:
        raw = json.dumps(body).encode()
        self.send_response(code)
        for name, value in (
            headers | {"Content-Length": str(len(raw)), "Retry-After": "0"}
        ).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: Any) -> None:
        """Nothing is said."""


def test_an_act_that_may_not_have_arrived_is_sent_again_under_the_same_key(
    client: ModuleType,
) -> None:
    Shaky.keys.clear()
    server = HTTPServer(("127.0.0.1", 0), Shaky)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        holdfast = client.Holdfast(f"http://127.0.0.1:{server.server_address[1]}", "k", "s")
        assert holdfast.accept("x", "Hana Wells") == {"status": "accepted"}
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
    first, second = Shaky.keys
    assert first == second
    assert first.endswith(' "7"')


def test_a_revoked_key_opens_nothing(
    served_referral: tuple[dict[str, str], SupportReferral],
) -> None:
    env, _referral = served_referral
    with acting_as(engine("test")):
        Application.objects.filter(client_id=env["HOLDFAST_KEY"]).update(revoked_at=clocks.now())
    assert "revoked" in run(env, "waiting").stderr
