"""PostgreSQL and Valkey together, and the file in which every command finds them."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.devservices import postgres, real, valkey
from config.devservices.host import write_private

DATABASE = "holdfast"


@dataclass(frozen=True)
class Services:
    """What is up: our own servers, none where real ones are used."""

    postgres: postgres.Postgres | None
    valkey: valkey.Valkey | None


def describe(urls: postgres.Urls, redis_url: str, services: Services, *, admin: bool) -> str:
    """Return the text of services.json; the superuser's address only for throw-away servers."""
    database = {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}
    content: dict[str, Any] = {
        "database": database | ({"admin": urls.superuser} if admin else {}),
        "redis": redis_url,
        "pids": {
            "launcher": os.getpid(),
            "postgres": services.postgres.pid if services.postgres else None,
            "valkey": services.valkey.pid if services.valkey else None,
        },
    }
    return json.dumps(content, indent=1)


@contextmanager
def kept(var: Path) -> Iterator[Services]:
    """Serve from `var/` with the data kept, or from DATABASE_URL and REDIS_URL; tell every command."""
    with ExitStack() as stack:
        file = var / "services.json"
        stack.callback(file.unlink, missing_ok=True)
        database = broker = None
        if real_url := os.environ.get("DATABASE_URL"):
            urls = real.prepare(real_url, var / "secrets")
        else:
            database = stack.enter_context(postgres.start(var / "postgres", durable=True))
            urls = database.create_database(DATABASE)
        redis_url = os.environ.get("REDIS_URL", "")
        if not redis_url:
            broker = stack.enter_context(valkey.start(var / "valkey", durable=True))
            redis_url = broker.url
        services = Services(database, broker)
        write_private(file, describe(urls, redis_url, services, admin=False))
        yield services


@contextmanager
def throw_away(root: Path) -> Iterator[tuple[Services, Path]]:
    """Serve from a directory that is deleted afterwards; yield the servers and their file."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres.start(root / "postgres", durable=False))
        broker = stack.enter_context(valkey.start(root / "valkey", durable=False))
        services = Services(database, broker)
        file = root / "services.json"
        urls = database.create_database(DATABASE)
        write_private(file, describe(urls, broker.url, services, admin=True))
        yield services, file
