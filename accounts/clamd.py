"""The room of the virus scanner: ClamAV's daemon over its own socket, and the demo's stand-in [clamd(8), INSTREAM]."""

import re
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

CONNECT, QUIET, LONGEST = 3.0, 15.0, 55.0  # seconds: to connect, without a word, for one file
MOST_ANSWER = 4096
ANSWER = re.compile(rb"stream: (?:OK|(?P<found>[\x21-\x7e]{1,200}) FOUND)\0")
TOO_LARGE = re.compile(rb"INSTREAM size limit exceeded\. ERROR\0")
VERSION = re.compile(rb"ClamAV [\x20-\x7e]{1,180}\0")
DEMO = "demo"
# The string that every scanner knows and that harms nobody [eicar.org]; in two parts, so that none finds it here.
TEST_STRING = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class NotScanned(Exception):
    """The scanner gave no verdict on a file, which stays where it is; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ScannerAway(NotScanned):
    """Nobody who is a scanner answers at its address: no other file would fare better now."""


class Scanner(Protocol):
    """Whoever says whether a file is clean."""

    def version(self) -> str:
        """Who it is and how new its signatures are; `ScannerAway`."""
        ...

    def scan(self, pieces: Iterable[bytes]) -> str:
        """What was found in the file, empty when nothing; `NotScanned` where there is no verdict."""
        ...


@dataclass(frozen=True, slots=True)
class Clamd:
    """The daemon at `unix:/path` or `tcp:host:port`."""

    address: str

    def version(self) -> str:
        """Its own words: "ClamAV 1.4.3/27800/Tue Nov 3 09:24:51 2026"."""
        with self._connected() as link:
            answer = _talk(link, [b"zVERSION\0"])
        if not VERSION.fullmatch(answer):
            raise ScannerAway("garbage" if answer else "away")
        return answer.rstrip(b"\0").decode()

    def scan(self, pieces: Iterable[bytes]) -> str:
        """The file goes in pieces, each with its length before it, and a length of nothing at the end."""
        with self._connected() as link:
            answer = _talk(link, _instream(pieces))
        if TOO_LARGE.fullmatch(answer):
            raise NotScanned("size-limit")
        said = ANSWER.fullmatch(answer)
        if said is None:
            raise NotScanned("garbage" if answer else "dropped")
        return (said["found"] or b"").decode()

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        kind, _colon, rest = self.address.partition(":")
        host, _colon, port = rest.rpartition(":")
        link = socket.socket(socket.AF_UNIX if kind == "unix" else socket.AF_INET)
        with link:
            link.settimeout(CONNECT)
            try:
                link.connect(rest if kind == "unix" else (host, int(port)))
            except (OSError, ValueError) as away:
                raise ScannerAway("away") from away
            yield link


def _instream(pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for piece in pieces:
        if piece:  # a length of nothing would end the stream
            yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def _talk(link: socket.socket, said: Iterable[bytes]) -> bytes:
    """Everything is said, then the answer is heard to its end; `NotScanned` when that takes too long."""
    until = time.monotonic() + LONGEST
    try:
        for words in said:
            link.settimeout(_patience(until))
            try:
                link.sendall(words)
            except ConnectionError:
                break  # it has heard enough: its answer says why
        return _answer(link, until)
    except TimeoutError as slow:
        raise NotScanned("time") from slow
    except OSError as broken:
        raise NotScanned("dropped") from broken


def _answer(link: socket.socket, until: float) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < MOST_ANSWER:
        link.settimeout(_patience(until))
        heard = link.recv(MOST_ANSWER)
        if not heard:
            break
        answer += heard
    return answer


def _patience(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(QUIET, left)


@dataclass(frozen=True, slots=True)
class DemoScanner:
    """Stands in for a scanner in the demo. It knows the test string and nothing else, and says so."""

    def version(self) -> str:
        """Not a scanner's."""
        return DEMO

    def scan(self, pieces: Iterable[bytes]) -> str:
        """Whether the test string is in the file, also across two pieces."""
        kept = b""
        for piece in pieces:
            kept += piece
            if TEST_STRING in kept:
                return "Demo.EICAR-Test"
            kept = kept[-len(TEST_STRING) :]
        return ""


def scanner() -> Scanner | None:
    """The scanner of this deployment; None where none is set."""
    if settings.CLAMD == DEMO and settings.DEMO:
        return DemoScanner()
    return Clamd(settings.CLAMD) if settings.CLAMD.startswith(("unix:", "tcp:")) else None
