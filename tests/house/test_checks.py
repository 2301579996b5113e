"""What must hold before Holdfast starts."""

import subprocess
import sys
from pathlib import Path
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
from tests.cluster import TREE, Clone


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


CLOSED = {
    "HTTPS": "1",
    "HOLDFAST_DEMO": "0",
    "DEBUG": "0",
    "SITE_URL": "https://holdfast.northmoor.example",
    "ALLOWED_HOSTS": "holdfast.northmoor.example",
    "SECRET_KEY_FILE": "",
    "CLAMD": "unix:/run/clamav/clamd.ctl",
    "SECRET_KEY": "k7" * 32 + "-of-random-letters-that-nobody-could-guess",
}


def checked(clone: Clone, **over: str) -> str:
    """What `manage.py check --deploy` says of a deployment, warnings being errors; nothing when all is well."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=TREE,
        env=clone.env | CLOSED | {"HOLDFAST_ROLE": "web"} | over,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr


def test_a_closed_deployment_passes_without_a_warning_and_an_open_one_is_refused(
    committed: Clone,
) -> None:
    assert checked(committed) == ""
    said = checked(
        committed,
        HTTPS="0",
        SITE_URL="http://holdfast.example",
        ALLOWED_HOSTS="*",
        SECRET_KEY="short",
        SECOND_STEP="nobody",
        STEP_UP_MINUTES="60",
        DIRECTORIES="[",
        CLAMD="",
        FILES_ROOT=str(TREE / "static"),
    )
    for words in ("HTTPS is off", "SITE_URL must", "ALLOWED_HOSTS must", "SECRET_KEY must"):
        assert words in said
    for words in ("SECOND_STEP is nobody", "STEP_UP_MINUTES must", "DIRECTORIES must be"):
        assert words in said
    for words in ("CLAMD is not set", "FILES_ROOT lies in a directory that is served"):
        assert words in said
    assert "SECOND_STEP must be" in checked(committed, SECOND_STEP="constable")
    assert "CLAMD must be unix:/path" in checked(committed, CLAMD="demo")


def test_files_lie_where_nobody_serves_and_nobody_else_looks(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    assert checks.files_lie_where_nobody_looks() == []
    settings.FILES_ROOT.mkdir(mode=0o700)
    assert checks.files_lie_where_nobody_looks() == []
    for mode in (0o701, 0o710, 0o755):
        settings.FILES_ROOT.chmod(mode)
        (error,) = checks.files_lie_where_nobody_looks()
        assert "chmod 700" in error.msg
    for place in (settings.STATIC_ROOT, settings.STATIC_ROOT / "a", settings.STATIC_ROOT.parent):
        settings.FILES_ROOT = place
        assert "is served" in checks.files_lie_where_nobody_looks()[0].msg
    settings.FILES_ROOT = tmp_path / "one"
    settings.FILES_ROOT.write_text("")
    assert "must be a directory" in checks.files_lie_where_nobody_looks()[0].msg


@pytest.mark.parametrize(
    ("words", "demo", "passes"),
    [
        ("unix:/run/clamav/clamd.ctl", False, True),
        ("tcp:clamav:3310", False, True),
        ("", False, True),  # a deployment is refused without one: E005
        ("demo", True, True),
        ("demo", False, False),
        ("unix:clamd.ctl", False, False),
        ("tcp:3310", True, False),
        ("http://clamav:3310", False, False),
    ],
)
def test_an_address_of_no_scanner_refuses_to_start(
    settings: Any, words: str, *, demo: bool, passes: bool
) -> None:
    settings.CLAMD, settings.DEMO = words, demo
    assert (checks.files_are_scanned() == []) is passes


def test_the_cookies_of_a_closed_deployment_are_of_this_host_alone(committed: Clone) -> None:
    words = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS,"
        " s.SECURE_SSL_REDIRECT)"
    )
    said = subprocess.check_output(
        [sys.executable, "-c", words], cwd=TREE, env=committed.env | CLOSED, text=True
    )
    assert said.split() == [
        "__Host-session",
        "__Host-csrf",
        *["True"] * 3,
        "31536000",
        *["True"] * 2,
    ]
