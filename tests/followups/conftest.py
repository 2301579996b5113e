"""The room of what the proofs of the engine share: facts about a case, and one moment to count from."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Model

from casework.models import Case

# A Monday in winter, in the forenoon, with no bank holiday near.
AT = datetime(2026, 11, 16, 10, tzinfo=UTC)


def add_fact(model: type[Model], case: Case, at: datetime, **values: Any) -> Any:
    """Something was done in a case by whoever logged it."""
    who = values.pop("by", case.logged_by)
    rows: Any = model._default_manager
    return rows.create(scope=case.scope, case=case, at=at, by=who, recorded_at=at, **values)


@pytest.fixture
def at() -> datetime:
    """A Monday forenoon."""
    return AT


@pytest.fixture
def fact() -> Callable[..., Any]:
    """Adds a fact to a case."""
    return add_fact
