"""The room of sealed fields: AES-256-GCM bound to the row, so a value cannot be read or moved without the key.

A field that is `found_by` something carries its blind keys behind the ciphertext, so whatever writes the one
writes the other.
"""

import base64
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Model, TextField

from accounts.blind import blind_keys
from accounts.keyring import key_ring

VERSION = "v2"
# In v1 the blind keys were made from the oldest key of the ring; nothing else differs.
VERSIONS = frozenset({"v1", VERSION})


class Unsealable(Exception):
    """A sealed value did not open: wrong key, changed, or copied from another row. Never shown as text."""


class SealedText(str):
    """Ciphertext as it lies in the database: `v2.<key>.<base64 of nonce and text>[.<blind keys>]`."""

    __slots__ = ()


def seal(text: str, *, place: str, found_by: str = "") -> SealedText:
    """Ciphertext of `text` that opens only at `place` (`table.column:primary key`)."""
    ring = key_ring()
    key = ring.keys[ring.newest]
    nonce = os.urandom(12)
    sealed = nonce + _cipher(key).encrypt(nonce, text.encode(), place.encode())
    keys = "-".join(blind_keys(found_by, text, key)) if found_by else ""
    closed = f"{VERSION}.{ring.newest}.{base64.b64encode(sealed).decode()}"
    return SealedText(f"{closed}.{keys}" if keys else closed)


def unseal(sealed: str, *, place: str) -> str:
    """The text again; raises `Unsealable` rather than ever returning ciphertext."""
    try:
        version, key_id, encoded, *_keys = sealed.split(".", 3)
        if version not in VERSIONS:
            raise Unsealable(f"Unknown version at {place}")
        raw = base64.b64decode(encoded, validate=True)
        key = key_ring().keys[key_id]
        return _cipher(key).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except (InvalidTag, KeyError, ValueError) as wrong:
        raise Unsealable(f"A sealed value did not open at {place}") from wrong


def sealed_by_newest() -> str:
    """How every value begins that the newest key sealed."""
    return f"{VERSION}.{key_ring().newest}."


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class _Opening:
    """The attribute of a sealed field: opens on reading, keeps plain text until the row is saved."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: Model | None, owner: type[Model]) -> Any:
        if row is None:
            return self
        value = row.__dict__.get(self.field.attname)
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
            value = row.__dict__.get(self.field.attname)
        if isinstance(value, SealedText):
            return unseal(value, place=self.field.place(row))
        return value

    def __set__(self, row: Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(TextField):  # type: ignore[type-arg]
    """Text that lies sealed in the database. Empty text stays empty. It cannot be bulk-updated.

    It cannot be searched but by its blind keys: `found_by` names how they are read [accounts/blind.py].
    """

    def __init__(self, *args: Any, found_by: str = "", **kwargs: Any) -> None:
        self.found_by = found_by
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As Django keeps it in a migration."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"found_by": self.found_by} if self.found_by else {})

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        """Open on reading an attribute of the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opening(self))

    def place(self, row: Model) -> str:
        """Where the value belongs: table, column and row."""
        return f"{row._meta.db_table}.{self.column}:{row.pk}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Ciphertext, marked as such; it opens when the attribute is read."""
        return SealedText(value) if value else value

    def pre_save(self, model_instance: Model, add: bool) -> Any:
        """Ciphertext for this row; the primary key must be known before."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or value == "":
            return value
        if model_instance.pk is None:
            raise Unsealable("A row with sealed fields needs its primary key before it is saved.")
        place = self.place(model_instance)
        if isinstance(value, SealedText):
            if value.startswith(sealed_by_newest()):
                return value
            # Read before a rotation and saved after it: an older key must not come back.
            value = unseal(value, place=place)
        return seal(str(value), place=place, found_by=self.found_by)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Only ciphertext reaches the database: `update()` with plain text is refused."""
        if value and not isinstance(value, SealedText) and not hasattr(value, "as_sql"):
            raise Unsealable("A sealed field is saved through its row, not with update().")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        """Sealed text answers only whether it is there."""
        if lookup_name not in {"isnull", "exact"}:
            raise Unsealable("Sealed text cannot be searched.")
        return super().get_lookup(lookup_name)
