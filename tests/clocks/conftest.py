"""The room of what the proofs of time share: filled calendars and loaded deadlines."""

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from clocks.models import Calendar


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load once; the tests' own changes are rolled back."""
    with django_db_blocker.unblock():
        call_command("load_deadlines", verbosity=0)


@pytest.fixture
def england(db: None) -> Calendar:
    """The calendar of England and Wales."""
    return Calendar.objects.get(slug="england-wales")


@pytest.fixture
def scotland(db: None) -> Calendar:
    """The calendar of Scotland."""
    return Calendar.objects.get(slug="scotland")
