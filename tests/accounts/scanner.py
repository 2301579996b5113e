"""A virus scanner that stands outside the building: clamd's protocol on a real socket, well or ill as told."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from accounts.clamd import TEST_STRING

VERSION = b"ClamAV 1.4.6/27800/Tue Nov 24 09:24:51 2026\0"


@dataclass
class FakeClamd:
    """What it does with the next file: `behaviour`; what it was given: `heard`."""

    address: str
    listening: socket.socket
    behaviour: str = "well"
    heard: list[bytes] = field(default_factory=list)
    version: bytes = VERSION
    most: int = 25 * 1024 * 1024

    def serve(self) -> None:
        while True:
            try:
                link, _from = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve_one, args=[link], daemon=True).start()

    def _serve_one(self, link: socket.socket) -> None:
        link.settimeout(20)
        with link, suppress(OSError):
            self._answer(link)

    def _answer(self, link: socket.socket) -> None:
        command = self._until_zero(link)
        if self.behaviour == "hangs":
            time.sleep(2)
            return
        if command == b"zVERSION\0":
            link.sendall(self.version)
        elif command == b"zINSTREAM\0":
            self._instream(link)
        else:
            link.sendall(b"UNKNOWN COMMAND\0")

    def _instream(self, link: socket.socket) -> None:
        stream = b""
        while length := struct.unpack(">I", self._exactly(link, 4))[0]:
            stream += self._exactly(link, length)
            if self.behaviour == "drops":
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if self.behaviour == "small" or len(stream) > self.most:
                link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.heard.append(stream)
        if self.behaviour == "hangs-after":
            time.sleep(2)
            return
        if self.behaviour == "garbage":
            link.sendall(b"\xff\xfe<html>stream: OK\0")
        elif self.behaviour == "unended":
            link.sendall(b"stream: OK")
        elif self.behaviour == "endless":
            link.sendall(b"stream: OK " * 10_000)
        elif self.behaviour == "silent":
            return
        elif self.behaviour == "error":
            link.sendall(b"stream: Can't allocate memory ERROR\0")
        elif TEST_STRING in stream:
            link.sendall(b"stream: Eicar-Signature FOUND\0")
        else:
            link.sendall(b"stream: OK\0")

    def _until_zero(self, link: socket.socket) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            one = link.recv(1)
            if not one:
                raise ConnectionError
            command += one
        return command

    def _exactly(self, link: socket.socket, length: int) -> bytes:
        read = b""
        while len(read) < length:
            piece = link.recv(length - len(read))
            if not piece:
                raise ConnectionError
            read += piece
        return read


@contextmanager
def fake_clamd(path: Path | None = None) -> Iterator[FakeClamd]:
    """It listens at a path, or at a port of this machine, until the block ends."""
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    listening.listen()
    address = f"unix:{path}" if path else f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    running = FakeClamd(address, listening)
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
