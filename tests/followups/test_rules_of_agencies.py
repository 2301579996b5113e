"""The rules about agencies: whose clock runs, what an early end owes, and a safe way that has changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

import clocks
from casework.models import Case
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES
from pages.answers import Answer
from referrals import actions
from referrals.models import SupportReferral
from referrals.rules import AnswerTimes, Side
from tests.builders import make_case
from tests.casework.steps import phone_rule
from tests.cast import Cast
from tests.referrals.builders import make_in, make_sent, officer, system
from victims.actions import record_consent
from victims.models import ConsentOutcome, Notice, Purpose

HOUR = timedelta(hours=1)
NOT_ANSWERED = "agency-not-answered"


class Wall:
    """A clock on the wall that a test moves on."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def on(self, by: timedelta) -> datetime:
        """Time goes by."""
        self.at += by
        return self.at


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Wall:
    clock = Wall(at)
    monkeypatch.setattr(clocks, "now", clock)
    return clock


def owed(rule: str, at: datetime, referral: SupportReferral) -> list[tuple[Any, str]]:
    """What one sweep says of the referral: each due time and state, in order."""
    engine.sweep(at, rules={rule: RULES[rule]})
    rows = FollowUp.objects.filter(rule=rule, subject_id=referral.pk).order_by("since", "pk")
    return list(rows.values_list("due_at", "state"))


def on_the_page(referral: SupportReferral, at: datetime) -> tuple[Side, datetime | None]:
    """Whose turn an officer's page says it is, and until when."""
    rows = (
        SupportReferral.objects.with_steps().with_left().select_related("agency", "force__calendar")
    )
    turn = AnswerTimes().turn(rows.get(pk=referral.pk), at)
    return turn.side, turn.due_at


class TestAgencyNotAnswered:
    @pytest.mark.parametrize("urgent", [False, True])
    def test_the_sweep_and_the_page_show_the_same_time(
        self, cast: Cast, wall: Wall, urgent: bool
    ) -> None:
        referral = make_sent(urgent=urgent)
        ((due_at, state),) = owed(NOT_ANSWERED, wall.on(HOUR), referral)
        assert state == "open"
        assert on_the_page(referral, wall.at) == (Side.AGENCY, due_at)

    def test_it_stands_still_while_we_owe_an_answer(self, cast: Cast, wall: Wall) -> None:
        referral = make_sent()
        wall.on(HOUR)
        actions.ask(referral=referral, text="Where?", by=system())
        ((_, state),) = owed(NOT_ANSWERED, wall.on(100 * HOUR), referral)
        assert state == "met"
        assert on_the_page(referral, wall.at)[0] is Side.POLICE

    @pytest.mark.parametrize("urgent", [False, True])
    def test_it_starts_again_with_our_last_answer(
        self, cast: Cast, wall: Wall, urgent: bool
    ) -> None:
        referral = make_sent(urgent=urgent)
        for _ in range(2):
            wall.on(HOUR)
            actions.ask(referral=referral, text="Where?", by=system())
            wall.on(30 * HOUR)
            question = referral.questions.get(answered_at=None)
            actions.answer_question(question=question, answer="Here", by=officer())
        *earlier, (due_at, state) = owed(NOT_ANSWERED, wall.on(HOUR), referral)
        assert {each for _, each in earlier} == {"met"}
        assert state == "open"
        assert on_the_page(referral, wall.at) == (Side.AGENCY, due_at)

    def test_an_answer_after_our_answer_meets_it(self, cast: Cast, wall: Wall) -> None:
        referral = make_sent()
        actions.ask(referral=referral, text="Where?", by=system())
        wall.on(HOUR)
        question = referral.questions.get()
        actions.answer_question(question=question, answer="Here", by=officer())
        wall.on(HOUR)
        actions.accept(referral=referral, worker_name="Hana Wells", by=system())
        assert [state for _, state in owed(NOT_ANSWERED, wall.on(HOUR), referral)] == ["met", "met"]

    def test_a_question_that_an_answer_overtook_is_owed_no_more(
        self, cast: Cast, wall: Wall
    ) -> None:
        referral = make_sent()
        actions.ask(referral=referral, text="Where?", by=system())
        question = referral.questions.get()
        wall.on(HOUR)
        actions.decline(referral=referral, reason="no_capacity", by=system())
        engine.sweep(wall.on(HOUR), rules={"agency-question": RULES["agency-question"]})
        row = FollowUp.objects.get(rule="agency-question", occurrence=question.pk)
        assert row.state == "void"


