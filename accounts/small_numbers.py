"""The room of small numbers: a table of counts leaves only so that nobody in it can be picked out, now or later.

Each count of things of one kind is rounded to a 5 by a secret of its own, and every total is a sum of what was rounded.
So whatever two files say, they differ by a multiple of 5, and no count under 5 follows from any of them [ADR 0021].
"""

from collections.abc import Sequence

from django.conf import settings
from django.utils.crypto import salted_hmac

LEAST = 5
Grid = list[list[int]]


def secret(*cell: str) -> int:
    """From which rest on a count of this cell is rounded up: 1 to 5, always the same, known to nobody."""
    drawn = salted_hmac(
        "small-numbers", "\0".join(cell), secret=settings.SECRET_KEY, algorithm="sha256"
    )
    return 1 + int.from_bytes(drawn.digest()[:8], "big") % LEAST


def rounded(count: int, up_from: int) -> int:
    """The count as it leaves: up to the next 5 from that rest on, else down. A count of 5 rests 0."""
    return (count + LEAST - up_from) // LEAST * LEAST


def with_totals(counts: Sequence[Sequence[int]]) -> Grid:
    """The table with a total at the end of each row, and a last row of totals: of nothing but what is in it."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]
