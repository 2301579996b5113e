"""What an agency's system could not be told is owed to somebody there, until they know."""

from datetime import timedelta

import pytest

import clocks
from accounts import audit
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES, why
from referrals import actions, delivery, events
from referrals.models import Delivery, SupportReferral
from tests.cast import Cast
from tests.referrals.builders import make_sent, make_webhook, officer, system
from tests.referrals.internet import Internet, Receiver, identity, internet, receiver

__all__ = ["identity", "internet", "receiver"]

RULE = "webhook-not-delivered"
HOUR = timedelta(hours=1)


def states() -> list[str]:
    """What one sweep says."""
    engine.sweep(clocks.now() + HOUR, rules={RULE: RULES[RULE]})
    return sorted(FollowUp.objects.filter(rule=RULE).values_list("state", flat=True))


def give_up(referral: SupportReferral) -> None:
    """Everything that waits for the agency is given up."""
    events.number(clocks.now())
    delivery.make(clocks.now())
    Delivery.objects.filter(state="queued").update(state="dead", failed_at=clocks.now())


@pytest.fixture
def referral(cast: Cast) -> SupportReferral:
    make_webhook()
    return make_sent()


def test_a_delivery_that_waits_is_owed_by_nobody(referral: SupportReferral) -> None:
    events.number(clocks.now())
    delivery.make(clocks.now())
    assert states() == []


def test_one_that_was_given_up_is_owed_by_whoever_holds_the_case(
    cast: Cast, referral: SupportReferral
) -> None:
    give_up(referral)
    assert states() == ["open"]
    owed = FollowUp.objects.get(rule=RULE)
    assert (owed.holder, owed.subject_id) == (cast.olu, referral.pk)
    assert (
        why(owed) == "The system of Harbour Support could not be told what happened to the referral"
    )


def test_it_is_met_when_somebody_there_looks_at_the_referral(referral: SupportReferral) -> None:
    give_up(referral)
    states()
    audit.viewed(referral, by=system())
    assert states() == ["met"]


def test_it_is_met_when_it_arrives_after_all(
    cast: Cast, receiver: Receiver, referral: SupportReferral
) -> None:
    give_up(referral)
    states()
    webhook = Delivery.objects.get().webhook
    actions.deliver_again(webhook=webhook, by=cast.actor("una"))
    assert states() == ["open"]
    delivery.turn(clocks.now())
    assert states() == ["met"]


def test_what_the_agency_did_itself_and_what_is_tested_is_owed_by_nobody(
    cast: Cast, internet: Internet, referral: SupportReferral
) -> None:
    webhook = make_webhook(url="https://hooks.harbour.invalid/other")
    audit.viewed(referral, by=system())
    actions.accept(referral=referral, worker_name="Hana Wells", by=system())
    actions.try_webhook(webhook=webhook, by=cast.actor("una"))
    give_up(referral)
    assert set(states()) <= {"met"}


def test_that_it_was_withdrawn_is_told_too(referral: SupportReferral) -> None:
    actions.withdraw(referral=referral, by=officer())
    give_up(referral)
    assert states() == ["open", "open"]
