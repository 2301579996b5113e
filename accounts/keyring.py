"""The room of the key ring: a file for each key, named so that the newest comes last; that one seals.

A key whose file is named `next-…` opens already and does not seal yet, so that it can be put on every machine
before any of them seals with it.
"""

import base64
import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

import clocks

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
WAITING = "next-"
BYTES = 32  # AES-256
OTHERS = 0o007
# In nanoseconds. A directory that changed a moment ago may change again without showing it.
SETTLED = 2_000_000_000


class KeyRingRefused(Exception):
    """No key was made; the sentence says why."""


@dataclass(frozen=True)
class KeyRing:
    """Every key by its name, the oldest first; the newest of those in use seals."""

    keys: Mapping[str, bytes]
    newest: str


def key_ring() -> KeyRing:
    """The ring as it lies there now: a key that was put there a moment ago is in it."""
    directory = Path(settings.SEALING_KEYS_DIR)
    changed = directory.stat().st_mtime_ns if directory.is_dir() else 0
    if time.time_ns() - changed < SETTLED:
        _read.cache_clear()
    return _read(directory, changed)


@lru_cache(maxsize=1)
def _read(directory: Path, _changed: int) -> KeyRing:
    in_use = {path.name: path for path in _files(directory) if not _waits(path)}
    if not in_use:
        raise ImproperlyConfigured("There is no sealing key: put one in SEALING_KEYS_DIR.")
    waiting = {path.name.removeprefix(WAITING): path for path in _files(directory) if _waits(path)}
    keys = {name: _key(path) for name, path in sorted((waiting | in_use).items())}
    return KeyRing(keys, newest=max(in_use))


def _files(directory: Path) -> list[Path]:
    return [path for path in directory.glob("[!.]*") if path.is_file()]


def _waits(path: Path) -> bool:
    return path.name.startswith(WAITING)


def _key(path: Path) -> bytes:
    if not NAME.fullmatch(path.name):
        raise ImproperlyConfigured(
            f"{path.name!r} cannot name a sealing key: letters, digits, - and _ only."
        )
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise ImproperlyConfigured(f"The sealing key {path.name} is not {BYTES} bytes in base64.")
    return key


def make() -> str:
    """A new key lies in the ring, readable by its owner alone; it opens, and waits to seal. Its name.

    `KeyRingRefused` where others of the machine could look into the ring.
    """
    directory = _directory()
    names = sorted(path.name.removeprefix(WAITING) for path in _files(directory))
    name = f"k{clocks.now():%Y%m%d-%H%M%S}"
    if names and name <= names[-1]:
        name = f"{names[-1]}-2"
    # Whole or not at all: a process that looks meanwhile must not read half a key.
    partial = directory / f".{name}"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(BYTES)).decode())
        file.flush()
        os.fsync(file.fileno())
    partial.rename(directory / f"{WAITING}{name}")
    return name


def use() -> str:
    """The newest key seals from now on; its name. `KeyRingRefused` if none waits."""
    waiting = sorted(path for path in _files(_directory()) if _waits(path))
    if not waiting:
        raise KeyRingRefused("No key waits in this ring: make one with --make.")
    for path in waiting:
        path.rename(path.with_name(path.name.removeprefix(WAITING)))
    return key_ring().newest


def _directory() -> Path:
    directory = Path(settings.SEALING_KEYS_DIR)
    if not directory.is_dir():
        raise KeyRingRefused("The directory of the key ring (SEALING_KEYS_DIR) is not there.")
    if directory.stat().st_mode & OTHERS:
        raise KeyRingRefused(
            "Others on this machine can look into the key ring: chmod 700 its directory first."
        )
    return directory
