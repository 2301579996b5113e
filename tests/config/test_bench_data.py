"""The rows to measure with: as many as asked for, consistent, and never by accident."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.actors import engine
from accounts.context import acting_as
from casework.models import Case, CaseEvent
from followups.models import FollowUp
from tests.cluster import Clone


def test_it_loads_as_many_cases_as_asked_for(committed: Clone, monkeypatch: Any) -> None:
    monkeypatch.setenv("HOLDFAST_BENCH", "1")
    monkeypatch.setenv("DATABASE_URL", committed.urls["migrate"])
    call_command("bench_data", "--cases", "400", stdout=StringIO())
    with acting_as(engine("test")):
        assert Case.objects.count() == 400
        assert Case.objects.open().count() == 80
        assert CaseEvent.objects.count() == 800
        assert FollowUp.objects.open().count() == 5 * 80
        assert not FollowUp.objects.exclude(holder__is_active=True).exists()
        assert not Case.objects.exclude(owner__unit=F("scope__unit")).exists()
    with pytest.raises(CommandError, match="There are cases here"):
        call_command("bench_data", "--cases", "1")


def test_it_refuses_where_nobody_said_that_this_is_for_measuring(
    db: None, monkeypatch: Any
) -> None:
    monkeypatch.delenv("HOLDFAST_BENCH", raising=False)
    with pytest.raises(CommandError, match="HOLDFAST_BENCH"):
        call_command("bench_data", "--cases", "1")
