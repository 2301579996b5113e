"""The table of security requirements misses no number, says none twice, and names only what is there."""

import re
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
TABLE = (TREE / "docs/security/asvs.md").read_text()
# ASVS 5.0.0: of each section how many requirements it has, and which of them are of level 3.
SECTIONS: dict[str, tuple[int, tuple[int, ...]]] = {
    "1.1": (2, ()), "1.2": (10, (10,)), "1.3": (12, (12,)), "1.4": (3, ()), "1.5": (3, (3,)),
    "2.1": (3, ()), "2.2": (3, ()), "2.3": (5, (5,)), "2.4": (2, (2,)),
    "3.1": (1, (1,)), "3.2": (3, (3,)), "3.3": (5, (5,)), "3.4": (8, (7, 8)), "3.5": (8, (6, 7, 8)),
    "3.6": (1, (1,)), "3.7": (5, (3, 4, 5)),
    "4.1": (5, (4, 5)), "4.2": (5, (2, 3, 4, 5)), "4.3": (2, ()), "4.4": (4, ()),
    "5.1": (1, ()), "5.2": (6, (4, 5, 6)), "5.3": (3, (3,)), "5.4": (3, ()),
    "6.1": (3, ()), "6.2": (12, ()), "6.3": (8, (5, 6, 7, 8)), "6.4": (6, (5, 6)), "6.5": (8, (6, 7, 8)),
    "6.6": (4, (4,)), "6.7": (2, (1, 2)), "6.8": (4, ()),
    "7.1": (3, ()), "7.2": (4, ()), "7.3": (2, ()), "7.4": (5, ()), "7.5": (3, (3,)), "7.6": (2, ()),
    "8.1": (4, (3, 4)), "8.2": (4, (4,)), "8.3": (3, (2, 3)), "8.4": (2, (2,)),
    "9.1": (3, ()), "9.2": (4, ()),
    "10.1": (2, ()), "10.2": (3, (3,)), "10.3": (5, (5,)), "10.4": (16, (12, 13, 14, 15, 16)),
    "10.5": (5, ()), "10.6": (2, ()), "10.7": (3, ()),
    "11.1": (4, (3, 4)), "11.2": (5, (4, 5)), "11.3": (5, (4, 5)), "11.4": (4, ()), "11.5": (2, (2,)),
    "11.6": (2, (2,)), "11.7": (2, (1, 2)),
    "12.1": (5, (4, 5)), "12.2": (2, ()), "12.3": (5, (5,)),
    "13.1": (4, (2, 3, 4)), "13.2": (6, (6,)), "13.3": (4, (3, 4)), "13.4": (7, (6, 7)),
    "14.1": (2, ()), "14.2": (8, (5, 6, 7, 8)), "14.3": (3, ()),
    "15.1": (5, (4, 5)), "15.2": (5, (4, 5)), "15.3": (7, ()), "15.4": (4, (1, 2, 3, 4)),
    "16.1": (1, ()), "16.2": (5, ()), "16.3": (4, ()), "16.4": (3, ()), "16.5": (4, (4,)),
    "17.1": (2, (2,)), "17.2": (8, (5, 6, 7, 8)), "17.3": (2, ()),
}  # fmt: skip
# What was asked for beyond level 2.
ASKED_FOR = {
    *("1.2.10", "2.3.5", "6.3.3", "6.3.5", "6.3.7", "6.3.8", "7.5.3", "8.1.3", "8.2.4", "8.3.2"),
    *("8.4.2", "10.4.14", "10.4.16", "11.2.5", "13.3.4", "14.2.6", "14.2.7", "14.2.8", "16.3.2"),
    "16.5.4",
}
WORDS = {"yes", "partly", "no", "force", "n/a"}
NUMBER = re.compile(r"(\d+\.\d+\.\d+)( \(L3\))?")


def numbers(level_3: bool) -> set[str]:
    return {
        f"{section}.{n}"
        for section, (last, third) in SECTIONS.items()
        for n in range(1, last + 1)
        if (n in third) is level_3
    }


def lines() -> list[tuple[str, str, str]]:
    """The rows of the chapters: numbers, how far it holds, what shows it."""
    chapters = TABLE.partition("## V1 ")[2]
    rows = [
        line.strip("|").split(" | ", 2) for line in chapters.splitlines() if line.startswith("| ")
    ]
    return [
        (no.strip(), held.strip(), shown.strip()) for no, held, shown in rows if no.strip() != "No"
    ]


def said(level_3: bool) -> list[str]:
    return [
        number
        for no, _held, _shown in lines()
        for number, third in NUMBER.findall(no)
        if bool(third) is level_3
    ]


def test_the_numbers_are_those_of_the_standard() -> None:
    assert (len(numbers(False)), len(numbers(True))) == (253, 92)


def test_every_requirement_of_level_2_stands_there_once() -> None:
    found = said(False)
    assert sorted(numbers(False) - set(found)) == []
    assert sorted(set(found) - numbers(False)) == []
    assert sorted({number for number in found if found.count(number) > 1}) == []


def test_what_was_asked_for_of_level_3_stands_there_once() -> None:
    found = said(True)
    assert sorted(ASKED_FOR - set(found)) == []
    # Two are of level 2 and ask for more at level 3.
    assert sorted(set(found) - numbers(True) - {"6.3.3", "16.3.2"}) == []
    assert len(found) == len(set(found))


def test_every_line_stands_in_its_chapter_and_says_how_far_it_holds() -> None:
    for no, held, shown in lines():
        assert held in WORDS, no
        assert shown.removesuffix("|").strip(), no
    for chapter, text in re.findall(r"(?s)## V(\d+) [^\n]+\n(.*?)(?=\n## |\Z)", TABLE):
        for no in re.findall(r"(?m)^\| ([\d., L()]+) \|", text):
            assert {number.split(".")[0] for number, _third in NUMBER.findall(no)} == {chapter}, no


def test_what_is_not_met_is_said_at_the_top_too() -> None:
    top = {
        n for n, _third in NUMBER.findall(TABLE.partition("## V1 ")[0].partition("not met\n")[2])
    }
    open_ones = {
        number
        for no, held, _shown in lines()
        if held in {"no", "partly"}
        for number, third in NUMBER.findall(no)
        if not third or number in ASKED_FOR
    }
    assert sorted(open_ones - top) == []


def test_every_file_that_is_named_is_there_and_every_test_has_tests() -> None:
    named = set(re.findall(r"`((?:\w+/)+[\w.]+|\.\w+|config/\w+\.py)`", TABLE))
    assert len(named) > 50
    for name in named:
        path = TREE / name
        assert path.exists(), name
        if path.name.startswith("test_"):
            assert re.search(r"(?m)^    ?(?: {0,4})def test_|^def test_", path.read_text()), name


def test_no_script_of_ours_writes_to_a_browsers_storage() -> None:
    scripts = [*(TREE / "static/src").rglob("*.js"), *(TREE / "static/src").rglob("*.mjs")]
    assert len(scripts) > 3
    for script in scripts:
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", script.read_text()
        )
