"""The room of what a file that leaves is made of, how it is marked, and which files there are at all.

Every download of Holdfast is one of `DOWNLOADS`; the rooms above offer theirs when the project starts.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import Permission
from accounts.scoping import NotVisible
from clocks import LONDON
from pages.papers import Paper, as_pdf
from pages.sheets import MARKING, harmless


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who took a file, when, why, and under which number: stands in the file itself, first and last."""

    number: int
    name: str
    username: str
    at: datetime
    reason: str  # a code of `ExportReason`
    rows: int

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed, the marking first."""
        return (
            MARKING,
            _("Export X%d") % self.number,
            _("Taken by %(name)s (%(username)s)") % {"name": self.name, "username": self.username},
            self.at.astimezone(LONDON).isoformat(" ", "seconds"),
            _("Reason: %s") % self.reason,
            _("Rows: %d") % self.rows,
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One record that is in a file: whose it is, what it is ("casework.case"), its id, and its reference."""

    scope_id: UUID
    subject: str
    subject_id: UUID
    reference: str = ""


class Body(Protocol):
    """What is in a file, before it is marked."""

    @property
    def content_type(self) -> str:
        """What a browser is told that it is."""
        ...

    @property
    def suffix(self) -> str:
        """How its name ends."""
        ...

    def __len__(self) -> int:
        """How many rows will leave."""
        ...

    def marked(self, stamp: Stamp) -> bytes:
        """The whole file, marked."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: headings and rows of cells, as CSV. No cell can be taken for a formula."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    content_type: str = "text/csv; charset=utf-8"
    suffix: str = "csv"

    def __len__(self) -> int:
        """Each row of cells is one."""
        return len(self.rows)

    def marked(self, stamp: Stamp) -> bytes:
        """In UTF-8 with a mark of order, so that a spreadsheet reads every letter."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        for cells in (stamp.lines, self.headings, *self.rows, stamp.lines):
            writer.writerow([harmless(str(cell)) for cell in cells])
        return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Words:
    """A text about one thing."""

    text: str
    content_type: str = "text/plain; charset=utf-8"
    suffix: str = "txt"

    def __len__(self) -> int:
        """One text is one row."""
        return 1

    def marked(self, stamp: Stamp) -> bytes:
        """Between two lines that say whose it is."""
        line = " | ".join(stamp.lines)
        return f"{line}\n\n{self.text.strip()}\n\n{line}\n".encode()


# A page on somebody's own disk has nothing but itself: it is readable without a style sheet, and has none.
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><p><strong>{mark}</strong></p>
<main>{body}</main>
<p><strong>{mark}</strong></p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one thing: `body` is markup that is safe."""

    title: str
    body: SafeString
    content_type: str = "text/html; charset=utf-8"
    suffix: str = "html"

    def __len__(self) -> int:
        """One page is one row."""
        return 1

    def marked(self, stamp: Stamp) -> bytes:
        """Between two lines that say whose it is."""
        mark = " | ".join(stamp.lines)
        return format_html(PAGE, title=self.title, mark=mark, body=self.body).encode()


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as a PDF, for people outside who are sent one; each row of its tables is one."""

    paper: Paper
    content_type: str = "application/pdf"
    suffix: str = "pdf"

    def __len__(self) -> int:
        """As many as its tables have."""
        return self.paper.rows

    def marked(self, stamp: Stamp) -> bytes:
        """With the line that says whose it is on every page."""
        return as_pdf(self.paper, " | ".join(stamp.lines), stamp.at)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that leaves as it came, by a link of a minute: `link` makes it from the export's number."""

    content_type: str
    suffix: str
    size: int
    digest: str
    link: Callable[[int], str]

    def __len__(self) -> int:
        """One file is one row."""
        return 1


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A file that is made as it leaves, and in which no mark can stand: a photograph."""

    content_type: str
    suffix: str
    make: Callable[[], bytes]

    def __len__(self) -> int:
        """One file is one row."""
        return 1

    def marked(self, stamp: Stamp) -> bytes:
        """The whole file, without a mark."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Content:
    """What would leave now: its body, which records it holds, and the case's Scope when it is about one case."""

    body: Body | Kept
    items: Sequence[Item] = ()
    scope_id: UUID | None = None

    @property
    def is_marked(self) -> bool:
        """Whether the file itself says who took it, when and why."""
        return not isinstance(self.body, Kept | Unmarked)

    @property
    def items_digest(self) -> str:
        """SHA-256 of the ids of what it holds, in order: says later whether two files held the same."""
        ids = sorted(str(item.subject_id) for item in self.items)
        return sha256("\n".join(ids).encode()).hexdigest()


Narrowed = Mapping[str, str]


def id_in(narrowed: Narrowed) -> UUID:
    """The id that the address names; `NotVisible` when there is none, or it is none."""
    try:
        return UUID(narrowed.get("of", ""))
    except ValueError as wrong:
        raise NotVisible("of") from wrong


@dataclass(frozen=True, slots=True)
class Download:
    """A kind of file that may leave: who may take it, what it is called, and how it is made.

    `asks` are the names in the address that narrow it (ids and codes only). `make` reads as the actor, so what
    they may not see is not in it; it raises `NotVisible` for what is not there. `second_look` is whether many
    rows need another person: not where somebody only takes back what they brought in themselves.
    """

    slug: str
    words: str | Promise
    permission: Permission
    make: Callable[[Actor, Narrowed], Content]
    back: Callable[[Narrowed], str]  # the address of the page it is taken from
    asks: tuple[str, ...] = ()
    second_look: bool = field(default=True)


DOWNLOADS: dict[str, Download] = {}


def offer(*downloads: Download) -> None:
    """Let these files leave; called from `AppConfig.ready()` of the room that makes them."""
    for each in downloads:
        DOWNLOADS[each.slug] = each
