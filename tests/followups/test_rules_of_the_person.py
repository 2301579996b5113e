"""What follows from who the person is: come of age, missing, in danger, disputed, with somebody to keep safe."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casework.models import AuthorityTold, Case, InvestigationEvent, NeedsAssessment, Review
from pages.answers import Answer
from tests.builders import make_case, make_victim
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.test_rules import fact, owed
from victims.models import (
    AgeDispute,
    ConsentEvent,
    Dependant,
    MissingEpisode,
    RiskJudgement,
    Victim,
)

Change = Callable[[Case, datetime], None]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OF_AGE = ("come-of-age-not-asked", "come-of-age-support")


def child(born_on: date, **over: Any) -> Case:
    """Somebody who was under 18 when we met them on `AT`."""
    return make_case(at=AT, victim=make_victim(age_band="child", born_on=born_on, **over))


def of_person(model: Any, case: Case, **values: Any) -> Any:
    return model.objects.create(scope=case.scope, victim=case.victim, **values)


def asked(case: Case, at: datetime, purpose: str = "nrm") -> None:
    of_person(
        ConsentEvent,
        case,
        purpose=purpose,
        outcome="given",
        decided_at=at,
        recorded_at=at,
        explained_by=case.logged_by,
    )


def missing(case: Case, at: datetime, **values: Any) -> MissingEpisode:
    given = {"missing_since": at, "recorded_at": at, "recorded_by": case.logged_by} | values
    episode: MissingEpisode = of_person(MissingEpisode, case, **given)
    return episode


def judged(case: Case, at: datetime, review_on: date) -> None:
    given = {"level": "high", "review_on": review_on, "judged_at": at, "judged_by": case.logged_by}
    of_person(RiskJudgement, case, **given)


class TestComingOfAge:
    """At 18 their own consent is asked and their support changes; due at 5pm on the next working day."""

    @pytest.mark.parametrize("rule", OF_AGE)
    @pytest.mark.parametrize(
        ("born_on", "precision", "due"),
        [
            # Tuesday 24 November 2026; due the day after.
            (date(2008, 11, 24), "day", datetime(2026, 11, 25, 17, tzinfo=UTC)),
            # Christmas Day 2026 is a Friday; the next working day is Tuesday the 29th.
            (date(2008, 12, 25), "day", datetime(2026, 12, 29, 17, tzinfo=UTC)),
            # In summer time, 5pm is 4pm in UTC.
            (date(2009, 7, 1), "day", datetime(2027, 7, 2, 16, tzinfo=UTC)),
            # Known in part: 18 for certain on the last day that it may be.
            (date(2009, 1, 1), "month", datetime(2027, 2, 1, 17, tzinfo=UTC)),
            (date(2009, 1, 1), "year", datetime(2028, 1, 4, 17, tzinfo=UTC)),
            (date(2007, 1, 1), "about", datetime(2028, 1, 4, 17, tzinfo=UTC)),
        ],
    )
    def test_it_is_due_after_the_birthday_however_exactly_that_is_known(
        self, cast: Cast, rule: str, born_on: date, precision: str, due: datetime
    ) -> None:
        child(born_on, born_precision=precision)
        assert owed(rule, due - 40 * DAY) == []
        assert owed(rule, due - 20 * DAY) == [(due, "open")]

    @pytest.mark.parametrize("rule", OF_AGE)
    def test_who_was_born_on_29_february_turns_18_on_1_march(self, cast: Cast, rule: str) -> None:
        victim = make_victim(age_band="child", born_on=date(2008, 2, 29))
        make_case(at=datetime(2026, 2, 10, 10, tzinfo=UTC), victim=victim)
        # 1 March 2026 is a Sunday; the next working day is Monday.
        due = datetime(2026, 3, 2, 17, tzinfo=UTC)
        assert owed(rule, datetime(2026, 2, 20, tzinfo=UTC)) == [(due, "open")]

    def test_asking_them_as_an_adult_meets_it_and_what_was_asked_before_does_not(
        self, cast: Cast
    ) -> None:
        case, birthday = child(date(2008, 11, 24)), datetime(2026, 11, 24, tzinfo=UTC)
        due = datetime(2026, 11, 25, 17, tzinfo=UTC)
        asked(case, birthday - DAY)
        asked(case, birthday + HOUR, "agency")
        assert owed(OF_AGE[0], birthday + 2 * HOUR) == [(due, "open")]
        asked(case, birthday + 3 * HOUR)
        assert owed(OF_AGE[0], birthday + 9 * DAY) == [(due, "met")]

    def test_assessing_their_needs_as_an_adult_meets_it(self, cast: Cast) -> None:
        case, birthday = child(date(2008, 11, 24)), datetime(2026, 11, 24, tzinfo=UTC)
        due = datetime(2026, 11, 25, 17, tzinfo=UTC)
        add_fact(NeedsAssessment, case, birthday - DAY)
        assert owed(OF_AGE[1], birthday) == [(due, "open")]
        add_fact(NeedsAssessment, case, birthday + HOUR)
        assert owed(OF_AGE[1], birthday + 2 * HOUR) == [(due, "met")]

    @pytest.mark.parametrize("rule", OF_AGE)
    def test_who_was_18_already_or_whose_age_is_disputed_owes_nothing(
        self, cast: Cast, rule: str
    ) -> None:
        child(date(2008, 11, 16))  # on the day we met them
        child(date(1990, 1, 1))
        child(date(2008, 11, 24), age_disputed=True)
        make_case(at=AT, victim=make_victim(age_band="child"))
        assert owed(rule, AT + 20 * DAY) == []

    @pytest.mark.parametrize("rule", OF_AGE)
    def test_a_birth_date_put_right_moves_it(self, cast: Cast, rule: str) -> None:
        case = child(date(2008, 11, 24))
        owed(rule, AT)
        Victim.objects.filter(pk=case.victim_id).update(born_on=date(2008, 11, 30))
        assert owed(rule, AT) == [(datetime(2026, 12, 1, 17, tzinfo=UTC), "open")]


class TestDisputedAge:
    """An adult who may be a child after all is owed a call to the authority from then on."""

    def test_the_authority_is_told_within_the_hour_of_the_dispute(self, cast: Cast) -> None:
        case = make_case(at=AT)
        assert owed("child-authority-not-told", AT + DAY) == []
        Victim.objects.filter(pk=case.victim_id).update(age_band="unsure", age_disputed=True)
        of_person(
            AgeDispute,
            case,
            disputed_by="person",
            why="Says 16.",
            band_before="adult",
            disputed_at=AT + 3 * DAY,
            recorded_by=case.logged_by,
        )
        due = AT + 3 * DAY + HOUR
        assert owed("child-authority-not-told", AT + 3 * DAY) == [(due, "open")]
        add_fact(AuthorityTold, case, AT + 3 * DAY, authority="An invented council")
        assert owed("child-authority-not-told", AT + 4 * DAY) == [(due, "met")]


class TestMissing:
    """While missing: others told within the hour, a supervisor every day; found: a talk in 72 hours."""

    def test_telling_who_must_know_meets_it_and_being_found_voids_it(self, cast: Cast) -> None:
        told, found, still = (make_case(at=AT) for _number in range(3))
        missing(told, AT + HOUR, alerted_at=AT + HOUR)
        missing(found, AT + 2 * HOUR, found_at=AT + 2 * HOUR)
        missing(still, AT + 3 * HOUR)
        assert owed("missing-not-alerted", AT + 4 * HOUR) == [
            (AT + 2 * HOUR, "met"),
            (AT + 3 * HOUR, "void"),
            (AT + 4 * HOUR, "open"),
        ]

    def test_a_supervisor_looks_every_day_until_they_are_found(self, cast: Cast) -> None:
        case = make_case(at=AT)
        add_fact(Review, case, AT, findings="Before they went.")
        episode = missing(case, AT + DAY)
        assert owed("missing-not-reviewed", AT + DAY) == [(AT + 2 * DAY, "open")]
        add_fact(Review, case, AT + 2 * DAY, findings="Searched the pier.")
        assert owed("missing-not-reviewed", AT + 2 * DAY) == [
            (AT + 2 * DAY, "met"),
            (AT + 3 * DAY, "open"),
        ]
        episode.found_at = AT + 2 * DAY + HOUR
        episode.save()
        add_fact(Review, case, AT + 5 * DAY, findings="Back.")
        assert [state for _due, state in owed("missing-not-reviewed", AT + 5 * DAY)] == [
            "met",
            "void",
        ]

    @pytest.mark.parametrize(
        ("found_at", "due"),
        [
            (AT, AT + 72 * HOUR),
            # Over the night in which the clocks go forward: 72 hours, not three days on the wall.
            (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 30, 12, tzinfo=UTC)),
        ],
    )
    def test_the_talk_is_due_72_hours_after_they_were_found(
        self, cast: Cast, found_at: datetime, due: datetime
    ) -> None:
        case = make_case(at=AT - DAY)
        episode = missing(case, found_at - HOUR, found_at=found_at)
        assert owed("return-not-interviewed", found_at) == [(due, "open")]
        episode.interviewed_at = found_at + DAY
        episode.save()
        assert owed("return-not-interviewed", found_at + 9 * DAY) == [(due, "met")]


class TestRisk:
    """Judged on the first day of danger, and again by the day that was set."""

    def test_who_was_met_in_danger_is_judged_in_a_day_and_others_need_not_be(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT, danger=Answer.YES)
        make_case(at=AT)
        assert owed("risk-review-due", AT) == [(AT + DAY, "open")]
        judged(case, AT + HOUR, date(2026, 11, 20))
        assert owed("risk-review-due", AT + 2 * HOUR) == [
            (AT + DAY, "met"),
            (datetime(2026, 11, 20, 17, tzinfo=UTC), "open"),
        ]

    def test_judging_again_meets_it_late_and_sets_the_next(self, cast: Cast) -> None:
        case = make_case(at=AT)
        judged(case, AT, date(2026, 11, 20))
        owed("risk-review-due", AT + 5 * DAY)
        judged(case, AT + 5 * DAY, date(2027, 7, 1))
        assert owed("risk-review-due", AT + 5 * DAY) == [
            (datetime(2026, 11, 20, 17, tzinfo=UTC), "met_late"),
            (datetime(2027, 7, 1, 16, tzinfo=UTC), "open"),
        ]


def charged(case: Case, at: datetime) -> None:
    fact(InvestigationEvent, case, at, kind="charged")


def found(case: Case, at: datetime) -> None:
    missing(case, at - HOUR, found_at=at)


def in_high_danger(case: Case, at: datetime) -> None:
    judged(case, at, date(2027, 7, 1))


class TestNeedsChange:
    """Needs that were assessed are assessed again when they may have changed: in 2 working days. [T13]"""

    RULE = "needs-changed"
    CHANGES = pytest.mark.parametrize("change", [charged, found, in_high_danger])
    DUE = datetime(2026, 11, 18, 17, tzinfo=UTC)

    @CHANGES
    def test_what_may_change_needs_that_were_assessed_owes_it_once_more(
        self, cast: Cast, change: Change
    ) -> None:
        case, never, later = make_case(at=AT - DAY), make_case(at=AT - DAY), make_case(at=AT - DAY)
        fact(NeedsAssessment, case, AT - HOUR)
        fact(NeedsAssessment, later, AT + HOUR)
        for each in (case, never, later):
            change(each, AT)
        assert owed(self.RULE, AT + HOUR) == [(self.DUE, "open")]
        fact(NeedsAssessment, case, AT + 2 * HOUR)
        assert owed(self.RULE, AT + 3 * HOUR) == [(self.DUE, "met")]

    @CHANGES
    def test_the_assessment_of_before_does_not_count_and_late_is_late(
        self, cast: Cast, change: Change
    ) -> None:
        case = make_case(at=AT - DAY)
        fact(NeedsAssessment, case, AT - HOUR)
        change(case, AT)
        assert owed(self.RULE, AT + 9 * DAY) == [(self.DUE, "open")]
        fact(NeedsAssessment, case, AT + 9 * DAY)
        assert owed(self.RULE, AT + 9 * DAY) == [(self.DUE, "met_late")]

    @CHANGES
    def test_it_ends_with_the_case(self, cast: Cast, change: Change) -> None:
        case = make_case(at=AT - DAY)
        fact(NeedsAssessment, case, AT - HOUR)
        change(case, AT)
        owed(self.RULE, AT)
        Case.objects.filter(pk=case.pk).update(status="closing")
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=AT + HOUR)
        assert owed(self.RULE, AT + 2 * HOUR) == [(self.DUE, "void")]

    def test_one_assessment_meets_all_changes_before_it(self, cast: Cast) -> None:
        case = make_case(at=AT - DAY)
        fact(NeedsAssessment, case, AT - HOUR)
        for hours, change in enumerate((charged, found, in_high_danger)):
            change(case, AT + hours * HOUR)
        fact(NeedsAssessment, case, AT + 4 * HOUR)
        assert owed(self.RULE, AT + 5 * HOUR) == [(self.DUE, "met")] * 3

    def test_a_danger_that_stays_high_or_is_low_changes_nothing(self, cast: Cast) -> None:
        case = make_case(at=AT - DAY)
        in_high_danger(case, AT - 2 * HOUR)
        fact(NeedsAssessment, case, AT - HOUR)
        in_high_danger(case, AT)
        assert owed(self.RULE, AT) == []
        given = {"review_on": date(2027, 7, 1), "judged_by": case.logged_by}
        of_person(RiskJudgement, case, level="standard", judged_at=AT + HOUR, **given)
        assert owed(self.RULE, AT + HOUR) == []
        in_high_danger(case, AT + 2 * HOUR)
        assert owed(self.RULE, AT + 2 * HOUR) == [(self.DUE, "open")]


class TestDependants:
    """Somebody not safe is made safe: a child within the hour."""

    @pytest.mark.parametrize(("relation", "hours"), [("child", 1), ("unborn", 1), ("parent", 4)])
    def test_it_is_due_by_who_they_are_and_met_by_recording_them_anew(
        self, cast: Cast, relation: str, hours: int
    ) -> None:
        case = make_case(at=AT)
        given = {"recorded_at": AT, "recorded_by": case.logged_by, "relation": relation}
        somebody = of_person(Dependant, case, safe=Answer.NO, **given)
        of_person(Dependant, case, safe=Answer.YES, **given)
        assert owed("dependant-not-safe", AT) == [(AT + hours * HOUR, "open")]
        somebody.ended_at, somebody.ended_by = AT + HOUR / 2, case.logged_by
        somebody.why_ended = "They are safe now."
        somebody.save()
        assert owed("dependant-not-safe", AT + HOUR) == [(AT + hours * HOUR, "met")]
