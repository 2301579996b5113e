"""The room of how a row is kept: what breaks one of its own rules is a sentence, never an error page."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


def add(row: Row) -> Row:
    """The new row is kept, or `Conflict` says in the words of its fields and constraints why not."""
    check_row(row)
    try:
        # Within an act it needs no savepoint of its own: a clash undoes the whole act.
        with transaction.atomic(savepoint=False):
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise Conflict(_sentence(row, clash)) from clash
    return row


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
