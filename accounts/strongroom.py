"""The room of whole files at rest: sealed piece by piece, under names that say nothing, where nobody serves them.

Every file has a key of its own, which lies sealed in the file's row: whoever rotates the key ring rotates it with
every other sealed value, and once the row is gone nobody can read the bytes [ADR 0020].
"""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from accounts.sealed import Unsealable

PIECE = 64 * 1024  # bytes of the file that are sealed at a time: what is held in memory
TAG = 16
KIND = b"holdfast file 1"
COMING = "coming"
# So long a file may lie without its row: whoever adds it has not committed yet.
WITHOUT_ROW = timedelta(hours=24)


class NotWhole(Unsealable):
    """The bytes are not those that were kept: changed, cut short, of another file, or not there at all."""


class TooLarge(Exception):
    """There is more of it than may be kept; nothing was."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the strongroom, durably: under which name, its own key, how large, its SHA-256."""

    name: str
    key: str
    size: int
    digest: str


def keep(pieces: Iterable[bytes], *, place: str, most: int) -> Kept:
    """The file lies there, whole and durable, and opens only at `place`; `TooLarge` past `most` bytes.

    It is written beside its place and moved there when every byte is on the disk. `OSError` where the disk is full.
    """
    name, key = secrets.token_hex(32), AESGCM.generate_key(256)
    coming = _directory(_root() / COMING) / name
    digest, size = sha256(), 0
    try:
        with os.fdopen(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for nonce, piece, is_last in _numbered(_even(pieces)):
                size += len(piece)
                if size > most:
                    raise TooLarge
                digest.update(piece)
                file.write(AESGCM(key).encrypt(nonce, piece, _bound(place, is_last=is_last)))
            file.flush()
            os.fsync(file.fileno())
        home = _directory(path_of(name).parent)
        coming.rename(home / name)
    except BaseException:
        coming.unlink(missing_ok=True)
        raise
    for directory in (home, home.parent):
        _on_disk(directory)
    return Kept(name, b64encode(key).decode(), size, digest.hexdigest())


class Opened(Iterator[bytes]):
    """A file's own bytes, piece by piece; whoever stops before the end closes it."""

    def __init__(self, file: BinaryIO, pieces: Iterator[bytes]) -> None:
        self._file, self._pieces = file, pieces

    def __next__(self) -> bytes:
        """The next piece, proved."""
        return next(self._pieces)

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()


def opened(name: str, *, key: str, place: str) -> Opened:
    """The file's own bytes, piece by piece, each proved before it is given; `NotWhole` where one is not.

    It is opened at once, so that a file that is not there is told before anything is sent.
    """
    try:
        cipher = AESGCM(b64decode(key, validate=True))
        file = path_of(name).open("rb")
    except (OSError, ValueError) as wrong:
        raise NotWhole(f"A kept file cannot be opened at {place}") from wrong
    return Opened(file, _pieces(file, cipher, place))


def digest_of(name: str, *, key: str, place: str) -> str:
    """SHA-256 of all its bytes as they lie there now; `NotWhole` where they are not those that were kept."""
    digest = sha256()
    for piece in opened(name, key=key, place=place):
        digest.update(piece)
    return digest.hexdigest()


def remove(name: str) -> None:
    """The bytes are gone from their place; once gone, nothing more happens."""
    path_of(name).unlink(missing_ok=True)


def names() -> set[str]:
    """What lies in the strongroom now."""
    return {path.name for path in _root().glob("[0-9a-f][0-9a-f]/*") if path.is_file()}


def forgotten(at: datetime, known: set[str]) -> list[Path]:
    """Files of which no row is known though a day has passed, and what was never written to its end."""
    old = (at - WITHOUT_ROW).timestamp()
    lying = [*_root().glob("[0-9a-f][0-9a-f]/*"), *_root().glob(f"{COMING}/*")]
    return [
        path
        for path in lying
        if path.is_file()
        and (path.parent.name == COMING or path.name not in known)
        and path.stat().st_mtime < old
    ]


def path_of(name: str) -> Path:
    """Where a file lies; the name is our own, never one from outside."""
    if len(name) != 64 or set(name) - set("0123456789abcdef"):
        raise NotWhole("That is no name of a kept file.")
    return _root() / name[:2] / name


def _root() -> Path:
    return _directory(Path(settings.FILES_ROOT))


def _directory(path: Path) -> Path:
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _on_disk(path.parent)
    return path


def _on_disk(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; the last may be shorter, and there is always one."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


def _numbered(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bytes, bool]]:
    """Each piece with its nonce and whether it is the last. A key seals one file: its count never repeats."""
    number, piece = 0, next(pieces)
    for following in pieces:
        yield number.to_bytes(12, "big"), piece, False
        number, piece = number + 1, following
    yield number.to_bytes(12, "big"), piece, True


def _bound(place: str, *, is_last: bool) -> bytes:
    """What a piece is bound to: the file's place, and whether the file ends here, so that none can be cut short."""
    return KIND + (b" end " if is_last else b" more ") + place.encode()


def _pieces(file: BinaryIO, cipher: AESGCM, place: str) -> Iterator[bytes]:
    with file:
        for nonce, sealed, is_last in _numbered(_read(file)):
            try:
                yield cipher.decrypt(nonce, sealed, _bound(place, is_last=is_last))
            except InvalidTag as wrong:
                raise NotWhole(f"A kept file is not whole at {place}") from wrong


def _read(file: BinaryIO) -> Iterator[bytes]:
    yield file.read(PIECE + TAG)
    while sealed := file.read(PIECE + TAG):
        yield sealed
