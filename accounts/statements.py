"""The room of hand-written statements: a model's columns in one, and its rows out of the answer."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def columns(model: type[Model], table: str) -> str:
    """Every column of the model, of the table named so, in the order that `taken` reads them."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def taken(model: type[Row], values: list[Any]) -> Row:
    """The first columns of a row as the model's own; the rest stays."""
    row = taken_or_none(model, values)
    assert row is not None, f"No {model._meta.label} in this row."
    return row


def taken_or_none(model: type[Row], values: list[Any]) -> Row | None:
    """The same where a row may be missing from the answer, as after a LEFT JOIN."""
    fields = model._meta.concrete_fields
    own = values[: len(fields)]
    del values[: len(fields)]
    key = next(place for place, field in enumerate(fields) if field.primary_key)
    if own[key] is None:
        return None
    return model.from_db(connection.alias, [field.attname for field in fields], _read(fields, own))


def _read(fields: Any, values: list[Any]) -> list[Any]:
    """The values as the model's fields read them from the database, the sealed ones among them."""
    return [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, values, strict=True)
    ]
