"""An agency whose system takes nothing more learns it from us, within hours, and not from a missed person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import clocks
from accounts.actors import engine as engine_actor
from accounts.context import acting_as
from accounts.models import User
from followups import engine
from followups.models import FollowUp, Notice
from followups.rules import RULES, why
from referrals import actions, delivery, events
from referrals.models import Attempt, Delivery, Webhook
from tests.cast import Cast
from tests.referrals.builders import make_sent, make_webhook
from tests.referrals.internet import Internet, Receiver, identity, internet, receiver, status

__all__ = ["identity", "internet", "receiver"]

RULE = "webhook-silent"
HOUR = timedelta(hours=1)
BEGAN = datetime(2027, 3, 2, 10, 0, tzinfo=clocks.LONDON)  # a Tuesday


@pytest.fixture
def webhook(cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    """Harbour's address, of which a referral is to be told."""
    pass_to(monkeypatch, BEGAN)
    made = make_webhook()
    send()
    return made


def pass_to(monkeypatch: pytest.MonkeyPatch, at: datetime) -> datetime:
    monkeypatch.setattr(clocks, "now", lambda: at)
    return at


def send() -> None:
    """The police send a referral now, for the database too."""
    with acting_as(engine_actor("test"), at=clocks.now()):
        make_sent()


def told() -> None:
    """One round of telling; what waits for its next try has its try now."""
    events.number(clocks.now())
    Delivery.objects.filter(state="queued").update(send_after=clocks.now())
    delivery.turn(clocks.now())


def states() -> list[str]:
    engine.sweep(clocks.now(), rules={RULE: RULES[RULE]})
    return sorted(FollowUp.objects.filter(rule=RULE).values_list("state", flat=True))


def who_knows() -> set[User]:
    """Everybody to whom the engine said it."""
    rows = Notice.objects.filter(step__followup__rule=RULE)
    return set(User.objects.filter(pk__in=rows.values("person")))


def test_a_system_that_asks_for_no_more_is_told_to_its_administrators_at_once(
    cast: Cast, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answer = status(410)
    told()
    assert states() == ["open"]
    owed = FollowUp.objects.get(rule=RULE)
    assert why(owed).startswith("The system of Harbour Support takes none of what we tell it")
    assert (owed.force, owed.agency, owed.case) == (cast.force, cast.harbour, None)
    assert who_knows() == {cast.una, cast.cal}
    assert Notice.objects.filter(step__followup=owed, person=cast.una, channel="email").exists()


def test_one_that_fails_for_hours_is_told_to_them_and_one_that_recovers_before_is_not(
    cast: Cast, webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answer = status(500)
    told()
    pass_to(monkeypatch, BEGAN + 3 * HOUR)
    told()
    assert states() == []
    receiver.answer = status(200)
    told()
    assert not Webhook.objects.get().is_silent
    pass_to(monkeypatch, BEGAN + 5 * HOUR)
    assert states() == []
    receiver.answer = status(500)
    send()
    told()
    pass_to(monkeypatch, BEGAN + 9 * HOUR)
    assert states() == ["open"]
    assert who_knows() == {cast.una, cast.cal}
    receiver.answer = status(200)
    told()
    assert states() == ["met"]


def test_the_force_phones_when_nobody_there_has_mended_it_after_a_working_day(
    cast: Cast, webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answer = status(410)
    told()
    states()
    pass_to(monkeypatch, BEGAN + 23 * HOUR)
    states()
    assert all(user.agency == cast.harbour for user in who_knows())
    pass_to(monkeypatch, BEGAN + 32 * HOUR)
    states()
    assert FollowUp.objects.get(rule=RULE).holder in who_knows()
    assert FollowUp.objects.get(rule=RULE).holder.force == cast.force


def test_it_is_met_when_an_administrator_switches_it_and_begins_anew_when_that_did_not_help(
    cast: Cast, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answer = status(410)
    told()
    states()
    actions.switch_webhook(webhook=webhook, on=True, by=cast.actor("una"))
    assert states() == ["met"]
    told()
    assert states() == ["met", "open"]


def test_a_removed_address_is_owed_to_nobody(
    cast: Cast, webhook: Webhook, receiver: Receiver
) -> None:
    receiver.answer = status(410)
    told()
    states()
    actions.end_webhook(webhook=webhook, by=cast.actor("una"))
    assert states() == ["void"]


def test_nobody_is_told_of_the_sandbox(cast: Cast, internet: Internet, receiver: Receiver) -> None:
    by = cast.actor("una")
    actions.open_sandbox(agency=cast.harbour, by=by)
    with actions.inside(by) as player:
        actions.propose_webhook(url="https://hooks.harbour.invalid/try", by=player)
    actions.send_invented(name="overdue", by=by)
    send()
    receiver.answer = status(410)
    told()
    assert states() == []


def test_what_a_demo_does_not_send_is_no_silence(
    cast: Cast, webhook: Webhook, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOKS_LEAVE = False
    told()
    assert Attempt.objects.get().problem == "demo"
    pass_to(monkeypatch, BEGAN + 5 * HOUR)
    assert states() == []
    assert not Webhook.objects.get().is_silent
