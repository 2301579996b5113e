"""PostgreSQL and Valkey together, and the file in which every command finds them."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.devservices import postgres, real, valkey
from config.devservices.host import write_private

DATABASE = "holdfast"


@dataclass(frozen=True)
class Services:
    """What is up, and the file that says so; no server of ours where a real one is used."""

    postgres: postgres.Postgres | None
    valkey: valkey.Valkey | None
    database_urls: dict[str, str]
    redis_url: str
    file: Path

    def publish(self) -> None:
        """Tell every command of this tree where the services are."""
        content = {
            "database": self.database_urls,
            "redis": self.redis_url,
            "site": f"http://127.0.0.1:{os.environ.get('PORT', '8000')}",
            "pids": {
                "launcher": os.getpid(),
                "postgres": self.postgres.pid if self.postgres else None,
                "valkey": self.valkey.pid if self.valkey else None,
            },
        }
        write_private(self.file, json.dumps(content, indent=1))


def _by_role(urls: postgres.Urls) -> dict[str, str]:
    return {"migrate": urls.owner, "web": urls.web, "engine": urls.engine}


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
        services = Services(database, broker, _by_role(urls), redis_url, file)
        services.publish()
        yield services


@contextmanager
def throw_away(root: Path) -> Iterator[Services]:
    """Serve from a directory that is deleted afterwards; tests get the superuser's address too."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres.start(root / "postgres", durable=False))
        broker = stack.enter_context(valkey.start(root / "valkey", durable=False))
        urls = database.create_database(DATABASE)
        by_role = _by_role(urls) | {"admin": urls.superuser}
        services = Services(database, broker, by_role, broker.url, root / "services.json")
        services.publish()
        yield services
