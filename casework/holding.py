"""The room of who holds a case now, whoever owns it."""

from datetime import datetime

from django.db.models import Func, UUIDField, Value

from accounts.models import User
from casework.models import Case


def holder(case: Case, at: datetime) -> User | None:
    """The owner; else their cover; else the unit's duty supervisor; else the force's lead; else nobody."""
    found: User | None = User.objects.filter(
        pk=Func(
            Value(case.owner_id, output_field=UUIDField()),
            Value(case.scope.unit_id, output_field=UUIDField()),
            Value(case.scope.force_id, output_field=UUIDField()),
            Value(at),
            function="accounts_holder",
            output_field=UUIDField(),
        )
    ).first()
    return found
