"""GOV.UK Notify: what it takes, refuses and reports; the text, and the next person, when an e-mail fails."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import AuditEvent, User
from casework.models import CrimeRecord
from clocks import frozen
from config.checks import messages_can_leave
from followups import actions, delivery, engine, receipts
from followups.models import FollowUp, Notice
from followups.rules import RULES
from followups.transports import Message
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.notify import EMAIL_TEMPLATE, KEY, SMS_TEMPLATE, NotifyServer, notify_server

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CRIME = {"crime-not-recorded": RULES["crime-not-recorded"]}
DUE = AT + DAY


@pytest.fixture
def notify(settings: Any) -> Iterator[NotifyServer]:
    with notify_server(settings) as server:
        yield server


def fall_due(**over: Any) -> Any:
    """A case whose crime was not recorded in time: its owner is told."""
    case = make_case(at=AT, **over)
    engine.sweep(DUE, rules=CRIME)
    return case


def told() -> set[tuple[str, str, str]]:
    """Who was told of the first step, how, and how far it got."""
    notices = Notice.objects.filter(step__rung=1, step__followup__rule="crime-not-recorded")
    return set(notices.values_list("person__username", "channel", "state"))


def give_mobile(name: str) -> None:
    User.objects.filter(username=name).update(mobile="+447700900123")


def test_notify_is_given_a_template_numbers_and_our_own_reference(
    cast: Cast, notify: NotifyServer
) -> None:
    planted = "Zebedee Quillfeather"
    fall_due(victim=make_victim(age_band="adult", called=planted), first_words=planted)
    assert delivery.dispatch(DUE) == {"accepted": 1, "failed": 0}
    (given,) = notify.taken
    named = Notice.objects.get(channel="email").message_id
    assert (given["kind"], given["email_address"]) == ("email", "olu@northmoor.invalid")
    assert (given["template_id"], given["reference"]) == (EMAIL_TEMPLATE, named.strip("<>"))
    assert "1 thing is waiting for you." in given["personalisation"]["message"]
    said = json.dumps(given).lower()
    assert not [word for word in ("zebedee", "hf-", "adeyemi", "slavery", "crime") if word in said]


@pytest.mark.parametrize("mood", ["misused", "forbids", "busy", "broken", "stalls"])
def test_what_notify_cannot_take_now_it_gets_again(
    cast: Cast, notify: NotifyServer, mood: str
) -> None:
    fall_due()
    notify.mood = mood
    assert delivery.dispatch(DUE)["failed"] == 1
    assert ("olu", "email", "queued") in told()
    notify.mood = "takes"
    assert delivery.dispatch(DUE + 2 * MINUTE)["accepted"] == 1


def test_what_it_took_before_the_line_broke_is_not_sent_twice(
    cast: Cast, notify: NotifyServer
) -> None:
    fall_due()
    notify.mood = "takes and drops"
    assert delivery.dispatch(DUE)["failed"] == 1
    notify.mood = "takes"
    assert delivery.dispatch(DUE + 2 * MINUTE)["accepted"] == 1
    assert len(notify.taken) == 1


def test_an_address_that_is_none_becomes_a_text_to_the_same_person(
    cast: Cast, notify: NotifyServer
) -> None:
    give_mobile("olu")
    fall_due()
    notify.mood = "unknown"
    delivery.dispatch(DUE)
    notify.mood = "takes"
    delivery.dispatch(DUE + MINUTE)
    (given,) = notify.taken
    assert (given["kind"], given["phone_number"]) == ("sms", "+447700900123")
    assert given["template_id"] == SMS_TEMPLATE
    assert ("olu", "sms", "accepted") in told()
    assert {who for who, _channel, _state in told()} == {"olu"}


def test_when_neither_reaches_them_the_next_person_is_told_and_the_supervisor_owes_it(
    cast: Cast, notify: NotifyServer
) -> None:
    give_mobile("olu")
    fall_due()
    notify.mood = "unknown"
    delivery.dispatch(DUE)
    delivery.dispatch(DUE + MINUTE)
    notify.mood = "takes"
    delivery.dispatch(DUE + 2 * MINUTE)
    assert told() == {
        ("olu", "page", "accepted"),
        ("olu", "email", "dead"),
        ("olu", "sms", "dead"),
        ("sade", "page", "accepted"),
        ("sade", "email", "accepted"),
    }
    engine.sweep(DUE + 3 * MINUTE)
    owed = FollowUp.objects.filter(rule="notice-not-delivered")
    assert {(it.state, it.holder) for it in owed} == {("open", cast.sade)}
    assert delivery.pass_on(DUE + HOUR) == 0  # once is enough


def test_what_is_sent_again_is_not_taken_for_the_message_that_failed(
    cast: Cast, notify: NotifyServer
) -> None:
    fall_due()
    delivery.dispatch(DUE)
    notice = Notice.objects.get(channel="email")
    receipts.came_back(notice.message_id, "notify-permanent-failure", DUE)
    engine.sweep(DUE + MINUTE, rules=CRIME)
    with frozen(DUE + MINUTE):
        actions.send_again(notice_id=notice.pk, by=cast.actor("sade"))
    notify.mood = "stalls"
    delivery.dispatch(DUE + MINUTE)
    assert Notice.objects.get(pk=notice.pk).state == "queued"
    notify.mood = "takes"
    delivery.dispatch(DUE + HOUR)
    assert Notice.objects.get(pk=notice.pk).state == "accepted"
    assert [it["email_address"] for it in notify.taken].count(cast.olu.email) == 2


def test_nothing_is_passed_on_once_it_is_no_longer_owed(cast: Cast, notify: NotifyServer) -> None:
    case = fall_due()
    notify.mood = "unknown"
    delivery.dispatch(DUE)
    add_fact(CrimeRecord, case, DUE, number="C1")
    engine.sweep(DUE + MINUTE, rules=CRIME)
    assert delivery.pass_on(DUE + 2 * MINUTE) == 0


def report(client: Client, status: str, token: str = "invented-" * 5, **over: Any) -> int:
    named = Notice.objects.get(channel="email").message_id.strip("<>")
    with frozen(DUE + HOUR):
        return client.post(
            "/notify/receipts",
            {"reference": named, "status": status, "to": "x@invalid"} | over,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        ).status_code


class TestReceipts:
    """What Notify reports afterwards."""

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("delivered", "delivered"),
            ("permanent-failure", "bounced"),
            ("temporary-failure", "bounced"),
            ("technical-failure", "bounced"),
            ("sending", "accepted"),
        ],
    )
    def test_each_report_is_taken_over_once(
        self, cast: Cast, notify: NotifyServer, client: Client, status: str, state: str
    ) -> None:
        fall_due()
        delivery.dispatch(DUE)
        assert (report(client, status), report(client, status)) == (204, 204)
        assert ("olu", "email", state) in told()

    def test_taken_and_then_come_back_goes_to_the_next_person(
        self, cast: Cast, notify: NotifyServer, client: Client
    ) -> None:
        fall_due()
        delivery.dispatch(DUE)
        report(client, "permanent-failure")
        delivery.dispatch(DUE + HOUR + MINUTE)
        assert ("sade", "email", "accepted") in told()
        engine.sweep(DUE + HOUR + 2 * MINUTE)
        assert FollowUp.objects.get(rule="notice-not-delivered").holder == cast.sade

    def test_a_report_that_overtakes_the_sender_stands(
        self, cast: Cast, notify: NotifyServer
    ) -> None:
        fall_due()
        from_worker = delivery.claim(DUE, cast.olu.pk)
        assert receipts.delivered(from_worker[0].message_id, DUE) == 1
        delivery._accepted(from_worker[0], cast.olu.pk, DUE)
        assert ("olu", "email", "delivered") in told()

    @pytest.mark.parametrize("token", ["", "wrong", "invented-" * 4])
    def test_whoever_lacks_the_token_is_refused_and_that_is_recorded(
        self, cast: Cast, notify: NotifyServer, client: Client, token: str
    ) -> None:
        fall_due()
        delivery.dispatch(DUE)
        assert report(client, "permanent-failure", token) == 401
        assert ("olu", "email", "accepted") in told()
        assert AuditEvent.objects.filter(verb="access.refused").exists()

    def test_without_a_token_of_ours_nobody_gets_in(
        self, cast: Cast, notify: NotifyServer, client: Client, settings: Any
    ) -> None:
        fall_due()
        delivery.dispatch(DUE)
        settings.NOTIFY_CALLBACK_TOKEN = ""
        assert report(client, "delivered", "") == 401

    @pytest.mark.parametrize("body", ["{", "[]", "{}", '{"reference": "x"}'])
    def test_what_is_no_report_is_a_bad_request(
        self, db: None, notify: NotifyServer, client: Client, body: str
    ) -> None:
        answer = client.post(
            "/notify/receipts",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {'invented-' * 5}"},
        )
        assert answer.status_code == 400


REPORT = """From: MAILER-DAEMON@mail.invalid
Content-Type: multipart/report; report-type=delivery-status; boundary=B
MIME-Version: 1.0

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.invalid

