"""A stale act is told what changed since it was decided: exactly what the two answers differ in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import clocks
from referrals import actions
from referrals.api.differs import FIELDS_OF, ITSELF, NOT_SHOWN
from referrals.api.serializers import ReferralSerializer
from referrals.models import EventType, SupportReferral
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.referrals.api_client import Caller, caller
from tests.referrals.builders import agree, make_in, make_safe_contact, make_sent, officer, system

Act = Callable[[SupportReferral], Any]
# What depends on the moment of asking and not on the row.
OF_THE_MOMENT = {"due_in_working_days", "due_at", "turn"}
ACCEPT = {"worker_name": "Hana Wells"}


@pytest.fixture
def harbour(cast: Cast) -> Caller:
    return caller("harbour")


LATER = clocks.today() + timedelta(days=9)


def answer(referral: SupportReferral) -> None:
    actions.answer_question(question=referral.questions.get(), answer="Monday", by=officer())


HAPPENS: dict[str, tuple[str, Act]] = {
    "accept": ("sent", lambda r: actions.accept(referral=r, worker_name="Noor", by=system())),
    "decline": ("sent", lambda r: actions.decline(referral=r, reason="other", by=system())),
    "ask": ("sent", lambda r: actions.ask(referral=r, text="Where?", by=system())),
    "answer": ("needs_info", answer),
    "change worker": (
        "in_progress",
        lambda r: actions.change_worker(referral=r, worker_name="Noor", by=system()),
    ),
    "reach": ("accepted", lambda r: actions.confirm_first_contact(referral=r, by=system())),
    "review": (
        "in_progress",
        lambda r: actions.hold_review(
            referral=r, finding="as_planned", review_on=LATER, by=system()
        ),
    ),
    "complete": (
        "in_progress",
        lambda r: actions.complete(referral=r, reason="needs_met", by=system()),
    ),
    "end": ("accepted", lambda r: actions.end_early(referral=r, reason="moved_away", by=system())),
    "withdraw": ("accepted", lambda r: actions.withdraw(referral=r, by=officer())),
    "in error": ("accepted", lambda r: actions.mark_in_error(referral=r, by=officer())),
    "no other support": (
        "declined",
        lambda r: actions.handle_decline(referral=r, reason="not_wanted", by=officer()),
    ),
}


@pytest.mark.parametrize("what", HAPPENS)
def test_it_names_what_differs_between_the_two_answers(harbour: Caller, what: str) -> None:
    status, act = HAPPENS[what]
    case = make_case(victim=make_victim(called="Mai"))
    agree(case)
    referral = make_in(status, case)
    address = f"/api/v1/referrals/{referral.pk}"
    before = harbour.get(address)
    act(referral)
    after = harbour.get(address).json()
    told = harbour.act(referral.pk, "decline", {"reason": "wrong_area"}, tag=before["ETag"])
    assert told.status_code == 412
    was = before.json()
    apart = {name for name in after if was[name] != after[name]} - {"version"}
    named = {pointer.removeprefix("/") for pointer in told.json()["differs"]}
    may = {"opened_at", "shared", "minimum", "questions"} | OF_THE_MOMENT
    # A look had opened it already, and nothing is taken away that was not given.
    if was["status"] == "opened":
        may |= {"status"}
    assert apart <= named <= apart | may


def test_several_changes_are_told_together(harbour: Caller) -> None:
    referral = make_sent()
    tag = harbour.get(f"/api/v1/referrals/{referral.pk}")["ETag"]
    actions.accept(referral=referral, worker_name="Noor", by=system())
    actions.confirm_first_contact(referral=referral, by=system())
    told = harbour.act(referral.pk, "accept", ACCEPT, tag=tag).json()
    assert {"/status", "/worker_name", "/first_contact_at"} <= set(told["differs"])


def test_rules_that_were_given_anew_are_told(harbour: Caller) -> None:
    case = make_case()
    agree(case)
    rule = make_safe_contact(case)
    referral = make_in("accepted", case)
    tag = harbour.get(f"/api/v1/referrals/{referral.pk}")["ETag"]
    rule.ended_at = clocks.now()
    rule.save(update_fields=["ended_at"])
    make_safe_contact(case, details="07700 900456")
    actions.renew_safe_contact(referral=referral, by=officer())
    told = harbour.act(referral.pk, "first-contact", {}, tag=tag).json()
    assert told["differs"] == ["/shared"]


@pytest.mark.parametrize("tag", ['"999"', '"0"', "x"])
def test_of_a_version_that_nobody_read_nothing_is_told(harbour: Caller, tag: str) -> None:
    told = harbour.act(make_sent().pk, "accept", ACCEPT, tag=tag)
    assert told.status_code == 412
    assert told.json().get("differs", []) == []


def test_where_the_changes_were_not_written_down_none_are_named(harbour: Caller) -> None:
    referral = make_sent()
    tag = harbour.get(f"/api/v1/referrals/{referral.pk}")["ETag"]
    SupportReferral.objects.filter(pk=referral.pk).update(version=referral.version + 2)
    told = harbour.act(referral.pk, "accept", ACCEPT, tag=tag)
    assert told.status_code == 412
    assert "differs" not in told.json()


def test_every_column_of_a_referral_is_sorted() -> None:
    columns = {field.column for field in SupportReferral._meta.concrete_fields}
    known = set(FIELDS_OF) - set(EventType.values)
    assert known | set(ITSELF) | set(NOT_SHOWN) == columns
    given = set(ReferralSerializer.Meta.fields)
    assert {field for fields in FIELDS_OF.values() for field in fields} | set(ITSELF) <= given
