"""Small numbers: no subtraction between files, taken at any times, gives back a count under 5."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from accounts.small_numbers import LEAST, rounded, secret, with_totals

# What is counted in each of a few cells (a unit, a duty, what became of it), file after file.
COUNTS = st.integers(0, 12)
HISTORIES = st.integers(1, 5).flatmap(
    lambda files: st.lists(st.lists(COUNTS, min_size=files, max_size=files), min_size=1, max_size=6)
)
SECRETS = st.lists(st.integers(1, LEAST), min_size=6, max_size=6)
Histories = list[list[int]]


def files(histories: Histories, secrets: list[int]) -> list[list[int]]:
    """Every file: each cell, and each sum of cells that a file of one or of several units can have."""
    made = []
    for counts in zip(*histories, strict=True):
        cells = [rounded(count, up) for count, up in zip(counts, secrets, strict=False)]
        places = range(len(cells))
        sums = [
            sum(cells[place] for place in chosen)
            for many in range(1, len(cells) + 1)
            for chosen in combinations(places, many)
        ]
        made.append(sums)
    return made


@given(HISTORIES, SECRETS)
def test_no_two_files_differ_by_a_count_under_five(
    histories: Histories, secrets: list[int]
) -> None:
    said = [value for each in files(histories, secrets) for value in each]
    differences = {abs(one - other) for one, other in combinations(said, 2)} | set(said)
    assert not differences & {1, 2, 3, 4}


@given(HISTORIES, SECRETS)
def test_every_count_under_five_could_have_been_another_with_all_files_the_same(
    histories: Histories, secrets: list[int]
) -> None:
    known = files(histories, secrets)
    for place, counts in enumerate(histories):
        up, step = (secrets[place] - 1, -1) if secrets[place] > 1 else (2, 1)
        # Who has nothing may be known to have nothing: a month begins so. That stays as it is.
        others = [count and count + step for count in counts]
        moved = [others if at == place else each for at, each in enumerate(histories)]
        guessed = [up if at == place else each for at, each in enumerate(secrets)]
        assert files(moved, guessed) == known
        for count, other in zip(counts, others, strict=True):
            assert count == 0 or other != count
            assert other >= 0


@given(COUNTS, st.integers(1, LEAST))
def test_a_rounded_count_is_less_than_five_away(count: int, up: int) -> None:
    assert abs(rounded(count, up) - count) < LEAST
    assert rounded(count, up) % LEAST == 0


def test_rounding_leans_to_neither_side() -> None:
    for count in range(13):
        assert sum(rounded(count, up) for up in range(1, LEAST + 1)) == LEAST * count


def test_a_cell_keeps_its_secret_and_cells_have_different_ones() -> None:
    drawn = [secret("unit", str(number), "met") for number in range(60)]
    assert drawn == [secret("unit", str(number), "met") for number in range(60)]
    assert set(drawn) == {1, 2, 3, 4, 5}


def test_totals_are_of_what_is_in_the_table() -> None:
    assert with_totals([[5, 20], [0, 30]]) == [[5, 20, 25], [0, 30, 30], [5, 50, 55]]
