"""The embedded servers: closed to strangers, never root, alone, and back after any death."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
import redis

from config.devservices import keys, postgres, valkey
from config.devservices.host import ServiceError

TREE = Path(__file__).resolve().parents[2]


def ask(url: str, question: str) -> object:
    with postgres.connected(url) as link, link.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def eventually(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_postgres_takes_no_stranger_and_listens_to_this_machine_alone(
    own_postgres: postgres.Postgres,
) -> None:
    url = own_postgres.urls("postgres").superuser
    assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(url, "SHOW password_encryption") == "scram-sha-256"
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(host="127.0.0.1", port=own_postgres.port, user="postgres")
    assert (own_postgres.root.stat().st_mode & 0o777) == 0o700
    assert Path(f"/proc/{own_postgres.pid}").stat().st_uid != 0


def test_no_login_role_can_escape_row_level_security(own_postgres: postgres.Postgres) -> None:
    urls = own_postgres.create_database("holdfast")
    for url in (urls.owner, urls.web, urls.engine):
        mighty = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = "
        assert ask(url, f"{mighty} current_user") is False
    ask(urls.owner, "CREATE TABLE made_later (id int)")
    assert ask(urls.web, "SELECT count(*) FROM made_later") == 0
    for url in (urls.web, urls.engine):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(url, "CREATE TABLE mine (id int)")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(url, "TRUNCATE made_later")
    assert ask(urls.web, "SHOW statement_timeout") == "15s"
    assert ask(urls.engine, "SHOW lock_timeout") == "10s"


def test_a_role_that_was_given_might_is_refused(own_postgres: postgres.Postgres) -> None:
    urls = own_postgres.create_database("holdfast")
    ask(urls.superuser, "ALTER ROLE holdfast_web BYPASSRLS")
    with pytest.raises(psycopg2.Error, match="row-level security"):
        own_postgres.create_database("another")


def test_roles_can_be_prepared_again_and_a_database_cloned(own_postgres: postgres.Postgres) -> None:
    urls = own_postgres.create_database("holdfast")
    ask(urls.owner, "CREATE TABLE kept (id int)")
    assert own_postgres.create_database("holdfast") == urls
    copy = own_postgres.create_database("copy", template="holdfast")
    assert ask(copy.web, "SELECT count(*) FROM kept") == 0
    own_postgres.drop_database("copy")
    with pytest.raises(psycopg2.OperationalError):
        ask(copy.web, "SELECT 1")


def test_a_killed_postmaster_comes_back_on_its_port_with_the_data(open_path: Path) -> None:
    with postgres.start(open_path / "postgres", durable=True) as server:
        urls = server.create_database("holdfast")
        ask(urls.owner, "CREATE TABLE kept AS SELECT 7 AS value")
        os.kill(server.pid, signal.SIGKILL)
        assert eventually(lambda: not server.alive())
        server.start()
        assert ask(urls.web, "SELECT value FROM kept") == 7


HOLD = """
import sys, time
from pathlib import Path
from config.devservices import postgres, valkey
p = postgres.start(Path(sys.argv[1]) / "postgres", durable=True)
v = valkey.start(Path(sys.argv[1]) / "valkey", durable=True)
print(p.pid, v.pid, flush=True)
time.sleep(600)
"""


def test_servers_die_with_a_launcher_killed_by_force(open_path: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(open_path)], cwd=TREE, stdout=subprocess.PIPE, text=True
    )
    with launcher:
        assert launcher.stdout
        pids = [int(word) for word in launcher.stdout.readline().split()]
        launcher.kill()
    assert len(pids) == 2
    assert eventually(lambda: all(gone(pid) for pid in pids))


def test_an_orphan_server_is_replaced_and_its_data_kept(open_path: Path) -> None:
    root = open_path / "postgres"
    with postgres.start(root, durable=True) as server:
        ask(server.create_database("holdfast").owner, "CREATE TABLE kept AS SELECT 7 AS value")
        command = [str(part) for part in server.command()]
        server.stop()
        with (root / "server.log").open("ab") as log:
            owner = root.stat()
            orphan = (
                subprocess.Popen(
                    command, cwd=root, stdout=log, stderr=log, user=owner.st_uid, group=owner.st_gid
                )
                if os.geteuid() == 0
                else subprocess.Popen(command, cwd=root, stdout=log, stderr=log)
            )
        assert eventually(server.answers)
    with postgres.start(root, durable=True) as server:
        assert gone(orphan.pid)
        assert ask(server.urls().web, "SELECT value FROM kept") == 7
    orphan.wait()


def test_a_lock_file_that_names_a_stranger_does_not_stop_the_start(open_path: Path) -> None:
    root = open_path / "postgres"
    with postgres.start(root, durable=True) as server:
        server.kill()
        (root / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{root}/data\n0\n1\n\n\n\n")
        server.start()
        assert server.alive()


def test_two_launchers_in_one_directory_are_told_so(own_postgres: postgres.Postgres) -> None:
    with pytest.raises(ServiceError, match="Another process already runs PostgreSQL"):
        postgres.start(own_postgres.root, durable=False)
    assert own_postgres.answers()


def test_valkey_wants_its_password_and_never_evicts(own_valkey: valkey.Valkey) -> None:
    client = redis.Redis.from_url(own_valkey.url)
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=own_valkey.port).ping()
    client.close()


def test_valkey_keeps_what_it_took_and_forgets_when_wiped(own_valkey: valkey.Valkey) -> None:
    with redis.Redis.from_url(own_valkey.url) as client:
        client.set("kept", "yes")
        own_valkey.stop()
        own_valkey.start()
        assert client.get("kept") == b"yes"
        own_valkey.wipe()
        assert client.get("kept") is None


def test_secrets_are_made_once_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first = keys.ensure(tmp_path / "secrets")
    made = Path(first["SECRET_KEY_FILE"]).read_text()
    assert keys.ensure(tmp_path / "secrets") == first
    assert Path(first["SECRET_KEY_FILE"]).read_text() == made
    (sealing_key,) = Path(first["SEALING_KEYS_DIR"]).iterdir()
    for path in (Path(first["SECRET_KEY_FILE"]), sealing_key):
        assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_a_command_beside_throw_away_services_finds_them_and_leaves_nothing() -> None:
    said = "import json, os; f = os.environ['HOLDFAST_SERVICES']; print(f); print(open(f).read())"
    real = {"DATABASE_URL": "postgres://nowhere/x", "REDIS_URL": "redis://nowhere"}
    asserts = f"import os; assert not set({list(real)}) & set(os.environ); {said}"
    command = [sys.executable, "-m", "config.devservices", "exec", "--", "python", "-c", asserts]
    done = subprocess.run(
        command, cwd=TREE, env=os.environ | real, capture_output=True, text=True, check=True
    )
    file, _, text = done.stdout.partition("\n")
    services = json.loads(text)
    assert set(services["database"]) == {"migrate", "web", "engine", "admin"}
    assert all(gone(pid) for pid in services["pids"].values())
    assert not Path(file).parent.exists()


def test_the_exit_code_of_a_command_is_passed_on() -> None:
    command = [sys.executable, "-m", "config.devservices", "exec", "--", "sh", "-c", "exit 7"]
    assert subprocess.run(command, cwd=TREE, check=False).returncode == 7
