"""The room of the supervisor's desk: what somebody who begins a shift must know, each part asked by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import Permission, Role
from casework.models import Allocation, Transfer, TransferStatus
from followups.doors import Door, door, permission_of
from followups.models import FollowUp, Handover
from followups.queues import OTHERS
from followups.rules import RULES, of, urgency, why
from followups.team import Team
from followups.team_sql import AWAY_UNTIL
from followups.tonight import CASES, FEW, LIKELY, LikelyLost, people_of, values
from pages.due import DueWords, due_words, on_the_wall
from training.models import TrainingRecord
from victims.models import AgeBand, RiskLevel

Answer = TypeVar("Answer")
LOOKED_BACK = timedelta(hours=24)
MOST_OFFICERS, MOST_MOVES, MOST_SIGNATURES = 30, 10, 15


def asked(question: Callable[[], Answer]) -> Answer | None:
    """The answer, or None when the database could not give it: the page then says so of that part alone."""
    try:
        with transaction.atomic():
            return question()
    except DatabaseError:
        return None


@dataclass(frozen=True)
class Officer:
    """One officer at a glance: what they hold, how much of it is late or dangerous, and whether they are here."""

    user_id: UUID
    name: str
    unit: str
    has_left: bool
    on_duty: bool
    away: str
    open: int
    overdue: int
    high_risk: int
    children: int


@dataclass(frozen=True)
class Workload:
    """The open cases of the units, and who holds them; `officers` are those with most to answer for, of `known`."""

    open: int
    without_owner: int
    high_risk: int
    officers: list[Officer]
    known: int


_HELD = f"""{CASES}, sums AS (
    SELECT m.owner_id, count(*) AS open, count(*) FILTER (WHERE d.late) AS late,
           count(*) FILTER (WHERE m.risk = '{RiskLevel.HIGH}') AS high,
           count(*) FILTER (WHERE m.age_band <> '{AgeBand.ADULT}') AS children
      FROM mine m LEFT JOIN owed d ON d.case_id = m.id GROUP BY m.owner_id
), counts AS (
    SELECT coalesce(sum(open), 0) AS open, coalesce(sum(open) FILTER (WHERE owner_id IS NULL), 0) AS nobody,
           coalesce(sum(high), 0) AS high FROM sums
), officers AS (
    SELECT row_number() OVER most AS place, u.id, u.name, coalesce(n.name, '') AS unit, NOT u.is_active AS has_left,
           accounts_on_duty(u.id, %(at)s) AS on_duty, {AWAY_UNTIL.replace("{of}.owner_id", "u.id")} AS away_until,
           coalesce(s.open, 0) AS open, coalesce(s.late, 0) AS late, coalesce(s.high, 0) AS high,
           coalesce(s.children, 0) AS children, count(*) OVER () AS known
      FROM accounts_user u
      LEFT JOIN accounts_unit n ON n.id = u.unit_id
      LEFT JOIN sums s ON s.owner_id = u.id
     WHERE s.open > 0 OR (u.is_active AND u.unit_id = ANY (%(units)s::uuid[]) AND EXISTS (
               SELECT 1 FROM accounts_roleheld h WHERE h.user_id = u.id AND h.role = '{Role.INVESTIGATOR}'))
    WINDOW most AS (ORDER BY coalesce(s.high, 0) + coalesce(s.late, 0) DESC, coalesce(s.open, 0) DESC, u.name, u.id)
     ORDER BY place LIMIT {MOST_OFFICERS}
)"""  # nosec B608 - only our own words
OFFICERS = f"{_HELD} SELECT counts.*, o.* FROM counts LEFT JOIN officers o ON true ORDER BY o.place"  # nosec B608
# Both weigh every open case: asked as one, that is done once. The rows of one stand beside those of the other.
TOGETHER = f"""{_HELD}, likely AS ({LIKELY})
SELECT counts.*, o.*, l.* FROM counts LEFT JOIN (officers o FULL JOIN likely l USING (place)) ON true
 ORDER BY o.place, l.place
