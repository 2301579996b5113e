"""The room of papers: headings, sentences and tables, the same on a page and as a PDF that every reader can use."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

LAYOUT = (Path(__file__).parent / "paper.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, the heading of each column, and its rows, of which the first cell is the name."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    nothing: str = ""  # what stands instead of a table without rows

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Its rows, each cell with the heading of its column: what a narrow screen shows beside it."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences below it, then tables."""

    heading: str
    sentences: Sequence[str]
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title, what it is in a few sentences, and its sections."""

    title: str
    lead: Sequence[str]
    sections: Sequence[Section]

    @property
    def rows(self) -> int:
        """How many rows all its tables have."""
        return sum(len(table.rows) for section in self.sections for table in section.tables)


def as_pdf(paper: Paper, mark: str, at: datetime) -> bytes:
    """The paper as PDF/UA-1: tagged, in reading order, its mark on every page. Its words are only ever words."""
    given = json.dumps(asdict(paper) | {"mark": mark})
    return typst.compile(
        LAYOUT,
        sys_inputs={"paper": given},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=at.replace(microsecond=0),
    )
