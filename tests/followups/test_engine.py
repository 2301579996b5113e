"""The engine: what is stored equals what is owed, and everybody who must be told is told once."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import DateTimeField, F, Func, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.context import acting_as
from accounts.gates import person_absent
from accounts.models import Absence, ScopeGrant, Supervision, User
from casework.gates import may_close, on_closed
from casework.models import Case, CaseStatus, CrimeRecord, NrmReferral
from clocks.calendars import rebuild
from clocks.models import Deadline
from followups import engine
from followups.models import FollowUp, Heartbeat, HeldSweep, Notice, RePlan, Step
from followups.rules import RULES
from followups.rules.base import Occurrences, Rule, occurrences_of, of_case
from tests.builders import make_case
from tests.cast import Cast
from tests.followups.acts import act
from tests.followups.conftest import AT, add_fact

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def everything() -> list[dict[str, Any]]:
    """The whole ledger as it stands."""
    return [
        row
        for model in (FollowUp, Step, Notice)
        for row in model.objects.order_by("pk").values()  # type: ignore[attr-defined]
    ]


def told(case: Case, channel: str = "page") -> list[tuple[str, int, str]]:
    """Rule, rung and person of every notice on a case."""
    return list(
        Notice.objects.filter(step__followup__case=case, channel=channel)
        .order_by("step__followup__rule", "step__rung")
        .values_list("step__followup__rule", "step__rung", "person__username")
    )


class Looped(Rule):
    """A rule of the tests over every sent case. [test]"""

    slug: ClassVar[str] = "crime-not-recorded"
    why: ClassVar[Any] = "For a test"
    act: ClassVar[Any] = "For a test"
    cases: ClassVar[QuerySet[Case]]
    since: ClassVar[Any] = F("logged_at")

    def occurrences(self, at: datetime) -> Occurrences:
        """All cases of the test."""
        return occurrences_of(self.cases, **of_case(), occurrence=F("pk"), since=self.since)


def rule_over(cases: QuerySet[Case], **attributes: Any) -> dict[str, Rule]:
    made = type("Made", (Looped,), {"cases": cases, "__doc__": "A test. [test]"} | attributes)
    return {"crime-not-recorded": made()}


class TestASweep:
    """Stored equals owed."""

    def test_a_second_sweep_touches_no_row(self, cast: Cast) -> None:
        case = make_case(at=AT)
        assert not engine.sweep(AT).failed
        owed = set(FollowUp.objects.filter(case=case).open().values_list("rule", flat=True))
        assert {"crime-not-recorded", "safety-not-confirmed", "contact-lapsed"} <= owed
        before = everything()
        again = engine.sweep(AT + timedelta(seconds=30))
        assert not any(again.rules.values())
        assert everything() == before

    def test_what_is_closed_never_changes(self, cast: Cast) -> None:
        case = make_case(at=AT)
        record = add_fact(CrimeRecord, case, AT + HOUR, number="C1")
        engine.sweep(AT + 2 * HOUR)
        met = FollowUp.objects.filter(rule="crime-not-recorded").values().get()
        assert met["state"] == "met"
        CrimeRecord.objects.filter(pk=record.pk).update(at=AT + 9 * DAY)
        engine.sweep(AT + 10 * DAY)
        assert FollowUp.objects.filter(rule="crime-not-recorded").values().get() == met

    def test_what_was_awaited_when_a_case_was_closed_is_awaited_again_when_it_is_reopened(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT)
        sent = add_fact(NrmReferral, case, AT, home_office_reference="INVENTED-1")
        engine.sweep(AT)
        awaited = FollowUp.objects.filter(rule="nrm-decision-overdue", occurrence=sent.pk)
        for name, later in (("close", AT + 9 * DAY), ("reopen", AT + 20 * DAY)):
            act(name, [case], 0, later, cast)
            engine.sweep(later)
        owed = awaited.get()
        assert (owed.state, owed.ended_at, owed.round) == ("open", None, 2)
        assert owed.steps.filter(round=2).exists()  # and somebody is told of it again
        act("close", [case], 0, AT + 21 * DAY, cast)
        engine.sweep(AT + 21 * DAY)
        assert awaited.get().state == "void"

    def test_one_rule_that_raises_does_not_stop_the_others(self, cast: Cast) -> None:
        case = make_case(at=AT)
        broken = rule_over(Case.objects.extra(where=["1 = length(1)"]))["crime-not-recorded"]
        done = engine.sweep(AT, rules=RULES | {"crime-not-recorded": broken})
        assert list(done.failed) == ["crime-not-recorded"]
        assert FollowUp.objects.filter(case=case, rule="needs-not-assessed").exists()
        assert Heartbeat.objects.get(stage="reconcile").result["failed"] == done.failed

    def test_one_poison_row_is_set_aside_to_be_looked_at_and_the_rest_go_on(
        self, cast: Cast
    ) -> None:
        cases = [make_case(at=AT) for _ in range(9)]
        poison = cases[3]
        Case.objects.filter(pk=poison.pk).update(incident_number="nonsense")
        Case.objects.exclude(pk=poison.pk).update(incident_number="2026-11-16 10:00Z")
        since = Func(
            F("incident_number"),
            template="(%(expressions)s)::timestamptz",
            output_field=DateTimeField(),
        )
        rules = rule_over(Case.objects.all(), since=since)
        engine.sweep(AT, rules=rules)
        rows = FollowUp.objects.filter(rule="crime-not-recorded")
        assert list(rows.filter(state="quarantined").values_list("case", flat=True)) == [poison.pk]
        assert rows.filter(state="open").count() == 8
        assert told(poison)  # somebody is told of it
        Case.objects.filter(pk=poison.pk).update(incident_number="2026-11-16 11:00Z")
        engine.sweep(AT + HOUR, rules=rules)
        assert rows.get(case=poison).due_at == AT + 25 * HOUR

    def test_many_rows_gone_without_evidence_wait_for_a_person(self, cast: Cast) -> None:
        for _ in range(21):
            make_case(at=AT)
        engine.sweep(AT, rules=rule_over(Case.objects.all()))
        nothing = rule_over(Case.objects.none())
        done = engine.sweep(AT + HOUR, rules=nothing)
        assert done.held == {"crime-not-recorded": 21}
        assert FollowUp.objects.filter(state="open").count() == 21
        HeldSweep.objects.update(released_at=AT + 2 * HOUR)
        engine.sweep(AT + 2 * HOUR, rules=nothing)
        assert FollowUp.objects.filter(state="lapsed").count() == 21
        # Let go once, not for ever.
        assert HeldSweep.objects.get().dropped_at == AT + 2 * HOUR

    def test_a_few_rows_gone_without_evidence_lapse(self, cast: Cast) -> None:
        make_case(at=AT)
        engine.sweep(AT, rules=rule_over(Case.objects.all()))
        engine.sweep(AT + HOUR, rules=rule_over(Case.objects.none()))
        assert FollowUp.objects.get().state == "lapsed"

    @pytest.mark.parametrize(("done_after", "state"), [(2 * HOUR, "met"), (30 * HOUR, "met_late")])
    def test_what_was_done_while_a_rule_was_empty_by_mistake_counts_once_it_is_mended(
        self, cast: Cast, done_after: timedelta, state: str
    ) -> None:
        case = make_case(at=AT)
        mended = {"crime-not-recorded": RULES["crime-not-recorded"]}
        engine.sweep(AT, rules=mended)
        engine.sweep(AT + HOUR, rules=rule_over(Case.objects.none()))
        add_fact(CrimeRecord, case, AT + done_after, number="C1")
        engine.sweep(AT + 2 * DAY, rules=mended)
        owed = FollowUp.objects.get()
        assert (owed.state, owed.ended_at, owed.round) == (state, AT + done_after, 1)
        before = everything()
        engine.sweep(AT + 3 * DAY, rules=mended)
        assert everything() == before

    def test_what_a_sweep_has_no_time_for_is_left_to_the_next_and_says_so(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "AT_A_TIME", 2)
        monkeypatch.setattr(engine, "LONGEST_TURN", 0)
        for _ in range(5):
            make_case(at=AT)
        mine = rule_over(Case.objects.all())
        left = []
        for hour in range(3):
            left.append(engine.sweep(AT + (30 + hour) * HOUR, rules=mine).unfinished)
            # Whoever is owed something is told of what is known so far, and nobody takes it for the whole.
            assert FollowUp.objects.filter(steps=None).count() == 0
            assert FollowUp.objects.count() == min(2 * hour + 2, 5)
            assert Heartbeat.objects.filter(stage="reconcile").exists() == (hour == 2)
        assert left == [["crime-not-recorded"], ["crime-not-recorded"], []]

    def test_a_sweep_that_is_stopped_is_not_taken_for_a_rule_that_fails(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stopped(*_: object, **__: object) -> None:
            raise SoftTimeLimitExceeded

        monkeypatch.setattr(engine, "_upsert", stopped)
        with pytest.raises(SoftTimeLimitExceeded):
            engine.sweep(AT, rules=rule_over(Case.objects.all()))
        assert not Heartbeat.objects.exists()


class TestDueTimes:
    """A due time moves with the law, the calendar or a reason, and what it was is kept."""

    def test_a_new_deadline_recomputes_what_is_open(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT)
        Deadline.objects.filter(rule="crime-not-recorded").update(valid_to=AT.date())
        Deadline.objects.create(
            rule="crime-not-recorded",
            clock="standard",
            amount=12,
            unit="hours",
            valid_from=AT.date(),
            status="force_default",
            source="A test",
            duty="A test",
        )
        engine.sweep(AT + HOUR)
        row = FollowUp.objects.get(case=case, rule="crime-not-recorded")
        assert (row.due_at, row.was_due_at) == (AT + 12 * HOUR, AT + 24 * HOUR)

    def test_a_new_holiday_recomputes_what_is_open(self, cast: Cast) -> None:
        make_case(at=AT)
        engine.sweep(AT)
        calendar = cast.force.calendar
        calendar.overrides.create(falls_on=AT.date() + DAY, working=False, name="An invented day")
        rebuild(calendar)
        engine.sweep(AT + HOUR)
        row = FollowUp.objects.get(rule="support-not-offered")
        assert row.due_at == datetime(2026, 11, 19, 17, tzinfo=UTC)
        assert row.was_due_at == datetime(2026, 11, 18, 17, tzinfo=UTC)

    def test_a_move_with_a_reason_starts_a_new_round_with_its_own_steps(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT + 25 * HOUR)
        row = FollowUp.objects.get(case=case, rule="crime-not-recorded")
        assert list(row.steps.values_list("round", "rung")) == [(1, 1)]
        RePlan.objects.create(
            followup=row, round=2, due_at=AT + 30 * HOUR, reason="A test", at=AT, by=cast.olu
        )
        engine.sweep(AT + 26 * HOUR)
        row.refresh_from_db()
        assert (row.round, row.due_at, row.was_due_at) == (2, AT + 30 * HOUR, AT + 24 * HOUR)
        engine.sweep(AT + 31 * HOUR)
        assert list(row.steps.order_by("round").values_list("round", "rung")) == [(1, 1), (2, 1)]


class TestTheLadder:
    """Before due, at due, then up; always somebody else; once."""

    def only(self, rule: str) -> dict[str, Rule]:
        return {rule: RULES[rule]}

    def test_a_duty_of_hours_goes_to_the_owner_then_the_supervisor_then_the_lead(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT)
        rule = "crime-not-recorded"
        for hours in range(0, 96, 3):
            engine.sweep(AT + hours * HOUR, rules=self.only(rule))
        assert told(case) == [(rule, 1, "olu"), (rule, 2, "sade"), (rule, 3, "ines")]
        steps = Step.objects.order_by("rung").values_list("reached_at", flat=True)
        assert list(steps) == [AT + 24 * HOUR, AT + 36 * HOUR, AT + 60 * HOUR]

    def test_a_duty_of_days_warns_two_working_days_before(self, cast: Cast) -> None:
        case = make_case(at=AT)
        rule = "review-due"
        for days in range(14):
            engine.sweep(AT + days * DAY, rules=self.only(rule))
        # Held by Sade as duty supervisor: above her is the specialist lead, never she again.
        assert told(case)[:3] == [(rule, 0, "sade"), (rule, 1, "sade"), (rule, 2, "ines")]
        reached = Step.objects.order_by("rung").values_list("reached_at", flat=True)
        assert list(reached)[:3] == [AT + 3 * DAY, AT + 7 * DAY, AT + 8 * DAY]

    def test_after_an_outage_of_days_every_due_step_is_made_once(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT + 5 * DAY, rules=self.only("crime-not-recorded"))
        engine.sweep(AT + 6 * DAY, rules=self.only("crime-not-recorded"))
        assert [rung for _rule, rung, _who in told(case)] == [1, 2, 3]

    def test_more_than_one_statement_takes_are_written_and_climb_in_the_next_and_told_of_in_one_digest(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "AT_A_TIME", 2)
        for _ in range(3):
            make_case(at=AT)
        done = engine.sweep(AT + 5 * DAY, rules=self.only("crime-not-recorded"))
        assert done.rules == {"crime-not-recorded": {"open": 3}}
        assert (done.steps, Step.objects.count()) == (9, 9)
        assert set(Step.objects.values_list("followup", "rung")) == {
            (owed.pk, rung) for owed in FollowUp.objects.all() for rung in (1, 2, 3)
        }
        mails = Notice.objects.filter(channel="email")
        assert mails.values("person", "send_after").distinct().count() == 3
        assert not engine.sweep(AT + 5 * DAY, rules=self.only("crime-not-recorded")).steps

    def test_whoever_comes_to_hold_what_is_overdue_is_told_once_that_it_is(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT)
        crime = self.only("crime-not-recorded")
        engine.sweep(AT + 30 * HOUR, rules=crime)
        assert told(case) == [("crime-not-recorded", 1, "olu")]
        Absence.objects.create(
            user=cast.olu, cover=cast.rhys, kind="sick", starts_at=AT, ends_at=AT + 9 * DAY
        )
        for hour in (31, 32):
            engine.sweep(AT + hour * HOUR, rules=crime)
        for channel in ("page", "email"):
            assert sorted(told(case, channel)) == [
                ("crime-not-recorded", 1, "olu"),
                ("crime-not-recorded", 1, "rhys"),
            ]
        assert Step.objects.count() == 1  # handed over is not gone up

    def test_whoever_comes_to_hold_what_is_not_due_yet_is_told_when_it_is(self, cast: Cast) -> None:
        case = make_case(at=AT)
        crime = self.only("crime-not-recorded")
        engine.sweep(AT, rules=crime)
        Absence.objects.create(
            user=cast.olu, cover=cast.rhys, kind="sick", starts_at=AT, ends_at=AT + 9 * DAY
        )
        engine.sweep(AT + HOUR, rules=crime)
        assert told(case) == []
        engine.sweep(AT + 30 * HOUR, rules=crime)
        assert told(case) == [("crime-not-recorded", 1, "rhys")]

    def test_every_step_tells_on_the_page_and_by_mail(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT + 2 * DAY, rules=self.only("crime-not-recorded"))
        assert told(case, "page") == told(case, "email")

    def test_only_those_who_may_see_a_close_held_case_are_told(self, cast: Cast) -> None:
        case = make_case(at=AT)
        scope = case.scope
        scope.restriction = "covert"
        scope.save()
        ScopeGrant.objects.create(
            scope=scope, force=scope.force, user=cast.petra, kind="team", starts_at=AT - DAY
        )
        engine.sweep(AT + 9 * DAY)
        assert {who for _rule, _rung, who in told(case)} == {"petra"}

    def test_a_case_disturbs_somebody_once_a_shift(self, cast: Cast) -> None:
        make_case(at=AT, status=CaseStatus.NEW, danger="yes")
        engine.sweep(AT + HOUR)
        interrupting = Notice.objects.filter(interrupts=True)
        assert interrupting.count() == 1
        engine.sweep(AT + 2 * HOUR)
        by_person = interrupting.values_list("person", flat=True)
        assert len(set(by_person)) == interrupting.count()


class TestWhoHoldsIt:
    """Owner, else cover, else duty supervisor, else the force's lead; at once when somebody goes."""

    def holder(self, case: Case) -> User | None:
        return FollowUp.objects.get(case=case, rule="crime-not-recorded").holder

    def test_it_follows_absence_cover_and_leaving(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT)
        assert self.holder(case) == cast.olu
        away = Absence.objects.create(
            user=cast.olu, cover=cast.rhys, kind="sick", starts_at=AT, ends_at=AT + DAY
        )
        engine.sweep(AT + HOUR)
        assert self.holder(case) == cast.rhys
        away.cover = None
        away.save()
        engine.sweep(AT + 2 * HOUR)
        assert self.holder(case) == cast.sade
        engine.sweep(AT + 2 * DAY)
        assert self.holder(case) == cast.olu

    def test_without_a_supervisor_the_forces_lead_holds(self, cast: Cast) -> None:
        case = make_case(at=AT, status=CaseStatus.NEW)
        Supervision.objects.all().delete()
        engine.sweep(AT)
        assert self.holder(case) == cast.ines

    def test_leaving_and_absence_rehold_at_once_whoever_records_them(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT)
        administrator = cast.actor("lena")
        away = Absence.objects.create(
            user=cast.olu, kind="sick", starts_at=AT, ends_at=AT + 300 * DAY
        )
        with acting_as(administrator):
            for answer in person_absent.answers:
                answer(away, administrator)
        assert self.holder(case) == cast.sade


