"""Proofs of the built styles and scripts: nobody's brand, nothing stored, light enough for a phone."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

BUILD = Path(settings.STATICFILES_DIRS[0])
SOURCES = Path(settings.BASE_DIR) / "static" / "src"
FIRST_PAGE = 26_000  # of the 30 KB gzip of a first page; the rest is for the page itself


@pytest.fixture(scope="module")
def styles() -> str:
    return (BUILD / "holdfast.css").read_text()


@pytest.fixture(scope="module")
def scripts() -> str:
    return (BUILD / "holdfast.js").read_text()


def test_the_styles_carry_nobodys_brand(styles: str) -> None:
    assert not re.search(r"GDS|Transport|@font-face|crown|crest", styles)
    assert "Helvetica" in styles


def test_the_styles_fetch_nothing(styles: str) -> None:
    assert "@import" not in styles
    assert re.findall(r"url\((?!\"?data:)[^)]*\)", styles) == []


def test_night_is_chosen_in_the_footer_or_by_the_system(styles: str) -> None:
    assert re.search(r"html\[data-theme=\"?night\"?\]", styles)
    assert re.search(r"prefers-color-scheme: ?dark\)\{html\[data-theme=\"?system\"?\]", styles)


def test_paper_forced_colours_and_stillness_are_thought_of(styles: str) -> None:
    assert "@media print" in styles
    assert "forced-colors" in styles
    assert "animation:none!important" in styles.replace(" ", "")


def test_what_is_typed_is_never_kept_in_the_browser(scripts: str) -> None:
    own = "".join(path.read_text() for path in SOURCES.glob("*.*js"))
    for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches"):
        assert store not in own
    assert "localStorage" not in scripts


def test_the_scripts_need_no_looser_policy() -> None:
    own = "".join(path.read_text() for path in SOURCES.glob("*.*js"))
    for unsafe in ("eval(", "innerHTML", "insertAdjacentHTML", ".style."):
        assert unsafe not in own


def test_a_first_page_is_light(styles: str, scripts: str) -> None:
    weight = len(gzip.compress(styles.encode())) + len(gzip.compress(scripts.encode()))
    assert weight < FIRST_PAGE


@pytest.mark.parametrize("name", ["favicon.svg", "logo.svg", "plain.svg"])
def test_the_mark_is_our_own_and_built(name: str) -> None:
    assert (BUILD / name).read_bytes() == (SOURCES / name).read_bytes()
