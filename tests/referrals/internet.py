"""An internet of one machine: invented names and public addresses, which lead to receivers on loopback ports.

Only the look-up, the certificates that are believed, and where a connection ends up are invented; the TLS and
every byte are real. What was dialled is kept.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from referrals import transports

PUBLIC = "93.184.215.14"
HOST = "hooks.harbour.invalid"
Answer = Callable[["Handler"], None]


def certificate(folder: Path, host: str = HOST) -> tuple[Path, Path]:
    """A certificate of the host that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.fromtimestamp(time.time(), UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{host}.pem", folder / f"{host}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


@dataclass
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """Keeps what came and answers as the receiver says."""

    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.receiver.got.append(Got(self.path, dict(self.headers.items()), body))
        with suppress(OSError):
            self.server.receiver.answer(self)

    def log_message(self, *_: Any) -> None:
        """Nothing is said."""


class Server(ThreadingHTTPServer):
    """A server that knows its receiver."""

    daemon_threads = True
    block_on_close = False
    receiver: "Receiver"


def status(code: int, **headers: str) -> Answer:
    """The receiver answers with the status."""

    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(b"x" * 100)

    return answer


def hang(handler: Handler) -> None:
    """The receiver says nothing for longer than anybody waits."""
    time.sleep(2)


def drip(handler: Handler) -> None:
    """The receiver sends its status line a letter at a time, and would go on for minutes."""
    for letter in "HTTP/1.1 200 " + "K" * 1000:
        handler.wfile.write(letter.encode())
        handler.wfile.flush()
        time.sleep(0.05)


def flood(handler: Handler) -> None:
    """The receiver sends without end and without a line."""
    for _ in range(1000):
        handler.wfile.write(b"x" * 4096)


def hang_up(handler: Handler) -> None:
    """The receiver closes without a word."""


def nonsense(handler: Handler) -> None:
    """The receiver speaks something else."""
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")


def early_hints(handler: Handler) -> None:
    """The receiver says that it goes on, and then that it has it."""
    handler.wfile.write(
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
    )


@dataclass
class Receiver:
    """An agency's system: what it got, and how it answers."""

    port: int
    answer: Answer = field(default_factory=lambda: status(204))
    got: list[Got] = field(default_factory=list)


@dataclass
class Internet:
    """Where names and addresses lead, and what was dialled."""

    names: dict[str, list[str]] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Internet:
    """Nothing is there yet."""
    made = Internet()
    settings.WEBHOOKS_LEAVE = True
    really = socket.socket.connect

    def resolve(host: str) -> list[str]:
        made.looked_up.append(host)
        if host not in made.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return made.names[host]

    def connect(self: socket.socket, address: Any) -> None:
        if address[1] != 443:
            really(self, address)
            return
        made.dialled.append((address[0], address[1]))
        if address[0] not in made.ports:
            raise ConnectionRefusedError
        really(self, ("127.0.0.1", made.ports[address[0]]))

    monkeypatch.setattr(transports, "resolve", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The certificate of Harbour's system, which tests believe."""
    return certificate(tmp_path_factory.mktemp("identity"))


@pytest.fixture
def receiver(
    internet: Internet, identity: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Receiver]:
    """Harbour's system, at a public address, with a certificate that is believed."""
    believed = ssl.create_default_context(cafile=str(identity[0]))
    monkeypatch.setattr(transports, "trust", lambda: believed)
    with serving(identity) as made:
        internet.names[HOST] = [PUBLIC]
        internet.ports[PUBLIC] = made.port
        yield made


class serving:  # noqa: N801 - read as a verb
    """A receiver that serves while the block runs."""

    def __init__(self, identity: tuple[Path, Path]) -> None:
        self.identity = identity

    def __enter__(self) -> Receiver:
        self.server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.identity)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.server.receiver = Receiver(self.server.server_address[1])
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self.server.receiver

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)
