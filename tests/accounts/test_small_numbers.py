"""Small numbers: hidden, and not to be worked out from what stands beside them."""

from hypothesis import given
from hypothesis import strategies as st

from accounts.small_numbers import HIDDEN, LEAST, suppressed, with_totals

COUNTS = st.integers(0, 12)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=4)
)


def worked_out(shown: list[list[str]]) -> set[tuple[int, int]]:
    """The hidden places that somebody finds who fills in, again and again, lines in which one number is missing."""
    known = {
        (row, column): int(words)
        for row, line in enumerate(shown)
        for column, words in enumerate(line)
        if words != HIDDEN
    }
    height, width = len(shown), len(shown[0])
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    found: set[tuple[int, int]] = set()
    while True:
        missing = [[place for place in line if place not in known] for line in lines]
        alone = {places[0] for places in missing if len(places) == 1}
        if not alone:
            return found
        found |= alone
        known |= dict.fromkeys(alone, 0)


@given(TABLES)
def test_no_small_number_is_shown_or_can_be_filled_in(table: list[list[int]]) -> None:
    grid, shown = with_totals(table), suppressed(table)
    small = {
        (row, column)
        for row, line in enumerate(grid)
        for column, count in enumerate(line)
        if 0 < count < LEAST
    }
    assert all(shown[row][column] == HIDDEN for row, column in small)
    assert worked_out(shown) & small == set()
    for row, line in enumerate(shown):
        for column, words in enumerate(line):
            assert words in {HIDDEN, str(grid[row][column])}


@given(
    st.lists(
        st.lists(COUNTS.filter(lambda n: not 0 < n < LEAST), min_size=2, max_size=2), min_size=1
    )
)
def test_a_table_without_small_numbers_leaves_as_it_is(table: list[list[int]]) -> None:
    assert suppressed(table) == [list(map(str, line)) for line in with_totals(table)]


def test_one_small_number_takes_the_least_with_it_that_hides_it() -> None:
    assert suppressed([[3, 20], [7, 30]]) == [
        ["[c]", "[c]", "23"],
        ["[c]", "[c]", "37"],
        ["10", "50", "60"],
    ]
