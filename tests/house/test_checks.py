"""What must hold before Holdfast starts."""

from typing import Any

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from django.template import engines

from accounts import gates
from accounts.actors import engine
from accounts.context import acting_as
from config import checks
from tests.cast import Cast
from tests.cluster import Clone


def test_every_port_is_filled() -> None:
    assert checks.ports_are_filled() == []


def test_an_empty_port_refuses_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates.person_absent, "answers", [])
    (error,) = checks.ports_are_filled()
    assert "accounts.person_absent" in error.msg


def test_no_sealing_key_refuses_to_start(tmp_path: Any, settings: Any) -> None:
    assert checks.a_key_can_seal() == []
    settings.SEALING_KEYS_DIR = tmp_path
    (error,) = checks.a_key_can_seal()
    assert "no sealing key" in error.msg


def test_the_runtime_roles_may_serve(cast: Cast) -> None:
    for actor in (engine("test"), cast.actor("olu")):
        with acting_as(actor):
            assert checks.role_problem(connection) == ""


@pytest.mark.parametrize("role", ["migrate", "superuser"])
def test_the_owner_and_the_superuser_may_not(committed: Clone, role: str, client: Any) -> None:
    url = committed.urls.get(role) or committed.env["HOLDFAST_TEST_ADMIN"]
    link = psycopg2.connect(url)
    with link, link.cursor() as cursor:
        cursor.execute(checks.OWNS)
        assert any(cursor.fetchone())
    link.close()


def test_the_project_is_ready(db: None, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # The guard against undefined template variables puts an object there that Django's check refuses.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    call_command("check", databases=["default"], fail_level="WARNING")
    assert client.get("/readyz").json() == {"status": "ok"}
