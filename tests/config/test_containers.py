"""The containers: small rights, and every entry point that compose names is one that starts."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cyclonedx.schema
import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from config.devservices import postgres
from config.launcher import bill

TREE = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((TREE / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SCHEMAS = (
    "bom-1.6.SNAPSHOT.schema.json",
    "spdx.SNAPSHOT.schema.json",
    "jsf-0.82.SNAPSHOT.schema.json",
)


def commands(service: Mapping[str, Any]) -> list[str]:
    """The command of a service, and the parts of a shell line."""
    command: list[str] = service["command"]
    if command[0] != "sh":
        return [" ".join(command)]
    return [part.removeprefix("exec ") for part in command[2].split(" && ")]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_is_not_root_and_can_change_nothing_but_its_volumes(name: str) -> None:
    service = SERVICES[name]
    assert not service["user"].startswith(("0", "root"))
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["init"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_that_stays_is_checked_and_reaches_this_machine_alone(name: str) -> None:
    service = SERVICES[name]
    if service["restart"] == "unless-stopped" or name == "demo":
        assert service["healthcheck"]["test"]
    for port in service.get("ports", []):
        assert port.startswith("127.0.0.1:")


def test_no_secret_is_written_in_the_compose_file() -> None:
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|_URL(_FILE)?$", variable) and variable != "SITE_URL":
                assert value.startswith(("/run/secrets/", "/secrets/", "${")), variable


def test_every_setting_of_messages_that_the_documents_name_reaches_the_containers() -> None:
    said = (TREE / "docs/messages.md").read_text()
    named = {name.removesuffix("_FILE") for name in re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", said)}
    assert {"EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "DEFAULT_FROM_EMAIL"} <= named
    for name in ("web", "worker"):
        assert named <= set(SERVICES[name]["environment"]), name


def test_every_volume_network_and_dependency_is_declared() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (
                (TREE / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
            )
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
        for needed in service.get("depends_on", {}):
            assert set(service["profiles"]) <= set(SERVICES[needed]["profiles"])


def test_a_user_of_the_secrets_mounts_its_own_part_alone() -> None:
    parts = {"db": "db", "redis": "redis", "migrate": "migrate", "web": "web"}
    parts |= {"worker": "engine", "beat": "engine"}
    for name, part in parts.items():
        mounted = [v for v in SERVICES[name]["volumes"] if v.startswith("secrets-")]
        assert mounted == [f"secrets-{part}:/run/secrets/holdfast:ro"]


def test_every_entry_point_exists_and_starts_by_hand() -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    probes = set()
    for name in ("migrate", "worker", "beat"):
        for command in commands(SERVICES[name]):
            words = command.split()
            probes.add(" ".join(words[: 4 if words[0] == "celery" else 3]) + " --help")
    dockerfile = (TREE / "Dockerfile").read_text()
    assert 'CMD ["gunicorn", "-c", "python:config.web"]' in dockerfile
    assert 'CMD ["python", "-m", "config.launcher"]' in dockerfile
    probes.add("gunicorn -c python:config.web --check-config")
    assert len(probes) == 7
    for probe in sorted(probes):
        done = subprocess.run(
            probe.split(), cwd=TREE, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{probe}: {done.stderr}"


def test_every_file_that_the_dockerfile_copies_exists() -> None:
    text = (TREE / "Dockerfile").read_text()
    for source in re.findall(r"^COPY (requirements/\S+) ", text, re.MULTILINE):
        assert (TREE / source).exists()
    stages = set(re.findall(r"^FROM \S+ AS (\S+)", text, re.MULTILINE))
    assert {
        service["build"]["target"] for service in SERVICES.values() if "build" in service
    } <= stages
    assert set(re.findall(r"--from=(\S+)", text)) <= stages
    assert text.rindex("AS production") > text.rindex("AS demo"), "production is the default"


def test_secrets_are_made_once_for_each_user(tmp_path: Path) -> None:
    command = [sys.executable, str(TREE / "docker" / "make_secrets.py"), str(tmp_path)]
    subprocess.run(command, check=True)
    made = {p.relative_to(tmp_path): p.read_text() for p in tmp_path.rglob("*") if p.is_file()}
    subprocess.run(command, check=True)
    assert made == {
        p.relative_to(tmp_path): p.read_text() for p in tmp_path.rglob("*") if p.is_file()
    }
    for folder, role in (("web", "web"), ("engine", "engine"), ("migrate", "owner")):
        password = made[Path("db") / f"{role}_password"]
        assert made[Path(folder) / "database_url"] == (
            f"postgres://holdfast_{role}:{password}@db:5432/holdfast"
        )
        assert made[Path(folder) / "sealing_keys" / "k1"] == made[Path("web/sealing_keys/k1")]
    assert f"requirepass {made[Path('redis/password')]}\n" in made[Path("redis/valkey.conf")]


def test_a_ring_that_changed_is_given_to_every_container(tmp_path: Path) -> None:
    command = [sys.executable, str(TREE / "docker" / "make_secrets.py"), str(tmp_path)]
    subprocess.run(command, check=True)
    ring = tmp_path / "web" / "sealing_keys"
    (ring / "next-k2").write_text((ring / "k1").read_text())
    subprocess.run(command, check=True)
    (ring / "next-k2").rename(ring / "k2")
    (ring / "k1").unlink()
    subprocess.run(command, check=True)
    for folder in ("web", "engine", "migrate"):
        theirs = tmp_path / folder / "sealing_keys"
        assert [path.name for path in theirs.iterdir()] == ["k2"]
        assert theirs.stat().st_mode & 0o077 == 0


def test_the_database_container_makes_its_roles_with_psql(
    tmp_path: Path, own_postgres: postgres.Postgres
) -> None:
    subprocess.run(
        [sys.executable, str(TREE / "docker/make_secrets.py"), str(tmp_path)], check=True
    )
    script = (TREE / "docker" / "initdb.sh").read_text()
    script = script.replace("/run/secrets/holdfast", str(tmp_path / "db"))
    script = script.replace("/holdfast/roles.sql", str(postgres.ROLES_SQL))
    superuser = own_postgres.urls("postgres").superuser
    psql = shutil.which("psql", path=f"{own_postgres.binaries}:{os.environ['PATH']}")
    assert psql
    environment = {
        "PATH": f"{Path(psql).parent}:/usr/bin:/bin",
        "POSTGRES_USER": "postgres",
        "POSTGRES_DB": "postgres",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(own_postgres.port),
        "PGPASSWORD": superuser.split(":")[2].split("@")[0],
    }
    subprocess.run(["sh", "-c", script], env=environment, check=True)
    url = (tmp_path / "web" / "database_url").read_text()
    here = url.replace("@db:5432/holdfast", f"@127.0.0.1:{own_postgres.port}/postgres")
    with postgres.connected(here) as link, link.cursor() as cursor:
        cursor.execute("SELECT similarity('Mai', unaccent('Mài'))")
        assert cursor.fetchone() == (1.0,)


STAGE = re.compile(r"^FROM (\S+) AS (\S+)\n(.*?)(?=^FROM |\Z)", re.MULTILINE | re.DOTALL)
DOCKERFILE = (TREE / "Dockerfile").read_text()
STAGES = {name: (base, body) for base, name, body in STAGE.findall(DOCKERFILE)}


@pytest.mark.parametrize("name", ["demo", "production"])
def test_an_image_runs_as_nobody_in_particular_is_checked_and_holds_no_tools(name: str) -> None:
    base, body = STAGES[name]
    assert base == "base"
    users = re.findall(r"(?m)^USER (\S+)", body)
    assert users[-1] == "10001:10001"
    assert body.rindex("USER ") < body.index("CMD [")
    assert "HEALTHCHECK" in body
    assert "/readyz" in body
    for tool in ("apt-get", "apk ", "pip install", "npm", "gcc", "curl", "git "):
        assert tool not in STAGES["base"][1] + body, tool


def test_packages_come_by_their_hashes_alone_and_are_never_built_there() -> None:
    installs = re.findall(r"pip install [^\n]*", DOCKERFILE)
    assert len(installs) == 2
    for install in installs:
        assert "--require-hashes --only-binary=:all:" in install


def test_every_image_is_named_by_a_version_and_may_be_named_by_a_digest() -> None:
    assert re.search(r"(?m)^ARG PYTHON_IMAGE=python:3\.\d+-slim-\w+$", DOCKERFILE)
    assert STAGES["base"][0] == "${PYTHON_IMAGE}"
    assert {base for base, _body in STAGES.values()} <= {"${PYTHON_IMAGE}", *STAGES}
    named = {service["image"] for service in SERVICES.values()}
    theirs = {image for image in named if not image.startswith("holdfast")}
    for image in theirs:
        assert re.fullmatch(r"\$\{[A-Z]+_IMAGE:-[\w/]+:\d+\.\d+(\.\d+)?\}", image), image
    assert len(theirs) == 3
    for service in SERVICES.values():
        if "build" in service:
            assert "PYTHON_IMAGE" in service["build"]["args"]


def test_the_list_of_what_runs_names_every_package_of_the_locks() -> None:
    whole = json.loads(bill.bill())
    schemas = Path(cyclonedx.schema.__file__).parent / "_res"
    by_name = {name: json.loads((schemas / name).read_text()) for name in SCHEMAS}
    registry = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{name}", Resource.from_contents(schema))
        for name, schema in by_name.items()
    )
    Draft7Validator(by_name[SCHEMAS[0]], registry=registry).validate(whole)
    listed = {each["purl"] for each in whole["components"]}
    lock = (TREE / "requirements" / "runtime.txt").read_text()
    locked = {
        f"pkg:pypi/{name}@{version}"
        for name, version in re.findall(r"(?m)^([\w.-]+)(?:\[.*?\])?==(\S+)", lock)
    }
    assert len(locked) > 50
    assert locked <= listed
    assert [each for each in listed - locked if not each.startswith("pkg:npm/")] == []
    assert any(each.startswith("pkg:npm/govuk-frontend@") for each in listed)
    assert all(each["hashes"] for each in whole["components"])