Final-Recipient: rfc822; olu@northmoor.invalid
Action: {action}
Status: 5.1.1
--B
Content-Type: {kind}

Subject: x
Message-ID: {named}

--B--
"""


class TestMailReports:
    """What a mail server sends back, piped to `manage.py bounce`."""

    def pipe(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        piped = SimpleNamespace(buffer=BytesIO(text.encode()))
        monkeypatch.setattr("sys.stdin", piped)
        with frozen(DUE + HOUR):
            call_command("bounce")

    @pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
    @pytest.mark.parametrize(
        ("action", "state"),
        [("failed", "bounced"), ("delivered", "delivered"), ("delayed", "accepted")],
    )
    def test_a_report_marks_the_message_that_it_is_about(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str, action: str, state: str
    ) -> None:
        fall_due()
        delivery.dispatch(DUE)
        named = Notice.objects.get(channel="email").message_id
        self.pipe(monkeypatch, REPORT.format(action=action, kind=kind, named=named))
        assert ("olu", "email", state) in told()

    @pytest.mark.parametrize("text", ["", "Subject: hello\n\nAction: failed", REPORT[:300]])
    def test_other_mail_is_left_for_a_person(
        self, db: None, monkeypatch: pytest.MonkeyPatch, text: str
    ) -> None:
        with pytest.raises(CommandError) as left:
            self.pipe(monkeypatch, text)
        assert left.value.returncode == 65


class TestLedger:
    """What can never be true of a notice."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "bounced"},
            {"state": "delivered"},
            {"state": "dead"},
            {"lease_until": DUE},
            {"state": "accepted", "accepted_at": DUE, "lease_until": DUE},
        ],
    )
    def test_the_database_refuses_it(self, cast: Cast, wrong: dict[str, Any]) -> None:
        fall_due()
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.filter(channel="email").update(**wrong)

    def test_a_delivered_message_is_never_waiting_again(self, cast: Cast) -> None:
        fall_due()
        mail = Notice.objects.filter(channel="email")
        mail.update(state="delivered", accepted_at=DUE, delivered_at=DUE)
        with pytest.raises(DatabaseError), transaction.atomic():
            mail.update(state="queued")


