"""Chance that does not depend on the order of questions: the same seed and the same question, the same answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Chance:
    """Every draw names what it decides, so that one life does not disturb another's."""

    seed: int

    def of(self, *question: object) -> float:
        """A number from 0 up to 1."""
        text = "|".join(map(str, (self.seed, *question))).encode()
        return int.from_bytes(blake2b(text, digest_size=8).digest()) / 2**64

    def happens(self, share: float, *question: object) -> bool:
        """Whether it happens, at this share of all times."""
        return self.of(*question) < share

    def pick(self, things: Sequence[Thing], *question: object) -> Thing:
        """One of them."""
        return things[int(self.of(*question) * len(things))]

    def wait(self, mean: timedelta, *question: object) -> timedelta:
        """How long until something that comes at random, with this mean."""
        return -math.log(1 - self.of(*question)) * mean
