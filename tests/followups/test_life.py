"""Whatever people, agencies and engine do, in any order: after a sweep every promise of the cracks report holds."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.core import mail
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import clocks
from accounts.actions.absences import end_absence, record_absence
from accounts.actions.leaving import leave
from accounts.actors import Actor, engine
from accounts.context import acting_as
from accounts.models import Absence, AbsenceKind, RoleHeld, Unit, User
from accounts.permissions import Role
from casework.actions import (
    allocation,
    closing,
    decisions,
    duties,
    linking,
    logging,
    person,
    transfers,
)
from casework.models import (
    Case,
    CaseStatus,
    Closure,
    Decision,
    NrmReferral,
    Transfer,
    TransferRefusal,
    TransferWhy,
)
from config.demo.people import OFFERS, add_service
from config.simulation.chance import Chance
from config.simulation.deeds import DEEDS, Doing, NotNow
from config.simulation.habits import Habits
from config.simulation.year import MAY_STAND_IN_THE_WAY, Killed, dies_after
from followups import actions, cracks, delivery, nightly
from followups.engine import sweep
from followups.models import OWED, Crack, FollowUp, Step
from followups.models import Notice as Told
from followups.rules import RULES
from referrals import actions as referral_actions
from referrals.models import DeclineReason, Question, SupportReferral
from tests.cast import Cast
from tests.followups.conftest import AT
from training.models import Purpose as TrainedFor
from training.models import Requirement
from victims.models import AgeBand, ConsentOutcome, Notice, PersonLink, Purpose, RiskLevel

LIVES, ACTS = (100, 100) if os.environ.get("PROVE") else (10, 50)
ACTS_A_SWEEP = 25
IN_THE_WAY = (
    "safety-not-confirmed",
    "child-authority-not-told",
    "crime-not-recorded",
    "nrm-not-decided",
    "needs-not-assessed",
)
# What lives are made of: each was done at least so often, and not only tried.
LEAST = dict.fromkeys(("log", "assign", "refer", "leave", "look", "steps up"), LIVES // 2)
LEAST |= dict.fromkeys(("go to another force", "reject an offer"), LIVES // 2)
if LIVES == 100:
    LEAST |= dict.fromkeys(("accept", "decline", "close", "reopen", "say it is one person"), 5)
    LEAST |= {"let an offer lapse": 5}
# Who answers for a unit, and whom it gives a case; the last is in another force.
UNITS = {"harbour-road": ("sade", ""), "fellgate": ("dov", "petra"), "quayside": ("gus", "wyn")}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHICH = st.integers(0, 999)
# In what order a life has met them; ids fall by chance, and the same draws are to be the same life.
MET = {
    Absence: ("recorded_at",),
    Case: ("logged_at",),
    FollowUp: ("first_seen_at", "since", "case__logged_at", "rule", "occurrence"),
    NrmReferral: ("case__logged_at",),
    PersonLink: ("linked_at",),
    Question: ("asked_at",),
    SupportReferral: ("created_at", "agency__slug"),
    Told: ("made_at", "step__followup__case__logged_at", "step__followup__rule", "step__rung"),
    Transfer: ("offered_at",),
}

# A step or a notice twice: for the same reason, to the same person, by the same way.
DOUBLED = """
SELECT s.followup_id::text, s.round, s.rung, count(*) FROM followups_step s GROUP BY 1, 2, 3 HAVING count(*) > 1
UNION ALL
SELECT n.step_id::text, 0, 0, count(*) FROM followups_notice n GROUP BY n.step_id, n.person_id, n.channel
HAVING count(*) > 1
"""
# What was done, and is called something that simply went away.
MET_IN_SECRET = """
SELECT f.id FROM followups_followup f JOIN casework_crimerecord k ON k.case_id = f.case_id
 WHERE f.rule = 'crime-not-recorded' AND f.state = 'lapsed' AND k.recorded_at < f.ended_at
