"""The room of reading a CSV that somebody else's system made: text in, rows of cells out."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

# The first cell of the lines that mark a file of ours: passed over when somebody sends it back.
MARKING = "OFFICIAL-SENSITIVE"
MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_CHARACTERS = 200
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, its cells in the order of the columns asked for, cut to a readable length."""

    number: int
    cells: tuple[str, ...]


def read(
    content: bytes,
    columns: Sequence[str],
    also: Mapping[str, str],
    *,
    maybe: Sequence[str] = (),
    no_others: bool = False,
) -> list[Line]:
    """The lines below the headings, cells in the order of `columns`, or `Unreadable`. Empty lines are passed over.

    `also` gives other names of the columns. The columns of `maybe` may be missing: their cells come last, and are
    then empty. With `no_others` a file that holds more than these is refused.
    """
    text = _text(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = next(reader, [])
        if headings[:1] == [MARKING]:
            headings = next(reader, [])
        places = _places(headings, columns, also, maybe, no_others=no_others)
        lines = [
            Line(reader.line_num, tuple(_cell(row, place) for place in places))
            for row in reader
            if any(cell.strip() for cell in row) and row[0] != MARKING
        ]
    except csv.Error as error:
        raise Unreadable(
            _("Line %d cannot be read. Save the file as CSV again.") % reader.line_num
        ) from error
    if not lines:
        raise Unreadable(_("The file has headings but no rows."))
    if len(lines) > MOST_ROWS:
        raise Unreadable(_("The file has more than %d rows. Split it.") % MOST_ROWS)
    return lines


def a_date(words: str) -> date | None:
    """A date as people and spreadsheets write it, day first; None when it is not one."""
    for form in _DATES:
        try:
            return datetime.strptime(words.strip(), form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def a_number(words: str) -> Decimal | None:
    """A number as people write it, with a point and one place behind it at most; None when it is not one."""
    return Decimal(words) if re.fullmatch(r"[0-9]{1,4}(\.[0-9])?", words.strip()) else None


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    risky = cell.lstrip().startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r", "\n"))
    return f"'{cell}" if risky else cell


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 1 MB. Split it."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file is not in UTF-8. In your spreadsheet choose Save as, CSV UTF-8.")
        ) from error
    if "\x00" in text:  # PostgreSQL keeps none, and no text file has one
        raise Unreadable(
            _("The file is not a CSV file. In your spreadsheet choose Save as, CSV UTF-8.")
        )
    return text


def _places(
    headings: list[str],
    columns: Sequence[str],
    also: Mapping[str, str],
    maybe: Sequence[str],
    *,
    no_others: bool,
) -> list[int | None]:
    named = [" ".join(heading.split()).lower() for heading in headings]
    named = [also.get(name, name) for name in named]
    missing = [name for name in columns if name not in named]
    if missing:
        raise Unreadable(
            _("The first line must name the columns. Not found: %s.") % ", ".join(missing)
        )
    # By its number: what a stranger wrote above a column may itself be about somebody.
    known = (*columns, *maybe)
    other = next((place for place, name in enumerate(named, 1) if name not in known), None)
    if no_others and other is not None:
        raise Unreadable(
            _("Column %(number)d must not be in the file. Keep only: %(columns)s.")
            % {"number": other, "columns": ", ".join(known)}
        )
    return [named.index(name) if name in named else None for name in known]


def _cell(row: list[str], place: int | None) -> str:
    return row[place].strip()[:MOST_CHARACTERS] if place is not None and place < len(row) else ""
