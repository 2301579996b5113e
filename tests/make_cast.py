"""Puts the cast into the template database: `python -m tests.make_cast`."""

import os

import django

os.environ["HOLDFAST_ROLE"] = "engine"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from accounts.actors import engine  # noqa: E402 - Django must be set up first
from accounts.context import acting_as  # noqa: E402
from accounts.models import Force  # noqa: E402
from accounts.reasons import AsksWhy  # noqa: E402
from config.demo.cast import make_cast  # noqa: E402
from tests.cluster import PASSWORD  # noqa: E402

with acting_as(engine("tests")):
    make_cast(PASSWORD)
    # What asks why a case is opened is turned on where it is looked at: tests/casework/test_why.py.
    Force.objects.update(asks_why=AsksWhy.NOBODY)
