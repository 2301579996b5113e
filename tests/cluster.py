"""The room of the tests' own PostgreSQL: a template made once per schema, a clone for each worker."""

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from config.devservices import keys, postgres
from config.devservices.host import write_private

TREE = Path(__file__).resolve().parent.parent
KEPT = TREE / "var" / "test-cluster"
TEMPLATE = "holdfast_template"
PASSWORD = "north-moor-demo-2026"
# Tests log in as a role that is nothing by itself and becomes `engine` or `web` as the product would.
TEST_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_test') THEN
        CREATE ROLE holdfast_test LOGIN NOINHERIT IN ROLE holdfast_web, holdfast_engine;
    END IF;
END $$;
ALTER ROLE holdfast_test PASSWORD 'test';
ALTER ROLE holdfast_test SET role = 'holdfast_engine';
"""


@dataclass(frozen=True)
class Clone:
    """One database of the tests: `settings_file` for this process, `env` for real processes beside it."""

    name: str
    port: int
    urls: dict[str, str]
    env: dict[str, str]


def schema_hash() -> str:
    """What the template depends on: migrations and their baseline, guards, deadlines, roles and the cast."""
    digest = hashlib.sha256()
    places = [
        *TREE.glob("*/migrations/*.py"),
        TREE / "accounts/guards.py",
        TREE / "config/roles.sql",
        TREE / "config/baseline.sql",
        TREE / "config/management/commands/migrate.py",
    ]
    places += [TREE / "clocks/deadlines.toml", TREE / "config/demo/cast.py", Path(__file__)]
    places += [*TREE.glob("clocks/management/commands/*.py"), *TREE.glob("*/sql/*.sql")]
    for path in sorted(places):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def start() -> postgres.Postgres:
    """A server of this test run that holds the template; it dies with this process."""
    root = Path(tempfile.mkdtemp(prefix="holdfast-tests-"))
    root.chmod(0o711)
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    kept = KEPT / schema_hash()
    if kept.exists():
        subprocess.run(["cp", "-a", str(kept), str(root / "postgres")], check=True)
    os.environ |= keys.ensure(root / "secrets") | {"FILES_ROOT": str(root / "files")}
    os.environ["HOLDFAST_TEST_ROOT"] = str(root)
    server = postgres.start(root / "postgres", durable=False)
    atexit.register(server.close)
    if not kept.exists():
        _make_template(server, root)
        server.close()
        _keep(root / "postgres", kept)
        server = postgres.start(root / "postgres", durable=False)
        atexit.register(server.close)
    return server


def _make_template(server: postgres.Postgres, root: Path) -> None:
    urls = server.create_database(TEMPLATE)
    with postgres.connected(urls.superuser) as link, link.cursor() as cursor:
        cursor.execute(TEST_ROLE)
    file = root / "template.json"
    roles = {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}
    write_private(file, json.dumps({"database": roles}))
    env = os.environ | {"HOLDFAST_SERVICES": str(file)}
    for words in (["migrate", "--verbosity=0"], ["load_deadlines"]):
        subprocess.run(
            [sys.executable, "manage.py", *words], cwd=TREE, env=env, check=True, stdout=2
        )
    subprocess.run([sys.executable, "-m", "tests.make_cast"], cwd=TREE, env=env, check=True)


def _keep(made: Path, kept: Path) -> None:
    # Another run may have kept the same one first; either will do.
    KEPT.mkdir(parents=True, exist_ok=True)
    copy = Path(tempfile.mkdtemp(dir=KEPT))
    subprocess.run(["cp", "-a", str(made), str(copy / "postgres")], check=True)
    with contextlib.suppress(OSError):
        (copy / "postgres").rename(kept)
    shutil.rmtree(copy, ignore_errors=True)
    for old in KEPT.iterdir():
        if old != kept and len(list(KEPT.iterdir())) > 3:
            shutil.rmtree(old, ignore_errors=True)


def clone(name: str, template: str = TEMPLATE) -> Clone:
    """A database of its own, made from the template in a moment."""
    admin = os.environ["HOLDFAST_TEST_ADMIN"]
    roles = json.loads(os.environ["HOLDFAST_TEST_URLS"])
    link = psycopg2.connect(admin)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER holdfast_owner')
        cursor.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        cursor.execute(
            f'GRANT CONNECT ON DATABASE "{name}" TO holdfast_owner, holdfast_web, holdfast_engine, '
            "holdfast_test"
        )
    link.close()
    urls = {role: url.rsplit("/", 1)[0] + f"/{name}" for role, url in roles.items()}
    root = Path(os.environ["HOLDFAST_TEST_ROOT"])
    file = root / f"{name}.json"
    write_private(file, json.dumps({"database": urls, "redis": "redis://127.0.0.1:1/0"}))
    port = int(admin.rsplit(":", 1)[1].split("/")[0])
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
        "HOLDFAST_SERVICES": str(file),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    env.pop("HOLDFAST_ROLE", None)
    return Clone(name, port, urls, env)


def drop(name: str) -> None:
    """The clone is gone, with every session in it."""
    link = psycopg2.connect(os.environ["HOLDFAST_TEST_ADMIN"])
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    link.close()


def prepare() -> Clone:
    """Environment and database of this pytest process; the first one starts the server for all."""
    if "HOLDFAST_TEST_ADMIN" not in os.environ:
        server = start()
        urls = server.urls(TEMPLATE)
        os.environ["HOLDFAST_TEST_ADMIN"] = server.urls("postgres").superuser
        os.environ["HOLDFAST_TEST_URLS"] = json.dumps(
            {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}
        )
    mine = clone(f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    as_tester = f"postgres://holdfast_test:test@127.0.0.1:{mine.port}/{mine.name}"
    file = Path(os.environ["HOLDFAST_TEST_ROOT"]) / f"{mine.name}.tester.json"
    urls_here = {"migrate": mine.urls["migrate"], "web": as_tester, "engine": as_tester}
    write_private(file, json.dumps({"database": urls_here, "redis": "redis://127.0.0.1:1/0"}))
    os.environ["HOLDFAST_SERVICES"] = str(file)
    # A fresh clone has collected no static files; a web server that finds no folder says so aloud.
    (TREE / "static" / "collected").mkdir(parents=True, exist_ok=True)
    os.environ["HOLDFAST_ROLE"] = "web"
    os.environ["HOLDFAST_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return mine