def test_the_wait_grows_differs_between_people_and_has_an_end() -> None:
    def wait(to: str, attempts: int) -> timedelta:
        return delivery.wait_before_again(Message("<1@x>", "email", to, attempts, 1, 1))

    assert len({wait(f"{name}@x.invalid", 3) for name in "abcdef"}) == 6
    for attempt in range(1, 9):
        longest = min(MINUTE * 2 ** (attempt - 1), HOUR)
        assert longest / 2 <= wait("a@x.invalid", attempt) <= longest


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"MAIL_BY": "pigeon"}, "MAIL_BY"),
        ({"NOTIFY_API_KEY": "short"}, "NOTIFY_API_KEY"),
        ({"NOTIFY_EMAIL_TEMPLATE": "welcome"}, "NOTIFY_EMAIL_TEMPLATE"),
        ({"NOTIFY_SMS_TEMPLATE": "welcome"}, "NOTIFY_SMS_TEMPLATE"),
        ({"NOTIFY_CALLBACK_TOKEN": "short"}, "NOTIFY_CALLBACK_TOKEN"),
        ({"NOTIFY_URL": "http://notify.invalid"}, "NOTIFY_URL"),
        ({"DEMO": True}, "demo"),
        ({}, ""),
    ],
)
def test_a_wrong_setting_stops_the_start(settings: Any, over: dict[str, Any], words: str) -> None:
    given = {
        "MAIL_BY": "notify",
        "DEMO": False,
        "NOTIFY_API_KEY": KEY,
        "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
        "NOTIFY_SMS_TEMPLATE": SMS_TEMPLATE,
        "NOTIFY_CALLBACK_TOKEN": "invented-" * 5,
        "NOTIFY_URL": "https://notify.invalid",
    } | over
    for name, value in given.items():
        setattr(settings, name, value)
    found = [error.msg for error in messages_can_leave()]
    assert len(found) == bool(words)
    assert all(words in error for error in found)
