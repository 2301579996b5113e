"""The room of small numbers: a table of counts leaves only so that nobody in it can be picked out, now or later.

What is counted (a population: the duties of a unit, the referrals of a force) is parted once, as finely as anybody will
ever part it. Each of those cells is rounded to a 5 by a secret of its own, and every table and total, in every file, is
a sum of the same rounded cells. So whatever two files say, they differ by a multiple of 5, and no count under 5 follows
from any number of them [ADR 0021].
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.crypto import salted_hmac

LEAST = 5
Grid = list[list[int]]
Cell = tuple[str, ...]
"""Where a count lies: one code of each way in which its population is parted."""
Cells = dict[Cell, int]


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


def published(population: Cell, counts: Mapping[Cell, int]) -> Cells:
    """The cells of a population as they leave. What rounds to nothing is not named: a name says it is there."""
    found = {cell: rounded(count, secret(*population, *cell)) for cell, count in counts.items()}
    return {cell: count for cell, count in found.items() if count}


def summed(cells: Mapping[Cell, int], *places: int) -> Cells:
    """The same population parted by fewer of its codes: a sum of what was rounded, never rounded anew."""
    sums: Counter[Cell] = Counter()
    for cell, count in cells.items():
        sums[tuple(cell[place] for place in places)] += count
    return dict(sums)
