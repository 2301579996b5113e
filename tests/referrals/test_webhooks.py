"""An agency's system is told of every event at least once, in an order that shows, whatever its receiver does."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import Error, IntegrityError
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook as Signature
from standardwebhooks.webhooks import WebhookVerificationError

import clocks
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AuditEvent
from clocks import frozen
from referrals import actions, delivery, events, transports
from referrals.models import Attempt, Delivery, Event, SupportReferral, Webhook, WebhookSecret
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import agree, make_in, make_sent, make_webhook, officer, system
from tests.referrals.internet import HOST, PUBLIC, Internet, Receiver, hang, status

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = f"https://{HOST}/in"


def one_round(at: datetime | None = None) -> dict[str, int]:
    """What a wake-up does."""
    at = at or clocks.now()
    with frozen(at):
        return {"events": events.number(at)} | delivery.turn(at)


def secrets_of(webhook: Webhook) -> list[str]:
    return [str(row.secret) for row in webhook.secrets.order_by("made_at")]


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(got.body) for got in receiver.got]


def problems(webhook: Webhook) -> list[str]:
    """What the log says, oldest first."""
    rows = Attempt.objects.filter(delivery__webhook=webhook)
    return list(rows.order_by("at", "pk").values_list("problem", flat=True))


def bump(referral: SupportReferral, times: int = 1) -> None:
    """Something about the referral changes."""
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(
                "UPDATE referrals_supportreferral SET version = version + 1 WHERE id = %s",
                [referral.pk],
            )


@pytest.fixture
def webhook(cast: Cast) -> Webhook:
    return make_webhook()


# What is sent.


def test_a_webhook_is_the_event_signed_as_the_standard_says(
    receiver: Receiver, webhook: Webhook
) -> None:
    referral = make_sent()
    assert one_round() == {"events": 1, "made": 1, "delivered": 1, "failed": 0}
    [got] = receiver.got
    told = Signature(secrets_of(webhook)[0]).verify(got.body, got.headers)
    event = Event.objects.get()
    assert told == events.thin(event)
    assert told["data"] == {"referral_id": str(referral.pk), "version": referral.version}
    assert got.headers["webhook-id"] == str(event.pk)
    with pytest.raises(WebhookVerificationError):
        Signature("whsec_" + "A" * 32).verify(got.body, got.headers)
    with pytest.raises(WebhookVerificationError):
        Signature(secrets_of(webhook)[0]).verify(got.body + b" ", got.headers)


def test_it_holds_ids_and_codes_and_nothing_of_anybody(
    receiver: Receiver, webhook: Webhook
) -> None:
    make_in("completed")
    one_round()
    for told in bodies(receiver):
        assert set(told) == {"id", "sequence", "type", "timestamp", "data"}
        assert set(told["data"]) == {"referral_id", "version"}


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    sent_at = datetime.fromisoformat("2021-02-25T22:27:56+00:00")
    signed = Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at, '{"test": 2432232314}'
    )
    assert int(sent_at.timestamp()) == 1614292076
    assert signed.startswith("v1,")
    assert len(signed) == 3 + 44


def test_while_a_secret_is_renewed_both_sign_and_a_day_later_only_the_new_one(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    at = clocks.now()
    [old] = secrets_of(webhook)
    new = actions.renew_secret(webhook=webhook, by=cast.actor("cal"))
    make_sent()
    one_round(at)
    both = receiver.got[-1]
    assert Signature(old).verify(both.body, both.headers) == Signature(new).verify(
        both.body, both.headers
    )
    make_sent(make_case())
    one_round(at + DAY + HOUR)
    later = receiver.got[-1]
    assert Signature(new).verify(later.body, later.headers)
    with pytest.raises(WebhookVerificationError):
        Signature(old).verify(later.body, later.headers)


def test_an_old_secret_that_somebody_saw_is_ended_at_once(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    [old] = secrets_of(webhook)
    actions.renew_secret(webhook=webhook, by=cast.actor("cal"))
    actions.end_old_secrets(webhook=webhook, by=cast.actor("una"))
    make_sent()
    one_round(clocks.now() + MINUTE)
    with pytest.raises(WebhookVerificationError):
        Signature(old).verify(receiver.got[-1].body, receiver.got[-1].headers)


def test_secrets_lie_sealed_and_are_in_no_trail(cast: Cast, webhook: Webhook) -> None:
    [secret] = secrets_of(webhook)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM referrals_webhooksecret")
        assert secret not in str(cursor.fetchall())
        cursor.execute("SELECT detail::text FROM accounts_auditevent")
        assert secret.removeprefix("whsec_") not in str(cursor.fetchall())


# Whom it is sent for.


def test_each_agency_hears_of_its_own_and_only_since_its_address_was_confirmed(
    receiver: Receiver, cast: Cast
) -> None:
    with acting_as(engine("test"), at=clocks.now() - HOUR):
        make_in("accepted")
    make_webhook()
    make_sent(make_case())
    make_sent(make_case(), slug="beacon")
    one_round(clocks.now() + MINUTE)
    assert [told["sequence"] for told in bodies(receiver)] == [3]


def test_a_webhook_that_is_off_hears_of_what_it_missed_when_it_is_on_again(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    actions.switch_webhook(webhook=webhook, on=False, by=cast.actor("una"))
    make_in("accepted")
    assert one_round()["made"] == 0
    actions.switch_webhook(webhook=webhook, on=True, by=cast.actor("una"))
    one_round()
    assert [told["sequence"] for told in bodies(receiver)] == [1, 2]


# What becomes of it.


def test_a_receiver_that_misbehaves_for_hours_and_recovers_has_heard_of_everything(  # done when 3
    cast: Cast,
    internet: Internet,
    receiver: Receiver,
    webhook: Webhook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transports, "WITHIN", 0.3)
    referral, began = make_sent(), clocks.now()
    inside = ("10.0.0.5", "127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:5")

    def refuses() -> None:
        internet.ports.clear()

    def hangs() -> None:
        internet.ports[PUBLIC] = receiver.port
        receiver.answer = hang

    def redirects() -> None:
        receiver.answer = status(307, Location="https://10.0.0.5/in")

    def leads_inside() -> None:
        internet.names[HOST] = [PUBLIC, *inside]

    def answers_500() -> None:
        internet.names[HOST] = [PUBLIC]
        receiver.answer = status(500)

    at = began
    for misbehave in (refuses, hangs, redirects, leads_inside):
        misbehave()
        until = at + 30 * MINUTE
        while at < until:
            bump(referral)
            one_round(at)
            at += 5 * MINUTE
    answers_500()
    until = at + 6 * HOUR
    while at < until:
        bump(referral)
        one_round(at)
        at += 15 * MINUTE
    refused_until = len(receiver.got)
    receiver.answer = status(204)
    until = at + 4 * HOUR
    while at < until:
        one_round(at)
        at += 15 * MINUTE

    happened = Event.objects.count()
    received = bodies(receiver)[refused_until:]
    assert happened == 1 + 4 * 6 + 24
    assert {told["sequence"] for told in received} == set(range(1, happened + 1))
    assert len(received) == happened  # those that were taken are not sent again
    by_sequence = sorted(received, key=lambda told: int(told["sequence"]))
    assert [told["data"]["version"] for told in by_sequence] == list(
        range(referral.version, referral.version + happened)
    )
    assert {address for address, _port in internet.dialled} == {PUBLIC}
    said = problems(webhook)
    assert set(said) == {
        *("refused", "too-slow", "answered-307", "address-not-public", "answered-500", "")
    }
    assert said.count("") == happened
    assert not Delivery.objects.exclude(state="delivered").exists()
    # One failing try a round at most: a receiver that is down is left in peace.
    assert len(said) - said.count("") <= 4 * 6 + 24


def test_after_about_three_days_a_delivery_is_given_up_and_can_be_sent_again_with_the_same_id(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    receiver.answer = status(503)
    make_sent()
    at = began = clocks.now()
    while not Delivery.objects.filter(state="dead").exists():
        one_round(at)
        at = max(at + MINUTE, Delivery.objects.get().send_after)
    assert 2 * DAY < at - began < 5 * DAY
    assert problems(webhook) == ["answered-503"] * delivery.MOST_ATTEMPTS
    assert one_round(at + DAY)["failed"] == 0
    receiver.answer = status(200)
    with frozen(at + DAY):
        assert actions.deliver_again(webhook=webhook, by=cast.actor("una")) == 1
    one_round(at + DAY + MINUTE)
    assert Delivery.objects.get().state == "delivered"
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1


def test_what_was_received_can_be_sent_again_too(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    make_in("accepted")
    one_round()
    first = Delivery.objects.get(number=1)
    actions.deliver_again(webhook=webhook, delivery=first, by=cast.actor("una"))
    one_round()
    assert [told["sequence"] for told in bodies(receiver)] == [1, 2, 1]


def test_pauses_grow_to_three_hours_and_are_never_equal(webhook: Webhook) -> None:
    row = Delivery(webhook=webhook)
    waits = []
    for row.attempts in range(1, delivery.MOST_ATTEMPTS):
        waits.append(delivery.wait_before_again(row))
        assert waits[-1] <= min(MINUTE * 2 ** (row.attempts - 1), 3 * HOUR)
        assert waits[-1] >= min(MINUTE * 2 ** (row.attempts - 1), 3 * HOUR) / 2
    assert len(set(waits)) == len(waits)
    assert 2 * DAY < sum(waits, timedelta()) < 4 * DAY


def test_a_receiver_that_says_gone_is_asked_no_more_until_it_is_switched_on(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    receiver.answer = status(410)
    make_sent()
    one_round()
    webhook.refresh_from_db()
    assert webhook.is_on is False
    receiver.answer = status(200)
    assert one_round(clocks.now() + DAY)["delivered"] == 0
    actions.switch_webhook(webhook=webhook, on=True, by=cast.actor("una"))
    assert one_round(clocks.now() + DAY)["delivered"] == 1


def test_a_test_is_sent_and_is_in_the_log(cast: Cast, receiver: Receiver, webhook: Webhook) -> None:
    first = actions.try_webhook(webhook=webhook, by=cast.actor("una"))
    assert actions.try_webhook(webhook=webhook, by=cast.actor("una")) == first
    one_round()
    [told] = bodies(receiver)
    assert (told["type"], told["data"]) == ("webhook.test", {})
    assert problems(webhook) == [""]


# What a crash or a crowd does.


def test_a_crash_between_sending_and_marking_sends_it_again_with_the_same_id(
    receiver: Receiver, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sent()
    at = clocks.now()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "_mark", killed)
        broken.setattr(delivery, "_give_back", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            one_round(at)
    assert one_round(at + MINUTE)["delivered"] == 0  # somebody may be at it still
    assert one_round(at + delivery.LEASE + MINUTE)["delivered"] == 1
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
    assert len(receiver.got) == 2


def test_one_webhook_that_hangs_or_has_much_waiting_does_not_keep_others_waiting(
    cast: Cast, internet: Internet, receiver: Receiver, webhook: Webhook
) -> None:
    slow = make_webhook(url="https://slow.harbour.invalid/in")
    referral = make_sent()
    bump(referral, times=30)
    told = one_round()
    assert told["made"] == 62
    assert (told["delivered"], told["failed"]) == (delivery.EACH, 1)
    assert problems(slow) == ["no-such-host"]
    again = one_round(clocks.now() + 1 * MINUTE)
    assert again["delivered"] == 31 - delivery.EACH
    assert [got["sequence"] for got in bodies(receiver)] == list(range(1, 32))


def test_a_secret_that_does_not_open_is_said_of_its_webhook_and_holds_up_no_other(
    cast: Cast, internet: Internet, receiver: Receiver, webhook: Webhook
) -> None:
    other = make_webhook(url=f"https://{HOST}/other")
    WebhookSecret.objects.filter(webhook=webhook).update(ends_at=clocks.now() - DAY)
    make_sent()
    told = one_round()
    assert (told["delivered"], told["failed"]) == (1, 1)
    assert problems(webhook) == ["no-secret"]
    assert problems(other) == [""]


def test_many_events_are_made_deliveries_with_as_many_questions_as_one(
    receiver: Receiver, webhook: Webhook
) -> None:
    referral = make_sent()
    events.number(clocks.now())
    with CaptureQueriesContext(connection) as one:
        delivery.make(clocks.now())
    bump(referral, times=50)
    events.number(clocks.now())
    with CaptureQueriesContext(connection) as many:
        assert delivery.make(clocks.now()) == 50
    assert len(many) == len(one)


# Who may do what.


def test_an_address_is_proposed_by_one_and_confirmed_by_a_second_person(
    cast: Cast, receiver: Receiver
) -> None:
    webhook, secret = actions.propose_webhook(url=URL, by=cast.actor("una"))
    assert secret.startswith("whsec_")
    make_sent()
    assert one_round()["made"] == 0
    with pytest.raises(Refused):
        actions.confirm_webhook(webhook=webhook, by=cast.actor("una"))
    confirmed = actions.confirm_webhook(webhook=webhook, by=cast.actor("cal"))
    assert (confirmed.is_on, confirmed.confirmed_by) == (True, cast.cal)


def test_a_forces_administrator_is_a_second_person_too(cast: Cast) -> None:
    webhook, _secret = actions.propose_webhook(url=URL, by=cast.actor("una"))
    assert actions.confirm_webhook(webhook=webhook, by=cast.actor("lena")).is_on


@pytest.mark.parametrize("who", ["hana", "wilf", "olu", "sade"])
def test_nobody_else_confirms_changes_or_sends(cast: Cast, who: str) -> None:
    webhook, _secret = actions.propose_webhook(url=URL, by=cast.actor("una"))
    tries: list[Callable[[Actor], object]] = [
        lambda by: actions.confirm_webhook(webhook=webhook, by=by),
        lambda by: actions.end_webhook(webhook=webhook, by=by),
        lambda by: actions.renew_secret(webhook=webhook, by=by),
        lambda by: actions.switch_webhook(webhook=webhook, on=True, by=by),
        lambda by: actions.deliver_again(webhook=webhook, by=by),
        lambda by: actions.try_webhook(webhook=webhook, by=by),
    ]
    for attempt in tries:
        with pytest.raises((Refused, Webhook.DoesNotExist)):
            attempt(cast.actor(who))
    webhook.refresh_from_db()
    assert (webhook.confirmed_at, webhook.ended_at) == (None, None)


def test_the_database_holds_to_a_second_person_and_to_the_address_that_was_agreed_on(
    cast: Cast, webhook: Webhook
) -> None:
    waiting, _secret = actions.propose_webhook(url=f"https://{HOST}/other", by=cast.actor("una"))
    alone = "UPDATE referrals_webhook SET confirmed_by_id = proposed_by_id, confirmed_at = now() WHERE id = %s"
    unconfirmed = "UPDATE referrals_webhook SET is_on = true WHERE id = %s"
    for statement in (alone, unconfirmed):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [waiting.pk])
    for column, value in (("url", "'https://elsewhere.invalid/'"), ("proposed_by_id", "NULL")):
        for by in (engine("test"), cast.actor("una")):
            with (
                acting_as(by),
                pytest.raises(Error, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE referrals_webhook SET {column} = {value}")


def test_an_agency_sees_its_own_webhooks_secrets_and_log_and_no_others(
    cast: Cast, receiver: Receiver, webhook: Webhook
) -> None:
    make_sent()
    one_round()
    tables = ("webhook", "webhooksecret", "delivery", "attempt")
    seen = {}
    for by in (system("harbour"), system("beacon"), officer()):
        with acting_as(by), connection.cursor() as cursor:
            counts = []
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM referrals_{table}")
                counts.append(cursor.fetchone()[0])
            seen[by.name] = counts
    assert list(seen.values()) == [[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 1, 1]]


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.harbour.invalid/",
        "https://10.0.0.5/",
        "https://localhost/",
        "https://hooks.harbour.invalid:8443/",
        "https://me:you@hooks.harbour.invalid/",
        "https://hooks.harbour.invalid/#a",
        "hooks.harbour.invalid",
        "https://" + "a" * 300 + ".invalid/",
    ],
)
def test_what_is_no_public_https_name_cannot_be_proposed(cast: Cast, url: str) -> None:
    with pytest.raises(ValidationError):
        actions.propose_webhook(url=url, by=cast.actor("una"))


def test_the_same_address_twice_and_a_sixth_one_are_refused(cast: Cast) -> None:
    by = cast.actor("una")
    actions.propose_webhook(url="HTTPS://Hooks.Harbour.invalid/0", by=by)
    with pytest.raises(Conflict):
        actions.propose_webhook(url="https://hooks.harbour.invalid/0", by=by)
    for place in range(1, 5):
        actions.propose_webhook(url=f"https://hooks.harbour.invalid/{place}", by=by)
    with pytest.raises(Conflict):
        actions.propose_webhook(url="https://hooks.harbour.invalid/5", by=by)


def test_every_act_is_in_the_trail(cast: Cast, receiver: Receiver) -> None:
    webhook = make_webhook()
    by = cast.actor("una")
    actions.renew_secret(webhook=webhook, by=by)
    actions.try_webhook(webhook=webhook, by=by)
    actions.switch_webhook(webhook=webhook, on=False, by=by)
    actions.end_webhook(webhook=webhook, by=by)
    verbs = AuditEvent.objects.filter(verb__startswith="webhook.").values_list("verb", flat=True)
    assert set(verbs) == {
        *("webhook.proposed", "webhook.confirmed", "webhook.secret_renewed"),
        *("webhook.tested", "webhook.switched", "webhook.ended"),
    }


def test_withdrawn_consent_reaches_the_system_as_ids_alone(
    receiver: Receiver, webhook: Webhook
) -> None:
    case = make_case()
    agree(case)
    referral = make_in("accepted", case)
    actions.withdraw(referral=referral, by=officer())
    one_round()
    assert bodies(receiver)[-1]["type"] == "referral.withdrawn"
