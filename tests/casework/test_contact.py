"""Recording what happened: only safe ways, and the next contact always set."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

import clocks
from accounts.errors import Conflict
from accounts.models import User
from casework.models import ContactOutcome
from casework.rules import next_contacts
from clocks import LONDON
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.casework.steps import NUMBER, phone_rule, spoke
from tests.cast import Cast
from victims.models import Channel, RiskLevel

Open = Callable[[User], Client]


@pytest.mark.parametrize(
    ("outcome", "risk", "allowed"),
    [
        ("spoke", RiskLevel.STANDARD, timedelta(days=28)),
        ("spoke", RiskLevel.NOT_JUDGED, timedelta(days=28)),
        ("spoke", RiskLevel.HIGH, timedelta(days=7)),
        ("declined", RiskLevel.STANDARD, timedelta(days=7)),
        ("tried", RiskLevel.STANDARD, timedelta(days=1)),
        ("tried", RiskLevel.HIGH, timedelta(days=1)),
        ("unsafe", RiskLevel.STANDARD, timedelta(hours=4)),
        ("someone_else", RiskLevel.HIGH, timedelta(hours=4)),
    ],
)
def test_the_next_contact_follows_from_what_happened_and_the_risk(
    outcome: str, risk: RiskLevel, allowed: timedelta, cast: Cast
) -> None:
    case = make_case(victim=make_victim(risk=risk))
    at = clocks.now()
    contact = spoke(case, cast.actor("olu"), at, outcome=outcome)
    wall = contact.next_at.astimezone(LONDON).replace(tzinfo=None)
    assert wall - at.astimezone(LONDON).replace(tzinfo=None) == allowed


def test_an_unsafe_contact_asks_for_a_supervisor(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    for outcome in ContactOutcome:
        spoke(case, olu, outcome=outcome)
    asked = {line.detail["outcome"] for line in case.events.all() if line.detail["supervisor"]}
    assert asked == {"unsafe", "someone_else"}


def test_a_way_not_recorded_as_safe_needs_a_reason(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    for safe in (Answer.NO, Answer.NOT_KNOWN, Answer.DECLINED):
        phone_rule(case, olu, safe=safe)
        with pytest.raises(Conflict, match="not recorded as safe"):
            spoke(case, olu, channel=Channel.PHONE)
    reason = "She phoned us herself."
    contact = spoke(case, olu, channel=Channel.PHONE, unsafe_channel_reason=reason)
    assert contact.unsafe_channel_reason == reason


def test_one_unsafe_number_makes_the_phone_unsafe_although_another_is_safe(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    phone_rule(case, olu, safe=Answer.YES)
    phone_rule(case, olu, safe=Answer.NO)
    with pytest.raises(Conflict):
        spoke(case, olu, channel=Channel.PHONE)


def test_another_time_for_the_next_contact_needs_a_reason(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    sooner = clocks.now() + timedelta(days=2)
    with pytest.raises(Conflict, match="different time"):
        spoke(case, olu, next_at=sooner)
    contact = spoke(case, olu, next_at=sooner, next_reason="She asked for Wednesday.")
    assert contact.next_at == sooner


def test_the_next_contact_is_never_before_this_one(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    before = clocks.now() - timedelta(days=1)
    with pytest.raises(Conflict, match="after this one"):
        spoke(case, olu, next_at=before, next_reason="A slip.")
    assert not case.contacts.exists()


def test_a_case_whose_deadlines_are_gone_still_says_what_to_enter(cast: Cast) -> None:
    case, olu = make_case(), cast.actor("olu")
    long_ago = clocks.now() - timedelta(days=365 * 60)
    assert set(next_contacts(case, long_ago).values()) == {None}
    with pytest.raises(Conflict, match="Enter a date"):
        spoke(case, olu, long_ago)


def test_the_page_lists_only_safe_ways_and_no_number(cast: Cast, client_of: Open) -> None:
    case, olu = make_case(), cast.actor("olu")
    phone_rule(case, olu, safe=Answer.NO)
    page = client_of(cast.olu).get(f"/case/{case.reference}/contact").content.decode()
    ways = set(re.findall(r'<input[^>]*name="how"[^>]*value="(\w+)"', page))
    assert ways == {"in_person", "another"}
    assert NUMBER not in page


def test_five_answers_are_enough(cast: Cast, client_of: Open) -> None:
    case = make_case()
    answers = {"outcome": "spoke", "how": "in_person", "note": "I am fine", "safe_tonight": "yes"}
    response = client_of(cast.olu).post(f"/case/{case.reference}/contact", answers)
    assert response.status_code == 302
    contact = case.contacts.get()
    assert (contact.note, contact.safe_tonight) == ("I am fine", Answer.YES)
    assert contact.by == cast.olu


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Select what happened"),
        ({"outcome": "spoke"}, "Select how you tried"),
        ({"outcome": "spoke", "how": "another"}, "Select which way you used"),
        ({"outcome": "spoke", "how": "phone"}, "Select a valid choice"),
        ({"outcome": "spoke", "how": "in_person", "time": "half past"}, "Enter a time"),
        ({"outcome": "spoke", "how": "in_person", "on_day": "1"}, "must include"),
        (
            {
                "outcome": "spoke",
                "how": "in_person",
                "next_on_day": "1",
                "next_on_month": "1",
                "next_on_year": "2099",
                "next_time": "10am",
            },
            "Say why the next contact is at a different time",
        ),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_keeps_what_was_typed(
    answers: dict[str, str], sentence: str, cast: Cast, client_of: Open
) -> None:
    case = make_case()
    typed = answers | {"note": "Słowa, których nie wolno zgubić"}
    response = client_of(cast.olu).post(f"/case/{case.reference}/contact", typed)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert typed["note"] in response.content.decode()
    assert not case.contacts.exists()


def test_what_was_typed_and_not_saved_is_there_again(cast: Cast, client_of: Open) -> None:
    case, browser = make_case(), client_of(cast.olu)
    half = {"note": "She wants to go home", "outcome": "spoke"}
    draft = f"/draft?form=contact&case={case.reference}"
    assert browser.post(draft, half, headers={"X-Requested-With": "draft"}).status_code == 204
    page = browser.get(f"/case/{case.reference}/contact").content.decode()
    assert "She wants to go home" in page
    browser.post(f"/case/{case.reference}/contact", half | {"how": "in_person"})
    assert "She wants" not in browser.get(f"/case/{case.reference}/contact").content.decode()
