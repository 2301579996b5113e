"""The rules about the investigation, a table each: what happened, when it is due, what ends it, what does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.models import (
    Case,
    CrimeRecord,
    DutyToNotify,
    Happening,
    ImmigrationShare,
    Informed,
    InvestigationEvent,
    NrmEvent,
    NrmReferral,
    Section45,
)
from clocks.models import Calendar, Deadline
from followups.models import FollowUp
from followups.rules import RULES
from followups.rules.telling import Telling
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.test_rules import AT, DAY, HOUR, fact, owed

H = Happening
# Working days after the Monday at 10am: 5pm of the day itself.
DAYS = {
    1: datetime(2026, 11, 17, 17, tzinfo=UTC),
    2: datetime(2026, 11, 18, 17, tzinfo=UTC),
    5: datetime(2026, 11, 23, 17, tzinfo=UTC),
    10: datetime(2026, 11, 30, 17, tzinfo=UTC),
    # Christmas and the Monday that stands for Boxing Day lie between.
    30: datetime(2026, 12, 30, 17, tzinfo=UTC),
}


def happened(case: Case, kind: str, at: datetime = AT, **values: Any) -> InvestigationEvent:
    if kind == H.COURT_DATE:
        values.setdefault("hearing_at", at + 60 * DAY)
    return fact(InvestigationEvent, case, at, kind=kind, **values)


def told(case: Case, event: InvestigationEvent, at: datetime, **values: Any) -> Informed:
    given = {"channel": "in_person"} if "why_not" not in values else {}
    return fact(Informed, case, at, subject="happening", happening=event, **(given | values))


def review_asked(case: Case) -> InvestigationEvent:
    """They ask for a review of what the police decided."""
    return happened(case, H.REVIEW_ASKED, answers=happened(case, H.NO_FURTHER_ACTION))


def plain(case: Case) -> Case:
    """A case whose person has no enhanced rights, for a reason."""
    Case.objects.filter(pk=case.pk).update(enhanced=False, enhanced_off_reason="They asked so.")
    return case


# Rule, what starts it, working days with enhanced rights (which is how a case begins) and without.
TOLD = [
    ("no-investigation-not-told", H.NOT_INVESTIGATED, 1, 5),  # T15
    ("arrest-not-told", H.ARRESTED, 1, 5),  # T16
    ("interview-not-told", H.INTERVIEWED, 1, 5),  # T17
    ("release-not-told", H.BAILED, 1, 5),  # T18
    ("release-not-told", H.BAIL_CHANGED, 1, 5),
    ("release-not-told", H.RELEASED, 1, 5),
    ("charge-not-told", H.CHARGED, 1, 5),  # T19
    ("charge-not-told", H.OUT_OF_COURT, 1, 5),
    ("no-prosecution-not-told", H.NO_FURTHER_ACTION, 1, 5),  # T20
    ("prosecutors-decision-not-told", H.PROSECUTORS, 1, 5),  # T21
    ("court-date-not-told", H.COURT_DATE, 1, 1),  # T27
    ("outcome-not-told", H.OUTCOME, 1, 5),  # T28
]
each_told = pytest.mark.parametrize(("rule", "kind", "enhanced", "standard"), TOLD)


def test_everything_that_must_be_told_has_its_row_here() -> None:
    tested = {rule for rule, *_ in TOLD} | {"records-request-not-told"}
    assert tested == {slug for slug, rule in RULES.items() if isinstance(rule, Telling)}


@each_told
class TestTelling:
    """What happened is told to the person, sooner with enhanced rights."""

    def test_enhanced_rights_are_on_unless_somebody_says_why_not(
        self, cast: Cast, rule: str, kind: str, enhanced: int, standard: int
    ) -> None:
        happened(make_case(at=AT), kind)
        happened(plain(make_case(at=AT)), kind)
        due = sorted(due for due, state in owed(rule, AT) if due and state == "open")
        assert due == sorted([DAYS[enhanced], DAYS[standard]])

    def test_telling_meets_it_and_late_is_late(
        self, cast: Cast, rule: str, kind: str, enhanced: int, standard: int
    ) -> None:
        case = make_case(at=AT)
        told(case, happened(case, kind), AT + HOUR)
        assert owed(rule, AT + 9 * DAY) == [(DAYS[enhanced], "met")]
        late = make_case(at=AT)
        told(late, happened(late, kind), AT + 9 * DAY)
        assert owed(rule, AT + 9 * DAY, late) == [(DAYS[enhanced], "met_late")]

    def test_a_reason_not_to_tell_ends_it_and_is_not_counted_as_done(
        self, cast: Cast, rule: str, kind: str, enhanced: int, standard: int
    ) -> None:
        case = make_case(at=AT)
        told(case, happened(case, kind), AT + HOUR, why_not="They asked not to hear of it.")
        assert owed(rule, AT + DAY) == [(DAYS[enhanced], "void")]
        assert FollowUp.objects.get(case=case).end_reason == "not-told"

    def test_what_was_told_of_another_thing_does_not_count(
        self, cast: Cast, rule: str, kind: str, enhanced: int, standard: int
    ) -> None:
        case = make_case(at=AT)
        happened(case, kind)
        told(case, happened(case, H.STATEMENT_TAKEN), AT + HOUR)
        assert owed(rule, AT + 2 * HOUR) == [(DAYS[enhanced], "open")]


def test_rights_that_change_move_what_is_open_and_keep_the_time_that_was(cast: Cast) -> None:
    case = make_case(at=AT)
    happened(case, H.ARRESTED)
    assert owed("arrest-not-told", AT) == [(DAYS[1], "open")]
    plain(case)
    assert owed("arrest-not-told", AT + HOUR) == [(DAYS[5], "open")]
    assert FollowUp.objects.get(case=case).was_due_at == DAYS[1]


@pytest.mark.parametrize(
    ("nation", "since", "due"),
    [
        # St Andrew's Day 2026 is a Monday: only Scotland is off.
        ("england-wales", datetime(2026, 11, 27, 10, tzinfo=UTC), (11, 30, 17)),
        ("scotland", datetime(2026, 11, 27, 10, tzinfo=UTC), (12, 1, 17)),
        ("northern-ireland", datetime(2026, 11, 27, 10, tzinfo=UTC), (11, 30, 17)),
        # St Patrick's Day 2026 is a Tuesday: only Northern Ireland is off.
        ("england-wales", datetime(2026, 3, 16, 10, tzinfo=UTC), (3, 17, 17)),
        ("scotland", datetime(2026, 3, 16, 10, tzinfo=UTC), (3, 17, 17)),
        ("northern-ireland", datetime(2026, 3, 16, 10, tzinfo=UTC), (3, 18, 17)),
        # Good Friday is off in all three; Easter Monday is not in Scotland. 5pm is summer time.
        ("england-wales", datetime(2026, 4, 2, 10, tzinfo=UTC), (4, 7, 16)),
        ("scotland", datetime(2026, 4, 2, 10, tzinfo=UTC), (4, 6, 16)),
        ("northern-ireland", datetime(2026, 4, 2, 10, tzinfo=UTC), (4, 7, 16)),
        # The clocks go back on Sunday 25 October: 5pm is 5pm.
        ("england-wales", datetime(2026, 10, 23, 10, tzinfo=UTC), (10, 26, 17)),
        # 29 February 2028 is a Tuesday and counts like any other.
        ("england-wales", datetime(2028, 2, 28, 10, tzinfo=UTC), (2, 29, 17)),
    ],
)
def test_a_working_day_is_one_of_the_nation_of_the_force(
    cast: Cast, nation: str, since: datetime, due: tuple[int, int, int]
) -> None:
    cast.force.nation = nation
    cast.force.calendar = Calendar.objects.get(slug=nation)
    cast.force.save()
    happened(make_case(at=since), H.ARRESTED, since)
    month, day, hour = due
    expected = datetime(since.year, month, day, hour, tzinfo=UTC)
    assert owed("arrest-not-told", since) == [(expected, "open")]


class TestToldToEverybody:
    """Who reports is told two things in any case. [T12; Right 5]"""

    @pytest.mark.parametrize(
        ("rule", "subject", "enhanced", "standard"),
        [
            ("report-not-acknowledged", "report", DAYS[1], DAYS[5]),
            ("compensation-not-told", "compensation", AT + 28 * DAY, AT + 28 * DAY),
        ],
    )
    def test_it_is_owed_from_the_log(
        self, cast: Cast, rule: str, subject: str, enhanced: datetime, standard: datetime
    ) -> None:
        case, other = make_case(at=AT), plain(make_case(at=AT))
        make_case(at=AT, status="draft")
        assert owed(rule, AT, case) == [(enhanced, "open")]
        assert owed(rule, AT, other) == [(standard, "open")]
        fact(Informed, case, AT + HOUR, subject=subject, channel="letter")
        fact(Informed, other, AT + HOUR, subject=subject, why_not="They cannot be written to.")
        assert [state for _due, state in owed(rule, AT + DAY, case)] == ["met"]
        assert [state for _due, state in owed(rule, AT + DAY, other)] == ["void"]

    def test_one_is_not_the_other(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Informed, case, AT + HOUR, subject="compensation", channel="letter")
        assert owed("report-not-acknowledged", AT + HOUR) == [(DAYS[1], "open")]


@dataclass(frozen=True)
class Answered:
    """Something asked for, by when, and what answers it."""

    rule: str
    asked: str
    due: datetime
    answer: str


ANSWERED = [
    Answered("complaint-not-acknowledged", H.COMPLAINT, DAYS[10], H.COMPLAINT_ACKNOWLEDGED),  # T30
    Answered("breach-not-notified", H.BREACH, AT + 72 * HOUR, H.BREACH_DECIDED),  # T37
    Answered("data-request-not-answered", H.DATA_ASKED, AT + 28 * DAY, H.DATA_GIVEN),  # T38
    Answered("property-not-returned", H.PROPERTY_HELD, AT + 28 * DAY, H.PROPERTY_RETURNED),
]


@pytest.mark.parametrize("row", ANSWERED, ids=lambda row: row.rule)
def test_what_was_asked_is_owed_until_its_own_answer(cast: Cast, row: Answered) -> None:
    case = make_case(at=AT)
    first = happened(case, row.asked)
    second = happened(case, row.asked, AT + HOUR)
    assert [state for _due, state in owed(row.rule, AT + HOUR)] == ["open", "open"]
    assert owed(row.rule, AT + HOUR)[0] == (row.due, "open")
    happened(case, row.answer, AT + 2 * HOUR, answers=first)
    assert [state for _due, state in owed(row.rule, AT + 3 * HOUR)] == ["met", "open"]
    happened(case, row.answer, row.due + 3 * DAY, answers=second)
    assert [state for _due, state in owed(row.rule, row.due + 3 * DAY)] == ["met", "met_late"]


class TestRightToReview:
    """A request is acknowledged in 10 working days and done in 30. [T23]"""

    RULE = "right-to-review-requested"

    def test_two_things_are_owed(self, cast: Cast) -> None:
        case = make_case(at=AT)
        asked = review_asked(case)
        assert sorted(owed(self.RULE, AT), key=str) == [(DAYS[10], "open"), (DAYS[30], "open")]
        happened(case, H.REVIEW_ACKNOWLEDGED, AT + DAY, answers=asked)
        assert sorted(owed(self.RULE, AT + DAY), key=str) == [
            (DAYS[10], "met"),
            (DAYS[30], "open"),
        ]
        happened(case, H.REVIEW_DECIDED, AT + 2 * DAY, answers=asked)
        assert {state for _due, state in owed(self.RULE, AT + 2 * DAY)} == {"met"}

    def test_a_decision_is_an_acknowledgement_too(self, cast: Cast) -> None:
        case = make_case(at=AT)
        happened(case, H.REVIEW_DECIDED, AT + DAY, answers=review_asked(case))
        assert [state for _due, state in owed(self.RULE, AT + DAY)] == ["met", "met"]


class TestTimeToAskForReview:
    """They have a time to ask for a review, from when they were told of the decision. [T22, T24]"""

    RULE = "right-to-review-undecided"
    DECIDED = pytest.mark.parametrize(
        ("kind", "due"),
        [(H.NO_FURTHER_ACTION, AT + HOUR + 89 * DAY), (H.PROSECUTORS, DAYS[10])],
    )

    @DECIDED
    def test_it_runs_from_the_telling_and_not_before(
        self, cast: Cast, kind: str, due: datetime
    ) -> None:
        case = make_case(at=AT)
        event = happened(case, kind)
        assert owed(self.RULE, AT) == []
        told(case, event, AT + HOUR)
        assert owed(self.RULE, AT + HOUR) == [(due, "open")]

    @DECIDED
    @pytest.mark.parametrize("answer", [H.REVIEW_ASKED, H.REVIEW_UNWANTED])
    def test_asking_meets_it_and_so_does_their_own_no(
        self, cast: Cast, answer: str, kind: str, due: datetime
    ) -> None:
        case, late = make_case(at=AT), make_case(at=AT)
        for each, at in ((case, AT + 2 * HOUR), (late, AT + 90 * DAY)):
            decided = happened(each, kind)
            told(each, decided, AT + HOUR)
            happened(each, answer, at, answers=decided)
        assert owed(self.RULE, AT + 90 * DAY, case) == [(due, "met")]
        assert owed(self.RULE, AT + 90 * DAY, late) == [(due, "met_late")]

    @DECIDED
    def test_who_was_spared_it_has_no_time_and_a_charge_ends_it(
        self, cast: Cast, kind: str, due: datetime
    ) -> None:
        spared, charged = make_case(at=AT), make_case(at=AT)
        told(spared, happened(spared, kind), AT, why_not="They asked not to hear of it.")
        assert owed(self.RULE, AT, spared) == []
        told(charged, happened(charged, kind), AT + HOUR)
        assert owed(self.RULE, AT + HOUR, charged) == [(due, "open")]
        happened(charged, H.CHARGED, AT + DAY)
        assert owed(self.RULE, AT + DAY, charged) == [(due, "void")]

    @pytest.mark.parametrize("answer", [H.REVIEW_ASKED, H.REVIEW_UNWANTED])
    def test_what_they_said_of_one_decision_is_no_answer_to_another(
        self, cast: Cast, answer: str
    ) -> None:
        case = make_case(at=AT)
        ours, theirs = happened(case, H.NO_FURTHER_ACTION), happened(case, H.PROSECUTORS)
        for each in (ours, theirs):
            told(case, each, AT + HOUR)
        happened(case, answer, AT + DAY, answers=theirs)
        assert sorted(owed(self.RULE, AT + DAY)) == [
            (DAYS[10], "met"),
            (AT + HOUR + 89 * DAY, "open"),
        ]
        happened(case, answer, AT + 2 * DAY, answers=ours)
        assert {state for _due, state in owed(self.RULE, AT + 2 * DAY)} == {"met"}

    @pytest.mark.parametrize(
        ("told_at", "due"),
        [
            # 89 days are never more than three months, not even over the shortest February.
            (datetime(2027, 1, 31, 10, tzinfo=UTC), datetime(2027, 4, 30, 9, tzinfo=UTC)),
            (datetime(2027, 2, 1, 10, tzinfo=UTC), datetime(2027, 5, 1, 9, tzinfo=UTC)),
            (datetime(2028, 2, 1, 10, tzinfo=UTC), datetime(2028, 4, 30, 9, tzinfo=UTC)),
            # Summer time ends within it: ten in the morning stays ten in the morning.
            (datetime(2026, 9, 1, 9, tzinfo=UTC), datetime(2026, 11, 29, 10, tzinfo=UTC)),
        ],
    )
    def test_it_ends_within_three_months_on_the_same_wall_clock(
        self, cast: Cast, told_at: datetime, due: datetime
    ) -> None:
        case = make_case(at=told_at)
        told(case, happened(case, H.NO_FURTHER_ACTION, told_at), told_at)
        assert owed(self.RULE, told_at) == [(due, "open")]


class TestBail:
    """They are asked about bail before it is set or changed. [T32]"""

    RULE = "bail-views-not-asked"

    def test_asking_before_is_in_time_and_after_is_late(self, cast: Cast) -> None:
        early, late, never = make_case(at=AT), make_case(at=AT), make_case(at=AT)
        happened(early, H.VIEWS_ASKED, AT - HOUR)
        happened(late, H.VIEWS_ASKED, AT + HOUR)
        for case in (early, late, never):
            happened(case, H.BAILED)
        assert owed(self.RULE, AT + 2 * HOUR, early) == [(AT, "met")]
        assert owed(self.RULE, AT + 2 * HOUR, late) == [(AT, "met_late")]
        assert owed(self.RULE, AT + 2 * HOUR, never) == [(AT, "open")]

    def test_a_change_asks_again(self, cast: Cast) -> None:
        case = make_case(at=AT)
        happened(case, H.VIEWS_ASKED, AT - HOUR)
        happened(case, H.BAILED)
        happened(case, H.BAIL_CHANGED, AT + 9 * DAY)
        assert owed(self.RULE, AT + 9 * DAY) == [(AT, "met"), (AT + 9 * DAY, "open")]
        happened(case, H.VIEWS_ASKED, AT + 10 * DAY)
        assert owed(self.RULE, AT + 10 * DAY)[1] == (AT + 9 * DAY, "met_late")


class TestCourt:
    """A statement, a charge and a request for records owe more than the news of them."""

    def test_a_personal_statement_is_offered_with_the_statement_and_again_after_a_charge(
        self, cast: Cast
    ) -> None:
        rule, case = "statement-not-offered", make_case(at=AT)
        happened(case, H.STATEMENT_TAKEN)
        assert owed(rule, AT) == [(AT + DAY, "open")]
        happened(case, H.PERSONAL_STATEMENT, AT)
        happened(case, H.CHARGED, AT + 3 * DAY)
        assert owed(rule, AT + 3 * DAY) == [(AT + DAY, "met"), (AT + 31 * DAY, "open")]
        happened(case, H.PERSONAL_STATEMENT, AT + 4 * DAY)
        assert [state for _due, state in owed(rule, AT + 4 * DAY)] == ["met", "met"]

    def test_special_measures_are_talked_through_once_there_is_a_charge(self, cast: Cast) -> None:
        rule, case = "special-measures-not-asked", make_case(at=AT)
        assert owed(rule, AT) == []
        happened(case, H.CHARGED)
        assert owed(rule, AT) == [(AT + 28 * DAY, "open")]
        happened(case, H.SPECIAL_MEASURES, AT + DAY)
        assert owed(rule, AT + DAY) == [(AT + 28 * DAY, "met")]

    def test_a_notice_of_a_request_for_records_comes_on_or_before_it(self, cast: Cast) -> None:
        rule = "records-request-not-told"  # T31
        case, late = make_case(at=AT), make_case(at=AT)
        told(case, happened(case, H.RECORDS_ASKED), AT)
        told(late, happened(late, H.RECORDS_ASKED), AT + HOUR)
        assert owed(rule, AT + HOUR, case) == [(AT, "met")]
        assert owed(rule, AT + HOUR, late) == [(AT, "met_late")]


class TestReconciliation:
    """Referrals and crimes find each other. [T01, T02]"""

    def test_a_referral_without_a_crime(self, cast: Cast) -> None:
        rule, case = "referral-without-crime", make_case(at=AT)
        assert owed(rule, AT) == []
        fact(NrmReferral, case, AT)
        assert owed(rule, AT) == [(AT + DAY, "open")]
        fact(CrimeRecord, case, AT + HOUR, number="C1")
        fact(CrimeRecord, case, AT + 2 * HOUR, number="C2", other_force="Southmoor Police")
        assert owed(rule, AT + 3 * HOUR) == [(AT + DAY, "met")]

    def test_a_withdrawn_referral_needs_none(self, cast: Cast) -> None:
        case = make_case(at=AT)
        sent = fact(NrmReferral, case, AT, status="withdrawn")
        fact(NrmEvent, case, AT + HOUR, referral=sent, kind="withdrawn")
        assert owed("referral-without-crime", AT + 2 * HOUR) == [(AT + DAY, "void")]

    @pytest.mark.parametrize(("age", "hours"), [("adult", 24), ("child", 8), ("unsure", 8)])
    @pytest.mark.parametrize("decision", [NrmReferral, DutyToNotify])
    def test_a_crime_without_a_decision(
        self, cast: Cast, age: str, hours: int, decision: type
    ) -> None:
        rule, case = "crime-without-decision", make_case(at=AT, victim=make_victim(age_band=age))
        assert owed(rule, AT) == []
        fact(CrimeRecord, case, AT, number="C1")
        assert owed(rule, AT) == [(AT + hours * HOUR, "open")]
        fact(decision, case, AT + 2 * HOUR)
        assert owed(rule, AT + 3 * HOUR) == [(AT + hours * HOUR, "met")]


def consider(case: Case, at: datetime, **values: Any) -> Section45:
    given = {
        "offence": "Growing cannabis",
        "age_then": "adult",
        "schedule_4": False,
        "findings": "Locked in; said so to everybody.",
        "outcome": "does_not_apply",
    }
    return fact(Section45, case, at, **(given | values))


class TestSection45:
    """A suspect who may be a victim is thought about twice before a charge."""

    RULE = "section-45-not-considered"

    def test_suspicion_owes_a_consideration_in_a_day(self, cast: Cast) -> None:
        case = make_case(at=AT)
        happened(case, H.PERSON_SUSPECTED)
        assert owed(self.RULE, AT) == [(AT + DAY, "open")]
        consider(case, AT + HOUR)
        assert owed(self.RULE, AT + HOUR) == [(AT + DAY, "met")]

    def test_no_charge_no_question(self, cast: Cast) -> None:
        case = make_case(at=AT)
        happened(case, H.PERSON_SUSPECTED)
        happened(case, H.PERSON_NOT_CHARGED, AT + HOUR)
        assert owed(self.RULE, AT + HOUR) == [(AT + DAY, "void")]

    def test_a_supervisor_reviews_it_and_what_is_sent_back_is_owed_again(self, cast: Cast) -> None:
        case = make_case(at=AT)
        found = consider(case, AT)
        assert owed("section-45-not-reviewed", AT) == [(DAYS[1], "open")]
        assert FollowUp.objects.get(case=case).holder == cast.sade
        Section45.objects.filter(pk=found.pk).update(
            reviewed_at=AT + HOUR, reviewed_by=cast.sade, agreed=False, review_note="Ask more."
        )
        assert owed("section-45-not-reviewed", AT + HOUR) == [(DAYS[1], "met")]
        assert owed(self.RULE, AT + HOUR) == [(AT + DAY + HOUR, "open")]
        consider(case, AT + 2 * HOUR)
        assert owed(self.RULE, AT + 2 * HOUR) == [(AT + DAY + HOUR, "met")]


def test_a_second_person_decides_about_immigration_in_a_working_day(cast: Cast) -> None:
    case = make_case(at=AT)
    asked = fact(
        ImmigrationShare,
        case,
        AT,
        recipient="Immigration Enforcement",
        what="That they are here",
        basis="An invented law",
        necessity="An invented need",
        person_told="yes",
    )
    assert owed("immigration-share-undecided", AT) == [(DAYS[1], "open")]
    assert FollowUp.objects.get(case=case).holder == cast.sade
    ImmigrationShare.objects.filter(pk=asked.pk).update(
        decided_at=AT + HOUR, decided_by=cast.sade, approved=False
    )
    assert owed("immigration-share-undecided", AT + HOUR) == [(DAYS[1], "met")]


Start = Callable[[Case], Any]
EVERYTHING: dict[str, Start] = {
    **{rule: lambda case, kind=kind: happened(case, kind) for rule, kind, *_ in TOLD},  # type: ignore[misc]
    **{row.rule: lambda case, row=row: happened(case, row.asked) for row in ANSWERED},  # type: ignore[misc]
    "records-request-not-told": lambda case: happened(case, H.RECORDS_ASKED),
    "bail-views-not-asked": lambda case: happened(case, H.BAILED),
    "right-to-review-requested": review_asked,
    "right-to-review-undecided": lambda case: told(case, happened(case, H.NO_FURTHER_ACTION), AT),
    "section-45-not-considered": lambda case: happened(case, H.PERSON_SUSPECTED),
    "special-measures-not-asked": lambda case: happened(case, H.CHARGED),
    "statement-not-offered": lambda case: happened(case, H.STATEMENT_TAKEN),
}


@pytest.mark.parametrize("rule", EVERYTHING)
def test_it_ends_with_the_case_and_has_a_deadline_with_its_standing(cast: Cast, rule: str) -> None:
    case = make_case(at=AT)
    EVERYTHING[rule](case)
    assert {state for _due, state in owed(rule, AT)} == {"open"}
    deadline = FollowUp.objects.filter(rule=rule).select_related("deadline")[0].deadline
    assert deadline is not None
    assert deadline.status in Deadline.Status.values
    assert deadline.source
    Case.objects.filter(pk=case.pk).update(status="closing")
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=AT + timedelta(minutes=5))
    assert {state for _due, state in owed(rule, AT + HOUR)} == {"void"}
