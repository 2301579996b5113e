"""What a person owes and no case does (a course that lapses, a list) is seen by those who look after that person alone.

The database keeps such a duty within its force; which unit of it, only the first wall says.
"""

from collections.abc import Callable

import pytest
from django.test import Client

import clocks
from accounts.models import User
from followups import desk, queues
from followups.models import FollowUp, Notice, Step
from tests.builders import make_duty
from tests.cast import Cast

ClientOf = Callable[[User], Client]


def of_petra(cast: Cast, rule: str = "training-lapsing", state: str = "open") -> FollowUp:
    """A duty of no case, of somebody whom Sade does not supervise and Ines, who leads the force, does."""
    petra = cast.petra
    return make_duty(
        rule,
        subject_id=petra.pk,
        occurrence=petra.pk,
        force=cast.force,
        unit=cast.other_unit,
        owner=petra,
        holder=petra,
        words={"course": "Invented course"},
        state=state,
    )


def told(owed: FollowUp, cast: Cast) -> Notice:
    """Petra was sent a message about it, which did not arrive."""
    at = clocks.now()
    step = Step.objects.create(
        followup=owed, round=1, rung=1, to="owner", reached_at=at, made_at=at
    )
    return Notice.objects.create(
        step=step,
        person=cast.petra,
        channel="email",
        made_at=at,
        send_after=at,
        state="dead",
        failed_at=at,
        message_id="<invented@holdfast.invalid>",
    )


@pytest.mark.parametrize(("who", "sees"), [("sade", False), ("ines", True)])
class TestOfAnotherUnit:
    """Neither in a list nor in a number, and its page is not there."""

    def test_what_could_not_be_worked_out(self, cast: Cast, who: str, sees: bool) -> None:
        owed = of_petra(cast, state="quarantined")
        assert (owed in queues.not_worked_out(cast.actor(who))) is sees

    def test_what_messages_were_about(self, cast: Cast, who: str, sees: bool) -> None:
        notice = told(of_petra(cast), cast)
        assert bool(queues.seen_by([notice], cast.actor(who))) is sees

    def test_messages_that_did_not_arrive(self, cast: Cast, who: str, sees: bool) -> None:
        told(of_petra(cast), cast)
        assert bool(queues.undelivered(cast.actor(who))) is sees

    def test_how_many_are_owed(self, cast: Cast, who: str, sees: bool) -> None:
        of_petra(cast)
        found = queues.tallies(cast.actor(who), clocks.now())
        assert ("training-lapsing" in found) is sees

    def test_what_waits_for_a_second_signature(self, cast: Cast, who: str, sees: bool) -> None:
        of_petra(cast, rule="export-undecided")
        assert (desk.second_signatures(cast.actor(who), clocks.now()).total == 1) is sees

    def test_its_own_page(self, cast: Cast, client_of: ClientOf, who: str, sees: bool) -> None:
        owed = of_petra(cast)
        answer = client_of(getattr(cast, who)).get(f"/work/followup/{owed.pk}")
        assert answer.status_code == (200 if sees else 404)
