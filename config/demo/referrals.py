"""How the people of the invented cases were supported: needs, referrals, and what the agencies did."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from accounts import audit
from accounts.actors import Actor
from casework.actions import duties
from casework.models import Case
from config.demo import words
from config.demo.plan import DAY, HOUR, Turn
from referrals import actions
from referrals.disclosure import Item
from referrals.models import (
    DeclineReason,
    EndReason,
    Finding,
    NeedOutcome,
    NoContactReason,
    NoOtherSupport,
    Service,
    SupportReferral,
    ToldTo,
)
from referrals.rules import LegalBasis
from victims.models import AgeBand, NeedKind, RiskLevel

if TYPE_CHECKING:
    from config.demo.cases import Life

FOR_CHILDREN = ("lanternwood", "lanternwood", "ninewells", "plainsong")
FOR_ADULTS = ("harbour", "beacon", "harbour", "beacon", "fernhollow", "tollgate")
SENT_AGO = {
    Turn.AGENCY_SILENT: 5 * DAY,
    Turn.AGENCY_NEW: 2 * HOUR,
    Turn.DECLINED: 30 * HOUR,
    Turn.QUESTION: 28 * HOUR,
    Turn.NOT_REACHED: 7 * DAY,
}
ENDING = frozenset({Turn.CLOSED, Turn.CLOSING, Turn.REOPENED, Turn.RETURNED})


def give_rules_again(case: Case, *, by: Actor, workers: Mapping[str, Actor]) -> None:
    """Agencies that support the person have the safe contact rules as they are now, and have read them."""
    told = SupportReferral.objects.filter(
        case=case,
        status__in=sorted(SupportReferral.OPEN),
        items__contains=[Item.SAFE_CONTACT.value],
        disclosure__emptied_at=None,
    )
    for referral in told.select_related("agency"):
        actions.renew_safe_contact(referral=referral, by=by)
        audit.viewed(referral, by=workers[referral.agency.slug])


class SupportLife:
    """The support that one person is offered, as steps of their case's life."""

    def __init__(self, life: "Life") -> None:
        self.life, self.rng = life, life.rng
        self.turn = life.plan.turn
        self.is_child = life.plan.person.age_band != AgeBand.ADULT
        self.wanted = self.is_child or life.plan.person.wants_support
        self.service = self._service()
        kinds = {self.rng.choice(self.service.needs), self.rng.choice(self.service.needs)}
        self.kinds = sorted(kinds | {self.rng.choice((NeedKind.HEALTH, NeedKind.MONEY)).value})
        self.asked_for = sorted(kinds)
        self.referral = SupportReferral()

    def plan(self, logged_at: datetime) -> None:
        """Needs assessed on the first day, then the referral and its answer."""
        self.life.do(logged_at + 7 * HOUR, self._assess)
        if not self.wanted:
            return
        first_sent_at = logged_at + self.rng.uniform(8, 20) * HOUR
        self.life.do(first_sent_at, self._send)
        late = SENT_AGO.get(self.turn)
        if late is None:
            self._well_answered(first_sent_at)
            return
        if self.turn is not Turn.NOT_REACHED and self.life.now - late > first_sent_at + 3 * HOUR:
            # The first agency had no room; this is about the second.
            self.life.do(first_sent_at + 2 * HOUR, self._decline)
            self.life.do(first_sent_at + 3 * HOUR, self._handle)
        self._tonight(self.life.now - late, first_sent_at)

    def _tonight(self, sent_at: datetime, first_sent_at: datetime) -> None:
        life = self.life
        if self.turn is Turn.NOT_REACHED:
            life.do(max(sent_at, first_sent_at + HOUR), self._accept)
            return
        life.do(max(sent_at, first_sent_at + 4 * HOUR), self._send_elsewhere)
        if self.turn is Turn.DECLINED:
            life.do(life.now - 2 * HOUR, self._decline)
        elif self.turn is Turn.QUESTION:
            life.do(life.now - 26 * HOUR, self._ask)

    def _well_answered(self, sent_at: datetime) -> None:
        life, rng = self.life, self.rng
        accepted_at = sent_at + rng.uniform(0.5, 3) * HOUR
        if rng.random() < 0.12:
            life.do(sent_at + timedelta(minutes=15), self._ask)
            life.do(sent_at + timedelta(minutes=29), self._answer)
        life.do(accepted_at, self._accept)
        reached_at = accepted_at + rng.uniform(2, 20) * HOUR
        life.do(reached_at, self._reach)
        finished_at = life.ends_at
        if self.turn in ENDING:
            finished_at = max(reached_at + HOUR, life.ends_at - 6 * DAY)
        elif rng.random() < 0.3:
            finished_at = reached_at + rng.uniform(25, 50) * DAY
        for at in life.kept_up(reached_at, 27 * DAY, 27 * DAY):
            if at < finished_at:
                life.do(at, self._review)
        life.do(finished_at, self._complete)

    def _service(self, *, other_than: str = "") -> Service:
        agencies = FOR_CHILDREN if self.is_child else FOR_ADULTS
        agency = self.rng.choice([each for each in agencies if each != other_than])
        if self.turn in {Turn.AGENCY_SILENT, Turn.NOT_REACHED} and not other_than:
            agency = "lanternwood" if self.is_child else "harbour"
        if self.turn is Turn.AGENCY_NEW:
            agency = "harbour" if other_than else "beacon"
        fitting = [
            service
            for service in self.life.players.services[agency]
            if service.takes_children or not self.is_child
        ]
        return self.rng.choice(fitting)

    def _assess(self, at: datetime) -> None:
        duties.assess_needs(
            case=self.life.case,
            by=self.life.owner,
            at=at,
            kinds=self.kinds if self.wanted else [],
            support_declined=not self.wanted,
        )

    def _send(self, at: datetime) -> None:
        draft = actions.draft_referral(
            case=self.life.case,
            service=self.service,
            needs=self.asked_for,
            urgent=False,
            by=self.life.owner,
        )
        self._judge_danger(at)
        draft = actions.choose_items(
            referral=draft,
            items=draft.items,
            legal_basis=LegalBasis.SAFEGUARDING if self.is_child else "",
            told_to=ToldTo.TEAM,
            no_contact_reason=NoContactReason.THROUGH_US,
            by=self.life.owner,
        )
        self.referral = actions.send_referral(referral=draft, by=self.life.owner)

    def _judge_danger(self, at: datetime) -> None:
        self.life.case.victim.refresh_from_db()
        if self.life.case.victim.risk == RiskLevel.NOT_JUDGED:
            self.life.judge_risk(at, risk=RiskLevel.STANDARD)

    def _send_elsewhere(self, at: datetime) -> None:
        self.service = self._service(other_than=self.service.agency.slug)
        self.asked_for = [self.rng.choice(self.service.needs)]
        self._send(at)

    def _accept(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        self.referral = actions.accept(referral=self.referral, worker_name=worker.name, by=worker)

    def _decline(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        reason = self.rng.choice((DeclineReason.NO_CAPACITY, DeclineReason.NO_SUITABLE_PLACE))
        self.referral = actions.decline(referral=self.referral, reason=reason, by=worker)

    def _handle(self, at: datetime) -> None:
        self.referral = actions.handle_decline(
            referral=self.referral, reason=NoOtherSupport.SUPPORTED, by=self.life.owner
        )

    def _ask(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        self.referral = actions.ask(referral=self.referral, text=words.QUESTION, by=worker)

    def _answer(self, at: datetime) -> None:
        question = self.referral.questions.get(answered_at=None)
        self.referral = actions.answer_question(
            question=question, answer=words.ANSWER, by=self.life.owner
        )

    def _reach(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        self.referral = actions.confirm_first_contact(referral=self.referral, by=worker)

    def _review(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        self.referral = actions.hold_review(
            referral=self.referral, finding=Finding.AS_PLANNED, by=worker
        )

    def _complete(self, at: datetime) -> None:
        worker = self.life.players.workers[self.service.agency.slug]
        reason = self.rng.choice(
            (EndReason.NEEDS_MET, EndReason.NEEDS_MET, EndReason.OTHER_SUPPORT)
        )
        became = NeedOutcome.MET if reason == EndReason.NEEDS_MET else NeedOutcome.UNWANTED
        outcomes = dict.fromkeys(self.referral.needs, became.value)
        self.referral = actions.complete(
            referral=self.referral, reason=reason, outcomes=outcomes, by=worker
        )
