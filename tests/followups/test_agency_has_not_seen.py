"""An agency is told at once what the police ended or changed, and somebody phones when it does not look."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

import clocks
from accounts import audit
from accounts.models import User
from casework.actions.person import record_consent
from followups import delivery as post
from followups import engine
from followups.models import FollowUp, Notice, OutboxMessage
from followups.rules import RULES
from referrals import actions, events
from referrals import delivery as webhooks
from referrals.models import Delivery, SupportReferral
from tests.casework.steps import phone_rule
from tests.cast import Cast
from tests.referrals.builders import make_in, make_sent, make_webhook, officer, system
from victims.models import Purpose

RULE = "agency-has-not-seen"
HOUR = timedelta(hours=1)
Open = Callable[[User], Client]


def swept(after: timedelta = timedelta(seconds=5)) -> list[tuple[str, str]]:
    """What one sweep says: the state and the clock of each."""
    engine.sweep(clocks.now() + after, rules={RULE: RULES[RULE]})
    return sorted(FollowUp.objects.filter(rule=RULE).values_list("state", "clock"))


def told() -> dict[str, set[str]]:
    """Who was told of it, and by what."""
    found: dict[str, set[str]] = {}
    for notice in Notice.objects.filter(step__followup__rule=RULE).select_related("person"):
        found.setdefault(notice.person.username, set()).add(notice.channel)
    return found


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.EMAIL_BACKEND = "followups.transports.OutboxBackend"


def mails(after: timedelta) -> list[OutboxMessage]:
    """Everything that Hana was sent by then."""
    post.dispatch(clocks.now() + after)
    return list(OutboxMessage.objects.filter(to=User.objects.get(username="hana").email))


@pytest.mark.parametrize(
    ("verb", "clock"), [(actions.withdraw, "standard"), (actions.mark_in_error, "urgent")]
)
def test_its_workers_are_told_at_once_and_nobody_else(
    cast: Cast, verb: Callable[..., SupportReferral], clock: str
) -> None:
    verb(referral=make_sent(), by=officer())
    assert swept() == [("open", clock)]
    assert told() == {"hana": {"page", "email"}, "cal": {"page", "email"}}
    (sent,) = mails(timedelta(seconds=10))
    assert "HF-" not in sent.subject + sent.body


def test_each_worker_sees_what_they_were_sent_and_how_far_it_got(
    cast: Cast, client_of: Open
) -> None:
    actions.withdraw(referral=make_sent(), by=officer())
    swept()
    mails(timedelta(seconds=10))
    browser = client_of(User.objects.get(username="hana"))
    assert "/agency/told" in browser.get("/agency").text
    page = browser.get("/agency/told").text
    assert "Something new was waiting for you" in page
    assert "On their own page: Sent" in page
    assert "By e-mail: Sent" in page
    assert "HF-" not in page
    assert client_of(cast.olu).get("/agency/told").status_code == 403


def test_a_mail_of_an_hour_ago_does_not_hold_it_back(cast: Cast) -> None:
    first, second = make_sent(), make_sent()
    actions.withdraw(referral=first, by=officer())
    swept()
    assert len(mails(timedelta(seconds=10))) == 1
    actions.mark_in_error(referral=second, by=officer())
    swept(HOUR)
    assert len(mails(HOUR + timedelta(seconds=10))) == 2


def test_so_does_a_new_urgent_referral_not_wait_for_a_digest(cast: Cast) -> None:
    rule = {"agency-not-answered": RULES["agency-not-answered"]}
    for urgent, after in ((False, timedelta(seconds=5)), (True, HOUR)):
        make_sent(urgent=urgent)
        engine.sweep(clocks.now() + after, rules=rule)
        sent = mails(after + timedelta(seconds=5))
    assert len(sent) == 2


def test_an_agreement_taken_back_is_told_once_as_that(cast: Cast) -> None:
    referral = make_in("accepted")
    record_consent(
        case=referral.case,
        by=officer(),
        outcome="withdrawn",
        purpose=Purpose.AGENCY,
        decided_at=clocks.now(),
    )
    assert swept() == [("open", "urgent")]


@pytest.mark.parametrize("how", ["look", "call", "webhook"])
def test_it_is_met_once_the_agency_knows(cast: Cast, how: str) -> None:
    if how == "webhook":
        make_webhook()
    referral = make_sent()
    actions.withdraw(referral=referral, by=officer())
    swept()
    if how == "look":
        audit.viewed(referral, by=system())
    elif how == "call":
        for _ in range(2):
            actions.record_agency_told(referral=referral, by=officer())
    else:
        events.number(clocks.now())
        webhooks.make(clocks.now())
        Delivery.objects.update(state="delivered", delivered_at=clocks.now())
    assert swept() == [("met", "standard")]
    assert referral.case.events.filter(detail__step="agency_told").count() == (how == "call")


def test_what_the_agency_ended_itself_is_owed_by_nobody(cast: Cast) -> None:
    for status in ("declined", "completed", "ended_early"):
        make_in(status)
    assert swept() == []


def test_new_rules_for_reaching_the_person_are_told_too(cast: Cast) -> None:
    referral = make_in("accepted")
    phone_rule(referral.case, officer())
    actions.renew_safe_contact(referral=referral, by=officer())
    assert swept() == [("open", "urgent")]
    audit.viewed(referral, by=system())
    assert swept() == [("met", "urgent")]


def test_the_inbox_says_what_happened_until_it_is_opened(cast: Cast, client_of: Open) -> None:
    referral = make_sent()
    hana = client_of(cast.hana)
    assert "What the police ended or changed" not in hana.get("/agency").text
    actions.mark_in_error(referral=referral, by=officer())
    events.number(clocks.now())
    assert "Sent to you in error" in hana.get("/agency").text
    assert "never meant for you" in hana.get(f"/agency/{referral.pk}").text
    assert "What the police ended or changed" not in hana.get("/agency").text


def test_the_officer_records_that_they_phoned(cast: Cast, client_of: Open) -> None:
    referral = make_sent()
    olu = client_of(cast.olu)
    actions.withdraw(referral=referral, by=officer())
    page = f"/referral/{referral.pk}"
    assert "I told the agency" in olu.get(page).text
    assert olu.post(f"{page}/agency-told", follow=True).status_code == 200
    assert "I told the agency" not in olu.get(page).text
