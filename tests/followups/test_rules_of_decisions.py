"""The rules about the national referral after it was sent, a table each: what came, what is due, what ends it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.models import (
    SERVED,
    Case,
    Decision,
    GuardianReferral,
    Informed,
    NrmEvent,
    NrmReferral,
)
from clocks.models import Deadline
from followups.models import FollowUp
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import AT, DAY, HOUR, fact, owed
from tests.followups.test_rules_of_investigation import DAYS

D = Decision


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case that was logged on the Monday."""
    return make_case(at=AT)


@pytest.fixture
def sent(case: Case) -> NrmReferral:
    """Its national referral, sent at once."""
    return fact(NrmReferral, case, AT)


def came(sent: NrmReferral, kind: str, at: datetime = AT, **values: Any) -> NrmEvent:
    return fact(NrmEvent, sent.case, at, referral=sent, kind=kind, **values)


class TestFirstDecision:
    """Five working days from when the Home Office had it. [T05]"""

    RULE = "nrm-decision-overdue"

    def test_the_day_on_which_they_had_it_moves_the_time(self, sent: NrmReferral) -> None:
        assert owed(self.RULE, AT) == [(DAYS[5], "open")]
        came(sent, D.RECEIVED, AT + DAY, reference="HO-1")
        assert owed(self.RULE, AT + DAY) == [(datetime(2026, 11, 24, 17, tzinfo=UTC), "open")]

    @pytest.mark.parametrize("decision", [D.RG_POSITIVE, D.RG_NEGATIVE])
    def test_either_decision_meets_it(self, sent: NrmReferral, decision: str) -> None:
        came(sent, decision, AT + 9 * DAY)
        assert owed(self.RULE, AT + 9 * DAY) == [(DAYS[5], "met_late")]

    def test_withdrawing_ends_it(self, sent: NrmReferral) -> None:
        came(sent, D.WITHDRAWN, AT + HOUR)
        assert owed(self.RULE, AT + DAY) == [(DAYS[5], "void")]

    def test_easter_and_summer_time(self, cast: Cast) -> None:
        maundy_thursday = datetime(2026, 4, 2, 10, tzinfo=UTC)
        fact(NrmReferral, make_case(at=maundy_thursday), maundy_thursday)
        assert owed(self.RULE, maundy_thursday) == [(datetime(2026, 4, 13, 16, tzinfo=UTC), "open")]


class TestReference:
    """A referral that did not arrive is found out."""

    RULE = "nrm-reference-missing"

    def test_it_is_owed_for_two_working_days(self, sent: NrmReferral) -> None:
        assert owed(self.RULE, AT) == [(DAYS[2], "open")]
        came(sent, D.RECEIVED, AT, reference="HO-1")
        assert owed(self.RULE, AT + HOUR) == [(DAYS[2], "met")]

    def test_a_reference_given_at_once_owes_nothing(self, case: Case) -> None:
        fact(NrmReferral, case, AT, home_office_reference="HO-1")
        assert owed(self.RULE, AT) == [(DAYS[2], "met")]


class TestServed:
    """The person knows what was decided about them."""

    RULE = "decision-not-served"

    @pytest.mark.parametrize(
        ("decision", "due"),
        [
            (D.RG_POSITIVE, 2),
            (D.CG_POSITIVE, 2),
            (D.RG_NEGATIVE, 1),
            (D.CG_NEGATIVE, 1),
            (D.RECONSIDERATION_REFUSED, 1),
            (D.DISQUALIFIED, 1),
            (D.DISQUALIFICATION_LIFTED, 2),
        ],
    )
    def test_a_bad_one_is_told_sooner(self, sent: NrmReferral, decision: str, due: int) -> None:
        made = came(sent, decision)
        assert owed(self.RULE, AT) == [(DAYS[due], "open")]
        fact(Informed, sent.case, AT + HOUR, subject="decision", decision=made, channel="in_person")
        assert owed(self.RULE, AT + DAY) == [(DAYS[due], "met")]

    def test_it_runs_from_when_the_police_heard(self, sent: NrmReferral) -> None:
        came(sent, D.RG_POSITIVE, AT - 9 * DAY, received_at=AT)
        assert owed(self.RULE, AT) == [(DAYS[2], "open")]

    @pytest.mark.parametrize("kind", sorted(set(D) - SERVED))
    def test_what_is_no_decision_about_them_is_not_served(
        self, sent: NrmReferral, kind: str
    ) -> None:
        asked = came(sent, D.INFORMATION_ASKED, AT - HOUR)
        came(sent, kind, until=AT + DAY, answers=asked)
        assert owed(self.RULE, AT) == []


