"""What could not be worked out is owed: whoever holds it has it on their lists, and nobody calls it done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from clocks import frozen
from followups import engine, queues
from followups.models import FollowUp
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.conftest import AT

DAY = timedelta(days=1)
SignIn = Callable[[User], Client]


@pytest.fixture
def stuck(cast: Cast) -> FollowUp:
    """The crime is to be recorded; nobody can say by when."""
    make_case(at=AT)
    engine.sweep(AT + DAY)
    FollowUp.objects.filter(rule="crime-not-recorded").update(state="quarantined", due_at=None)
    return FollowUp.objects.get(rule="crime-not-recorded")


def test_it_is_in_the_work_of_whoever_holds_it(
    cast: Cast, client_of: SignIn, stuck: FollowUp
) -> None:
    assert stuck in queues.held(cast.actor("olu"))
    with frozen(AT + DAY):
        page = client_of(cast.olu).get("/work").content.decode()
    assert "Due time not known" in page
    assert "Its due time could not be worked out" in page


def test_what_others_owe_is_among_what_waits_for_others(cast: Cast, stuck: FollowUp) -> None:
    FollowUp.objects.filter(pk=stuck.pk).update(rule="agency-not-answered", words={"agency": "X"})
    assert stuck in queues.waiting_for_others(cast.actor("olu"))


def test_nobody_is_told_that_it_is_done(cast: Cast, client_of: SignIn, stuck: FollowUp) -> None:
    FollowUp.objects.exclude(pk=stuck.pk).update(state="void", ended_at=AT)
    with frozen(AT + DAY):
        page = client_of(cast.olu).get("/me").content.decode()
    assert "Still owed" in page
