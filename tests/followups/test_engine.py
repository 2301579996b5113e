"""The engine: what is stored equals what is owed, and everybody who must be told is told once."""

from datetime import datetime, timedelta

import clocks
import pytest
from casework.models import CrimeRecord
from followups import engine
from followups.models import FollowUp, Notice, Step
from tests.builders import make_case
from tests.cast import Cast


def test_a_sweep_stores_what_is_owed_and_a_second_one_changes_nothing(cast: Cast) -> None:
    case = make_case()
    at = clocks.now()
    first = engine.sweep(at)
    assert not first.failed
    owed = set(FollowUp.objects.filter(case=case).open().values_list("rule", flat=True))
    assert {"crime-not-recorded", "safety-not-confirmed", "contact-lapsed", "review-due"} <= owed
    before = list(FollowUp.objects.order_by("pk").values())
    again = engine.sweep(at + timedelta(seconds=30))
    assert not any(again.rules.values())
    assert list(FollowUp.objects.order_by("pk").values()) == before