class TestReconsideration:
    """Thirty days from the decision itself, whenever anybody heard of it. [T09]"""

    RULE = "reconsideration-undecided"

    @pytest.mark.parametrize("refused", [D.RG_NEGATIVE, D.CG_NEGATIVE])
    @pytest.mark.parametrize("answer", [D.RECONSIDERATION_ASKED, D.RECONSIDERATION_NOT_WANTED])
    def test_they_ask_or_say_that_they_do_not_want_it(
        self, sent: NrmReferral, refused: str, answer: str
    ) -> None:
        came(sent, refused, received_at=AT + 9 * DAY)
        assert owed(self.RULE, AT) == [(AT + 30 * DAY, "open")]
        came(sent, answer, AT + DAY)
        assert owed(self.RULE, AT + DAY) == [(AT + 30 * DAY, "met")]

    def test_a_new_decision_overtakes_it(self, sent: NrmReferral) -> None:
        came(sent, D.RG_NEGATIVE)
        came(sent, D.RG_POSITIVE, AT + DAY)
        assert owed(self.RULE, AT + DAY) == [(AT + 30 * DAY, "void")]

    def test_a_positive_decision_owes_none(self, sent: NrmReferral) -> None:
        came(sent, D.RG_POSITIVE)
        assert owed(self.RULE, AT) == []

    @pytest.mark.parametrize(
        ("made", "due"),
        [
            # The clocks go forward between: the same time of day in London.
            (datetime(2026, 3, 10, 10, tzinfo=UTC), datetime(2026, 4, 9, 9, tzinfo=UTC)),
            # 29 February 2028 is one of the thirty days.
            (datetime(2028, 2, 10, 10, tzinfo=UTC), datetime(2028, 3, 11, 10, tzinfo=UTC)),
            (datetime(2027, 2, 10, 10, tzinfo=UTC), datetime(2027, 3, 12, 10, tzinfo=UTC)),
        ],
    )
    def test_calendar_days_keep_the_wall_clock(
        self, cast: Cast, made: datetime, due: datetime
    ) -> None:
        sent = fact(NrmReferral, make_case(at=made), made)
        came(sent, D.RG_NEGATIVE, made)
        assert owed(self.RULE, made) == [(due, "open")]


class TestRecovery:
    """Somebody finds out what comes before the recovery period can end. [T06, T07]"""

    RULE = "recovery-ending"

    def test_thirty_days_then_as_long_as_it_goes_on(self, sent: NrmReferral) -> None:
        came(sent, D.RG_POSITIVE)
        assert owed(self.RULE, AT) == [(AT + 30 * DAY, "open")]
        came(sent, D.RECOVERY_EXTENDED, AT + 25 * DAY, until=AT + 90 * DAY)
        assert owed(self.RULE, AT + 25 * DAY) == [(AT + 30 * DAY, "met"), (AT + 90 * DAY, "open")]
        came(sent, D.CG_POSITIVE, AT + 80 * DAY)
        assert [state for _due, state in owed(self.RULE, AT + 80 * DAY)] == ["met", "met"]

    def test_it_was_forty_five_days_before_13_december_2022(self, cast: Cast) -> None:
        days = {}
        for day in (date(2022, 12, 12), date(2022, 12, 13)):
            row = Deadline.objects.in_force(
                rule=self.RULE, clock="standard", nation="scotland", on=day
            )
            assert row is not None
            days[day.day] = row.amount
        assert days == {12: 45, 13: 30}

    def test_a_disqualification_ends_it(self, sent: NrmReferral) -> None:
        came(sent, D.RG_POSITIVE)
        came(sent, D.DISQUALIFIED, AT + DAY)
        assert owed(self.RULE, AT + DAY) == [(AT + 30 * DAY, "void")]

    def test_a_childs_support_does_not_hang_on_it(self, cast: Cast) -> None:
        sent = fact(NrmReferral, make_case(at=AT, victim=make_victim(age_band="child")), AT)
        came(sent, D.RG_POSITIVE)
        assert owed(self.RULE, AT) == []


