"""The room of the forms of a page: what each asks, and how it would be answered by somebody ordinary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin

import clocks
from tests.pages.markup import Page

LEFT_ALONE = {"csrfmiddlewaretoken"}
DAY_PART = re.compile(r"_(day|month|year)$")


@dataclass
class Box:
    """One question: how it is asked, and the answers that it offers or holds already."""

    name: str
    kind: str
    most: int = 200  # letters
    offered: list[str] = field(default_factory=list)

    @property
    def ordinary(self) -> str:
        """What somebody would answer."""
        if any(self.offered):
            return next(filter(None, self.offered))
        if part := DAY_PART.search(self.name):
            return str(getattr(clocks.today() - timedelta(days=1), part[1]))
        by_kind = {"numeric": "1", "tel": "07700 900123", "email": "somebody@example.org"}
        return by_kind.get(self.kind, "She said so more than once.")

    def pressed(self, number: int) -> str:
        """What one of the buttons of this name says."""
        return self.offered[number % len(self.offered)]


@dataclass
class Form:
    """One form that is posted: where to, what it asks, and where scripts send what is being typed."""

    action: str
    boxes: dict[str, Box] = field(default_factory=dict)
    drafts: str = ""

    @property
    def files(self) -> list[str]:
        """The names of what is asked as a file."""
        return [box.name for box in self.boxes.values() if box.kind == "file"]

    def ordinary(self, press: int = 0) -> list[tuple[str, str]]:
        """Every question but those for files, answered; of buttons with one name the one of that number."""
        return [
            (box.name, box.pressed(press) if box.kind == "button" else box.ordinary)
            for box in self.boxes.values()
            if box.kind != "file"
        ]


def forms_of(path: str, markup: str) -> Iterator[Form]:
    """Each form of the page's own part that changes something."""
    form, name = None, ""
    _before, _main, own = markup.partition("<main")
    for tag, given in Page(own.partition("</main>")[0]).elements:
        if tag == "form":
            if form is not None:
                yield form
            posted = given.get("method", "").lower() == "post"
            form = Form(urljoin(path, given.get("action", ""))) if posted else None
            if form is not None and "data-draft-url" in given:
                form.drafts = given["data-draft-url"]
        elif form is not None and tag in {"input", "button", "select", "textarea", "option"}:
            name = given.get("name", name if tag == "option" else "")
            if name and name not in LEFT_ALONE:
                _ask(form, name, tag, given)
    if form is not None:
        yield form


def _ask(form: Form, name: str, tag: str, given: dict[str, str]) -> None:
    kind = given.get("type", "text") if tag == "input" else tag
    if given.get("inputmode") in {"numeric", "decimal"}:
        kind = "numeric"
    box = form.boxes.setdefault(name, Box(name, kind, int(given.get("maxlength") or 200)))
    if tag == "option" or kind in {"radio", "checkbox", "hidden", "button"} or given.get("value"):
        box.offered.append(given.get("value", "on" if kind in {"radio", "checkbox"} else ""))