"""


class Life(RuleBasedStateMachine):
    """Three units of two forces, two agencies and the engine, each doing one thing at a time; time goes on."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.cast, self.at, self.stopped, self.since_sweep = Cast(), AT, False, 0
        Requirement.objects.filter(purpose=TrainedFor.OWN_CASE).delete()
        for offer in OFFERS:
            if offer.agency in {"harbour", "beacon"}:
                add_service(offer)
        self.people = [self.join() for _ in range(3)]
        # What is a whole force's to do is its lead's; one without is named by the report, and rightly.
        lead = User.objects.create(username="lead", name="Lead", force=self.cast.gus.force)
        RoleHeld.objects.create(user=lead, role=Role.SPECIALIST_LEAD)
        self.chance, self.habits = Chance(1), Habits()
        for number, band in enumerate((AgeBand.ADULT, AgeBand.UNSURE, AgeBand.ADULT)):
            self.log(number, band, True)  # type: ignore[call-arg]
            self.assign(number, number)  # type: ignore[call-arg]
            self.refer(number)  # type: ignore[call-arg]
            self.offer_to_another_unit(0, "quayside", TransferWhy.AREA)  # type: ignore[call-arg]
            if number < 2:  # one is taken over, one refused, one waits
                self.answer_an_offer(0, ("accept", "reject")[number])  # type: ignore[call-arg]

    def join(self) -> str:
        name = f"pc-{User.objects.count()}"
        user = User.objects.create(
            username=name,
            name=name,
            email=f"{name}@example.invalid",
            force=self.cast.force,
            unit=self.cast.unit,
        )
        for role in (Role.RESPONDER, Role.INVESTIGATOR):
            RoleHeld.objects.create(user=user, role=role)
        return name

    # ---- Who and what, by number -------------------------------------------------------------

    def officer(self, which: int) -> User:
        return User.objects.get(username=self.people[which % len(self.people)])

    def supervisor_of(self, unit: Unit) -> Actor:
        return self.actor(UNITS[unit.slug][0])

    def case(self, which: int, **wanted: Any) -> Case:
        """A case that was logged in this life."""
        return self.one_of(Case.objects.with_header().filter(logged_at__gte=AT, **wanted), which)

    def one_of(self, rows: Any, which: int) -> Any:
        found = list(rows.order_by(*MET[rows.model], "pk"))
        if not found:
            raise NotNow("there is none")
        return found[which % len(found)]

    def attempt(self, name: str, act: Callable[[], object]) -> None:
        """It happens now, or the product says why it cannot and nothing has changed."""
        self.at += 5 * MINUTE
        with clocks.frozen(self.at), acting_as(engine("life"), at=self.at):
            try:
                with transaction.atomic():
                    act()
            except MAY_STAND_IN_THE_WAY:
                pass
            else:
                self.done[name] += 1
        self.since_sweep += 1
        if self.since_sweep >= ACTS_A_SWEEP and not self.stopped:
            self.look()

    def actor(self, username: str) -> Actor:
        return self.cast.actor(username)

    # ---- What people do ------------------------------------------------------------------------

    @rule(which=WHICH, band=st.sampled_from(AgeBand.values), sent=st.booleans())
    def log(self, which: int, band: str, sent: bool) -> None:
        def act() -> None:
            by = self.actor(self.officer(which).username)
            said = {
                "first_words": "She is not paid.",
                "age_band": band,
                "met_at": self.at - HOUR,
                "interpreter": "no",
            }
            case = logging.start_concern(concern=uuid4(), answers=said, by=by)
            if sent:
                logging.send_to_duty_supervisor(case=case, by=by)

        self.attempt("log", act)

    @rule(which=WHICH, to=WHICH)
    def assign(self, which: int, to: int) -> None:
        self.attempt(
            "assign",
            lambda: allocation.assign(
                case=self.case(which),
                owner=self.officer(to),
                override_reason="",
                by=self.actor("sade"),
            ),
        )

    @rule(which=WHICH)
    def do_what_is_owed(self, which: int) -> None:
        def act() -> None:
            owed = self.one_of(
                FollowUp.objects.open().filter(case__logged_at__gte=AT, rule__in=DEEDS), which
            )
            holder = owed.holder or self.cast.sade
            by = self.actor(holder.username)
            case = Case.objects.with_header().get_visible(by, pk=owed.case_id)
            DEEDS[owed.rule](Doing(owed, case, which, by, self.at, self.chance, self.habits))

        self.attempt("do what is owed", act)

    @rule(which=WHICH, to=WHICH, days=st.integers(1, 20), covered=st.booleans())
    def go_away(self, which: int, to: int, days: int, covered: bool) -> None:
        self.attempt(
            "go away",
            lambda: record_absence(
                by=self.actor("sade"),
                user=self.officer(which),
                kind=AbsenceKind.SICK,
                starts_at=self.at,
                ends_at=self.at + days * DAY,
                cover=self.officer(to) if covered else None,
            ),
        )

    @rule(which=WHICH)
    def come_back(self, which: int) -> None:
        rows = Absence.objects.filter(ends_at__gt=self.at, user__username__in=self.people)
        self.attempt(
            "come back",
            lambda: end_absence(by=self.actor("sade"), absence=self.one_of(rows, which)),
        )

    @rule(which=WHICH, by_hand=st.booleans())
    def leave(self, which: int, by_hand: bool) -> None:
        """By the page, or by whoever may write to the table."""
        user = self.officer(which)

        def act() -> None:
            if by_hand:
                User.objects.filter(pk=user.pk).update(is_active=False)
            else:
                leave(by=self.actor("lena"), user=user)

        self.attempt("leave", act)
        self.people.remove(user.username)
        self.people.append(self.join())

    @rule(which=WHICH, days=st.integers(1, 30))
    def put_off(self, which: int, days: int) -> None:
        def act() -> None:
            owed = self.one_of(FollowUp.objects.open().filter(case__logged_at__gte=AT), which)
            by = self.actor((owed.holder or self.cast.sade).username)
            when = self.at + days * DAY
            if days % 2:  # as far as whoever sees to it may
                when = min(when, actions.latest_move(owed, self.at))
            actions.replan(followup_id=owed.pk, due_at=when, reason="Not before.", by=by)

        self.attempt("put off", act)

    @rule(which=WHICH, hours=st.integers(1, 24))
    def take_on_what_went_up(self, which: int, hours: int) -> None:
        def act() -> None:
            told = Told.objects.filter(
                step__rung__gte=2,
                step__round=F("step__followup__round"),
                step__followup__state="open",
                person__is_active=True,
            )
            notice = self.one_of(
                told.exclude(step__followup__acknowledgements__until__gt=self.at), which
            )
            by = self.actor(notice.person.username)
            actions.acknowledge(
                followup_id=notice.step.followup_id,
                doer=by.person_id,
                what_next="Sees to it.",
                until=self.at + hours * HOUR,
                by=by,
            )

        self.attempt("take on", act)

    @rule(which=WHICH, hours=st.integers(1, 24))
    def answer_for_an_escalation(self, which: int, hours: int) -> None:
        def act() -> None:
            risen = FollowUp.objects.open().filter(case__logged_at__gte=AT, steps__rung__gte=2)
            owed = self.one_of(risen.distinct(), which)
            until = self.at + hours * HOUR
            sade = self.actor("sade")
            doer = self.cast.sade.pk
            actions.acknowledge(
                followup_id=owed.pk, doer=doer, what_next="I go there.", until=until, by=sade
            )

        self.attempt("answer for an escalation", act)

    @rule(
        which=WHICH,
        purpose=st.sampled_from(Purpose.values),
        outcome=st.sampled_from(ConsentOutcome.values),
    )
    def decide_about_sharing(self, which: int, purpose: str, outcome: str) -> None:
        def act() -> None:
            case = self.case(which)
            by = self.actor(case.owner.username if case.owner else "sade")
            person.record_consent(
                case=case,
                by=by,
                purpose=purpose,
                outcome=outcome,
                decided_at=self.at,
                agency=self.cast.harbour if purpose == Purpose.AGENCY else None,
                reason="They said so.",
                language="English",
                notice=Notice.FORCE_2026,
            )

        self.attempt("decide about sharing", act)

    @rule(which=WHICH, band=st.sampled_from(AgeBand.values))
    def learn_their_age(self, which: int, band: str) -> None:
        def act() -> None:
            case = self.case(which)
            versions = (case.version, case.victim.version)
            said = {"age_band": band}
            person.edit_case(
                case=case, by=self.actor("sade"), versions=versions, person=said, details={}
            )

        self.attempt("learn their age", act)

    @rule(which=WHICH, risk=st.sampled_from(RiskLevel.values), days=st.integers(1, 60))
    def judge_the_risk(self, which: int, risk: str, days: int) -> None:
        def act() -> None:
            again = (self.at + days * DAY).date()
            by = self.actor("sade")
            why = "As far as is known."
            person.judge_risk(case=self.case(which), by=by, risk=risk, reason=why, review_on=again)

        self.attempt("judge the risk", act)

    @rule(which=WHICH, days=st.integers(-400, 400))
    def learn_when_they_were_born(self, which: int, days: int) -> None:
        """About eighteen years ago: they turn of age, or it is learned that they have not yet."""

        def act() -> None:
            case = self.case(which)
            born = (self.at - timedelta(days=18 * 365 + 4 + days)).date()
            said = {"born_on": born, "born_precision": "day"}
            versions = (case.version, case.victim.version)
            by = self.actor("sade")
            person.edit_case(case=case, by=by, versions=versions, person=said, details={})

        self.attempt("learn when they were born", act)

    @rule(which=WHICH)
    def ask_to_close(self, which: int) -> None:
        def act() -> None:
            case = self.case(which, status=CaseStatus.ALLOCATED)
            closing.ask_to_close(
                case=case,
                by=self.actor(case.owner.username),
                outcome="not_a_victim",
                explanation="It was a misunderstanding.",
                no_contact_reason="They have gone home.",
            )

        self.attempt("ask to close", act)

    @rule(which=WHICH, agreed=st.booleans())
    def decide_closing(self, which: int, agreed: bool) -> None:
        self.attempt(
            "decide closing",
            lambda: closing.decide_closing(
                case=self.case(which, status=CaseStatus.CLOSING),
                by=self.actor("sade"),
                agreed=agreed,
                note="Looked at.",
            ),
        )

    @rule(which=WHICH)
    def close_what_can_be(self, which: int) -> None:
        """Everything that stands in the way of closing is done, then two officers close it."""

        def act() -> None:
            case = self.case(which, status=CaseStatus.ALLOCATED)
            by = self.actor(case.owner.username)
            for owed in IN_THE_WAY:
                doing = Doing(FollowUp(), case, which, by, self.at, self.chance, self.habits)
                with suppress(*MAY_STAND_IN_THE_WAY), transaction.atomic():
                    DEEDS[owed](doing)
            for referral in SupportReferral.objects.open().filter(case=case):
                referral_actions.withdraw(referral=referral, by=by)
            duties.assess_needs(case=case, by=by, at=self.at, kinds=[], support_declined=True)
            closing.ask_to_close(
                case=case,
                by=by,
                outcome="not_a_victim",
                explanation="It was a misunderstanding.",
                no_contact_reason="They have gone home.",
            )
            closing.decide_closing(case=case, by=self.actor("sade"), agreed=True, note="Seen.")

        self.attempt("close", act)

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        self.attempt(
            "reopen",
            lambda: closing.reopen(
                case=self.case(which, status=CaseStatus.CLOSED),
                by=self.actor("sade"),
                reason="They came back.",
            ),
        )

    @rule(which=WHICH, other=WHICH, merged=st.booleans())
    def say_it_is_one_person(self, which: int, other: int, merged: bool) -> None:
        def act() -> None:
            case, by = self.case(which), self.actor("ines")
            made = linking.link(case=case, other=self.case(other), by=by, reason="The same scar.")
            if merged:
                linking.merge(case=case, link=made, by=by, reason="She says so herself.")

        self.attempt("say it is one person", act)

    @rule(which=WHICH)
    def say_it_is_two(self, which: int) -> None:
        def act() -> None:
            case, by = self.case(which), self.actor("ines")
            links = PersonLink.objects.standing().of(case.victim)
            known = self.one_of(links, which)
            if known.status == "merged":
                linking.part(case=case, link=known, by=by, reason="Two sisters.")
            linking.unlink(case=case, link=known, by=by, reason="Two sisters.")

        self.attempt("say it is two", act)

    @rule(which=WHICH, kind=st.sampled_from(Decision.values))
    def hear_from_the_home_office(self, which: int, kind: str) -> None:
        def act() -> None:
            rows = NrmReferral.objects.filter(case__logged_at__gte=AT).exclude(status="withdrawn")
            referral = self.one_of(rows.select_related("case__owner"), which)
            decisions.record_event(referral=referral, by=self.actor("sade"), kind=kind, at=self.at)

        self.attempt("hear from the Home Office", act)

    @rule(which=WHICH, to=st.sampled_from(list(UNITS)), why=st.sampled_from(TransferWhy.values))
    def offer_to_another_unit(self, which: int, to: str, why: str) -> None:
        """Of this force or another; from wherever the case is by now."""

        def act() -> None:
            unit = Unit.objects.get(slug=to)
            elsewhere = Case.objects.with_header().exclude(scope__unit=unit)
            case = self.one_of(elsewhere.filter(logged_at__gte=AT, owner__isnull=False), which)
            by = self.supervisor_of(case.scope.unit)
            transfers.offer(case=case, to_unit=unit, why=why, reason="He works there.", by=by)
            self.done["offer to another force"] += unit.force_id != case.scope.force_id

        self.attempt("offer to another unit", act)

    @rule(which=WHICH, what=st.sampled_from(["accept", "reject", "take back", "see"]))
    def answer_an_offer(self, which: int, what: str) -> None:
        def act() -> None:
            status = "rejected" if what == "see" else "offered"
            rows = Transfer.objects.filter(offered_at__gte=AT, status=status)
            offered = self.one_of(rows, which)
            by, asked = map(self.supervisor_of, (offered.from_unit, offered.to_unit))
            if what == "accept":
                owner = UNITS[offered.to_unit.slug][1] or self.officer(which).username
                owner = User.objects.get(username=owner)
                transfers.accept(transfer=offered, owner=owner, override_reason="-", by=asked)
                self.done["go to another force"] += offered.from_force_id != offered.to_force_id
            elif what == "reject":
                refusal = TransferRefusal.values[0]
                transfers.reject(transfer=offered, refusal=refusal, note="x", by=asked)
            elif what == "take back":
                transfers.withdraw(transfer=offered, by=by)
            else:
                transfers.see_refusal(transfer=offered, by=by)

        self.attempt(f"{what} an offer", act)

    @rule(which=WHICH, days=st.integers(3, 20))
    def let_an_offer_lapse(self, which: int, days: int) -> None:
        """Nobody answers for days, which both sides are told of; then it is taken back."""
        waiting = Transfer.objects.waiting().filter(offered_at__gte=AT)
        if waiting.exists():
            self.at += days * DAY
        if waiting.exists() and not self.stopped:
            self.look()

        def act() -> None:
            offered = self.one_of(waiting.filter(offered_at__lte=self.at - 3 * DAY), which)
            transfers.withdraw(transfer=offered, by=self.supervisor_of(offered.from_unit))

        self.attempt("let an offer lapse", act)

    @rule(which=WHICH)
    def refer(self, which: int) -> None:
        def act() -> None:
            case = self.case(which, status=CaseStatus.ALLOCATED)
            by = self.actor(case.owner.username)
            doing = Doing(FollowUp(), case, which, by, self.at, self.chance, self.habits)
            DEEDS["support-not-offered"](doing)

        self.attempt("refer", act)

    # ---- What agencies do ----------------------------------------------------------------------

    @rule(which=WHICH, what=st.sampled_from(["accept", "decline", "ask"]))
    def answer_a_referral(self, which: int, what: str) -> None:
        self.of_a_referral(which, what, ("sent", "opened", "needs_info"))

    @rule(which=WHICH, what=st.sampled_from(["reach", "complete", "withdraw"]))
    def go_on_with_a_referral(self, which: int, what: str) -> None:
        self.of_a_referral(which, what, ("accepted", "in_progress"))

    def of_a_referral(self, which: int, what: str, standing: tuple[str, ...]) -> None:
        def act() -> None:
            among = SupportReferral.objects.filter(status__in=standing, sent_at__gte=AT)
            referral = self.one_of(among.select_related("agency"), which)
            worker = User.objects.filter(agency=referral.agency, is_active=True).first()
            assert worker
            by = self.actor(worker.username)
            if what == "accept":
                referral_actions.accept(referral=referral, worker_name=worker.name, by=by)
            elif what == "decline":
                reason = DeclineReason.NO_CAPACITY
                referral_actions.decline(referral=referral, reason=reason, by=by)
            elif what == "ask":
                referral_actions.ask(referral=referral, text="Which language?", by=by)
            elif what == "reach":
                referral_actions.confirm_first_contact(referral=referral, by=by)
            elif what == "complete":
                referral_actions.complete(referral=referral, reason="needs_met", by=by)
            else:
                referral_actions.withdraw(referral=referral, by=self.actor("sade"))

        self.attempt(what, act)

    @rule(which=WHICH)
    def answer_a_question(self, which: int) -> None:
        self.attempt(
            "answer a question",
            lambda: referral_actions.answer_question(
                question=self.one_of(Question.objects.filter(answered_at=None), which),
                answer="Vietnamese.",
                by=self.actor("sade"),
            ),
        )

    # ---- What happens to the engine ------------------------------------------------------------

    @rule(hours=st.integers(1, 200))
    def time_goes_on(self, hours: int) -> None:
        self.at += hours * HOUR

    @rule()
    def the_engine_stops(self) -> None:
        self.stopped = True

    @rule(hours=st.integers(0, 80))
    def the_engine_starts_again(self, hours: int) -> None:
        self.at += hours * HOUR
        if self.stopped:
            self.stopped = False
            self.look()

    @rule(after=st.integers(0, 150))
    def the_engine_is_killed(self, after: int) -> None:
        with clocks.frozen(self.at):
            try:
                with dies_after(after), transaction.atomic():
                    sweep(self.at)
            except Killed:
                self.done["killed"] += 1

    # ---- What must hold ------------------------------------------------------------------------

    def look(self) -> None:
        """One sweep later no promise is broken, nothing is doubled, and nothing met is hidden."""
        self.at += 3 * MINUTE
        self.since_sweep = 0
        with clocks.frozen(self.at):
            swept = sweep(self.at)
            assert not swept.failed
            delivery.dispatch(self.at)
            nightly.keep(self.at)
            if Crack.objects.filter(seen_at=self.at).exists():  # what people leave undone is owed
                assert not sweep(self.at).failed
            with acting_as(engine("life"), at=self.at):
                found = {line.code: line.rows for line in cracks.report(self.at) if line.count}
                found.pop(cracks.LEFT_BY_PEOPLE, None)
                assert found == {}
                assert self.stored() == self.owed()
                with connection.cursor() as cursor:
                    for question in (DOUBLED, MET_IN_SECRET):
                        cursor.execute(question)
                        assert cursor.fetchall() == [], question
        self.done["look"] += 1

    def owed(self) -> set[tuple[Any, ...]]:
        """What the records say is owed now, whatever the engine has stored."""
        return {
            (slug, row["o_subject_id"], row["o_occurrence"])
            for slug, each in RULES.items()
            for row in each.occurrences(self.at)
            if row["o_met_at"] is None and row["o_void_at"] is None
        }

    def stored(self) -> set[tuple[Any, ...]]:
        rows = FollowUp.objects.filter(state__in=OWED)
        return set(rows.values_list("rule", "subject_id", "occurrence"))

    def teardown(self) -> None:
        try:
            self.leave(0, False)  # type: ignore[call-arg]
            self.look()
            self.done["steps up"] += Step.objects.filter(rung__gte=2).count()
            self.done["closed"] += Closure.objects.filter(agreed=True, at__gte=AT).count()
        finally:
            mail.outbox.clear()
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


def test_whatever_happens_in_whatever_order_no_promise_is_broken(cast: Cast) -> None:
    Life.done.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=ACTS,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),  # making a failure shorter takes a second an act
            suppress_health_check=list(HealthCheck),
        ),
    )
    # They were lives: much of what can be done was done, not only tried.
    assert {name: Life.done[name] for name, least in LEAST.items() if Life.done[name] < least} == {}
    assert sum(count > 0 for count in Life.done.values()) >= 20, Life.done
