"""How one invented case was lived: every step through the product's own actions, at the time it happened."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from casework.actions import (
    account,
    allocation,
    closing,
    contact,
    decisions,
    duties,
    facts,
    logging,
    nrm,
    person,
    transfers,
)
from casework.models import (
    Case,
    ClosingOutcome,
    ContactOutcome,
    NrmStatus,
    Operation,
    Party,
    PartyRole,
    TransferWhy,
)
from casework.nrm.record import as_answers, record_of
from casework.references import ALPHABET, LENGTH, PREFIX
from clocks import LONDON
from config.demo import words
from config.demo.account import account_of
from config.demo.facts import PersonLife
from config.demo.inquiry import Inquiry
from config.demo.plan import DAY, HOUR, Plan, Turn
from config.demo.players import Players, moment
from config.demo.referrals import SupportLife, give_rules_again
from config.demo.voice import VoiceLife
from pages.answers import Answer
from victims.models import (
    AgeBand,
    Channel,
    ConsentOutcome,
    Notice,
    Purpose,
    RiskLevel,
    SafeContact,
    ToldState,
)

T = Turn
UNREAD = "The custody clock ran, and nobody else was on duty."  # said of whoever is not in date for sending it
MINUTE = timedelta(minutes=1)
# Where the whole account is written down, and was sent from it.
TOLD_IN_FULL = "harbour-road"
RECEIVING = "harbour-road"  # what another unit offers goes there
NOT_NEAR = timedelta(hours=30)  # a duty that is kept up is not due before this
DRAFTS = frozenset({T.DRAFT_FRESH, T.DRAFT_OLD})
UNOWNED = DRAFTS | {T.NO_OWNER, T.HANDED, T.CHILD_NOT_TOLD}
ENDING = frozenset({T.CLOSED, T.CLOSING, T.REOPENED, T.RETURNED})


class Life:
    """One case from the first page to tonight: its steps are planned first, then taken in order."""

    def __init__(self, plan: Plan, players: Players, now: datetime) -> None:
        self.plan, self.players, self.now = plan, players, now
        self.rng = Random(plan.seed)
        self.logged_at = plan.logged_at
        self.responder = players.actor(self.rng.choice(players.responders[plan.unit]))
        self.supervisor = players.actor(players.supervisors[plan.unit])
        self.owner_name = players.owner_of(plan, self.rng)
        self.owner = players.actor(self.owner_name)
        self.steps: list[tuple[datetime, Callable[[], Any]]] = []
        self.case = Case()
        self.ends_at = self._ends_at()
        self.inquiry = Inquiry(self)

    def live(self) -> Case:
        """The case stands as it would tonight."""
        self._begin()
        if self.plan.turn not in UNOWNED:
            self._first_day()
            self._keep_up()
            self._first_weeks()
            self._tonight()
        for at, step in sorted(self.steps, key=lambda each: each[0]):
            with moment(at):
                step()
        return self.case

    # ---- The beginning ---------------------------------------------------------------------

    def _begin(self) -> None:
        self.do(self.logged_at, self._start)
        if self.plan.turn in DRAFTS:
            return
        child = self.plan.person.age_band != AgeBand.ADULT
        sent_at = self.logged_at + 12 * MINUTE
        pass_on = (
            logging.hand_to_duty_supervisor
            if self.plan.turn is T.HANDED
            else logging.send_to_duty_supervisor
        )
        self.act(sent_at, pass_on, by=self.responder)
        if child and self.plan.turn is not T.CHILD_NOT_TOLD:
            self.do(sent_at + 9 * MINUTE, self._tell_authority)
        if self.plan.turn not in UNOWNED:
            self.do(sent_at + self.rng.randint(8, 40) * MINUTE, self._assign)

    def _start(self, at: datetime) -> None:
        plan, who = self.plan, self.plan.person
        half_told = plan.turn in DRAFTS or plan.turn is T.HANDED
        answers: dict[str, Any] = {
            "first_words": plan.story[0],
            "danger": Answer.YES if plan.in_danger else Answer.NO,
            "place": plan.place,
            "met_at": self.logged_at - self.rng.randint(10, 50) * MINUTE,
            "age_band": who.age_band,
            "language": who.language,
        }
        if not half_told:
            answers |= {
                "called": who.called,
                "interpreter": who.interpreter,
                "officer_preference": who.prefers,
                "incident_number": f"NM-{self.rng.randint(1000, 9999)}",
                "indicators": list(plan.story[1]),
                **self._safe_way(),
            }
        begun = logging.start_concern(concern=plan.case_id, answers=answers, by=self.responder)
        letters = "".join(self.rng.choice(ALPHABET) for _ in range(LENGTH))
        operation = self._operation()
        # A reference is drawn by chance; in the demo the same seed gives the same one.
        Case.objects.filter(pk=begun.pk).update(reference=PREFIX + letters, operation=operation)
        self.case = Case.objects.select_related(
            "victim", "scope__unit", "scope__force__calendar"
        ).get(pk=begun.pk)

    def _safe_way(self) -> dict[str, Any]:
        number = f"07700 900{self.rng.randint(0, 999):03d}"
        when = self.rng.choice(("After 4pm", "Mornings only", "Any time", "Not on Fridays"))
        notes = f"Never leave a message with {self.rng.choice(words.WITNESSED)}."
        if self.rng.random() < 0.12:
            return {"contact_safe": Answer.NOT_KNOWN, "contact_details": number}
        return {
            "contact_safe": Answer.YES,
            "contact_details": number,
            "contact_when": when,
            "contact_notes": notes,
        }

    def _operation(self) -> Operation | None:
        if not self.plan.operation:
            return None
        force = self.players.forces[self.plan.unit]
        return Operation.objects.get(force=force, name=self.plan.operation)

    def _assign(self, at: datetime) -> None:
        owner = self.players.people[self.owner_name]
        overridden = self.plan.turn in {T.OVERRIDE_OPEN, T.OVERRIDE_DONE}
        allocation.assign(
            case=self.case,
            owner=owner,
            by=self.supervisor,
            override_reason="Speaks the language, and is booked on the next course."
            if overridden
            else "",
            choice_reason="Is on the next shift, and has time for it this week.",
        )

    def _tell_authority(self, at: datetime) -> None:
        duties.tell_authority(
            case=self.case,
            by=self.responder,
            at=at,
            authority=self.rng.choice(words.AUTHORITIES),
            contact_name=self.rng.choice(words.SOCIAL_WORKERS),
        )

    # ---- The first day ---------------------------------------------------------------------

    def _first_day(self) -> None:
        logged_at, turn = self.logged_at, self.plan.turn
        who, owner = self.plan.person, self.owner
        safe = {"apart": Answer.YES, "medical": Answer.YES, "tonight": Answer.YES, "is_safe": True}
        minutes = 56 if self.plan.in_danger else self.rng.randint(60, 180)
        safe_at = logged_at + minutes * MINUTE
        self.act(safe_at, duties.confirm_safety, by=owner, at=safe_at, **safe)
        if turn is T.FIRST_DAY:
            return
        if self.plan.in_danger:
            self.do(logged_at + 3 * HOUR, self.judge_risk, risk=RiskLevel.HIGH)
        if turn is not T.CRIME_LATE:
            number = f"{self.rng.randint(10000, 99999)}/{logged_at:%y}"
            crime_at = logged_at + 4 * HOUR
            self.act(crime_at, duties.record_crime, by=owner, at=crime_at, number=number)
        if who.age_band == AgeBand.ADULT:
            for purpose, agreed in (
                (Purpose.NRM, who.consents),
                (Purpose.AGENCY, who.wants_support),
            ):
                self.do(logged_at + 5 * HOUR, self._consent, purpose=purpose, agreed=agreed)
        self.do(logged_at + 6 * HOUR, self._refer_nationally)
        support = SupportLife(self)
        support.plan(logged_at)
        self.inquiry.plan(logged_at)

    def _consent(self, at: datetime, *, purpose: Purpose, agreed: bool) -> None:
        person.record_consent(
            case=self.case,
            by=self.owner,
            purpose=purpose,
            outcome=ConsentOutcome.GIVEN if agreed else ConsentOutcome.REFUSED,
            decided_at=at,
            language=self.plan.person.language,
            interpreter_used=self.plan.person.interpreter,
            notice=Notice.FORCE_2026,
        )

    def _refer_nationally(self, at: datetime) -> None:
        who = self.plan.person
        if who.age_band == AgeBand.ADULT and not who.consents:
            duties.notify(case=self.case, by=self.owner, at=at, unread=UNREAD)
            return
        number = f"INVENTED-{self.rng.randint(100000, 999999)}"
        if self.plan.turn is T.HEALTHY and self.plan.unit == TOLD_IN_FULL:
            self._send_account(at, number)
            return
        self.nrm = duties.submit_nrm(
            case=self.case, by=self.owner, at=at, home_office_reference=number, unread=UNREAD
        )

    def _send_account(self, at: datetime, number: str) -> None:
        answers = account_of(self.plan.person, self.owner.name, self.rng)
        nrm.bring_in(answers=answers, by=self.owner, case=self.case)
        account.add_row(
            case=self.case,
            by=self.owner,
            of=Party,
            role=PartyRole.EXPLOITER,
            also_known_as="the Boss",
            description="Grey beard, drives a white van",
        )
        record = record_of(self.case.reference, by=self.owner, today=at.date())
        _text, digest = nrm.sealed(as_answers(record.out(), record.files))
        sent = nrm.mark_sent(
            case=self.case,
            by=self.owner,
            at=at,
            digest=digest,
            record=record,
            reference=number,
            unread=UNREAD,
        )
        if sent.referral is not None:
            self.nrm = sent.referral

    # ---- What is owed as long as the case is open -------------------------------------------

    def _keep_up(self) -> None:
        turn, rng = self.plan.turn, self.rng
        opened_at = self.logged_at
        first_contact_at = opened_at + rng.uniform(2.5, 9) * HOUR
        if first_contact_at < self.ends_at:
            self.do(first_contact_at, self._contact)
        often = 7 * DAY if self.plan.in_danger else 28 * DAY
        contacts = self.kept_up(first_contact_at, often, often)
        if turn in {T.CONTACT_LATE, T.CONTACT_SOON, T.UNSAFE, T.LOST}:
            contacts = [at for at in contacts if at < self.ends_at - 12 * DAY]
        for at in contacts:
            if rng.random() < 0.15:
                self.do(at - 5 * HOUR, self._contact, outcome=ContactOutcome.TRIED)
            self.do(at, self._contact)
        reviews = self.kept_up(opened_at, 6.5 * DAY, 27 * DAY)
        if turn in {T.REVIEW_LATE, T.REVIEW_SOON}:
            reviews = [opened_at + 5.6 * DAY]
        for at in reviews:
            self.do(at, self._review)
        if turn is not T.RULE_STALE:
            for at in self.kept_up(opened_at, 28 * DAY, 28 * DAY):
                self.do(at, self._check_rule)

    def kept_up(self, since: datetime, first: timedelta, later: timedelta) -> list[datetime]:
        """When a standing duty was done: always in time, the last so that the next is not near."""
        times: list[datetime] = []
        last, allowed = since, first
        while last + allowed < self.ends_at + NOT_NEAR:
            at = by_day(last + allowed * self.rng.uniform(0.75, 0.93))
            if at > self.ends_at - HOUR:
                at = self.ends_at - self.rng.uniform(1, 15) * HOUR
            times.append(at)
            last, allowed = at, later
        return times

    def _contact(
        self,
        at: datetime,
        *,
        outcome: ContactOutcome = ContactOutcome.SPOKE,
        way: Channel = Channel.PHONE,
        next_at: datetime | None = None,
        why: str = "",
    ) -> None:
        spoke = outcome is ContactOutcome.SPOKE
        by_phone = Channel.PHONE in contact.safe_channels(self.case, self.owner)
        contact.record_contact(
            case=self.case,
            by=self.owner,
            outcome=outcome,
            channel=Channel.PHONE if by_phone and way is Channel.PHONE else Channel.IN_PERSON,
            at=at,
            note=self.rng.choice(words.SPOKE if spoke else words.TRIED),
            safe_tonight=Answer.YES if spoke else Answer.NOT_ASKED,
            next_at=next_at,
            next_reason=why,
        )

    def _review(self, at: datetime) -> None:
        duties.review_case(
            case=self.case, by=self.supervisor, findings=self.rng.choice(words.FINDINGS)
        )

    def _check_rule(self, at: datetime) -> None:
        for rule in SafeContact.objects.filter(victim=self.case.victim_id, ended_at=None):
            person.set_safe_contact(
                case=self.case,
                by=self.owner,
                channel=rule.channel,
                safe=Answer.YES,
                review_on=(at + 30 * DAY).astimezone(LONDON).date(),
                replaces=rule,
                when=rule.when,
                notes=rule.notes,
                who_may_use="The owner and the support worker",
                code_word=self.rng.choice(("Lighthouse", "Teapot", "Marigold", "Umbrella")),
            )
        give_rules_again(self.case, by=self.owner, workers=self.players.workers)

    # ---- The weeks after -------------------------------------------------------------------

    def _first_weeks(self) -> None:
        logged_at, rng = self.logged_at, self.rng
        if self.ends_at - logged_at < 2 * DAY:
            return
        topics = rng.sample(sorted(words.TOLD), rng.choice((1, 1, 2)))
        for number, topic in enumerate(topics):
            self.do(logged_at + (30 + 20 * number) * HOUR, self._tell, topic=topic)
        if rng.random() < 0.2:
            self.do(logged_at + 26 * HOUR, self.judge_risk, risk=RiskLevel.STANDARD)
        PersonLife(self).plan(logged_at)
        VoiceLife(self).plan(logged_at)
        referred = self.plan.person.age_band != AgeBand.ADULT or self.plan.person.consents
        if referred and self.plan.turn is not T.NRM_LATE:
            self._decisions(logged_at)
        if self.plan.person.born_on:
            self.do(logged_at + 28 * HOUR, self._note_birthday)
            comes_of_age = datetime(*_eighteenth(self.plan.person.born_on), 9, tzinfo=LONDON)
            if self.plan.person.age_band == AgeBand.CHILD and logged_at + 2 * DAY < comes_of_age:
                self.do(comes_of_age, self._now_adult)

    def _decisions(self, logged_at: datetime) -> None:
        rng = self.rng
        decided_at = logged_at + rng.uniform(2.2, 3.8) * DAY
        if self.plan.turn not in ENDING and rng.random() < 0.07:
            self.do(decided_at, self._decide, status=NrmStatus.WITHDRAWN)
            return
        positive = rng.random() < 0.6
        first = "rg_positive" if positive else "rg_negative"
        self.do(decided_at, self._decide, status=first)
        self.inquiry.decided(decided_at, first)
        if positive and rng.random() < 0.35:
            concluded = "cg_positive" if rng.random() < 0.65 else "cg_negative"
            concluded_at = logged_at + rng.uniform(35, 80) * DAY
            self.do(concluded_at, self._decide, status=concluded)
            self.inquiry.decided(concluded_at, concluded)

    def _decide(self, at: datetime, *, status: str) -> None:
        decisions.record_event(referral=self.nrm, by=self.owner, kind=status, at=at)
        self.inquiry.tell(at)

    def _tell(self, at: datetime, *, topic: str) -> None:
        person.tell_topic(
            case=self.case,
            by=self.owner,
            topic=topic,
            state=ToldState.TOLD,
            heard_at=at,
            summary=words.TOLD[topic],
            where_recorded=f"Officer's notebook, page {self.rng.randint(2, 90)}",
        )

    def judge_risk(self, at: datetime, *, risk: RiskLevel) -> None:
        """How much danger they are in is judged."""
        person.judge_risk(
            case=self.case,
            by=self.owner,
            risk=risk,
            reason="Away from the address, and nobody there knows where they are.",
            review_on=(self.now + 20 * DAY).astimezone(LONDON).date(),
        )

    def _note_birthday(self, at: datetime) -> None:
        self.case.victim.refresh_from_db()
        facts.record_age(
            case=self.case,
            by=self.owner,
            version=self.case.victim.version,
            age_band=self.case.victim.age_band,
            born_on=self.plan.person.born_on,
        )

    def _now_adult(self, at: datetime) -> None:
        for purpose in (Purpose.NRM, Purpose.AGENCY):
            self._consent(at, purpose=purpose, agreed=True)
        needs = self.case.victim.needs.filter(ended_at=None).values_list("kind", flat=True)
        duties.assess_needs(case=self.case, by=self.owner, at=at, kinds=sorted(needs))

    # ---- Tonight ---------------------------------------------------------------------------

    def _tonight(self) -> None:
        now, turn = self.now, self.plan.turn
        if turn is T.CONTACT_LATE:
            why = "They asked for a call after ten days."
            at = now - 11 * DAY
            self.do(at, self._contact, next_at=at + 10 * DAY, why=why)
        elif turn is T.CONTACT_SOON:
            why = "They asked for a call on this day."
            at = now - 9 * DAY
            self.do(at, self._contact, next_at=now + 5 * HOUR, why=why)
        elif turn is T.UNSAFE:
            self.do(now - 2 * HOUR, self._contact, outcome=ContactOutcome.SOMEONE_ELSE)
        elif turn is T.LOST:
            for days, way in ((2, Channel.PHONE), (1, Channel.IN_PERSON), (0.1, Channel.IN_PERSON)):
                self.do(now - days * DAY, self._contact, outcome=ContactOutcome.TRIED, way=way)
        elif turn is T.OVERRIDE_DONE:
            self.do(self.logged_at + 20 * HOUR, self._review_override)
        elif turn is T.OFFERED:
            self.do(now - 3 * HOUR, self._offer)
        elif turn in ENDING:
            self._end()

    def _offer(self, at: datetime) -> None:
        transfers.offer(
            case=self.case,
            by=self.owner,
            to_unit=self.players.units[RECEIVING],
            why=TransferWhy.AREA,
            reason="They have moved near the harbour. Call before eleven, never after.",
        )

    def _review_override(self, at: datetime) -> None:
        overridden = self.case.allocations.get()
        allocation.review_override(allocation=overridden, by=self.players.actor("ines"))

    def _ends_at(self) -> datetime:
        """Until when it was looked after: tonight, or when somebody asked to close it."""
        age = self.now - self.logged_at
        return {
            T.CLOSED: self.logged_at + max(18 * DAY, age * self.rng.uniform(0.25, 0.6)),
            T.REOPENED: self.logged_at + age * 0.6,
        }.get(self.plan.turn, self.now)

    def _end(self) -> None:
        turn, now = self.plan.turn, self.now
        asked_at = {T.CLOSING: now - 20 * HOUR, T.RETURNED: now - 5 * DAY}.get(turn, self.ends_at)
        self.ends_at = now
        self.do(asked_at, self._ask_to_close)
        if turn is T.CLOSING:
            return
        decided_at = asked_at + self.rng.uniform(1, 6) * HOUR
        agreed = turn is not T.RETURNED
        note = "" if agreed else "One more call first: ask whether the flat is still safe."
        self.act(decided_at, closing.decide_closing, by=self.supervisor, agreed=agreed, note=note)
        if turn is T.REOPENED:
            reopened_at = now - 4 * DAY
            reason = "Seen again at the same address, and asked for us by name."
            self.act(reopened_at, closing.reopen, by=self.supervisor, reason=reason)
            self.do(reopened_at + 5 * HOUR, self._contact)
            self.do(reopened_at + 6 * HOUR, self._check_rule)
            self.do(reopened_at + 3 * DAY, self._review)

    def _ask_to_close(self, at: datetime) -> None:
        spoke = self.case.contacts.filter(outcome=ContactOutcome.SPOKE).first()
        ended = (ClosingOutcome.SAFE_AND_SUPPORTED, ClosingOutcome.INVESTIGATION_ENDED)
        closing.ask_to_close(
            case=self.case,
            by=self.owner,
            outcome=self.rng.choice((*ended, *ended, ClosingOutcome.COURT_ENDED)),
            explanation="They are safe, know whom to call, and agree that we stop calling.",
            last_safe_contact_at=spoke.at if spoke else None,
            no_contact_reason="" if spoke else "They asked that nobody calls.",
        )

    # ---- Steps -----------------------------------------------------------------------------

    def do(self, at: datetime, step: Callable[..., Any], /, **given: Any) -> None:
        """Plan a step of this life; what lies after its end, or after tonight, has not happened."""
        if at < self.ends_at:
            self.steps.append((at, lambda: step(at, **given)))

    def act(self, at: datetime, action: Callable[..., Any], /, **given: Any) -> None:
        """Plan one act on the case."""
        self.do(at, lambda _at: action(case=self.case, **given))


def by_day(at: datetime) -> datetime:
    """The same or a little earlier, at an hour at which people are called."""
    local = at.astimezone(LONDON)
    if local.hour < 8:
        return local - timedelta(hours=local.hour + 5)
    return local - timedelta(hours=max(0, local.hour - 20))


def _eighteenth(born_on: Any) -> tuple[int, int, int]:
    return born_on.year + 18, born_on.month, born_on.day
