"""The room of ids in bodies and cursors: what was not given to the caller is answered as if it had never been.

Nothing is looked up to tell: a body may repeat the id of what its address names and no other, and a cursor carries
its agency's seal. So another's is told from one of nothing neither by the answer nor by the time that it takes.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from accounts.actors import Actor
from accounts.scoping import NotVisible

SEAL = 43
"""Characters of a seal: SHA-256 in base64 for addresses, without padding."""


class NotTheirs(NotVisible):
    """A body, a cursor or a number names what the caller was never given; `ids` say where, and which."""

    def __init__(self, **ids: str) -> None:
        super().__init__("named what is not theirs")
        self.ids = ids


def check_body(body: Any, *, fields: Collection[str], own: UUID) -> None:
    """Pass, or `NotTheirs` when the body has another id than `own`, elsewhere than in its own `fields`."""
    if not isinstance(body, Mapping):
        return
    unknown = {name: value for name, value in body.items() if name not in fields}
    for found in _ids_in(unknown):
        if found != own:
            raise NotTheirs(body=str(found))


def _ids_in(value: Any) -> Iterator[UUID]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _ids_in(name)
            yield from _ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids_in(inner)
    elif isinstance(value, str):
        try:
            yield UUID(value)
        except ValueError:
            return


def sealed(cursor: str, to: Actor) -> str:
    """The cursor as its agency alone may send it back."""
    return _seal(cursor, to) + cursor


def opened(given: str, by: Actor) -> str:
    """The cursor within, or `NotTheirs`."""
    seal, cursor = given[:SEAL], given[SEAL:]
    if not constant_time_compare(seal, _seal(cursor, by)):
        raise NotTheirs(cursor=seal)
    return cursor


def _seal(cursor: str, agency: Actor) -> str:
    return Signer(salt=f"cursor of {agency.agency_id}").signature(cursor)
