"""The room of small numbers: a table of counts leaves only so that nobody in it can be picked out.

A count from 1 to 4 is hidden, and so is as much beside it as keeps it from being worked out from the totals.
"""

from collections.abc import Sequence
from itertools import product

LEAST = 5
HIDDEN = "[c]"  # confidential, as official statistics write it
Place = tuple[int, int]
Grid = list[list[int]]


def with_totals(counts: Sequence[Sequence[int]]) -> Grid:
    """The table with a total at the end of each row, and a last row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def suppressed(counts: Sequence[Sequence[int]]) -> list[list[str]]:
    """The table with its totals as it may leave: of every small count at least one other value stays possible."""
    grid = with_totals(counts)
    hidden = hidden_places(grid)
    return [
        [HIDDEN if (row, column) in hidden else str(count) for column, count in enumerate(line)]
        for row, line in enumerate(grid)
    ]


def hidden_places(grid: Grid) -> set[Place]:
    """Which counts of a table with totals are hidden."""
    small = [
        (row, column)
        for row, line in enumerate(grid)
        for column, count in enumerate(line)
        if 0 < count < LEAST
    ]
    hidden = set(small)
    for place in small:
        hidden |= set(_cheapest(grid, place, hidden))
    return hidden


def _cheapest(grid: Grid, place: Place, hidden: set[Place]) -> dict[Place, int]:
    """The four corners that change together, one of them the small count, which cost the least to hide."""
    rows, columns = range(len(grid)), range(len(grid[0]))
    others = product((r for r in rows if r != place[0]), (c for c in columns if c != place[1]))
    moves = (move for other in others if (move := _move(grid, place, other)))
    return min(
        moves,
        key=lambda move: (
            sum(grid[row][column] for row, column in set(move) - hidden),
            len(set(move) - hidden),
            sorted(move),
        ),
    )


def _move(grid: Grid, place: Place, other: Place) -> dict[Place, int]:
    """What the corners change by when one is added to the small count, or taken from it, and every total holds.

    Empty when a count would fall below zero. Over the corner where both totals meet it never does.
    """
    (row, column), (other_row, other_column) = place, other
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    # A total grows with what it sums; two counts of one sum make up for each other.
    down = 1 if last_row in {row, other_row} else -1
    along = 1 if last_column in {column, other_column} else -1
    for step in (1, -1):
        move = {
            place: step,
            (row, other_column): step * along,
            (other_row, column): step * down,
            (other_row, other_column): step * along * down,
        }
        if all(grid[r][c] + change >= 0 for (r, c), change in move.items()):
            return move
    return {}
