"""The room of what the outside tells us: environment variables, secret files, the running services."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("HOLDFAST_VAR", BASE_DIR / "var"))


def text(name: str, default: str = "") -> str:
    """The value of a variable, or the content of the file that `NAME_FILE` points at."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes-or-no variable; anything but a known word stops the start with a sentence."""
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "0", "false", "no"}:
        return default if value == "" else value in {"1", "true", "yes"}
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def days(name: str, default: int, *, least: int) -> int:
    """A whole number of days; fewer than `least`, or anything else, stops the start with a sentence."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} must be a whole number of days, {least} or more, not {value!r}."
        )
    return int(value)


def megabytes(name: str, default: int, *, most: int) -> int:
    """So many megabytes (2**20 bytes), as bytes; none, more than `most`, or anything else stops the start."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit()) or not 0 < int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} must be a whole number of megabytes, 1 to {most}, not {value!r}."
        )
    return int(value) * 1024 * 1024


def services() -> dict[str, Any]:
    """The embedded services that are up now (`var/services.json`), or nothing."""
    path = Path(os.environ.get("HOLDFAST_SERVICES", VAR_DIR / "services.json"))
    return json.loads(path.read_text()) if path.exists() else {}


def database_url(role: str) -> str:
    """The address of the database for one login role: `migrate`, `web` or `engine`.

    `DATABASE_URL` wins; else the embedded services that `make run` left in `var/services.json`.
    """
    if url := text("DATABASE_URL"):
        return url
    if url := services().get("database", {}).get(role):
        return str(url)
    raise ImproperlyConfigured(
        "No database: start the demo with `make run`, or set DATABASE_URL to a PostgreSQL address."
    )


TLS_TO_DATABASE = {"sslmode", "sslrootcert", "sslcert", "sslkey"}


def database(url: str) -> dict[str, Any]:
    """Django's settings for one `postgres://user:password@host:port/name?sslmode=verify-full` address.

    After `?` stands how the server is known (TLS_TO_DATABASE); `ImproperlyConfigured` for anything else, which would
    be passed over in silence.
    """
    parts = urlsplit(url)
    tls = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    if unknown := sorted(tls.keys() - TLS_TO_DATABASE):
        raise ImproperlyConfigured(
            f"The address of the database says {', '.join(unknown)}; known are {', '.join(sorted(TLS_TO_DATABASE))}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a transaction pooler (PgBouncer) cannot hold them
        "OPTIONS": {"connect_timeout": 5} | tls,
    }


def redis_url() -> str:
    """Where the broker is. It carries wake-ups only; losing it loses nothing [architecture 1.2]."""
    return text("REDIS_URL") or str(services().get("redis", "redis://127.0.0.1:6379/0"))


def site_url() -> str:
    """Where people and agencies find this site: `SITE_URL`, or the demo that is up now."""
    here = f"http://127.0.0.1:{text('PORT', '8000')}"
    return text("SITE_URL") or str(services().get("site", here))


def secret(name: str, file: str) -> str:
    """A secret from the environment, a `NAME_FILE`, or `var/secrets/<file>`; refuses to start without."""
    if value := text(name):
        return value
    path = VAR_DIR / "secrets" / file
    if path.exists():
        return path.read_text().strip()
    raise ImproperlyConfigured(f"Set {name} (or {name}_FILE); `make run` makes one in {path.name}.")
