"""The room of how a row is kept: what breaks a rule, or clashes with another's change, is a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.errors import Conflict

Row = TypeVar("Row", bound=models.Model)
DIGITS = 20


def add(row: Row) -> Row:
    """The new row is kept, or `Conflict` says in the words of its fields and constraints why not."""
    check_row(row)
    with clashes_said(row):
        row.save(force_insert=True)
    return row


@contextmanager
def clashes_said(row: models.Model) -> Iterator[None]:
    """What other rows do not allow is a `Conflict`, in the words of the row's own constraint."""
    try:
        # Within an act it needs no savepoint of its own: a clash undoes the whole act.
        with transaction.atomic(savepoint=False):
            yield
    except IntegrityError as clash:
        raise Conflict(_sentence(row, clash)) from clash


def check_row(row: models.Model) -> None:
    """The row meets its fields' and check constraints' rules; what other rows say is the database's to judge.

    Django's own checks of uniqueness, and of rows that this one points at, read those rows without
    saying for whom, which a request may not, and cost a query each.
    """
    named = [
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) is not None
    ]
    try:
        row.full_clean(exclude=named, validate_unique=False, validate_constraints=False)
        for constraint in row._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                constraint.validate(type(row), row)
    except ValidationError as wrong:
        raise Conflict(" ".join(wrong.messages)) from wrong


def _sentence(row: models.Model, clash: IntegrityError) -> str:
    broken = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", None)
    for constraint in row._meta.constraints:
        if constraint.name == broken:
            return str(constraint.get_violation_error_message())
    return _("This is already recorded, or clashes with something recorded meanwhile. Look again.")


def as_read(row: models.Model, names: Iterable[str]) -> dict[str, str]:
    """What a page read of the row, field by field, as digests: they say later what changed, and show nothing."""
    return {name: _digest(row, name, getattr(row, name)) for name in names}


def merged(row: models.Model, given: Mapping[str, Any], read: Mapping[str, str]) -> dict[str, Any]:
    """The fields of `given` that its writer changed; what somebody else changed since it was `read` stays theirs.

    `Conflict` names the fields that both changed, each in its own way: nothing is lost silently.
    """
    mine: dict[str, Any] = {}
    clashes: list[str] = []
    for name, value in given.items():
        recorded = getattr(row, name)
        if value == recorded or _digest(row, name, value) == read.get(name):
            continue
        mine[name] = value
        if _digest(row, name, recorded) != read.get(name):
            clashes.append(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    if clashes:
        raise Conflict(
            _("Somebody else changed these details while you were typing."), fields=clashes
        )
    return mine


def untouched(row: models.Model, given: Mapping[str, Any], read: Mapping[str, str]) -> set[str]:
    """The fields of `given` that are as they were read: their writer did not change them."""
    return {name for name, value in given.items() if _digest(row, name, value) == read.get(name)}


def _digest(row: models.Model, name: str, value: Any) -> str:
    place = f"{row._meta.label}.{row.pk}.{name}:{value!s}"
    return salted_hmac("accounts.rows.as_read", place, algorithm="sha256").hexdigest()[:DIGITS]
