"""How to reach somebody is what every record of them says: the agency is told so, and told when that changes."""

from datetime import timedelta
from typing import Any

import pytest

import clocks
from casework.actions.linking import part
from casework.models import Case
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from referrals import actions, disclosure, rules
from referrals.models import Disclosure, SupportReferral
from tests.builders import make_case
from tests.cast import Cast
from tests.referrals.builders import make_draft, make_safe_contact, make_sent, officer
from tests.referrals.test_consent_out_of_reach import hide, merged
from victims.models import PersonLink, ToldTopic

STALE = "disclosure-stale"
MINUTE = timedelta(minutes=1)
PHONE = "07700 900123"


def given(referral: SupportReferral) -> list[dict[str, Any]]:
    """How the agency was told to reach the person."""
    shared = disclosure.given(Disclosure.objects.get(referral=referral)) or {}
    ways: list[dict[str, Any]] = shared["safe_contact"]
    return ways


def owed(referral: SupportReferral) -> list[str]:
    engine.sweep(clocks.now() + MINUTE, rules={STALE: RULES[STALE]})
    rows = FollowUp.objects.filter(rule=STALE, subject_id=referral.pk).order_by("since", "pk")
    return list(rows.values_list("state", flat=True))


def is_stale(referral: SupportReferral) -> bool:
    return disclosure.is_stale(Disclosure.objects.get(referral=referral), referral.case)


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    """Two records of one adult: the one calls the phone safe, the other does not."""
    case, other = make_case(), make_case()
    make_safe_contact(case, details=PHONE)
    make_safe_contact(other, safe="no", details=PHONE, notes="He has it now")
    return case, other


def test_what_a_merged_record_says_goes_along(two: tuple[Case, Case]) -> None:
    case, other = two
    topic = {"scope": other.scope, "victim": other.victim, "topic": "money", "state": "told"}
    ToldTopic.objects.create(**topic, heard_at=clocks.now(), heard_by=other.logged_by)
    merged(case, other)
    referral = make_sent(case)
    assert [(way["safe"], way["read_before_using"]) for way in given(referral)] == [
        ("no", "He has it now"),
        ("yes", ""),
    ]
    assert disclosure.full(["topics"], case, officer()) == {"topics": {"money": "told"}}
    assert owed(referral) == []


def test_a_way_that_a_merged_record_calls_unsafe_is_no_safe_way(two: tuple[Case, Case]) -> None:
    case, other = two
    draft = make_draft(case)
    draft.no_contact_reason = ""
    assert rules.gaps(draft, case, officer()) == []
    merged(case, other)
    assert [page for _, page in rules.gaps(draft, case, officer())] == ["referrals:referral-share"]


def test_a_merge_makes_what_was_told_before_old(two: tuple[Case, Case]) -> None:
    case, other = two
    referral = make_sent(case)
    assert (is_stale(referral), owed(referral)) == (False, [])
    merged(case, other)
    assert (is_stale(referral), owed(referral)) == (True, ["open"])
    actions.renew_safe_contact(referral=referral, by=officer())
    assert {way["safe"] for way in given(referral)} == {"no", "yes"}
    assert (is_stale(referral), owed(referral)) == (False, ["met"])


@pytest.mark.parametrize("sent_from_kept", [True, False])
def test_a_rule_set_later_in_the_other_record_is_owed_to_the_agency_too(
    two: tuple[Case, Case], sent_from_kept: bool
) -> None:
    case, other = two
    merged(case, other)
    of, elsewhere = (case, other) if sent_from_kept else (other, case)
    of.victim.refresh_from_db()
    referral = make_sent(of)
    make_safe_contact(elsewhere, channel="letter", safe="no")
    assert (is_stale(referral), owed(referral)) == (True, ["open"])
    actions.renew_safe_contact(referral=referral, by=officer())
    assert "letter" in {way["channel"] for way in given(referral)}
    assert (is_stale(referral), owed(referral)) == (False, ["met"])


def test_a_rule_of_a_third_record_is_owed_once(two: tuple[Case, Case]) -> None:
    case, other = two
    third = make_case()
    merged(case, other)
    merged(case, third)
    third.victim.refresh_from_db()
    referral = make_sent(third)
    make_safe_contact(other, channel="letter", safe="no")
    assert owed(referral) == ["open"]


def test_parting_two_records_is_told_as_well(two: tuple[Case, Case], cast: Cast) -> None:
    case, other = two
    merged(case, other)
    referral = make_sent(case)
    part(case=case, link=PersonLink.objects.get(), by=officer("sade"), reason="Two people")
    referral.case.victim.refresh_from_db()
    assert (is_stale(referral), owed(referral)) == (True, ["open"])
    actions.renew_safe_contact(referral=referral, by=officer())
    assert [way["safe"] for way in given(referral)] == ["yes"]


def test_a_record_that_the_sender_may_not_open_warns_and_says_no_more(
    two: tuple[Case, Case], cast: Cast
) -> None:
    case, other = two
    merged(case, other)
    type(other.scope).objects.filter(pk=other.scope_id).update(unit=cast.other_unit)
    case = Case.objects.get(pk=case.pk)
    referral = make_sent(case)
    warned, known = sorted(given(referral), key=lambda way: str(way["safe"]))
    assert (warned["channel"], warned["safe"], known["safe"]) == ("phone", "no", "yes")
    assert not any(warned[name] for name in ("details", "code_word", "when", "read_before_using"))
    make_safe_contact(other, channel="letter", safe="no", details="1 Planted Street")
    assert (is_stale(referral), owed(referral)) == (True, ["open"])
    actions.renew_safe_contact(referral=referral, by=officer())
    assert "letter" in {way["channel"] for way in given(referral)}
    assert "Planted" not in str(given(referral))
    assert (is_stale(referral), owed(referral)) == (False, ["met"])


def test_of_a_record_that_is_held_closely_not_even_that_leaves_it(
    two: tuple[Case, Case], cast: Cast
) -> None:
    case, other = two
    merged(case, other)
    hide(other)
    referral = make_sent(Case.objects.get(pk=case.pk))
    assert [way["safe"] for way in given(referral)] == ["yes"]
