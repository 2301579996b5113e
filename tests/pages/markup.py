"""The room of reading a page: rendered, and taken to its elements."""

from html.parser import HTMLParser
from typing import Any

from django.template import Context, Template


class Page(HTMLParser):
    """What stands in a page: its elements in order, each with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    def ids(self, *tags: str) -> list[str]:
        return [
            attributes["id"]
            for tag, attributes in self.elements
            if "id" in attributes and (not tags or tag in tags)
        ]

    def texts(self, tag: str) -> list[str]:
        pieces = self.markup.split(f"<{tag}")[1:]
        return [piece.split(">", 1)[1].split(f"</{tag}>")[0].strip() for piece in pieces]


def rendered(source: str, **context: Any) -> str:
    """A template that loads our tags."""
    return Template("{% load pages %}" + source).render(Context(context))
