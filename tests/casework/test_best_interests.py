"""An adult who cannot decide: somebody decides in their best interests, and says what, who and why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

import clocks
from accounts.errors import Conflict, Refused
from accounts.models import User
from casework.actions.account import save_account
from casework.actions.duties import notify, submit_nrm
from casework.actions.nrm import bring_in
from casework.actions.person import record_consent
from casework.models import Case, Decided
from casework.nrm.record import Record, record_of
from casework.nrm.rules import CONSENT, IDENTIFYING, Branch
from followups.engine import live_followups
from referrals import actions
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.builders import make_draft, make_in, officer
from victims.models import AgeBand, ConsentEvent, Purpose

ClientOf = Callable[[User], Client]
WHY = "A brain injury; four talks with pictures. She wants to stay near her sister."
BEST = {
    "outcome": "no_capacity",
    "best_interests": "go_ahead",
    "best_interests_by": "Dr Ada Invented, with an advocate",
    "best_interests_why": WHY,
}
NOT_BEST = BEST | {"best_interests": "do_not"}


def decide(case: Case, *, purpose: str = Purpose.NRM, ago: int = 0, **said: Any) -> ConsentEvent:
    at = clocks.now() - timedelta(hours=ago)
    return record_consent(case=case, by=officer(), purpose=purpose, decided_at=at, **said)


def record(case: Case) -> Record:
    return record_of(case.reference, by=officer(), today=clocks.today())


def test_in_their_best_interests_they_are_referred_and_the_forms_own_yes_leaves(
    cast: Cast, client_of: ClientOf
) -> None:
    case = make_case()
    event = decide(case, **BEST)
    assert record(case).branch is Branch.BEST_INTERESTS
    assert record(case).out()[CONSENT] == "yes"
    page = client_of(cast.olu).get(f"/case/{case.reference}/nrm").content.decode()
    assert "decided in their best interests to refer them" in page
    assert "Unverified" in page
    assert submit_nrm(case=case, by=officer(), at=clocks.now()).consent == event
    line = case.events.get(kind="nrm")
    assert line.detail["path"] == "best_interests"
    with pytest.raises(Conflict):
        notify(case=case, by=officer(), at=clocks.now())


def test_not_in_their_best_interests_only_a_notification_leaves_that_names_nobody(
    cast: Cast, client_of: ClientOf
) -> None:
    case = make_case(victim=make_victim(first_name="Wren", last_name="Invented"))
    save_account(case=case, by=officer(), changes={"police": {"agrees_to_be_named": "yes"}})
    bring_in(
        answers={"pv-under-age": "no", "authorities-cooperation": "yes"}, by=officer(), case=case
    )
    decide(case, outcome="refused", ago=1)
    assert record(case).branch is Branch.NAMED
    decide(case, **NOT_BEST)
    now = record(case)
    assert now.branch is Branch.ANONYMOUS
    assert now.out()[CONSENT] == "no"
    assert not set(now.out()) & IDENTIFYING
    assert WHY not in str(now.out())
    assert "not in their best interests" in (
        client_of(cast.olu).get(f"/case/{case.reference}/nrm").content.decode()
    )
    with pytest.raises(Conflict):
        submit_nrm(case=case, by=officer(), at=clocks.now())
    notify(case=case, by=officer(), at=clocks.now())


def test_when_they_can_decide_again_their_own_word_holds(cast: Cast) -> None:
    case = make_case()
    decide(case, **BEST, ago=2)
    decide(case, outcome="refused", reason="I do not want it.", ago=1)
    assert record(case).branch is Branch.ANONYMOUS
    assert record(case).why_refused == "I do not want it."


def test_a_child_is_referred_whatever_is_said_of_capacity(cast: Cast) -> None:
    case = make_case(victim=make_victim(age_band=AgeBand.CHILD))
    decide(case, **NOT_BEST)
    assert record(case).branch is Branch.CHILD


def test_answers_that_are_brought_in_do_not_turn_it_into_their_own_yes(cast: Cast) -> None:
    case = make_case()
    decide(case, **BEST, ago=1)
    bring_in(answers={"pv-under-age": "no", CONSENT: "yes"}, by=officer(), case=case)
    assert ConsentEvent.objects.get().outcome == "no_capacity"


def test_sharing_with_an_agency_rests_on_it_and_ends_with_it(cast: Cast) -> None:
    case = make_case()
    event = decide(case, purpose=Purpose.AGENCY, **BEST, ago=2)
    referral = actions.send_referral(referral=make_draft(case), by=officer())
    assert referral.consent == event
    decide(case, purpose=Purpose.AGENCY, **NOT_BEST, ago=1)
    referral.refresh_from_db()
    assert referral.status == "withdrawn"
    said = case.events.filter(kind="referral").values_list("text", flat=True)
    assert any("it is not in their best interests" in text for text in said)
    with pytest.raises(Refused, match="not in their best interests"):
        actions.send_referral(referral=make_draft(case), by=officer())


def test_finding_that_they_cannot_decide_ends_nothing_that_is_best_for_them(cast: Cast) -> None:
    case = make_case()
    decide(case, purpose=Purpose.AGENCY, outcome="given", ago=2)
    referral = make_in("accepted", case)
    decide(case, purpose=Purpose.AGENCY, **BEST)
    referral.refresh_from_db()
    assert referral.is_open


@pytest.mark.parametrize(("said", "is_owed"), [(BEST, False), (NOT_BEST, True)])
def test_what_rested_on_an_agreement_is_owed_to_stop_only_when_it_is_not_best_for_them(
    said: dict[str, str], is_owed: bool, cast: Cast
) -> None:
    case = make_case()
    decide(case, purpose=Purpose.HEALTH, outcome="given", ago=2)
    decide(case, purpose=Purpose.HEALTH, **said, ago=1)
    rules = {owed.rule for owed in live_followups([case.pk], clocks.now()).owed}
    assert ("sharing-not-stopped" in rules) is is_owed


def test_the_page_asks_for_it_and_shows_it(cast: Cast, client_of: ClientOf) -> None:
    case, browser = make_case(), client_of(cast.olu)
    address = f"/case/{case.reference}/consent"
    told = {"purpose": "nrm", "notice": "spoken", "interpreter_used": "no"} | BEST
    assert browser.post(address, told).status_code == 302
    page = browser.get(address).content.decode()
    for words in ("Could not decide this", "Go ahead: it is in their best interests", WHY):
        assert words in page
    assert "Decided by Dr Ada Invented, with an advocate." in page
    history = browser.get(f"/case/{case.reference}/history").content.decode()
    assert "Go ahead: it is in their best interests" in history


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"best_interests": ""}, "Select what was decided in their best interests"),
        ({"best_interests_by": ""}, "Enter who decided in their best interests"),
        ({"best_interests_why": ""}, "Enter why they could not decide"),
        ({"outcome": "given"}, "only for somebody who could not decide"),
    ],
)
def test_without_what_who_and_why_nothing_is_saved(
    over: dict[str, str], sentence: str, cast: Cast, client_of: ClientOf
) -> None:
    case = make_case()
    told = {"purpose": "nrm", "notice": "spoken", "interpreter_used": "no"} | BEST | over
    answer = client_of(cast.olu).post(f"/case/{case.reference}/consent", told)
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert sentence in shown
    assert "stay near her sister" in shown or "best_interests_why" in over
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        BEST | {"best_interests": ""},
        BEST | {"best_interests": "perhaps"},
        BEST | {"best_interests_by": ""},
        BEST | {"best_interests_why": ""},
        BEST | {"outcome": "given"},
        {"outcome": "no_capacity"},
    ],
)
def test_the_database_holds_to_it(wrong: dict[str, str], cast: Cast) -> None:
    case, at = make_case(), clocks.now()
    row = {"scope": case.scope, "victim": case.victim, "purpose": "nrm", "decided_at": at}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.create(**row | wrong, recorded_at=at, explained_by=cast.olu)


def test_python_and_the_database_agree_on_what_carries_it(cast: Cast) -> None:
    case = make_case()
    for said in (BEST, NOT_BEST, {"outcome": "given"}, {"outcome": "refused"}):
        event = decide(case, **said)
        assert Decided.objects.get(consent=event).allows is event.allows
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT victims_allows(e) FROM victims_consentevent e WHERE id = %s", [event.pk]
            )
            assert cursor.fetchone() == (event.allows,)
