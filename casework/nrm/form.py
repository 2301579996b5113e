"""What the national form asks: every question with its key, its options, and when it is asked.

`form.json` and `lists/` are facts about the form as it stood on 21 April 2026; a changed form is a changed file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

HERE = Path(__file__).parent
# Stands in a condition for "at least one".
PRESENT = "present"


@dataclass(frozen=True)
class Question:
    """One question. `when` are alternatives; of one, every condition must hold. Empty: it is always asked."""

    key: str
    page: str
    type: str
    required: bool = False
    longest: int | None = None
    legacy: bool = False
    list: str = ""
    given: tuple[str, ...] = ()
    when: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    casework: tuple[str, ...] = ()

    @cached_property
    def options(self) -> tuple[str, ...]:
        """What may be chosen; empty when it is typed."""
        return listed(self.list) if self.list else self.given

    @property
    def is_text(self) -> bool:
        """Whether words of one's own may be given."""
        return self.type in {"text", "textarea"}


@lru_cache(maxsize=1)
def every_question() -> Mapping[str, Question]:
    """Every question by its key, in the form's own order, with the four that are no longer asked."""
    rows = json.loads((HERE / "form.json").read_text())
    return {row["key"]: _question(row) for row in rows}


def questions() -> Mapping[str, Question]:
    """Every question that is asked."""
    return {key: question for key, question in every_question().items() if not question.legacy}


def _question(row: dict[str, object]) -> Question:
    alternatives: list[dict[str, list[str]]] = row.get("when", [])  # type: ignore[assignment]
    return Question(
        key=str(row["key"]),
        page=str(row["page"]),
        type=str(row["type"]),
        required=bool(row.get("required")),
        longest=row.get("longest"),  # type: ignore[arg-type]
        legacy=bool(row.get("legacy")),
        list=str(row.get("list", "")),
        given=tuple(row.get("options", ())),  # type: ignore[arg-type]
        when=tuple(
            {key: tuple(values) for key, values in alternative.items()}
            for alternative in alternatives
        ),
        casework=tuple(row.get("casework", ())),  # type: ignore[arg-type]
    )


@lru_cache
def listed(name: str) -> tuple[str, ...]:
    """One of the Home Office's lists, in its order; the words are the values."""
    return tuple((HERE / "lists" / f"{name}.txt").read_text().splitlines())


@lru_cache
def _by_lower(name: str) -> Mapping[str, str]:
    return {words.casefold(): words for words in reversed(listed(name))}


def find_listed(name: str, typed: str) -> str:
    """The listed words for what was typed, whatever its capitals; empty if the list has none."""
    return _by_lower(name).get(" ".join(typed.split()).casefold(), "")
