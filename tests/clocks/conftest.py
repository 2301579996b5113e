"""The room of what the proofs of time share; calendars and deadlines are in every test database."""

import pytest

from clocks.models import Calendar


@pytest.fixture
def england(db: None) -> Calendar:
    """The calendar of England and Wales."""
    return Calendar.objects.get(slug="england-wales")


@pytest.fixture
def scotland(db: None) -> Calendar:
    """The calendar of Scotland."""
    return Calendar.objects.get(slug="scotland")
