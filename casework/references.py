"""The room of case references: short, said over a radio without doubt, and saying nothing about anybody."""

import secrets

PREFIX = "HF-"
# No vowels, so that no word appears; nothing that is mistaken for another: 0 O, 1 I, 2 Z, 5 S, 8 B.
ALPHABET = "34679CDFGHJKLMNPQRTVWXY"
LENGTH = 5


def new_reference() -> str:
    """A reference drawn at random, such as `HF-4F7K3`; the unique constraint says whether it is free."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_reference(typed: str) -> str:
    """What somebody typed for a reference (`hf 4f7k3`, `4F7K3`), in the form it is stored in."""
    plain = "".join(typed.upper().split()).replace("-", "")
    return PREFIX + plain.removeprefix(PREFIX.rstrip("-"))
