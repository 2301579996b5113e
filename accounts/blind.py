"""The room of blind keys: how sealed text is found again by the whole of a number or a word, never by its parts."""

import base64
import hmac
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import phonenumbers
from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

REGION = "GB"  # of a number that is written without its country
SHORTEST_WORD = 3
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.\w+")
# In nearly every address, so they tell nothing apart.
_COMMON = "and the near behind opposite next corner road street lane avenue close drive house flat"
COMMON = frozenset(_COMMON.split())


@lru_cache(maxsize=1)
def blind_key() -> bytes:
    """The key of all blind keys, made from the oldest key of the ring, so that a newer one changes none."""
    files = sorted(path for path in Path(settings.SEALING_KEYS_DIR).glob("*") if path.is_file())
    if not files:
        raise ImproperlyConfigured("There is no sealing key: put one in SEALING_KEYS_DIR.")
    return hmac.digest(base64.b64decode(files[0].read_text()), b"holdfast blind keys", sha256)


def blind(kind: str, word: str) -> str:
    """Sixteen hexadecimal digits that are the same for the same word, and tell nothing without the key."""
    return hmac.digest(blind_key(), f"{kind}:{word}".encode(), sha256)[:8].hex()


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


def blind_keys(kind: str, text: str) -> list[str]:
    """The blind keys of a sealed text of that kind, in an order that says nothing about the text's."""
    return sorted(blind(kind, word) for word in READINGS[kind](text))
