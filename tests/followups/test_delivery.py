"""Sending: to a mail server that refuses, stalls or takes; nothing lost, nobody named, nobody nagged."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import LazySettings
from django.db import OperationalError

import clocks
from accounts import actions
from accounts.models import User
from casework.models import CrimeRecord
from followups import alerts, delivery, engine, transports
from followups.models import FollowUp, Heartbeat, Notice, OutboxMessage
from followups.rules import RULES
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.loopback import listening
from tests.followups.mail_server import MailServer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CRIME = {"crime-not-recorded": RULES["crime-not-recorded"]}


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with listening(MailServer()) as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.server_address[1]
        settings.EMAIL_TIMEOUT = 1
        yield made


def fall_due(**over: Any) -> None:
    """A case whose crime was not recorded in time: its owner is told."""
    make_case(at=AT, **over)
    engine.sweep(AT + DAY, rules=CRIME)


def states() -> set[str]:
    return set(Notice.objects.filter(channel="email").values_list("state", flat=True))


def test_what_the_server_took_is_marked_and_not_sent_again(cast: Cast, server: MailServer) -> None:
    fall_due()
    assert delivery.dispatch(AT + DAY) == {"accepted": 1, "failed": 0}
    assert delivery.dispatch(AT + DAY + HOUR) == {"accepted": 0, "failed": 0}
    assert (len(server.taken), states()) == (1, {"accepted"})
    assert Heartbeat.objects.filter(stage="dispatch").exists()


def test_a_message_names_nobody_and_nothing(cast: Cast, server: MailServer) -> None:
    planted = "Zebedee Quillfeather"
    case = make_case(
        at=AT,
        victim=make_victim(age_band="adult", called=planted),
        first_words=planted,
        incident_number=planted,
        danger="yes",
    )
    engine.sweep(AT + 5 * DAY)
    delivery.dispatch(AT + 5 * DAY)
    assert len(server.taken) >= 2
    for message in server.taken:
        assert "You have work waiting in Holdfast. Sign in to see it." in message
        for secret in (
            planted,
            "Quillfeather",
            case.reference,
            "Adeyemi",
            "Harbour Road",
            "slavery",
            "crime",
        ):
            assert secret.lower() not in message.lower()


@pytest.mark.parametrize("mood", ["refuses", "later", "stalls", "drops", "takes and drops"])
def test_a_server_that_does_not_take_it_gets_it_again_under_the_same_name(
    cast: Cast, server: MailServer, mood: str
) -> None:
    fall_due()
    server.mood = mood
    assert delivery.dispatch(AT + DAY)["failed"] == 1
    assert states() == {"queued"}
    named = Notice.objects.get(channel="email").message_id
    assert delivery.dispatch(AT + DAY) == {"accepted": 0, "failed": 0}  # it waits its turn
    server.mood = "takes"
    assert delivery.dispatch(AT + DAY + 2 * timedelta(minutes=1))["accepted"] == 1
    assert f"Message-ID: {named}" in server.taken[-1]
    # What was taken without a word of it goes once more, so that nothing is lost; its name tells that it is the same.
    assert len(server.taken) == (2 if mood == "takes and drops" else 1)


def test_nobody_listening_costs_one_try_and_no_attempt_of_the_others(
    cast: Cast, settings: LazySettings, server: MailServer
) -> None:
    for owner in (cast.olu, cast.rhys, cast.petra):
        make_case(at=AT, owner=owner)
    engine.sweep(AT + DAY, rules=CRIME)
    settings.EMAIL_PORT = 1
    assert delivery.dispatch(AT + DAY) == {"accepted": 0, "failed": 1}
    attempts = Notice.objects.filter(channel="email").values_list("attempts", flat=True)
    assert sorted(attempts) == [0, 0, 1]


def test_after_the_last_attempt_it_is_dead_and_the_supervisor_has_it_to_pass_on(
    cast: Cast, server: MailServer
) -> None:
    fall_due()
    server.mood = "refuses"
    at = AT + DAY
    for _ in range(delivery.MOST_REFUSALS):
        delivery.dispatch(at)
        at += delivery.LONGEST_WAIT + timedelta(minutes=1)
    assert states() == {"dead"}
    engine.sweep(at)
    item = FollowUp.objects.get(rule="notice-not-delivered")
    assert (item.state, item.holder) == ("open", cast.sade)


NO_ADDRESSES = (
    *("a@b@c", "x@y;z@y", "x@y,z@y", "olu@", f"a@{'ü' * 60}.uk"),
    "olu@northmoor.invalid\nBcc: x@y.uk",
)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_is_none_is_dead_at_once_and_holds_up_nobody_else(
    cast: Cast, server: MailServer, address: str
) -> None:
    User.objects.filter(pk=cast.olu.pk).update(email=address)
    fall_due()
    make_case(at=AT + HOUR, owner=cast.petra)
    engine.sweep(AT + DAY + HOUR, rules=CRIME)
    actions.make_password_link(by=cast.actor("lena"), user=cast.olu)
    actions.make_password_link(by=cast.actor("lena"), user=cast.petra)
    assert alerts.send(clocks.now()) == {"accepted": 1, "failed": 1}
    assert delivery.dispatch(AT + DAY + HOUR) == {"accepted": 1, "failed": 1}
    found = Notice.objects.filter(channel="email").values_list("person", "state", "problem")
    assert set(found) == {(cast.olu.pk, "dead", "bad-address"), (cast.petra.pk, "accepted", "")}


def test_a_fault_of_ours_with_one_message_is_a_refusal_of_that_one(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = transports.MailServer.send

    def faulty(link: Any, message: transports.Message) -> None:
        if message.to == cast.olu.email:
            raise RuntimeError(message.to)
        send(link, message)

    monkeypatch.setattr(transports.MailServer, "send", faulty)
    fall_due()
    make_case(at=AT, owner=cast.petra)
    engine.sweep(AT + DAY, rules=CRIME)
    assert delivery.dispatch(AT + DAY) == {"accepted": 1, "failed": 1}
    notice = Notice.objects.get(channel="email", person=cast.olu)
    assert (notice.state, notice.problem, notice.refusals) == ("queued", "RuntimeError", 1)


@pytest.mark.parametrize("stop", [SoftTimeLimitExceeded, OperationalError])
def test_what_stops_a_whole_round_is_no_fault_of_a_message(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch, stop: type[Exception]
) -> None:
    def stopped(*_given: object) -> None:
        raise stop

    monkeypatch.setattr(transports.MailServer, "send", stopped)
    fall_due()
    with pytest.raises(stop):
        delivery.dispatch(AT + DAY)
    notice = Notice.objects.get(channel="email")
    assert (notice.state, notice.refusals, notice.lease_until) == ("queued", 0, None)


def test_an_outage_of_days_makes_no_dead_letter(
    cast: Cast, settings: LazySettings, server: MailServer
) -> None:
    fall_due()
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    at = AT + DAY
    for _ in range(48):
        assert delivery.dispatch(at)["failed"] <= 1
        at += HOUR
    assert states() == {"queued"}
    settings.EMAIL_PORT = there
    assert delivery.dispatch(at + HOUR)["accepted"] == 1


def test_what_was_done_before_the_digest_is_not_sent_and_not_counted(
    cast: Cast, server: MailServer
) -> None:
    fall_due()
    delivery.dispatch(AT + DAY)
    done, left = make_case(at=AT + HOUR), make_case(at=AT + HOUR)
    engine.sweep(AT + DAY + HOUR, rules=CRIME)
    for case in (done, left):
        assert Notice.objects.get(step__followup__case=case, channel="email").state == "queued"
    add_fact(CrimeRecord, done, AT + DAY + HOUR, number="C1")
    engine.sweep(AT + DAY + 2 * HOUR, rules=CRIME)
    delivery.dispatch(AT + DAY + 9 * HOUR)
    assert "1 thing is waiting for you." in server.taken[1]
    assert Notice.objects.get(step__followup__case=done, channel="email").state == "dropped"


def test_when_everything_was_done_there_is_no_message(cast: Cast, server: MailServer) -> None:
    fall_due()
    case = FollowUp.objects.get().case
    server.mood = "refuses"
    delivery.dispatch(AT + DAY)
    add_fact(CrimeRecord, case, AT + DAY, number="C1")
    engine.sweep(AT + DAY + HOUR, rules=CRIME)
    server.mood = "takes"
    assert delivery.dispatch(AT + DAY + HOUR) == {"accepted": 0, "failed": 0}
    assert (states(), server.taken) == ({"dropped"}, [])


def test_what_was_done_between_two_tries_is_not_counted_in_the_second(
    cast: Cast, server: MailServer
) -> None:
    for _ in range(2):
        make_case(at=AT)
    engine.sweep(AT + DAY, rules=CRIME)
    server.mood = "refuses"
    delivery.dispatch(AT + DAY)
    head = Notice.objects.filter(channel="email").order_by("pk")[0]
    add_fact(CrimeRecord, head.step.followup.case, AT + DAY, number="C1")
    engine.sweep(AT + DAY + HOUR, rules=CRIME)
    server.mood = "takes"
    assert delivery.dispatch(AT + DAY + HOUR)["accepted"] == 1
    assert "1 thing is waiting for you." in server.taken[0]


def test_whoever_has_left_gets_no_mail(cast: Cast, server: MailServer) -> None:
    fall_due()
    User.objects.filter(pk=cast.olu.pk).update(is_active=False, left_at=AT + DAY)
    assert delivery.dispatch(AT + DAY) == {"accepted": 0, "failed": 0}
    assert (states(), server.taken) == ({"dropped"}, [])


def test_an_unknown_mailbox_is_dead_at_once(cast: Cast, server: MailServer) -> None:
    fall_due()
    server.mood = "unknown"
    delivery.dispatch(AT + DAY)
    assert Notice.objects.get(channel="email").problem == "smtp-550"
    assert states() == {"dead"}


def test_what_waits_for_one_person_goes_in_one_message_a_shift(
    cast: Cast, server: MailServer
) -> None:
    for _ in range(5):
        make_case(at=AT)
    engine.sweep(AT + DAY, rules=CRIME)
    delivery.dispatch(AT + DAY)
    assert len(server.taken) == 1
    assert "5 things are waiting for you." in server.taken[0]
    make_case(at=AT + HOUR)
    engine.sweep(AT + DAY + 2 * HOUR, rules=CRIME)
    delivery.dispatch(AT + DAY + 2 * HOUR)
    assert len(server.taken) == 1
    delivery.dispatch(AT + DAY + 8 * HOUR)
    assert len(server.taken) == 2


def test_danger_does_not_wait_for_the_next_shift(cast: Cast, server: MailServer) -> None:
    fall_due()
    delivery.dispatch(AT + DAY)
    make_case(at=AT + DAY, danger="yes")
    safety = {"safety-not-confirmed": RULES["safety-not-confirmed"]}
    engine.sweep(AT + DAY + HOUR, rules=safety)
    delivery.dispatch(AT + DAY + HOUR)
    assert sum("To: olu@" in message for message in server.taken) == 2


def test_a_claim_that_died_is_taken_over_when_its_lease_ends(
    cast: Cast, server: MailServer
) -> None:
    fall_due()
    assert len(delivery.claim(AT + DAY, uuid4())) == 1
    assert delivery.dispatch(AT + DAY + HOUR / 30) == {"accepted": 0, "failed": 0}
    assert delivery.dispatch(AT + DAY + delivery.LEASE + HOUR / 60)["accepted"] == 1


def test_a_round_that_is_stopped_before_it_marks_what_was_taken_does_not_send_it_again(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fall_due()
    mark = delivery._accepted

    def stopped(*given: Any) -> None:
        monkeypatch.setattr(delivery, "_accepted", mark)
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(delivery, "_accepted", stopped)
    with pytest.raises(SoftTimeLimitExceeded):
        delivery.dispatch(AT + DAY)
    assert states() == {"accepted"}
    assert delivery.dispatch(AT + DAY + HOUR) == {"accepted": 0, "failed": 0}
    assert len(server.taken) == 1


def test_somebody_without_an_address_is_told_on_their_page(cast: Cast) -> None:
    olu = cast.olu
    olu.email = ""
    olu.save()
    fall_due()
    assert list(Notice.objects.values_list("channel", "state")) == [("page", "accepted")]


def test_in_the_demo_a_message_lands_in_the_outbox(cast: Cast, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "followups.transports.OutboxBackend"
    fall_due()
    delivery.dispatch(AT + DAY)
    kept = OutboxMessage.objects.get()
    assert kept.to == "olu@northmoor.invalid"
    assert kept.message_id == Notice.objects.get(channel="email").message_id
