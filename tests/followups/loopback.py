"""Servers of the tests' own on loopback: while they listen, and a way to another one that goes half open."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

Server = TypeVar("Server", bound=socketserver.BaseServer)
RESET = struct.pack("ii", 1, 0)  # hang up without a farewell, as a machine that was switched off


@contextmanager
def listening(server: Server) -> Iterator[Server]:
    """It answers in a thread of its own, and is gone afterwards."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Way(socketserver.ThreadingTCPServer):
    """A way to another server of this machine. Half open, it takes connections and bytes, and nothing comes back."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.beyond, self.port = port, self.server_address[1]
        self.passes = threading.Event()
        self.passes.set()
        self.open: set[socket.socket] = set()

    def half_open(self) -> None:
        """From now on nothing passes, and nobody is told."""
        self.passes.clear()

    def open_again(self) -> None:
        """Whoever connects from now on gets through. Who is connected already is never answered."""
        self.passes = threading.Event()
        self.passes.set()

    def cut(self) -> None:
        """Whoever is connected learns that the other side is gone."""
        for link in list(self.open):
            with suppress(OSError):
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                link.shutdown(socket.SHUT_RDWR)


class Connection(socketserver.BaseRequestHandler):
    """One connection through it."""

    server: Way

    def handle(self) -> None:
        self.passes = self.server.passes
        self.server.open.add(self.request)
        self.passes.wait()
        try:
            with socket.create_connection(("127.0.0.1", self.server.beyond)) as beyond:
                back = threading.Thread(target=self.pump, args=(beyond, self.request), daemon=True)
                back.start()
                self.pump(self.request, beyond)
        except OSError:
            return  # what is beyond is gone: so is this
        finally:
            self.server.open.discard(self.request)

    def pump(self, here: socket.socket, there: socket.socket) -> None:
        """What comes in here goes out there, while the way is open; the end of one is the end of the other."""
        with suppress(OSError):
            while said := here.recv(65536):
                self.passes.wait()
                there.sendall(said)
        for link in (here, there):
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
