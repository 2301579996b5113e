"""The courses of the catalogue, and one record at a time."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

import clocks
from accounts.models import User
from tests.cast import Cast
from training.models import Course, TrainingRecord

Trained = Callable[..., TrainingRecord]


@pytest.fixture
def catalogue(cast: Cast) -> None:
    call_command("load_courses", verbosity=0, stdout=io.StringIO())


@pytest.fixture
def trained(cast: Cast, catalogue: None) -> Trained:
    def make(
        user: User, course: str = "pip2", *, ago: int = 100, left: int | None = None, **over: Any
    ) -> TrainingRecord:
        today = clocks.today()
        values: dict[str, Any] = {
            "provider": "Northmoor Learning",
            "completed_on": today - timedelta(days=ago),
            "expires_on": None if left is None else today + timedelta(days=left),
            "recorded_at": clocks.now(),
            "recorded_by": cast.bronwen,
            "verified_at": clocks.now(),
            "verified_by": cast.lena,
        }
        return TrainingRecord.objects.create(
            user=user, course=Course.objects.get(pk=course), **(values | over)
        )

    return make
