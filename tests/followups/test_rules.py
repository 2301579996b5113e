"""The rules, one table each: a state of the records, and what is owed because of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.actors import engine as engine_of
from accounts.context import acting_as
from accounts.models import Absence, User
from casework.actions.history import write_line
from casework.models import (
    Allocation,
    AuthorityTold,
    Case,
    CaseEvent,
    CaseStatus,
    Closure,
    Contact,
    CrimeRecord,
    DutyToNotify,
    EventKind,
    NeedsAssessment,
    Review,
    SafetyCheck,
)
from clocks import frozen
from followups import engine
from followups.models import FollowUp
from followups.rules import RULES, why
from pages.answers import Answer
from referrals.models import Question, SupportReferral
from tests.builders import make_case, make_victim
from tests.cast import Cast
from training.models import Course, Requirement, TrainingRecord
from victims.models import AgeBand, Channel, SafeContact

# A Monday in winter, in the forenoon, with no bank holiday near.
AT = datetime(2026, 11, 16, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = AT + DAY + 7 * HOUR  # the end of the next working day


def fact(model: type, case: Case, at: datetime, **values: Any) -> Any:
    who = values.pop("by", case.logged_by)
    return model.objects.create(
        scope=case.scope, case=case, at=at, by=who, recorded_at=at, **values
    )


def contact(case: Case, at: datetime, outcome: str = "spoke", **values: Any) -> Contact:
    given = {"channel": Channel.PHONE, "next_at": at + 28 * DAY} | values
    return fact(Contact, case, at, outcome=outcome, **given)


def given_to_a_leaver(case: Case, owner: User, left_at: datetime) -> None:
    """Somebody who has left owns the case again: the database moved it when they did, and no more."""
    with acting_as(engine_of("test"), at=left_at):
        User.objects.filter(pk=owner.pk).update(is_active=False)
    Allocation.objects.filter(case=case).update(ended_at=None)
    Case.objects.filter(pk=case.pk).update(status="allocated", owner=owner)


def make_safe(case: Case, at: datetime) -> None:
    yes = Answer.YES
    fact(SafetyCheck, case, at, apart=yes, medical=yes, tonight=yes, is_safe=True)


def refer(case: Case, agency: Any, sent_at: datetime, **values: Any) -> SupportReferral:
    given = {
        "scope": case.scope,
        "needs": ["outreach"],
        "legal_basis": "An invented basis",
        "told_to": "team",
        "no_contact_reason": "through_us",
        "status": "sent",
        "created_at": sent_at,
        "created_by": case.logged_by,
        "sent_at": sent_at,
        "changed_at": sent_at,
    }
    return SupportReferral.objects.create(case=case, agency=agency, **(given | values))


def owed(rule: str, at: datetime, case: Case | None = None) -> list[tuple[datetime | None, str]]:
    """What one sweep at `at` says: each due time and state of the rule, in order."""
    engine.sweep(at, rules={rule: RULES[rule]})
    rows = FollowUp.objects.filter(rule=rule)
    if case is not None:
        rows = rows.filter(case=case)
    return list(rows.order_by("since", "pk").values_list("due_at", "state"))


def test_every_rule_has_its_deadline_and_says_which_duty_it_is() -> None:
    for slug, rule in RULES.items():
        assert rule.slug == slug
        assert (rule.__doc__ or "").strip().split("]")[0].count("["), f"{slug} cites no duty"


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_whether_its_question_depends_on_the_time(rule: str) -> None:
    asked = [str(RULES[rule].occurrences(at).query) for at in (AT, AT + 400 * DAY)]
    assert (asked[0] != asked[1]) == RULES[rule].reads_at


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_no_records_owes_nothing(db: None, rule: str) -> None:
    assert owed(rule, AT) == []


class TestOnceInACase:
    """Duties since the case was logged: without evidence, in time, late, and of a closed case."""

    DUTIES: dict[str, tuple[timedelta, Callable[[Case, datetime], Any]]] = {
        "safety-not-confirmed": (4 * HOUR, make_safe),
        "crime-not-recorded": (24 * HOUR, lambda c, at: fact(CrimeRecord, c, at, number="C1")),
        "nrm-not-decided": (24 * HOUR, lambda c, at: fact(DutyToNotify, c, at)),
        "needs-not-assessed": (24 * HOUR, lambda c, at: fact(NeedsAssessment, c, at)),
    }

    @pytest.mark.parametrize("rule", DUTIES)
    def test_it_is_owed_from_the_log(self, cast: Cast, rule: str) -> None:
        make_case(at=AT)
        assert owed(rule, AT + HOUR) == [(AT + self.DUTIES[rule][0], "open")]

    @pytest.mark.parametrize("rule", DUTIES)
    def test_a_draft_does_not_owe_it_yet(self, cast: Cast, rule: str) -> None:
        make_case(at=AT, status=CaseStatus.DRAFT)
        assert owed(rule, AT + HOUR) == []

    @pytest.mark.parametrize("rule", DUTIES)
    def test_evidence_in_time_meets_it_even_when_the_engine_was_out_for_days(
        self, cast: Cast, rule: str
    ) -> None:
        case = make_case(at=AT)
        self.DUTIES[rule][1](case, AT + HOUR)
        assert owed(rule, AT + 10 * DAY) == [(AT + self.DUTIES[rule][0], "met")]

    @pytest.mark.parametrize("rule", DUTIES)
    def test_late_evidence_meets_it_late(self, cast: Cast, rule: str) -> None:
        case = make_case(at=AT)
        assert owed(rule, AT + 5 * DAY)[0][1] == "open"
        self.DUTIES[rule][1](case, AT + 5 * DAY)
        assert owed(rule, AT + 5 * DAY + HOUR) == [(AT + self.DUTIES[rule][0], "met_late")]

    @pytest.mark.parametrize("rule", DUTIES)
    def test_it_ends_with_the_case(self, cast: Cast, rule: str) -> None:
        case = make_case(at=AT)
        owed(rule, AT + HOUR)
        Case.objects.filter(pk=case.pk).update(status="closing")
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=AT + 2 * HOUR)
        assert owed(rule, AT + 3 * HOUR) == [(AT + self.DUTIES[rule][0], "void")]


class TestWhichClock:
    """The variant of the deadline follows from the case."""

    def test_danger_leaves_one_hour_to_make_them_safe(self, cast: Cast) -> None:
        make_case(at=AT, danger=Answer.YES)
        assert owed("safety-not-confirmed", AT) == [(AT + HOUR, "open")]

    def test_not_safe_tonight_is_a_new_danger(self, cast: Cast) -> None:
        case = make_case(at=AT)
        make_safe(case, AT)
        contact(case, AT + DAY, safe_tonight=Answer.NO)
        assert owed("safety-not-confirmed", AT + DAY) == [
            (AT + 4 * HOUR, "met"),
            (AT + DAY + HOUR, "open"),
        ]

    @pytest.mark.parametrize(("age", "hours"), [("adult", 24), ("child", 8), ("unsure", 8)])
    def test_not_sure_is_treated_as_a_child(self, cast: Cast, age: str, hours: int) -> None:
        make_case(at=AT, victim=make_victim(age_band=age))
        assert owed("nrm-not-decided", AT) == [(AT + hours * HOUR, "open")]

    def test_a_child_becomes_an_adult_and_the_authority_need_not_be_told(self, cast: Cast) -> None:
        case = make_case(at=AT, victim=make_victim(age_band=AgeBand.UNSURE))
        rule = "child-authority-not-told"
        assert owed(rule, AT) == [(AT + HOUR, "open")]
        case.victim.age_band = AgeBand.ADULT
        case.victim.save()
        assert owed(rule, AT + HOUR) == [(AT + HOUR, "void")]
        assert owed(rule, AT + 2 * HOUR) == [(AT + HOUR, "void")]

    def test_telling_the_authority_meets_it(self, cast: Cast) -> None:
        case = make_case(at=AT, victim=make_victim(age_band=AgeBand.CHILD))
        fact(AuthorityTold, case, AT + HOUR, authority="An invented council")
        assert owed("child-authority-not-told", AT + DAY) == [(AT + HOUR, "met")]

    def test_an_adult_owes_no_call_to_the_authority(self, cast: Cast) -> None:
        make_case(at=AT)
        assert owed("child-authority-not-told", AT) == []


class TestSupport:
    """Two working days to offer support [T14]; calendars, summer time and leap days."""

    @pytest.mark.parametrize(
        ("logged", "due"),
        [
            # Thursday: Friday, Monday.
            (datetime(2026, 11, 12, 10, tzinfo=UTC), datetime(2026, 11, 16, 17, tzinfo=UTC)),
            # Christmas Eve 2026 is a Thursday; Friday is Christmas, Monday the 28th stands in for Boxing Day.
            (datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 30, 17, tzinfo=UTC)),
            # Easter 2026: Good Friday 3 April, Easter Monday 6 April; 5pm is summer time.
            (datetime(2026, 4, 2, 10, tzinfo=UTC), datetime(2026, 4, 8, 16, tzinfo=UTC)),
            # The clocks go back on Sunday 25 October 2026.
            (datetime(2026, 10, 23, 10, tzinfo=UTC), datetime(2026, 10, 27, 17, tzinfo=UTC)),
            # 29 February 2028 is a Tuesday.
            (datetime(2028, 2, 25, 10, tzinfo=UTC), datetime(2028, 2, 29, 17, tzinfo=UTC)),
        ],
    )
    def test_working_days_are_those_of_the_force(
        self, cast: Cast, logged: datetime, due: datetime
    ) -> None:
        make_case(at=logged)
        assert owed("support-not-offered", logged) == [(due, "open")]

    def test_a_referral_sent_meets_it(self, cast: Cast) -> None:
        case = make_case(at=AT)
        refer(case, cast.harbour, AT + HOUR)
        assert [state for _due, state in owed("support-not-offered", AT + DAY)] == ["met"]

    def test_their_own_no_meets_it(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(NeedsAssessment, case, AT + HOUR, support_declined=True)
        assert [state for _due, state in owed("support-not-offered", AT + DAY)] == ["met"]


class TestHolding:
    """Somebody must own the case, be here, and have planned the next contact."""

    def test_a_case_without_an_owner_is_owed_one_in_an_hour_to_the_duty_supervisor(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT, status=CaseStatus.NEW)
        assert owed("no-owner", AT) == [(AT + HOUR, "open")]
        assert FollowUp.objects.get(case=case).holder == cast.sade

    def test_naming_an_owner_meets_it(self, cast: Cast) -> None:
        case = make_case(at=AT, status=CaseStatus.NEW)
        owed("no-owner", AT)
        fact(Allocation, case, AT + 2 * HOUR, owner=cast.olu)
        Case.objects.filter(pk=case.pk).update(status="allocated", owner=cast.olu)
        assert owed("no-owner", AT + 3 * HOUR) == [(AT + HOUR, "met_late")]

    def test_a_case_that_always_had_an_owner_is_not_counted(self, cast: Cast) -> None:
        make_case(at=AT)
        assert owed("no-owner", AT + DAY) == []

    def test_losing_the_owner_is_owed_anew(self, cast: Cast) -> None:
        case = make_case(at=AT, status=CaseStatus.NEW)
        fact(Allocation, case, AT + HOUR / 2, owner=cast.olu, ended_at=AT + 2 * DAY)
        assert owed("no-owner", AT + 2 * DAY) == [(AT + 2 * DAY + HOUR, "open")]

    def test_an_owner_who_left_by_another_door_is_found(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        given_to_a_leaver(case, cast.olu, AT + DAY)
        assert owed("owner-left", AT + DAY) == [(AT + DAY + HOUR, "open")]
        assert FollowUp.objects.get(case=case).holder == cast.sade
        Allocation.objects.filter(case=case).update(ended_at=AT + DAY + HOUR)
        Case.objects.filter(pk=case.pk).update(status="new", owner=None)
        assert [state for _due, state in owed("owner-left", AT + 2 * DAY)] == ["met"]

    def test_an_owner_who_left_is_found_even_without_a_record_of_the_allocation(
        self, cast: Cast
    ) -> None:
        given_to_a_leaver(make_case(at=AT), cast.olu, AT + DAY)
        assert len(owed("owner-left", AT + DAY)) == 1

    def test_an_absence_without_cover_is_owed_until_somebody_covers(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        away = Absence.objects.create(
            user=cast.olu, kind="sick", starts_at=AT + HOUR, ends_at=AT + 5 * DAY
        )
        assert owed("owner-absent", AT) == []
        assert owed("owner-absent", AT + 2 * HOUR) == [(AT + 2 * HOUR, "open")]
        away.cover = cast.rhys
        away.save()
        assert owed("owner-absent", AT + 3 * HOUR) == [(AT + 2 * HOUR, "met_late")]

    def test_a_covered_absence_is_not_owed_and_the_cover_holds(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        Absence.objects.create(
            user=cast.olu, cover=cast.rhys, kind="leave", starts_at=AT, ends_at=AT + 5 * DAY
        )
        assert owed("owner-absent", AT + HOUR) == []
        owed("crime-not-recorded", AT + HOUR)
        assert FollowUp.objects.get(rule="crime-not-recorded").holder == cast.rhys

    def test_coming_back_ends_it(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        Absence.objects.create(
            user=cast.olu, kind="sick", starts_at=AT + HOUR, ends_at=AT + 5 * DAY
        )
        owed("owner-absent", AT + 2 * HOUR)
        assert owed("owner-absent", AT + 6 * DAY) == [(AT + 2 * HOUR, "void")]

    def test_a_case_is_opened_by_whoever_was_given_it(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        assert owed("case-not-opened", AT) == [(TOMORROW, "open")]
        with frozen(AT + HOUR):
            client_of(cast.sade).get(f"/case/{case.reference}")
        assert owed("case-not-opened", AT + HOUR) == [(TOMORROW, "open")]
        with frozen(AT + 2 * HOUR):
            client_of(cast.olu).get(f"/case/{case.reference}")
        assert owed("case-not-opened", AT + 2 * HOUR) == [(TOMORROW, "met")]
        assert Allocation.objects.get().opened_at == AT + 2 * HOUR

    def test_whoever_does_something_in_a_case_has_opened_it(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu)
        Absence.objects.create(
            user=cast.olu, cover=cast.rhys, kind="leave", starts_at=AT, ends_at=AT + 5 * DAY
        )
        with frozen(AT + HOUR):
            write_line(
                case, EventKind.NOTE, verb="x.y", by=cast.actor("rhys"), recorded_at=AT + HOUR
            )
        assert owed("case-not-opened", AT + HOUR) == [(TOMORROW, "met")]

    def test_what_is_another_officers_now_is_not_theirs_to_open(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(Allocation, case, AT, owner=cast.olu, ended_at=AT + HOUR)
        assert owed("case-not-opened", AT + HOUR) == [(TOMORROW, "void")]

    def test_a_first_contact_dates_the_next_step(self, cast: Cast) -> None:
        case = make_case(at=AT)
        assert owed("no-next-step", AT) == [(AT + DAY, "open")]
        contact(case, AT + HOUR, "tried")
        assert owed("no-next-step", AT + 2 * HOUR) == [(AT + DAY, "met")]

    def test_a_draft_is_owed_in_a_day(self, cast: Cast) -> None:
        case = make_case(at=AT, status=CaseStatus.DRAFT)
        assert owed("draft-not-sent", AT) == [(AT + DAY, "open")]
        Case.objects.filter(pk=case.pk).update(status="new", owner=None, sent_at=AT + HOUR)
        assert owed("draft-not-sent", AT + 2 * HOUR) == [(AT + DAY, "met")]


class TestStanding:
    """As long as a case is open there is a next safe contact and a next review."""

    @pytest.mark.parametrize(("risk", "days"), [("standard", 28), ("high", 7), ("not_judged", 28)])
    def test_the_first_contact_is_due_by_risk(self, cast: Cast, risk: str, days: int) -> None:
        make_case(at=AT, victim=make_victim(age_band="adult", risk=risk))
        assert owed("contact-lapsed", AT) == [(AT + days * DAY, "open")]

    def test_speaking_with_them_sets_the_next_as_agreed(self, cast: Cast) -> None:
        case = make_case(at=AT)
        contact(case, AT + HOUR, next_at=AT + 3 * DAY)
        assert owed("contact-lapsed", AT + 2 * HOUR) == [
            (AT + 28 * DAY, "met"),
            (AT + 3 * DAY, "open"),
        ]

    def test_a_try_adds_the_next_try_and_never_puts_off_the_contact(self, cast: Cast) -> None:
        case = make_case(at=AT)
        contact(case, AT + HOUR, next_at=AT + 3 * DAY)
        contact(case, AT + 3 * DAY, "tried", next_at=AT + 4 * DAY)
        contact(case, AT + 4 * DAY, "tried", next_at=AT + 9 * DAY)
        assert [
            (due, state)
            for due, state in owed("contact-lapsed", AT + 5 * DAY)
            if state in ("open", "met")
        ] == [
            (AT + 28 * DAY, "met"),
            (AT + 3 * DAY, "open"),
            (AT + 4 * DAY, "met"),
            (AT + 9 * DAY, "open"),
        ]

    def test_summer_time_keeps_the_wall_clock(self, cast: Cast) -> None:
        before = datetime(2026, 3, 20, 10, tzinfo=UTC)
        make_case(at=before)
        assert owed("contact-lapsed", before) == [(datetime(2026, 4, 17, 9, tzinfo=UTC), "open")]

    def test_reviews_are_due_first_in_a_week_and_then_in_four(self, cast: Cast) -> None:
        case = make_case(at=AT)
        assert owed("review-due", AT) == [(AT + 7 * DAY, "open")]
        assert FollowUp.objects.get(case=case).holder == cast.sade
        fact(Review, case, AT + 6 * DAY, findings="Nothing is missing.", by=cast.sade)
        assert owed("review-due", AT + 6 * DAY) == [
            (AT + 7 * DAY, "met"),
            (AT + 34 * DAY, "open"),
        ]

    def test_a_reopened_case_owes_its_standing_duties_anew(self, cast: Cast) -> None:
        case = make_case(at=AT)
        contact(case, AT + HOUR)
        owed("contact-lapsed", AT + 2 * HOUR)
        Case.objects.filter(pk=case.pk).update(status="closing")
        fact(
            Closure,
            case,
            AT + DAY,
            outcome="transferred",
            explanation="x",
            last_safe_contact_at=AT + HOUR,
            decided_at=AT + 2 * DAY,
            decided_by=cast.sade,
            agreed=True,
        )
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=AT + 2 * DAY)
        assert not {state for _due, state in owed("contact-lapsed", AT + 3 * DAY)} & {"open"}
        Case.objects.filter(pk=case.pk).update(status="allocated", closed_at=None)
        fact(CaseEvent, case, AT + 9 * DAY, kind=EventKind.REOPENED)
        assert (AT + 37 * DAY, "open") in owed("contact-lapsed", AT + 9 * DAY)
        assert owed("crime-not-recorded", AT + 9 * DAY, case) == [(AT + 10 * DAY, "open")]

    def test_a_safe_contact_rule_is_checked_on_the_day_that_was_set(self, cast: Cast) -> None:
        case = make_case(at=AT)
        rule = SafeContact.objects.create(
            scope=case.scope,
            victim=case.victim,
            channel=Channel.PHONE,
            review_on=date(2026, 12, 1),
            set_at=AT,
            set_by=cast.olu,
        )
        due = datetime(2026, 12, 1, 17, tzinfo=UTC)
        assert owed("safe-contact-stale", AT) == [(due, "open")]
        SafeContact.objects.filter(pk=rule.pk).update(ended_at=AT + DAY)
        assert owed("safe-contact-stale", AT + DAY) == [(due, "met")]

    def test_a_request_to_close_waits_for_a_second_officer(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(
            Closure,
            case,
            AT,
            outcome="transferred",
            explanation="x",
            no_contact_reason="x",
        )
        due = datetime(2026, 11, 17, 17, tzinfo=UTC)
        assert owed("close-not-countersigned", AT) == [(due, "open")]
        Closure.objects.update(decided_at=AT + HOUR, decided_by=cast.sade, agreed=False)
        assert owed("close-not-countersigned", AT + DAY) == [(due, "met")]


class TestAgencies:
    """An agency answers, reaches the person, asks, declines."""

    def test_an_ordinary_referral_is_answered_in_a_working_day_and_names_the_agency(
        self, cast: Cast
    ) -> None:
        refer(make_case(at=AT), cast.harbour, AT)
        assert owed("agency-not-answered", AT) == [(datetime(2026, 11, 17, 17, tzinfo=UTC), "open")]
        assert FollowUp.objects.get().words == {"agency": "Harbour Support"}

    def test_an_urgent_one_in_four_hours(self, cast: Cast) -> None:
        refer(make_case(at=AT), cast.harbour, AT, urgent=True)
        assert owed("agency-not-answered", AT) == [(AT + 4 * HOUR, "open")]

    def test_accepting_answers_it_but_the_person_is_still_to_be_reached(self, cast: Cast) -> None:
        accepted = {"status": "accepted", "accepted_at": AT + HOUR, "worker_name": "A worker"}
        sent = refer(make_case(at=AT), cast.harbour, AT, urgent=True, **accepted)
        assert owed("agency-not-answered", AT + DAY) == [(AT + 4 * HOUR, "met")]
        assert owed("agency-not-reached-person", AT + 2 * HOUR) == [(AT + 25 * HOUR, "open")]
        SupportReferral.objects.filter(pk=sent.pk).update(
            status="in_progress", first_contact_at=AT + 3 * HOUR
        )
        assert owed("agency-not-reached-person", AT + DAY) == [(AT + 25 * HOUR, "met")]

    def test_a_decline_is_owed_until_another_agency_is_asked(self, cast: Cast) -> None:
        case = make_case(at=AT)
        declined = {"status": "declined", "declined_at": AT + HOUR, "decline_reason": "no_capacity"}
        refer(case, cast.harbour, AT, **declined)
        assert owed("referral-declined", AT + HOUR) == [(AT + 5 * HOUR, "open")]
        refer(case, cast.beacon, AT + 2 * HOUR)
        assert owed("referral-declined", AT + 3 * HOUR) == [(AT + 5 * HOUR, "met")]

    @pytest.mark.parametrize("status", ["withdrawn", "in_error"])
    def test_what_was_called_off_is_no_longer_owed(self, cast: Cast, status: str) -> None:
        sent = refer(make_case(at=AT), cast.harbour, AT)
        owed("agency-not-answered", AT)
        SupportReferral.objects.filter(pk=sent.pk).update(status=status, changed_at=AT + HOUR)
        assert [state for _due, state in owed("agency-not-answered", AT + HOUR)] == ["void"]

    def test_their_question_is_ours_to_answer(self, cast: Cast) -> None:
        case = make_case(at=AT)
        sent = refer(case, cast.harbour, AT)
        asked = Question.objects.create(
            scope=case.scope, referral=sent, agency=cast.harbour, text="When?", asked_at=AT
        )
        due = datetime(2026, 11, 17, 17, tzinfo=UTC)
        assert owed("agency-question", AT) == [(due, "open")]
        Question.objects.filter(pk=asked.pk).update(answered_at=AT + HOUR)
        assert owed("agency-question", AT + DAY) == [(due, "met")]


class TestPeople:
    """Training is renewed before it lapses; an override is looked at."""

    @pytest.fixture
    def course(self, cast: Cast) -> Course:
        course = Course.objects.create(slug="invented", name="Invented course", lasts_months=12)
        Requirement.objects.create(course=course, role="investigator", purpose="role")
        return course

    def record(self, user: User, course: Course, until: date) -> TrainingRecord:
        return TrainingRecord.objects.create(
            user=user,
            course=course,
            provider="An invented provider",
            completed_on=until - 365 * DAY,
            expires_on=until,
            recorded_at=AT,
            recorded_by=user,
        )

    def test_it_is_said_within_sixty_days_and_not_earlier(self, cast: Cast, course: Course) -> None:
        self.record(cast.olu, course, date(2027, 1, 15))
        assert owed("training-lapsing", AT) == [(datetime(2027, 1, 15, 17, tzinfo=UTC), "open")]
        self.record(cast.petra, course, date(2027, 1, 16))
        assert len(owed("training-lapsing", AT)) == 1
        assert FollowUp.objects.get().holder == cast.olu

    def test_a_newer_record_meets_it(self, cast: Cast, course: Course) -> None:
        self.record(cast.olu, course, date(2026, 12, 1))
        self.record(cast.olu, course, date(2027, 11, 20))
        assert [state for _due, state in owed("training-lapsing", AT)] == ["met"]

    def test_nobody_is_told_of_a_course_that_their_role_does_not_need(
        self, cast: Cast, course: Course
    ) -> None:
        self.record(cast.rhys, course, date(2026, 12, 1))
        assert owed("training-lapsing", AT) == []

    def holds_when_it_lapses(self, cast: Cast, course: Course) -> Case:
        """Petra has a case, and a course that investigations need, until the end of 20 November in London."""
        Requirement.objects.create(course=course, role="investigator", purpose="own_case")
        self.record(cast.petra, course, date(2026, 11, 20))
        case = make_case(at=AT, owner=cast.petra)
        fact(Allocation, case, AT, owner=cast.petra)
        return case

    MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)
    OVER = "owner-training-lapsed"

    def test_what_hangs_on_a_course_comes_to_the_supervisor_at_the_midnight_in_which_it_lapses(
        self, cast: Cast, course: Course
    ) -> None:
        self.holds_when_it_lapses(cast, course)
        assert owed(self.OVER, self.MIDNIGHT - timedelta(microseconds=1)) == []
        monday_evening = datetime(2026, 11, 23, 17, tzinfo=UTC)
        assert owed(self.OVER, self.MIDNIGHT) == [(monday_evening, "open")]
        found = FollowUp.objects.get(rule=self.OVER)
        assert found.holder == cast.sade
        assert why(found) == "The owner's training has lapsed: Invented course"

    @pytest.mark.parametrize("how", ["another owner", "the course", "a review"])
    def test_it_ends_with(self, cast: Cast, course: Course, how: str) -> None:
        case = self.holds_when_it_lapses(cast, course)
        owed(self.OVER, self.MIDNIGHT)
        if how == "another owner":
            Allocation.objects.update(ended_at=self.MIDNIGHT + HOUR)
        elif how == "the course":
            self.record(cast.petra, course, date(2027, 11, 21))
        else:
            fact(Review, case, self.MIDNIGHT + HOUR)
        assert [state for _due, state in owed(self.OVER, self.MIDNIGHT + DAY)] == ["met"]

    def test_nothing_is_owed_where_another_record_counts_on_the_next_day(
        self, cast: Cast, course: Course
    ) -> None:
        self.holds_when_it_lapses(cast, course)
        self.record(cast.petra, course, date(2027, 1, 1))
        assert owed(self.OVER, self.MIDNIGHT) == []

    def test_nothing_is_owed_of_a_course_that_investigations_do_not_need(
        self, cast: Cast, course: Course
    ) -> None:
        self.holds_when_it_lapses(cast, course)
        Requirement.objects.filter(purpose="own_case").delete()
        assert owed(self.OVER, self.MIDNIGHT) == []

    def test_a_case_given_after_it_lapsed_was_given_in_spite_of_it_and_is_not_owed_again(
        self, cast: Cast, course: Course
    ) -> None:
        self.holds_when_it_lapses(cast, course)
        Allocation.objects.update(at=self.MIDNIGHT)
        assert owed(self.OVER, self.MIDNIGHT + DAY) == []

    def test_an_override_goes_to_the_specialist_lead(self, cast: Cast) -> None:
        case = make_case(at=AT)
        fact(
            Allocation, case, AT, owner=cast.olu, shortfalls=["pip2"], override_reason="Nobody else"
        )
        due = datetime(2026, 11, 17, 17, tzinfo=UTC)
        assert owed("override-not-reviewed", AT) == [(due, "open")]
        assert FollowUp.objects.get().holder == cast.ines


def test_a_date_typed_for_2099_is_something_to_look_at_not_something_lost(cast: Cast) -> None:
    case = make_case(at=AT)
    contact(case, AT + HOUR, next_at=datetime(2099, 1, 1, tzinfo=UTC))
    states = {state: due for due, state in owed("contact-lapsed", AT + DAY)}
    assert states["quarantined"] is None
    assert FollowUp.objects.open().filter(case=case).exists()
