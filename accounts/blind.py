"""The room of blind keys: how sealed text is found again by the whole of a number or a word, never by its parts.

What a key of the ring seals is found by that key; what somebody looks for is asked for by every key of the ring.
"""

import hmac
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

import phonenumbers
from anyascii import anyascii

from accounts.keyring import key_ring

REGION = "GB"  # of a number that is written without its country
SHORTEST_WORD = 3
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.\w+")
# In nearly every address, so they tell nothing apart.
_COMMON = "and the near behind opposite next corner road street lane avenue close drive house flat"
COMMON = frozenset(_COMMON.split())


@lru_cache(maxsize=16)
def _blinding(key: bytes) -> bytes:
    return hmac.digest(key, b"holdfast blind keys", sha256)


def blind(kind: str, word: str, key: bytes) -> str:
    """Sixteen hexadecimal digits that are the same for the same word, and tell nothing without the ring's key."""
    return hmac.digest(_blinding(key), f"{kind}:{word}".encode(), sha256)[:8].hex()


def as_number(blind_key: str) -> int:
    """A blind key as the database's tables hold it."""
    return int.from_bytes(bytes.fromhex(blind_key), "big", signed=True)


def by_every_key(kind: str, words: Iterable[str]) -> list[list[int]]:
    """For each word its blind keys under every key of the ring: one of them fits, whichever key sealed it."""
    keys = key_ring().keys.values()
    return [[as_number(blind(kind, word, key)) for key in keys] for word in sorted(words)]


def reached_by(text: str) -> set[str]:
    """Every telephone number (as +447700900123) and e-mail address in the text, however it was typed."""
    numbers = phonenumbers.PhoneNumberMatcher(text, REGION, phonenumbers.Leniency.POSSIBLE)
    found = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in numbers
    }
    return found | {address.lower() for address in EMAIL.findall(text)}


def words_of(text: str) -> set[str]:
    """The words of a place that tell it apart, in plain small Latin letters."""
    words = re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'", ""))
    return {word for word in words if len(word) >= SHORTEST_WORD} - COMMON


# How a sealed field may be found; the name is also that of its keys' kind.
READINGS = {"phone": reached_by, "place": words_of}


def blind_keys(kind: str, text: str, key: bytes) -> list[str]:
    """The blind keys of a sealed text of that kind, in an order that says nothing about the text's."""
    return sorted(blind(kind, word, key) for word in READINGS[kind](text))


def followed(kind: str, text: str, was: bytes, key: bytes) -> dict[int, int]:
    """For each blind key that the text had under one key of the ring, the one that it has under another."""
    return {
        as_number(blind(kind, word, was)): as_number(blind(kind, word, key))
        for word in READINGS[kind](text)
    }
