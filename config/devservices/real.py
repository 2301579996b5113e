"""A real PostgreSQL given by DATABASE_URL: make our login roles in it, or say which right lacks."""

import json
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2

from config.devservices import keys
from config.devservices.host import ServiceError
from config.devservices.postgres import ROLES, Urls, connected, new_password, prepare_roles

OLDEST = 150000  # PostgreSQL 15


def _as(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password)}@{place}"))


def _sentence(url: str, lacks: str) -> ServiceError:
    parts = urlsplit(url)
    return ServiceError(
        f"The database at {parts.hostname}:{parts.port or 5432}{parts.path}, user"
        f" {parts.username}: {lacks}"
    )


def _check(url: str, passwords: dict[str, str]) -> None:
    try:
        with connected(url) as link, link.cursor() as cursor:
            version = link.server_version
            cursor.execute(
                """SELECT rolsuper, rolcreaterole,
                          pg_has_role(current_user, datdba, 'USAGE'),
                          EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_owner')
                     FROM pg_roles, pg_database
                    WHERE rolname = current_user AND datname = current_database()"""
            )
            superuser, makes_roles, owns, has_roles = cursor.fetchone() or (False,) * 4
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise _sentence(url, f"cannot be reached ({reason}).") from None
    if version < OLDEST:
        raise _sentence(url, "is older than PostgreSQL 15, which Holdfast needs.")
    if not superuser and not makes_roles:
        raise _sentence(
            url, "may not make login roles. ALTER ROLE ... CREATEROLE, or name an administrator."
        )
    if not superuser and not owns:
        raise _sentence(url, "does not own that database. ALTER DATABASE ... OWNER TO it.")
    if has_roles and not _signs_in(_as(url, "holdfast_owner", passwords["owner"])):
        raise _sentence(
            url,
            "already has the roles of another Holdfast, whose passwords must not change under it."
            " Use another server, or drop the roles holdfast_owner, _web and _engine.",
        )


def _signs_in(url: str) -> bool:
    try:
        with connected(url):
            return True
    except psycopg2.OperationalError:
        return False


def prepare(url: str, secrets: Path) -> Urls:
    """Make the roles on a real server; their passwords are kept with our other secrets."""
    fresh = json.dumps({role: new_password() for role in ROLES})
    passwords: dict[str, str] = json.loads(keys.kept(secrets / "database_roles", fresh))
    _check(url, passwords)
    try:
        prepare_roles(url, passwords)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise _sentence(url, f"could not be prepared ({reason}).") from None
    return Urls(url, *(_as(url, f"holdfast_{role}", passwords[role]) for role in ROLES))