class TestMoveOn:
    """Where they go is known before their support ends. [T10, T11]"""

    RULE = "move-on-not-planned"

    @pytest.mark.parametrize(
        ("decision", "due"),
        [
            (D.RG_NEGATIVE, AT + 48 * HOUR),
            (D.CG_NEGATIVE, datetime(2026, 11, 27, 17, tzinfo=UTC)),
            (D.CG_POSITIVE, AT + 45 * DAY),
        ],
    )
    @pytest.mark.parametrize("answer", [D.MOVE_ON_PLANNED, D.EXITED])
    def test_each_decision_leaves_its_own_time(
        self, sent: NrmReferral, decision: str, due: datetime, answer: str
    ) -> None:
        came(sent, decision)
        assert owed(self.RULE, AT) == [(due, "open")]
        came(sent, answer, AT + HOUR)
        assert owed(self.RULE, AT + HOUR) == [(due, "met")]

    def test_a_decision_turned_round_ends_it(self, sent: NrmReferral) -> None:
        came(sent, D.RG_NEGATIVE)
        came(sent, D.RG_POSITIVE, AT + HOUR)
        assert owed(self.RULE, AT + HOUR) == [(AT + 48 * HOUR, "void")]


class TestInformationRequested:
    """What the Home Office asks is answered. [T08]"""

    RULE = "nrm-information-requested"

    def test_in_fourteen_days_or_by_the_day_they_name(self, sent: NrmReferral) -> None:
        first = came(sent, D.INFORMATION_ASKED)
        came(sent, D.INFORMATION_ASKED, AT + HOUR, until=AT + 3 * DAY)
        assert owed(self.RULE, AT + HOUR) == [(AT + 14 * DAY, "open"), (AT + 3 * DAY, "open")]
        came(sent, D.INFORMATION_SENT, AT + 2 * HOUR, answers=first)
        assert owed(self.RULE, AT + 3 * HOUR) == [(AT + 14 * DAY, "met"), (AT + 3 * DAY, "open")]


class TestGuardian:
    """A child has somebody independent on their side. [T04]"""

    RULE = "guardian-not-referred"

    @pytest.mark.parametrize("age", ["child", "unsure"])
    def test_it_is_owed_with_the_referral(self, cast: Cast, age: str) -> None:
        case = make_case(at=AT, victim=make_victim(age_band=age))
        assert owed(self.RULE, AT) == []
        fact(NrmReferral, case, AT)
        assert owed(self.RULE, AT) == [(AT + 8 * HOUR, "open")]
        fact(GuardianReferral, case, AT + HOUR, outcome="referred")
        assert owed(self.RULE, AT + HOUR) == [(AT + 8 * HOUR, "met")]

    def test_an_adult_has_none_and_who_turns_out_to_be_one_needs_none(self, cast: Cast) -> None:
        fact(NrmReferral, make_case(at=AT), AT)
        assert owed(self.RULE, AT) == []
        case = make_case(at=AT, victim=make_victim(age_band="unsure"))
        fact(NrmReferral, case, AT)
        owed(self.RULE, AT)
        case.victim.age_band = "adult"
        case.victim.save()
        assert owed(self.RULE, AT + HOUR) == [(AT + 8 * HOUR, "void")]


def test_all_of_it_ends_with_the_case(sent: NrmReferral) -> None:
    came(sent, D.INFORMATION_ASKED)
    came(sent, D.RG_NEGATIVE)
    rules = (
        *("nrm-decision-overdue", "nrm-reference-missing", "decision-not-served"),
        *("reconsideration-undecided", "move-on-not-planned", "nrm-information-requested"),
    )
    for rule in rules:
        owed(rule, AT)
    Case.objects.filter(pk=sent.case_id).update(status="closing")
    Case.objects.filter(pk=sent.case_id).update(status="closed", closed_at=AT + HOUR)
    for rule in rules:
        owed(rule, AT + 2 * HOUR)
    assert not FollowUp.objects.open().exists()
