"""The cracks report: each promise broken by hand is found, and a swept force reads zero."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

import clocks
from accounts.actors import engine as engine_of
from accounts.context import acting_as
from accounts.models import Unit, User
from accounts.signing_in import SecurityNotice
from casework.models import (
    Allocation,
    Case,
    CaseStatus,
    Contact,
    InvestigationEvent,
    NrmReferral,
    Transfer,
)
from clocks import frozen
from clocks.models import Version
from config.celery import app
from followups import cracks, engine, health, nightly, promises, tasks
from followups.cracks import report
from followups.models import Crack, FollowUp, Heartbeat, HeldSweep, Notice, Step
from followups.promises import CRACKS
from followups.rules import RULES
from followups.tasks import night
from referrals.models import SupportReferral
from tests.builders import make_case, make_file
from tests.cast import Cast
from tests.followups.conftest import AT, add_fact
from tests.followups.test_rules import refer
from victims.models import ConsentEvent, RiskJudgement, SafeContact

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = AT + 9 * DAY


def swept(cast: Cast) -> Case:
    """A case nine days on, with all that follows from it stored and sent."""
    case = make_case(at=AT)
    engine.sweep(LATER)
    engine.beat("dispatch", LATER, 0.0, {})
    return case


def found(at: Any = LATER) -> dict[str, int]:
    """The promises that are broken, and how often."""
    return {line.code.split()[1]: line.count for line in report(at) if line.count}


def drop(rule: str) -> None:
    FollowUp.objects.filter(rule=rule).open().update(
        state="void", ended_at=LATER, end_reason="by hand"
    )


def raw_referral(cast: Cast, case: Case, **values: Any) -> SupportReferral:
    return refer(case, cast.harbour, AT, **values)


def close(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status="closing")
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=LATER)


def gone(**who: str) -> None:
    """They all left on the first day; without a name everybody did."""
    with acting_as(engine_of("test"), at=AT):
        User.objects.filter(**who).update(is_active=False)


def given_to_a_leaver(cast: Cast) -> None:
    """The database moves what a leaver holds; this is what it does not see."""
    gone(username="olu")
    Case.objects.update(owner=cast.olu, status="allocated")


def taken_back(cast: Cast, case: Case) -> None:
    """They agreed that health services are told, then no longer."""
    for days, outcome in ((0, "given"), (1, "withdrawn")):
        at = AT + days * DAY
        ConsentEvent.objects.create(
            scope=case.scope,
            victim=case.victim,
            purpose="health",
            outcome=outcome,
            decided_at=at,
            recorded_at=at,
            explained_by=cast.olu,
        )


ACCEPTED = {"status": "accepted", "accepted_at": AT, "worker_name": "A worker"}
DECLINED = {"status": "declined", "declined_at": AT, "decline_reason": "no_capacity"}
WITHDRAWN = {"status": "withdrawn", "withdrawn_at": AT}
BREACHES: dict[str, Callable[[Cast, Case], Any]] = {
    "file-unheard": lambda _cast, case: make_file(case, at=AT),
    "case-without-followup": lambda cast, case: FollowUp.objects.open().update(
        state="void", ended_at=LATER
    ),
    "case-without-next-contact": lambda cast, case: drop("contact-lapsed"),
    "draft-forgotten": lambda cast, case: make_case(at=AT, status=CaseStatus.DRAFT),
    "risk-stale": lambda cast, case: RiskJudgement.objects.create(
        scope=case.scope,
        victim=case.victim,
        level="high",
        review_on=(AT + DAY).date(),
        judged_at=AT,
        judged_by=cast.olu,
    ),
    "safe-contact-stale": lambda cast, case: SafeContact.objects.create(
        scope=case.scope,
        victim=case.victim,
        channel="phone",
        review_on=(AT + DAY).date(),
        set_at=AT,
        set_by=cast.olu,
    ),
    "contact-lost": lambda cast, case: [
        add_fact(Contact, case, AT + days * DAY, outcome="tried", channel=channel, next_at=LATER)
        for days, channel in ((1, "phone"), (2, "phone"), (3, "in_person"))
    ],
    "case-unopened": lambda cast, case: add_fact(Allocation, case, AT, owner=cast.olu),
    "case-without-holder": lambda cast, case: gone(),
    "owner-gone": lambda cast, case: given_to_a_leaver(cast),
    "ownerless": lambda cast, case: Case.objects.update(status="new", owner=None),
    "followup-without-holder": lambda cast, case: (
        FollowUp.objects.filter(rule="review-due").update(holder=None),
        FollowUp.objects.update(first_seen_at=AT),
    ),
    "old-clock": lambda cast, case: Version.objects.update(number=10_000),
    "overdue-untold": lambda cast, case: FollowUp.objects.filter(rule="review-due").update(round=2),
    "holder-untold": lambda cast, case: FollowUp.objects.filter(rule="review-due").update(
        holder=cast.petra, changed_at=AT
    ),
    "long-overdue-not-climbed": lambda cast, case: (
        FollowUp.objects.update(first_seen_at=AT, round=2),
    ),
    "escalation-to-nobody": lambda cast, case: (
        Step.objects.update(made_at=AT),
        gone(),
    ),
    "escalation-unacknowledged": lambda cast, case: Step.objects.filter(rung__gte=2).update(
        made_at=AT
    ),
    "dead-letter": lambda cast, case: Notice.objects.filter(channel="email").update(
        state="dead", failed_at=AT
    ),
    "sign-in-untold": lambda cast, case: SecurityNotice.objects.create(
        user=cast.olu, kind="link-made", at=AT, send_after=AT, failed_at=AT
    ),
    "message-late": lambda cast, case: Notice.objects.filter(state="queued").update(send_after=AT),
    "quarantined": lambda cast, case: FollowUp.objects.filter(rule="review-due").update(
        state="quarantined"
    ),
    "held-sweep": lambda cast, case: HeldSweep.objects.create(
        rule="review-due", force=cast.force, would_drop=99, held_at=AT
    ),
    "rule-failing": lambda cast, case: Heartbeat.objects.filter(stage="reconcile").update(
        result={"failed": {"review-due": "DataError"}}
    ),
    "engine-late": lambda cast, case: Heartbeat.objects.update(at=LATER - 2 * MINUTE),
    "closed-alone": lambda cast, case: close(case),
    "closed-over-duty": lambda cast, case: (close(case), engine.sweep(LATER)),
    "closed-over-referral": lambda cast, case: (raw_referral(cast, case), close(case)),
    "referral-unanswered": raw_referral,
    "referral-person-not-reached": lambda cast, case: raw_referral(cast, case, **ACCEPTED),
    "referral-declined": lambda cast, case: raw_referral(cast, case, **DECLINED),
    "referral-called-off": lambda cast, case: raw_referral(cast, case, **WITHDRAWN),
    "decision-awaited": lambda cast, case: add_fact(NrmReferral, case, AT),
    "person-not-told": lambda cast, case: add_fact(InvestigationEvent, case, AT, kind="arrested"),
    "sharing-not-stopped": taken_back,
    "transfer-unheard": lambda cast, case: Transfer.objects.create(
        scope=case.scope,
        case=case,
        reference=case.reference,
        priority="standard",
        why="area",
        from_force=cast.force,
        from_unit=cast.unit,
        to_force=cast.force,
        to_unit=cast.other_unit,
        offered_at=AT,
        offered_by=cast.olu,
    ),
    "referral-without-crime": lambda cast, case: add_fact(NrmReferral, case, AT),
    "wrong-queue": lambda cast, case: FollowUp.objects.update(unit=cast.other_unit),
    "queue-without-unit": lambda cast, case: Unit.objects.filter(slug="harbour-road").update(
        is_active=False
    ),
    "queues-do-not-add-up": lambda cast, case: FollowUp.objects.filter(rule="review-due").update(
        unit=cast.other_unit
    ),
    "report-late": lambda cast, case: Step.objects.create(
        followup=FollowUp.objects.filter(steps=None)[0],
        round=1,
        rung=0,
        to="owner",
        reached_at=AT,
        made_at=AT,
    ),
    "crack-untold": lambda cast, case: Crack.objects.create(
        force=cast.force, line="owner-gone", count=1, since=AT, seen_at=AT
    ),
}


def test_what_no_case_is_closed_over_is_what_stands_in_the_way_of_closing() -> None:
    assert set(promises.NOT_CLOSED_OVER) == {
        rule.slug for rule in RULES.values() if rule.blocks_closing
    }
    assert len(promises.NOT_CLOSED_OVER) == len(set(promises.NOT_CLOSED_OVER))


@pytest.mark.parametrize("state", ["open", "quarantined", "void", "met"])
def test_a_case_closed_over_any_of_them_is_found_swept_or_not(cast: Cast, state: str) -> None:
    case = swept(cast)
    one = FollowUp.objects.get(rule="review-due").pk
    FollowUp.objects.exclude(pk=one).update(state="void", ended_at=AT)
    close(case)
    over = {"ended_at": LATER, "end_reason": "case-closed"} if state in {"void", "met"} else {}
    for rule in promises.NOT_CLOSED_OVER:
        FollowUp.objects.filter(pk=one).update(rule=rule, occurrence=uuid4(), state=state, **over)
        broken = found(LATER + 3 * MINUTE).get("closed-over-duty", 0)
        assert broken == (state != "met"), rule


@pytest.mark.parametrize("state", ["open", "met_late", "lapsed", "void"])
def test_a_dead_letter_rests_while_it_is_owed_or_was_passed_on(cast: Cast, state: str) -> None:
    swept(cast)
    BREACHES["dead-letter"](cast, Case.objects.get())
    engine.sweep(LATER, rules={"notice-not-delivered": RULES["notice-not-delivered"]})
    assert "dead-letter" not in found()
    over = {} if state == "open" else {"ended_at": LATER}
    FollowUp.objects.filter(rule="notice-not-delivered").update(state=state, **over)
    assert ("dead-letter" in found()) == (state in {"lapsed", "void"})


def test_a_message_that_is_put_off_for_a_day_is_late(cast: Cast) -> None:
    swept(cast)
    Notice.objects.filter(channel="email").update(
        state="queued", attempts=9, made_at=LATER - 25 * HOUR, send_after=LATER + HOUR
    )
    assert found()["message-late"] >= 1


@pytest.mark.parametrize("rule", ["transfer-unanswered", "transfer-not-heard"])
def test_an_offer_is_owed_on_both_sides(cast: Cast, rule: str) -> None:
    BREACHES["transfer-unheard"](cast, make_case(at=AT))
    engine.sweep(LATER)
    assert "transfer-unheard" not in found()
    drop(rule)
    assert found()["transfer-unheard"] == 1


def test_every_promise_has_its_breach_here() -> None:
    assert sorted(BREACHES) == sorted(slug for _code, slug, _words, _statement in CRACKS)


def test_a_swept_force_reads_zero(cast: Cast) -> None:
    swept(cast)
    Notice.objects.update(state="accepted", accepted_at=LATER)
    assert found() == {}


@pytest.mark.parametrize("slug", BREACHES)
def test_a_promise_broken_by_hand_is_found(cast: Cast, slug: str) -> None:
    case = swept(cast)
    assert slug not in found()
    BREACHES[slug](cast, case)
    assert found()[slug] >= 1


def test_the_command_names_the_rows_and_fails(cast: Cast) -> None:
    case = swept(cast)
    drop("contact-lapsed")
    told = StringIO()
    with frozen(LATER), pytest.raises(SystemExit) as left:
        call_command("cracks", "--format", "json", stdout=told)
    assert left.value.code == 1
    said = json.loads(told.getvalue())
    lines = {line["code"]: line for line in said["lines"]}
    names = [row["name"] for row in lines["I1 case-without-next-contact"]["rows"]]
    assert names == [case.reference]


def test_the_command_passes_when_nothing_fell_through(cast: Cast) -> None:
    swept(cast)
    with frozen(LATER):
        call_command("cracks", stdout=StringIO())


class TestTheNightlyCheck:
    """What it finds is kept, owed by the specialist lead, and ends on the night that reads zero."""

    NIGHT = LATER.replace(hour=3, minute=1) + DAY

    def test_it_is_due_once_a_night_from_3am_on(self, cast: Cast) -> None:
        assert nightly.is_due(self.NIGHT)
        nightly.keep(self.NIGHT)
        assert not nightly.is_due(self.NIGHT + 20 * HOUR)
        assert nightly.is_due(self.NIGHT + DAY)

    def test_what_was_found_is_owed_by_the_lead_until_a_night_reads_zero(self, cast: Cast) -> None:
        swept(cast)
        given_to_a_leaver(cast)
        nightly.keep(LATER)
        nightly.keep(self.NIGHT)
        crack = Crack.objects.get(line="owner-gone")
        assert (crack.force, crack.count, crack.since, crack.seen_at) == (
            cast.force, 1, LATER, self.NIGHT,
        )  # fmt: skip
        engine.sweep(self.NIGHT)
        owed = FollowUp.objects.get(rule="promise-broken", occurrence=crack.pk)
        assert (owed.holder, owed.case, owed.words) == (cast.ines, None, {"line": "owner-gone"})
        nightly.keep(self.NIGHT + DAY)  # the sweep asked for another owner: nobody is forgotten
        crack.refresh_from_db()
        assert crack.ended_at == self.NIGHT + DAY
        engine.sweep(self.NIGHT + DAY)
        owed.refresh_from_db()
        assert owed.state == "met_late"

    def test_one_night_is_made_once_whoever_drives(self, cast: Cast) -> None:
        swept(cast)
        drop("contact-lapsed")
        assert nightly.keep(LATER) == nightly.keep(LATER + MINUTE) == 1
        assert Crack.objects.count() == 1

    def test_the_worker_and_the_loop_make_it_after_a_round(self, cast: Cast) -> None:
        make_case(at=AT)
        with frozen(self.NIGHT):
            night()
        # The round before it stored what is owed, so that the check finds nothing.
        assert Heartbeat.objects.get(stage="cracks").result == {"lines": 0, "failed": {}}
        assert app.conf.beat_schedule["night"]["task"] == night.name

    @pytest.mark.parametrize("part", list(tasks.NIGHTLY))
    def test_what_fails_in_the_night_keeps_nothing_else_from_being_done(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        def fails(_at: datetime) -> None:
            raise RuntimeError("invented")

        done: list[str] = []
        for name in tasks.NIGHTLY:
            does = fails if name == part else lambda _at, name=name: done.append(name)
            monkeypatch.setitem(tasks.NIGHTLY, name, does)
        with frozen(self.NIGHT):
            night()
            problems = health.health(clocks.now()).problems
        assert done == [name for name in tasks.NIGHTLY if name != part]
        assert f"{part} failed in the nightly check (RuntimeError)" in problems

    def test_a_promise_that_cannot_be_asked_is_broken_and_hides_no_other(
        self, cast: Cast, client_of: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        swept(cast)
        given_to_a_leaver(cast)
        bad = ("I9", "referral-declined", "A declined referral", "SELECT (1 / 0)::text, NULL")
        kept = tuple(line for line in cracks.CRACKS if line[1] != "referral-declined")
        monkeypatch.setattr(cracks, "CRACKS", (bad, *kept))
        nightly.keep(LATER)
        lines = set(Crack.objects.filter(force=cast.force).values_list("line", "count"))
        assert lines == {("referral-declined", 1), ("owner-gone", 1)}
        problems = health.health(LATER).problems
        assert "the promise referral-declined could not be checked (DataError)" in problems
        page = client_of(cast.ines).get("/work/cracks").content.decode()
        assert "could not be asked (DataError)" in page

    def test_health_is_red_when_the_check_was_not_made_for_a_night(self, cast: Cast) -> None:
        late = "the nightly check has not been made for a night"
        assert late not in health.health(self.NIGHT).problems, "there was no night yet"
        swept(cast)
        assert late in health.health(LATER + DAY + 3 * HOUR).problems
        nightly.keep(self.NIGHT)
        assert late not in health.health(self.NIGHT + 26 * HOUR).problems
        assert late in health.health(self.NIGHT + 26 * HOUR + MINUTE).problems

    def test_the_page_says_since_when(
        self, cast: Cast, client_of: Callable[[User], Client]
    ) -> None:
        swept(cast)
        given_to_a_leaver(cast)
        nightly.keep(LATER)
        page = client_of(cast.ines).get("/work/cracks").content.decode()
        assert "1, since 25 November 2026" in page
        assert "The nightly check last looked on 25 November 2026" in page
        assert "1, since" not in client_of(cast.petra).get("/work/cracks").content.decode()


def test_it_shares_no_code_with_the_engine() -> None:
    for room in (cracks, promises):
        text = Path(room.__file__).read_text()
        imports = [line for line in text.splitlines() if line.startswith(("from ", "import "))]
        ours = [line for line in imports if "followups" in line or "clocks" in line]
        assert set(ours) <= {"from followups.promises import CRACKS"}
        # Nor a function of the database that the engine asks too; who asks is no matter of the engine's.
        apps = "accounts|casework|clocks|followups|referrals|training|victims"
        assert set(re.findall(rf"\b(?:{apps})_\w+(?=\()", text)) <= {"accounts_ctx"}
