"""The leaflet of rights and next steps that the person takes away, in their own language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent / "leaflet"
ENGLISH = "en"


@dataclass(frozen=True)
class Leaflet:
    """The sentences of the leaflet in one language, by what each says. `checked`: by somebody who translates."""

    code: str
    language: str
    own_name: str
    direction: str
    checked: bool
    sentences: Mapping[str, str]


def leaflets() -> Mapping[str, Leaflet]:
    """Every language that there is, by its code: English first, then by its English name."""
    return written_in(HERE)


@lru_cache(maxsize=2)
def written_in(folder: Path) -> Mapping[str, Leaflet]:
    """The same sentences in every language that lies in the folder, in the same order."""
    found = [
        Leaflet(file.stem, **json.loads(file.read_text(encoding="utf-8")))
        for file in folder.glob("*.json")
    ]
    found.sort(key=lambda each: (each.code != ENGLISH, each.language))
    return {each.code: each for each in found}


def spoken(language: str) -> list[Leaflet]:
    """The leaflets in what somebody wrote down as the person's language; an interpreter's word, so only if named."""
    words = {word.casefold() for word in language.replace(",", " ").split()}
    return [
        each
        for each in leaflets().values()
        if words & {each.language.casefold(), each.own_name.casefold()}
    ]


def lines(leaflet: Leaflet) -> Mapping[str, tuple[str, str]]:
    """Each sentence, and the English that stands below it; none below English itself."""
    english = leaflets()[ENGLISH].sentences
    below = {} if leaflet.code == ENGLISH else english
    return {name: (words, below.get(name, "")) for name, words in leaflet.sentences.items()}