class TestPorts:
    """A case asks whether it may close, and says that it did."""

    def test_unmet_duties_stand_in_the_way_of_closing_each_with_its_sentence(
        self, cast: Cast
    ) -> None:
        case = make_case(at=AT)
        with acting_as(cast.actor("olu"), at=AT):
            sentences = may_close.obstacles(case, AT)
        assert any(
            sentence.startswith("The crime has not been recorded.") for sentence in sentences
        )
        assert not any("next safe contact" in sentence for sentence in sentences)

    def test_closing_ends_what_is_owed_in_the_same_transaction(self, cast: Cast) -> None:
        case = make_case(at=AT)
        engine.sweep(AT)
        Case.objects.filter(pk=case.pk).update(status="closing")
        Case.objects.filter(pk=case.pk).update(status="closed", closed_at=AT + HOUR)
        case.refresh_from_db()
        sade = cast.actor("sade")
        with acting_as(sade, at=AT + HOUR):
            for answer in on_closed.answers:
                answer(case, sade, AT + HOUR)
        assert not FollowUp.objects.filter(case=case).open().exists()


def test_asking_the_rules_live_says_what_a_sweep_would_store(cast: Cast) -> None:
    case = make_case(at=AT, danger="yes")
    add_fact(CrimeRecord, case, AT + HOUR, number="C1")
    with acting_as(cast.actor("olu"), at=AT):
        live = engine.live_followups([case.pk], AT + HOUR).owed
    assert not FollowUp.objects.exists()
    engine.sweep(AT + HOUR)
    stored = FollowUp.objects.filter(case=case).open()

    def key(row: FollowUp) -> tuple[Any, ...]:
        return row.rule, row.occurrence, row.due_at, row.holder_id, row.words

    assert sorted(map(key, live), key=str) == sorted(map(key, stored), key=str)


def test_the_first_thing_to_do_is_the_one_closest_to_harm(cast: Cast) -> None:
    case = make_case(at=AT)
    assert engine.live_followups([case.pk], AT).owed[0].rule == "safety-not-confirmed"


EXAMPLES = 300 if os.environ.get("PROVE") else 10
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "log",
                "draft",
                "assign",
                "unassign",
                "contact",
                "try",
                "leave",
                "absent",
                "close",
                "reopen",
                "crime",
                "sweep",
            ]
        ),
        st.integers(0, 7),
        st.integers(1, 100),
    ),
    max_size=25,
)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_whatever_happens_every_open_case_has_something_owed_and_somebody_who_holds_it(
    db: None, acts: list[tuple[str, int, int]]
) -> None:
    cast = Cast()
    with transaction.atomic():
        at = AT
        cases: list[Case] = []
        for name, which, hours in acts:
            at += hours * HOUR
            act(name, cases, which, at, cast)
        engine.sweep(at)
        for case in Case.objects.open():
            owed = FollowUp.objects.filter(case=case).open()
            assert owed.exists()
            assert all(row.holder is not None and row.holder.is_active for row in owed)
        transaction.set_rollback(True)
