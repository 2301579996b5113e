"""The loop of the invented year: what happens next happens, then the engine sweeps, then time jumps on.

Time jumps to the next event, or to the next full hour after something falls due, whichever is first. People act as
themselves, behind the first wall, through the product's own actions; only the mail server and the clock are invented.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

import clocks
from accounts.actions.absences import record_absence
from accounts.actions.leaving import leave
from accounts.actors import engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import AbsenceKind, Unit, User
from accounts.scoping import NotVisible
from casework.actions import closing, logging, transfers
from casework.models import (
    Case,
    CaseStatus,
    ClosingOutcome,
    ContactOutcome,
    Transfer,
    TransferWhy,
)
from clocks import LONDON
from config.demo import words
from config.simulation.cast import Week, make_forces, plan_shifts
from config.simulation.chance import Chance
from config.simulation.deeds import DEEDS, Doing, NotNow
from config.simulation.habits import DAY, HOUR, Habits
from config.simulation.post import Post, report_on
from followups import cracks, delivery, nightly, receipts
from followups.actions import acknowledge
from followups.engine import sweep
from followups.escalations import NOT_ESCALATED, escalations
from followups.models import FollowUp, Notice, Rung
from followups.rules import RULES
from followups.rules.base import Rule
from pages.answers import Answer
from referrals import actions as referral_actions
from referrals.actions.directory import tell_capacity
from referrals.models import Finding, ReferralStatus, Service, SupportReferral
from victims.models import AgeBand

# What whoever met the person can do on the spot.
ON_THE_SPOT = ("safety-not-confirmed", "child-authority-not-told", "crime-not-recorded")
SHIFTS = (9, 15, 23)  # o'clock in London: when whoever works that shift looks at their work
MAY_STAND_IN_THE_WAY = (Conflict, Refused, NotVisible, NotNow, ValidationError)


class Killed(BaseException):
    """The worker was killed in the middle of a sweep."""


def dies_after(statements: int) -> AbstractContextManager[None]:
    """In it so many statements reach the database; at the next one the worker is `Killed`."""
    left = statements

    def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(die)


@dataclass
class Life:
    """One case of the year, as the simulation remembers it."""

    number: int
    case_id: UUID
    force: str
    logged_at: datetime
    wants_closing_at: datetime


@dataclass
class Outcome:
    """What was counted on the way; the rest is read from the tables at the end."""

    sweeps: int = 0
    killed: int = 0
    missed: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    stood_in_the_way: Counter[str] = field(default_factory=Counter)
    cracks: list[tuple[datetime, dict[str, int]]] = field(default_factory=list)
    away: int = 0
    left: int = 0
    outages_of_days: int = 0
    came_back: int = 0


class Year:
    """Some forces for some days; `ladder="owner"` cuts every ladder back: whoever holds it is told, and nobody else."""

    def __init__(
        self,
        *,
        forces: int,
        days: int,
        seed: int,
        begins: datetime,
        ladder: str = "full",
        habits: Habits | None = None,
        pause: timedelta = HOUR,
    ) -> None:
        """`begins` is aware; `pause` is the least time between two sweeps (in a real force it is a minute)."""
        habits = habits or Habits()
        self.chance, self.habits, self.begins = Chance(seed), habits, begins
        self.ends = begins + days * DAY
        self.rules = dict(RULES) if ladder == "full" else _owner_alone(RULES)
        self.forces, self.outcome = forces, Outcome()
        self.events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.order, self.numbers = count(), count(1)
        self.lives: dict[UUID, Life] = {}
        self.offers: dict[UUID, UUID] = {}  # which case each offer to another unit is about
        self.weeks: dict[str, Week] = {}
        self.outages: list[tuple[datetime, datetime]] = []
        self.cracks_at = begins + 7 * DAY
        self.pause, self.sweeps_at = pause, begins
        self.reported: set[str] = set()
        Post.chance, Post.habits, Post.lost = self.chance, habits, {}

    def live(self) -> Outcome:
        """From the first day to the last, with the invented post for as long as it lasts."""
        real, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "config.simulation.post.Post"
        try:
            return self._live()
        finally:
            settings.EMAIL_BACKEND = real

    def _live(self) -> Outcome:
        with clocks.frozen(self.begins), acting_as(engine("simulate")):
            self.teams = make_forces(self.forces)
            self.weeks = plan_shifts(self.teams, self.chance)
        self._plan()
        at = self.begins
        while at < self.ends:
            with clocks.frozen(at):
                self._happen(at)
                self._engine(at)
            at = self._next(at)
        with clocks.frozen(self.ends):
            self._sweep(self.ends)
            self._look_for_cracks(self.ends)
        return self.outcome

    # ---- What is to come -------------------------------------------------------------------

    def at(self, at: datetime, happening: Callable[[datetime], None]) -> None:
        """It happens then, if the year lasts that long."""
        if self.begins <= at < self.ends:
            heapq.heappush(self.events, (at, next(self.order), happening))

    def _plan(self) -> None:
        for day in range((self.ends - self.begins).days + 1):
            on = (self.begins + day * DAY).astimezone(LONDON).date()
            for place, hour in enumerate(SHIFTS):
                self.at(_clock(on, hour), self._shift_of(place))
            self.at(_clock(on, 11), self._agencies_look)
        for force in sorted({team.force for team in self.teams}):
            self._every(timedelta(days=7) / self.habits.cases_a_week, self._log, force)
        for team in self.teams:
            for username in (*team.officers, team.supervisor):
                self._every(self.habits.sick_every, self._go_sick, username)
            for username in team.officers:
                self._every(self.habits.leaves_every, self._go_for_good, username)
        self._plan_outages()

    def _plan_outages(self) -> None:
        """Some of hours, when it happens; one of days in each full stretch of weeks, wherever in it."""
        habits, began = self.habits, self.begins
        for number in count():
            began += self.chance.wait(habits.outage_every, "outage", number)
            if began >= self.ends:
                break
            lasts = self.chance.wait(habits.outage_for, "outage lasts", number)
            self.outages.append((began, began + lasts))
        stretch = habits.long_outage_in
        for number in range((self.ends - self.begins) // stretch):
            lasts = habits.long_outage_for * (0.5 + self.chance.of("days without", number))
            wait = (stretch - lasts) * self.chance.of("long outage", number)
            began = self.begins + number * stretch + wait
            self.outages.append((began, began + lasts))
        self.outcome.outages_of_days = sum(ends - begins >= DAY for begins, ends in self.outages)

    def _every(self, mean: timedelta, what: Callable[..., None], who: str) -> None:
        at = self.begins
        for number in count():
            at += self.chance.wait(mean, what.__name__, who, number)
            if at >= self.ends:
                return
            self.at(at, lambda then, number=number: what(then, who, number))  # type: ignore[misc]

    def _happen(self, at: datetime) -> None:
        while self.events and self.events[0][0] <= at:
            heapq.heappop(self.events)[2](at)

    def _next(self, at: datetime) -> datetime:
        """The next event, or the full hour after something falls due."""
        with acting_as(engine("simulate")):
            due = (
                FollowUp.objects.open()
                .filter(due_at__gt=at)
                .order_by("due_at")
                .values_list("due_at", flat=True)
                .first()
            )
        times = [self.ends, *(event[0] for event in self.events[:1])]
        if due is not None:
            times.append(due.replace(minute=0, second=0, microsecond=0) + HOUR)
        return min(times)

    # ---- The engine ------------------------------------------------------------------------

    def _engine(self, at: datetime) -> None:
        if any(begins <= at < ends for begins, ends in self.outages):
            self.outcome.missed += 1
            return
        if at < self.sweeps_at:
            return
        self.sweeps_at = at + self.pause
        if self.chance.happens(self.habits.kills, "killed", at):
            self._die_in_the_middle(at)
        self._sweep(at)
        if at >= self.cracks_at:
            self._look_for_cracks(at)
            self.cracks_at = at + 7 * DAY

    def _sweep(self, at: datetime) -> None:
        done = sweep(at, rules=self.rules)
        if done.failed:
            raise RuntimeError(f"Rules failed: {done.failed}")
        delivery.dispatch(at, rules=self.rules)
        nightly.keep(at)  # does nothing but once a night
        self.outcome.sweeps += 1
        for message_id in sorted(Post.lost.keys() - self.reported, key=Post.lost.__getitem__):
            self.reported.add(message_id)
            self.at(Post.lost[message_id], partial(self._come_back, message_id))

    def _come_back(self, message_id: str, at: datetime) -> None:
        """The mail server's report is piped to Holdfast, as `manage.py bounce` takes it."""
        if receipts.read_report(report_on(message_id), at):
            self.outcome.came_back += 1

    def _die_in_the_middle(self, at: datetime) -> None:
        try:
            with dies_after(int(self.chance.of("statement", at) * 150)):
                sweep(at, rules=self.rules)
        except Killed:
            self.outcome.killed += 1

    def _look_for_cracks(self, at: datetime) -> None:
        """What the post did just now is seen by the next sweep, half a minute later; then nothing may be wrong."""
        at += timedelta(seconds=30)
        sweep(at, rules=self.rules)
        with acting_as(engine("simulate"), at=at):
            found = {line.code: line.count for line in cracks.report(at) if line.count}
        self.outcome.cracks.append((at, found))

    # ---- People ----------------------------------------------------------------------------

    def _log(self, at: datetime, force: str, number: int) -> None:
        """Somebody on duty meets a person, and writes down what they see."""
        team = self.chance.pick([t for t in self.teams if t.force == force], "unit", force, number)
        case_number = next(self.numbers)
        who = self._here(at, team.officers)
        if not who:
            return
        user = self.chance.pick(who, "logs", case_number)
        case_id = UUID(int=int(self.chance.of("case", case_number) * 2**64) << 64 | case_number)
        child = self.chance.happens(self.habits.child, "child", case_number)
        answers = {
            "first_words": words.STORIES["labour"][0][0],
            "danger": Answer.NO,
            "place": words.STREETS[0],
            "met_at": at - timedelta(minutes=20),
            "age_band": AgeBand.CHILD if child else AgeBand.ADULT,
            "called": f"Invented {case_number}",
            "interpreter": Answer.NO,
            "contact_safe": Answer.YES,
        }
        with self._acting(user, at) as actor:
            case = logging.start_concern(concern=case_id, answers=answers, by=actor)
            if not self.chance.happens(self.habits.forgets_draft, "draft", case_number):
                logging.send_to_duty_supervisor(case=case, by=actor)
        stays = self.habits.closes_after * (0.5 + self.chance.of("closes", case_number))
        self.lives[case_id] = Life(case_number, case_id, force, at, at + stays)
        self.at(at + HOUR, lambda then: self._on_the_spot(then, user.username, case_id))
        if self.chance.happens(self.habits.moves, "moves", case_number):
            wait = self.chance.wait(self.habits.offered_after, "offered", case_number)
            self.at(at + DAY + wait, lambda then: self._offer_elsewhere(then, self.lives[case_id]))

    def _on_the_spot(self, at: datetime, username: str, case_id: UUID) -> None:
        """Within the hour, whoever met the person does most of what is owed first."""
        user = next(iter(self._here(at, (username,))), None)
        if user is None:
            return
        with acting_as(engine("simulate"), at=at):
            owed = list(FollowUp.objects.open().filter(case=case_id, rule__in=ON_THE_SPOT))
        life = self.lives[case_id]
        for followup in sorted(owed, key=self._urgency):
            if self.chance.happens(self.habits.at_once, "at once", followup.rule, life.number):
                self._do(user, at, followup, life, DEEDS[followup.rule])

    def _shift_of(self, place: int) -> Callable[[datetime], None]:
        def shift(at: datetime) -> None:
            day = at.astimezone(LONDON).isoweekday()
            for username, week in self.weeks.items():
                if week.get(day) == place:
                    self._look(at, username)

        return shift

    def _look(self, at: datetime, username: str) -> None:
        """One person's shift: they do some of what they know of, and ask to close what is finished."""
        user = next(iter(self._here(at, (username,))), None)
        if user is None:
            return
        acts = 0
        for followup in self._known_to(user, at):
            life = self._life_of(followup)
            deed = DEEDS.get(followup.rule)
            question = (username, followup.rule, life.number if life else 0, at)
            if life is None or acts >= self.habits.most_acts:
                continue
            does = self.chance.happens(self.habits.does_it, "does it", *question)
            if does and deed is None:
                self.outcome.stood_in_the_way[f"nobody knows how: {followup.rule}"] += 1
            did = self._do(user, at, followup, life, deed) if does and deed else 0
            acts += did
            if not did and self.chance.happens(self.habits.takes_on, "takes on", *question):
                self._take_on(user, at, followup)
        self._close_what_is_finished(user, at)

    def _do(
        self,
        user: User,
        at: datetime,
        followup: FollowUp,
        life: Life,
        deed: Callable[[Doing], None],
    ) -> int:
        try:
            with self._acting(user, at) as actor:
                cases = Case.objects.with_header()
                # Whoever is asked to take a case over does not see it yet.
                case = (
                    cases.get_visible(actor, pk=life.case_id)
                    if followup.case_id
                    else cases.get(pk=life.case_id)
                )
                deed(Doing(followup, case, life.number, actor, at, self.chance, self.habits))
        except MAY_STAND_IN_THE_WAY as problem:
            self.outcome.stood_in_the_way[f"{followup.rule}: {_why(problem)}"] += 1
            return 0
        self.outcome.acts[followup.rule] += 1
        return 1

    def _take_on(self, user: User, at: datetime, followup: FollowUp) -> None:
        """What went up to them and is not done: they say that whoever holds it does it by this time tomorrow."""
        try:
            with self._acting(user, at) as actor:
                gone_up = escalations([followup.pk], actor, at).get(followup.pk, NOT_ESCALATED)
                if gone_up.wanted:
                    acknowledge(
                        followup_id=followup.pk,
                        doer=followup.holder_id or user.pk,
                        what_next="Sees to it before anything else.",
                        until=at + DAY,
                        by=actor,
                    )
                    self.outcome.acts["took on what went up"] += 1
        except MAY_STAND_IN_THE_WAY as problem:
            self.outcome.stood_in_the_way[f"taking on: {_why(problem)}"] += 1

    def _known_to(self, user: User, at: datetime) -> list[FollowUp]:
        """What they were told of and saw, what they hold and remember; the most urgent first."""
        opens = self.chance.happens(self.habits.opens_page, "opens", user.username, at)
        reads = self.chance.happens(self.habits.reads_mail, "reads", user.username, at)
        seen = [channel for channel, does in (("page", opens), ("email", reads)) if does]
        with acting_as(engine("simulate"), at=at):
            owed = FollowUp.objects.open()
            arrived = Notice.objects.filter(person=user, channel__in=seen, state="accepted")
            arrived = arrived.exclude(message_id__in=Post.lost)
            told = owed.filter(steps__notices__in=arrived).distinct()
            mine = [
                row
                for row in owed.filter(holder=user)
                if self._life_of(row) and self._remembers(user, row, at)
            ]
            known = {row.pk: row for row in (*told, *mine) if self._life_of(row)}
        return sorted(known.values(), key=self._urgency)

    def _remembers(self, user: User, row: FollowUp, at: datetime) -> bool:
        return self.chance.happens(
            self.habits.remembers, "remembers", user.username, row.rule, self._number(row), at
        )

    def _life_of(self, row: FollowUp) -> Life | None:
        """The life that it is about; an offer is about a case that whoever answers it does not see yet."""
        return self.lives.get(row.case_id or self.offers.get(row.subject_id, row.subject_id))

    def _number(self, row: FollowUp) -> int:
        life = self._life_of(row)
        return life.number if life else 0

    def _urgency(self, row: FollowUp) -> tuple[Any, ...]:
        late = row.due_at or self.begins
        return (int(RULES[row.rule].safety), late, row.rule, self._number(row))

    def _close_what_is_finished(self, user: User, at: datetime) -> None:
        with acting_as(engine("simulate"), at=at):
            ready = [
                case
                for case in Case.objects.filter(owner=user, status=CaseStatus.ALLOCATED)
                if case.pk in self.lives and self.lives[case.pk].wants_closing_at <= at
            ]
        for case in sorted(ready, key=lambda each: self.lives[each.pk].number):
            try:
                with self._acting(user, at) as actor:
                    spoke = case.contacts.filter(outcome=ContactOutcome.SPOKE).first()
                    closing.ask_to_close(
                        case=case,
                        by=actor,
                        outcome=ClosingOutcome.SAFE_AND_SUPPORTED,
                        explanation="They are safe, and know whom to call.",
                        last_safe_contact_at=spoke.at if spoke else None,
                        no_contact_reason="" if spoke else "They asked that nobody calls.",
                    )
            except MAY_STAND_IN_THE_WAY:
                continue
            self.outcome.acts["asked to close"] += 1

    def _offer_elsewhere(self, at: datetime, life: Life) -> None:
        """The supervisor asks another unit, of this force or another, to take the case over."""
        with acting_as(engine("simulate"), at=at):
            here = Case.objects.select_related("unit").get(pk=life.case_id).unit.slug
        team = next(team for team in self.teams if team.unit == here)
        others = [each.unit for each in self.teams if each.unit != team.unit]
        asked = self.chance.pick(others, "offered to", life.number)
        boss = next(iter(self._here(at, (team.supervisor,))), None)
        if boss is None:
            return
        try:
            with self._acting(boss, at) as actor:
                offered = transfers.offer(
                    case=Case.objects.with_header().get_visible(actor, pk=life.case_id),
                    to_unit=Unit.objects.get(slug=asked),
                    why=TransferWhy.AREA,
                    reason="They live there now.",
                    by=actor,
                )
        except MAY_STAND_IN_THE_WAY as problem:
            self.outcome.stood_in_the_way[f"offering: {_why(problem)}"] += 1
            return
        self.offers[offered.pk] = life.case_id
        self.outcome.acts["offered to another unit"] += 1
        after = at + self.habits.taken_back_after
        self.at(after, lambda then: self._take_back(then, offered, boss))

    def _take_back(self, at: datetime, offered: Transfer, boss: User) -> None:
        """Nobody has answered for so long: it stays where it is."""
        for user in self._here(at, (boss.username,)):
            try:
                with self._acting(user, at) as actor:
                    transfers.withdraw(transfer=offered, by=actor)
            except MAY_STAND_IN_THE_WAY:
                continue  # it was answered
            self.outcome.acts["took an offer back"] += 1

    def _go_sick(self, at: datetime, username: str, number: int) -> None:
        user = next(iter(self._here(at, (username,))), None)
        if user is None:
            return
        team = next(t for t in self.teams if username in (*t.officers, t.supervisor))
        others = [u for u in self._here(at, team.officers) if u.pk != user.pk]
        covered = others and self.chance.happens(self.habits.covered, "cover", username, number)
        cover = self.chance.pick(others, "covers", username, number) if covered else None
        lasts = max(DAY, self.chance.wait(self.habits.sick_for, "sick", username, number))
        boss = User.objects.get(username=team.supervisor)
        try:
            with self._acting(boss, at) as actor:
                record_absence(
                    by=actor,
                    user=user,
                    kind=AbsenceKind.SICK,
                    starts_at=at,
                    ends_at=at + lasts,
                    cover=cover,
                )
        except MAY_STAND_IN_THE_WAY as problem:
            self.outcome.stood_in_the_way[f"absence: {_why(problem)}"] += 1
        else:
            self.outcome.away += 1

    def _go_for_good(self, at: datetime, username: str, number: int) -> None:
        team = next(t for t in self.teams if username in t.officers)
        here = self._here(at, team.officers)
        if number or username not in {user.username for user in here} or len(here) < 3:
            return  # the last two stay: an invented unit of nobody teaches nothing
        with acting_as(engine("simulate"), at=at) as context:
            leave(by=context.actor, user=User.objects.get(username=username))
        self.outcome.left += 1

    # ---- Agencies --------------------------------------------------------------------------

    def _agencies_look(self, at: datetime) -> None:
        weekday = at.astimezone(LONDON).weekday()
        if weekday > 4:
            return
        if weekday == 0:
            self._agencies_say_capacity(at)
        with acting_as(engine("simulate"), at=at):
            rows = list(SupportReferral.objects.open().select_related("agency"))
        for referral in sorted(rows, key=self._number_of):
            question = (self._number_of(referral), referral.agency.slug, at.date())
            if self.chance.happens(self.habits.agency_looks, "agency", *question):
                self._answer(referral, at, question)

    def _agencies_say_capacity(self, at: datetime) -> None:
        with acting_as(engine("simulate"), at=at):
            services = list(
                Service.objects.select_related("agency").order_by("agency__slug", "name")
            )
        for service in services:
            worker = User.objects.get(username=f"{service.agency.slug}-worker")
            with self._acting(worker, at) as actor:
                tell_capacity(service=service, places_free=3, by=actor)

    def _number_of(self, referral: SupportReferral) -> int:
        return self.lives[referral.case_id].number

    def _answer(self, referral: SupportReferral, at: datetime, question: tuple[Any, ...]) -> None:
        habits, life = self.habits, question[:2]
        if self.chance.happens(habits.agency_silent, "silent", *life):
            return
        worker = User.objects.get(username=f"{referral.agency.slug}-worker")
        with self._acting(worker, at) as actor:
            given: dict[str, Any] = {"referral": referral, "by": actor}
            if referral.status in {ReferralStatus.SENT, ReferralStatus.OPENED}:
                if self.chance.happens(habits.agency_declines, "declines", *life):
                    referral_actions.decline(reason="no_capacity", **given)
                else:
                    referral_actions.accept(worker_name=worker.name, **given)
            elif referral.status == ReferralStatus.ACCEPTED:
                if self.chance.happens(habits.agency_reaches, "reaches", *question):
                    referral_actions.confirm_first_contact(**given)
            elif self.chance.happens(0.05, "finishes", *question):
                referral_actions.complete(reason="needs_met", **given)
            elif self.chance.happens(habits.agency_reviews, "reviews", *question):
                referral_actions.hold_review(finding=Finding.values[0], **given)

    # ---- Who is here -----------------------------------------------------------------------

    def _here(self, at: datetime, usernames: tuple[str, ...]) -> list[User]:
        """Those of them who have not left and are not away."""
        people = User.objects.filter(username__in=usernames, is_active=True)
        away = people.filter(absences__starts_at__lte=at, absences__ends_at__gt=at)
        return list(people.exclude(pk__in=away.values("pk")).order_by("username"))

    @contextmanager
    def _acting(self, user: User, at: datetime) -> Iterator[Any]:
        with acting_as(engine("simulate"), at=at):
            yield actor_of(user, at)


def _owner_alone(rules: dict[str, Rule]) -> dict[str, Rule]:
    cut = {}
    for slug, rule in rules.items():
        name = type(rule).__name__
        cut[slug] = type(name, (type(rule),), {"ladder": (Rung.OWNER,) * 3})()
    return cut


def _clock(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=LONDON).astimezone(clocks.now().tzinfo)


def _why(problem: BaseException) -> str:
    words_of = getattr(problem, "messages", None)
    return str(words_of[0] if words_of else problem)[:90]