class TestReferralDeclined:
    @pytest.mark.parametrize("status", ["declined", "ended_early"])
    def test_it_is_owed_the_same_day_and_the_page_says_the_same(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        ((due_at, state),) = owed("referral-declined", wall.on(HOUR), referral)
        assert (due_at, state) == (wall.at + 3 * HOUR, "open")
        assert on_the_page(referral, wall.at) == (Side.POLICE, due_at)

    @pytest.mark.parametrize("status", ["declined", "ended_early"])
    def test_it_is_met_when_somebody_says_why_no_other_support_is_needed(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        owed("referral-declined", wall.on(HOUR), referral)
        for said in ({"reason": ""}, {"reason": "not_asked"}, {"reason": "other", "why": " "}):
            with pytest.raises(ValidationError):
                actions.handle_decline(referral=referral, by=officer(), **said)
        states = [state for _, state in owed("referral-declined", wall.on(HOUR), referral)]
        assert states == ["open"]
        actions.handle_decline(referral=referral, reason="not_wanted", by=officer())
        assert [state for _, state in owed("referral-declined", wall.on(HOUR), referral)] == ["met"]

    @pytest.mark.parametrize("status", ["declined", "ended_early"])
    def test_it_is_met_when_another_agency_is_asked(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        wall.on(HOUR)
        make_sent(referral.case, "beacon")
        assert [state for _, state in owed("referral-declined", wall.on(HOUR), referral)] == ["met"]

    @pytest.mark.parametrize("call_off", [actions.withdraw, actions.mark_in_error])
    def test_who_is_called_off_at_once_is_not_somebody_asked(
        self, cast: Cast, wall: Wall, call_off: Any
    ) -> None:
        referral = make_in("declined")
        wall.on(HOUR)
        call_off(referral=make_sent(referral.case, "beacon"), by=officer())
        states = [state for _, state in owed("referral-declined", wall.on(HOUR), referral)]
        assert states == ["open"]

    def test_a_completed_referral_owes_nothing(self, cast: Cast, wall: Wall) -> None:
        assert owed("referral-declined", wall.on(HOUR), make_in("completed")) == []


class TestReferralCalledOff:
    RULE = "referral-called-off"

    @pytest.mark.parametrize("status", ["withdrawn", "in_error"])
    def test_what_it_was_for_is_owed_until_another_is_asked_and_the_page_says_the_same(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        ((due_at, state),) = owed(self.RULE, wall.on(HOUR), referral)
        assert state == "open"
        assert on_the_page(referral, wall.at) == (Side.POLICE, due_at)
        make_sent(referral.case, "beacon")
        assert on_the_page(referral, wall.at) == (Side.NOBODY, None)
        assert [state for _, state in owed(self.RULE, wall.on(HOUR), referral)] == ["met"]

    @pytest.mark.parametrize("status", ["withdrawn", "in_error"])
    def test_it_is_met_when_somebody_says_why_not_and_the_agency_hears_nothing_of_it(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        actions.handle_decline(referral=referral, reason="supported", by=officer())
        assert [state for _, state in owed(self.RULE, wall.on(HOUR), referral)] == ["met"]
        assert on_the_page(referral, wall.at) == (Side.NOBODY, None)
        assert SupportReferral.objects.get(pk=referral.pk).version == referral.version

    @pytest.mark.parametrize("status", ["withdrawn", "in_error"])
    def test_the_agency_is_not_told_whether_another_is_asked(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        row = SupportReferral.objects.with_steps().select_related("force__calendar")
        turn = AnswerTimes().turn(row.get(pk=make_in(status).pk), wall.at)
        assert turn.side is Side.NOBODY

    def test_a_draft_that_was_never_sent_owes_nothing(self, cast: Cast, wall: Wall) -> None:
        referral = make_in("draft")
        actions.withdraw(referral=referral, by=officer())
        assert owed(self.RULE, wall.on(HOUR), referral) == []

    def test_what_the_person_took_back_is_theirs_to_ask_for(self, cast: Cast, wall: Wall) -> None:
        referral = make_sent()
        record_consent(
            victim=referral.case.victim,
            by=officer(),
            purpose=Purpose.AGENCY,
            outcome=ConsentOutcome.WITHDRAWN,
            decided_at=wall.on(HOUR),
            language="English",
            interpreter_used=Answer.NO,
            notice=Notice.FORCE_2026,
        )
        assert SupportReferral.objects.get(pk=referral.pk).status == "withdrawn"
        assert owed(self.RULE, wall.on(HOUR), referral) == []
        assert on_the_page(referral, wall.at) == (Side.NOBODY, None)

    def test_a_closed_case_owes_nothing(self, cast: Cast, wall: Wall) -> None:
        referral = make_in("withdrawn")
        owed(self.RULE, wall.on(HOUR), referral)
        Case.objects.filter(pk=referral.case_id).update(status="closing")
        Case.objects.filter(pk=referral.case_id).update(status="closed", closed_at=wall.on(HOUR))
        assert [state for _, state in owed(self.RULE, wall.on(HOUR), referral)] == ["void"]
        assert on_the_page(referral, wall.at) == (Side.NOBODY, None)


class TestDisclosureStale:
    RULE = "disclosure-stale"

    @pytest.mark.parametrize("status", ["sent", "needs_info", "accepted", "in_progress"])
    def test_a_new_rule_after_sending_is_owed_to_the_agency_in_four_hours(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        assert owed(self.RULE, wall.on(HOUR), referral) == []
        phone_rule(referral.case, officer())
        changed_at = wall.at
        assert owed(self.RULE, wall.on(HOUR), referral) == [(changed_at + 4 * HOUR, "open")]

    def test_giving_it_again_meets_it_and_the_next_change_is_owed_anew(
        self, cast: Cast, wall: Wall
    ) -> None:
        referral = make_in("accepted")
        wall.on(HOUR)
        phone_rule(referral.case, officer())
        owed(self.RULE, wall.on(HOUR), referral)
        actions.renew_safe_contact(referral=referral, by=officer())
        assert [state for _, state in owed(self.RULE, wall.on(HOUR), referral)] == ["met"]
        phone_rule(referral.case, officer())
        assert [state for _, state in owed(self.RULE, wall.on(HOUR), referral)] == ["met", "open"]

    def test_nothing_is_owed_to_an_agency_that_was_never_told(self, cast: Cast, wall: Wall) -> None:
        case = make_case()
        referral = make_sent(case)
        SupportReferral.objects.filter(pk=referral.pk).update(items=["name"])
        wall.on(HOUR)
        phone_rule(case, officer())
        assert owed(self.RULE, wall.on(HOUR), referral) == []

    @pytest.mark.parametrize("status", ["declined", "completed", "withdrawn", "in_error"])
    def test_nothing_is_owed_once_the_referral_is_over(
        self, cast: Cast, wall: Wall, status: str
    ) -> None:
        referral = make_in(status)
        wall.on(HOUR)
        phone_rule(referral.case, officer())
        assert "open" not in [state for _, state in owed(self.RULE, wall.on(HOUR), referral)]
