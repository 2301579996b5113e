"""The room of the ports through which this room asks a higher one: filled by `AppConfig.ready()` above."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar
from uuid import UUID

from accounts.actors import Actor
from accounts.models import Absence

Function = TypeVar("Function", bound=Callable[..., object])


class Port(Generic[Function]):
    """A named question or announcement that a lower room makes and higher rooms answer, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.answers: list[Function] = []

    def fill(self, answer: Function) -> None:
        """Let a higher room answer; called once from its `AppConfig.ready()`."""
        if answer not in self.answers:
            self.answers.append(answer)


class PersonAbsent(Port[Callable[[Absence, Actor], None]]):
    """Somebody is recorded as away, with or without cover."""


class BlindKeysRotated(Port[Callable[[Mapping[int, int]], None]]):
    """Sealed text is found by new blind keys: whatever kept the old ones must know the new ones too."""


class RecordOf(Port[Callable[[str], UUID | None]]):
    """The Scope of what has this reference, for an auditor, who may not see it."""


person_absent = PersonAbsent("accounts.person_absent")
blind_keys_rotated = BlindKeysRotated("accounts.blind_keys_rotated")
record_of = RecordOf("accounts.record_of")
PORTS: list[Port[Callable[..., object]]] = [person_absent, blind_keys_rotated, record_of]  # type: ignore[list-item]
