"""The room of which guidance stands beside a step, and the cards with which a force may begin."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from accounts.actors import Actor, ActorKind
from casework.models import GuidanceCard
from casework.models.guidance import Step

FIELD = "guidance"
"""The name under which a form says which cards stood beside it."""


@dataclass(frozen=True)
class Starter:
    """A card with which a force may begin."""

    step: str
    title: str
    words: str
    source: str
    standing: str


def starters() -> list[Starter]:
    """The cards of `guidance.toml`."""
    text = (Path(__file__).parent / "guidance.toml").read_text(encoding="utf-8")
    return [Starter(**card) for card in tomllib.loads(text)["cards"]]


def beside(step: str, *, by: Actor) -> Sequence[GuidanceCard]:
    """The cards that this person's force shows beside the step now; none beside a step that has no guidance."""
    if step not in Step.values or by.kind is not ActorKind.OFFICER:
        return []
    return list(GuidanceCard.objects.standing_now().filter(force=by.own_force_id, step=step))


def ids_in(given: Iterable[str]) -> list[UUID]:
    """The ids that a form sent back; what is none is passed over."""
    found = []
    for each in given:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