"""  # nosec B608 - only our own words
_OF_OFFICERS = 3 + 12
"""How many columns the counts and an officer have."""


@dataclass(frozen=True)
class Weighed:
    """What is known of the open cases of the units once each is weighed: who may be lost, and who holds what."""

    people: list[LikelyLost]
    workload: Workload


def weigh(team: Team) -> Weighed:
    """Both in one question, which costs half of what they do apart; the same as `likely_lost` and `workload`."""
    found = team.ask(TOGETHER, few=FEW, **values(team))
    return Weighed(
        people_of([row[_OF_OFFICERS:] for row in found], team.at),
        _workload([row[:_OF_OFFICERS] for row in found], team.at),
    )


def workload(team: Team) -> Workload:
    """What each officer of these units holds; one question."""
    return _workload(team.ask(OFFICERS, **values(team)), team.at)


def _workload(found: list[tuple[Any, ...]], at: datetime) -> Workload:
    held, without_owner, high_risk = found[0][:3]
    officers = [_officer(row[4:-1], at) for row in found if row[3]]
    return Workload(held, without_owner, high_risk, officers, known=found[0][-1] or 0)


def _officer(row: tuple[object, ...], at: datetime) -> Officer:
    user_id, name, unit, has_left, on_duty, away_until, *numbers = row
    away = _("Away until %s") % on_the_wall(away_until, at) if away_until else ""  # type: ignore[arg-type]
    return Officer(user_id, name, unit, has_left, on_duty, away, *numbers)  # type: ignore[arg-type]


@dataclass(frozen=True)
class NextStep:
    """What to do first about somebody: the act, why, by when, and where."""

    act: str
    why: str
    due: DueWords
    door: Door


def next_steps(people: list[LikelyLost], actor: Actor, at: datetime) -> dict[UUID, NextStep]:
    """The most urgent thing that can be done here for each of these people; one question."""
    owed = (
        FollowUp.objects.visible_to(actor)
        .open()
        .filter(case__in=[person.case_id for person in people])
        .exclude(rule__in=OTHERS)
        .annotate(urgency=urgency())
        .select_related("case", "force__calendar")
        .order_by("urgency", "due_at", "pk")
    )
    first: dict[UUID, NextStep] = {}
    for each in owed:
        if each.case_id and each.case_id not in first:
            due = due_words(each.due_at, at, each.force.calendar.working_days())
            first[each.case_id] = NextStep(str(of(each).act), why(each), due, door(each, actor))
    return first


@dataclass(frozen=True)
class Signature:
    """Something that only a second person ends: why, what to do, by when, and where."""

    reference: str
    why: str
    act: str
    due: DueWords
    door: Door


@dataclass(frozen=True)
class Signatures:
    """What waits for this person as the second one; `training` counts records whose proof nobody has seen."""

    rows: list[Signature]
    total: int
    training: int


def second_signatures(actor: Actor, at: datetime) -> Signatures:
    """What others asked for and this person may decide; never what they asked for themself."""
    rules = {
        rule.slug: rule.second_person
        for rule in RULES.values()
        if rule.second_person and _may(actor, permission_of(rule))
    }
    own = [
        Q(rule=slug, occurrence__in=model._base_manager.filter(**{field: actor.id}).values("pk"))
        for slug, (model, field) in rules.items()
    ]
    waiting = FollowUp.objects.visible_to(actor).open().filter(rule__in=rules)
    if own:
        waiting = waiting.exclude(reduce(or_, own))
    waiting = waiting.select_related("case", "force__calendar").order_by("due_at", "pk")
    rows = list(waiting[: MOST_SIGNATURES + 1])
    total = len(rows) if len(rows) <= MOST_SIGNATURES else waiting.count()
    return Signatures(
        [_signature(row, actor, at) for row in rows[:MOST_SIGNATURES]], total, _training(actor)
    )


def _may(actor: Actor, permission: Permission | None) -> bool:
    return permission is None or actor.can(permission)


def _training(actor: Actor) -> int:
    if not actor.can(Permission.TRAINING_VERIFY):
        return 0
    rows = TrainingRecord.objects.visible_to(actor).unverified().filter(user__is_active=True)
    return rows.exclude(user=actor.id).exclude(recorded_by=actor.id).count()


def _signature(row: FollowUp, actor: Actor, at: datetime) -> Signature:
    return Signature(
        row.case.reference if row.case else "",
        why(row),
        str(of(row).act),
        due_words(row.due_at, at, row.force.calendar.working_days()),
        door(row, actor),
    )


@dataclass(frozen=True)
class Move:
    """A case that changed hands: when, which, from whom, to whom, who did it; `reached` is whether one may open it."""

    at: datetime
    reference: str
    reached: bool
    before: str
    now: str
    by: str


@dataclass(frozen=True)
class Moves:
    """The latest of what changed hands, and how much there was."""

    rows: list[Move]
    total: int


def changed_hands(team: Team) -> Moves:
    """Cases given to another officer or unit within the last day, the latest first."""
    since = team.at - LOOKED_BACK
    before = Allocation.objects.filter(case=OuterRef("case"), ended_at=OuterRef("at"))
    given = (
        Allocation.objects.visible_to(team.actor)
        .filter(case__unit__in=team.units, at__gt=since)
        .annotate(before=Subquery(before.values("owner__name")[:1]))
        .select_related("case", "owner", "by")
        .order_by("-at", "pk")
    )
    over = (
        Transfer.objects.visible_to(team.actor)
        .filter(Q(from_unit__in=team.units) | Q(to_unit__in=team.units))
        .filter(status=TransferStatus.ACCEPTED, answered_at__gt=since)
        .select_related("from_unit", "to_unit", "answered_by")
        .order_by("-answered_at", "pk")
    )
    rows = [
        Move(
            each.at,
            each.case.reference,
            True,
            each.before or "",
            each.owner.name,
            each.by.name if each.by else "",
        )
        for each in given[:MOST_MOVES]
    ]
    rows += [
        Move(
            each.answered_at or each.offered_at,
            each.reference,
            each.to_unit_id in team.units,
            each.from_unit.name,
            each.to_unit.name,
            each.answered_by.name if each.answered_by else "",
        )
        for each in over[:MOST_MOVES]
    ]
    latest = sorted(rows, key=lambda move: move.at, reverse=True)[:MOST_MOVES]
    return Moves(latest, given.count() + over.count())


MOST_HANDOVERS = 5


def handovers(team: Team) -> list[Handover]:
    """What was left for whoever looks after these units: what nobody has read, and the latest that somebody has."""
    lately = Q(read_at=None) | Q(at__gt=team.at - LOOKED_BACK)
    rows = Handover.objects.visible_to(team.actor).filter(lately, unit__in=team.units)
    rows = rows.select_related("unit", "by", "read_by")
    return list(rows.order_by(F("read_at").desc(nulls_first=True), "-at", "pk")[:MOST_HANDOVERS])
