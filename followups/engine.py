"""The room of the engine: what is stored is made equal to what the rules say, then climbs the ladder.

Every statement is set-based. A steady sweep writes nothing: what is already right is left out first,
and `ON CONFLICT` only settles what two drivers do at the same moment.
"""

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from math import inf
from typing import Any
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import CharField, Func, Value

from accounts.actors import engine
from accounts.context import acting_as
from casework import finding
from casework.models import Case
from clocks.models import Deadline
from followups import sql
from followups.models import FollowUp, Heartbeat, HeldSweep
from followups.rules import RULES
from followups.rules.base import COLUMNS, Rule

log = logging.getLogger(__name__)
BOUND, BOUND_SHARE = 20, 0.10
"""How many of a rule's rows in a force may go without evidence in one sweep: the larger of the two."""

AT_A_TIME = 20_000
"""How many follow-ups are written, or climb, in one statement, so that no number of them outlasts its time limit."""

LONGEST_TURN = 40
"""Seconds after which a sweep leaves the rest of what changed to the next: who must be told is told meanwhile."""

TURN = ("reconcile", "climb")
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Sweep:
    """What one sweep did, in numbers, and the rules it had no time for: kept with its heartbeat."""

    rules: dict[str, dict[str, int]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    failing_since: dict[str, str] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    steps: int = 0
    notices: int = 0
    unfinished: list[str] = field(default_factory=list)


def sweep(at: datetime, *, rules: dict[str, Rule] | None = None) -> Sweep:
    """What is stored equals what is owed at that time, everything has its holder, and every due step is made."""
    done = Sweep()
    with Stage("reconcile", at, done):
        try:
            with acting_as(engine("followups"), at=at):
                finding.compare()
        except DatabaseError as error:
            done.failed["compare"] = type(error).__name__
        until = time.monotonic() + LONGEST_TURN
        for rule in (rules or RULES).values():
            try:
                _reconcile(rule, at, done, until)
            except SoftTimeLimitExceeded:
                raise
            except Exception as error:  # whatever is wrong with one rule, the others are served
                log.exception("A rule could not be asked.")
                done.failed[rule.slug] = type(error).__name__
        if done.failed:
            done.failing_since = _failing_since(done.failed, at)
        hold(at)
    with Stage("climb", at, done):
        climb(at, done, rules or RULES)
    return done


def _failing_since(failed: Iterable[str], at: datetime) -> dict[str, str]:
    """Since which sweep each of these has failed, every time."""
    with acting_as(engine("followups"), at=at):
        before = Heartbeat.objects.filter(stage="reconcile").first()
    known = before.result.get("failing_since", {}) if before else {}
    return {name: known.get(name, at.isoformat()) for name in failed}


class Stage:
    """A stage of the engine: its heartbeat says when it last got to its end, and what it did.

    A sweep that left changes to the next one has not got there.
    """

    def __init__(self, name: str, at: datetime, done: Sweep) -> None:
        self.name, self.at, self.done = name, at, done

    def __enter__(self) -> None:
        self.started = time.monotonic()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and not (self.name == "reconcile" and self.done.unfinished):
            beat(self.name, self.at, self.started, vars(self.done))


def beat(stage: str, at: datetime, started: float, result: dict[str, Any]) -> None:
    """A stage got to its end."""
    with acting_as(engine("followups"), at=at):
        Heartbeat.objects.update_or_create(
            stage=stage,
            defaults={
                "at": at,
                "took_ms": int((time.monotonic() - started) * 1000),
                "result": result,
            },
        )


def occurrences_sql(rule: Rule, at: datetime, narrow: str = "") -> str:
    """A rule's occurrences as SQL: `rule` and the names of `COLUMNS`."""
    inner = _compiled(rule, at if rule.reads_at else None)
    return f"SELECT '{rule.slug}'::text AS rule, o.* FROM ({inner}) AS o ({', '.join(COLUMNS)}) {narrow}"  # nosec B608 - only our own words


@lru_cache(maxsize=128)
def _compiled(rule: Rule, at: datetime | None) -> str:
    # Most rules say the same at any time, and putting their SQL together costs more than asking it.
    try:
        text, given = rule.occurrences(at or ANY_TIME).query.sql_with_params()
    except EmptyResultSet:
        nothing = ", ".join(f"NULL::{kind.db_type(connection)}" for kind in COLUMNS.values())
        return f"SELECT {nothing} WHERE false"
    with connection.cursor() as cursor:
        inner: str = cursor.cursor.mogrify(text, given).decode()
    return inner.replace("%", "%%")


def _reconcile(rule: Rule, at: datetime, done: Sweep, until: float = inf) -> None:
    """What is stored of a rule equals what it says; past `until` (monotonic seconds) the rest waits for the next sweep.

    Each statement is committed: what took too long must not take with it what was done.
    """
    while _reconcile_some(rule, at, done):
        if time.monotonic() > until:
            done.unfinished.append(rule.slug)
            return


def _reconcile_some(rule: Rule, at: datetime, done: Sweep) -> bool:
    """What changed is stored as far as one statement goes, then what is gone is let go; whether there may be more."""
    with acting_as(engine("followups"), at=at):
        _alone_with(rule)
        try:
            with transaction.atomic():
                stored = _upsert(rule, at)
        except DatabaseError:
            stored, more = _upsert_around_poison(rule, at), False
        else:
            more = sum(stored.values()) == AT_A_TIME
        done.rules[rule.slug] = dict(Counter(done.rules.get(rule.slug, {})) + Counter(stored))
        if not more:
            _let_go(rule, at, done)
    return more


def _let_go(rule: Rule, at: datetime, done: Sweep) -> None:
    let_go = HeldSweep.objects.filter(
        rule=rule.slug, released_at__isnull=False, dropped_at__isnull=True
    )
    released = list(let_go.values_list("force_id", flat=True))
    for force, gone, lapsed in _lapse(rule, at, released=released):
        if gone > lapsed:
            done.held[rule.slug] = done.held.get(rule.slug, 0) + gone
            HeldSweep.objects.update_or_create(
                rule=rule.slug,
                force_id=force,
                released_at=None,
                defaults={"would_drop": gone},
                create_defaults={"would_drop": gone, "held_at": at},
            )
        else:
            kept = done.rules[rule.slug]
            kept["lapsed"] = kept.get("lapsed", 0) + lapsed
    if released:
        let_go.update(dropped_at=at)


def _one_at_a_time(what: str) -> None:
    # In a statement of its own: the next one then sees what the driver before us committed.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def _alone_with(rule: Rule) -> None:
    _one_at_a_time(f"followups {rule.slug}")
    _by_hashing()
    with connection.cursor() as cursor:
        # A table that has just grown looks small to the planner, and a nested loop is quadratic then.
        cursor.execute("SET LOCAL enable_nestloop = off")


def _by_hashing() -> None:
    # Whole tables are joined by ids that lie in no order: merged, each row is fetched by an index or sorted first.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_mergejoin = off")


def _upsert(rule: Rule, at: datetime, narrow: str = "", **given: Any) -> dict[str, int]:
    statement = sql.UPSERT.format(occurrences=occurrences_sql(rule, at, narrow))
    with connection.cursor() as cursor:
        cursor.execute(statement, given | {"at": at, "most": AT_A_TIME})
        return dict(cursor.fetchall())


def _lapse(rule: Rule, at: datetime, *, released: list[UUID]) -> list[tuple[UUID, int, int]]:
    """Of each force from whose rows some are gone: how many, and how many of these lapsed."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.LAPSE.format(occurrences=occurrences_sql(rule, at)),
            {
                "rule": rule.slug,
                "at": at,
                "bound": BOUND,
                "share": BOUND_SHARE,
                "released": released,
            },
        )
        lapsed: list[tuple[UUID, int, int]] = cursor.fetchall()
    return lapsed


def _upsert_around_poison(rule: Rule, at: datetime) -> dict[str, int]:
    """All but the rows that raise; each of those becomes something that a person must look at."""
    source = occurrences_sql(rule, at)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT subject_id FROM ({source}) s ORDER BY 1", {})  # nosec B608 - only our own words
        subjects = [row[0] for row in cursor.fetchall()]
    done: Counter[str] = Counter()
    for some, is_poison in _bisected(subjects, lambda part: _try_upsert(rule, at, part, done)):
        if is_poison:
            with connection.cursor() as cursor:
                cursor.execute(
                    sql.QUARANTINE.format(occurrences=source), {"at": at, "subjects": some}
                )
            done["quarantined"] += len(some)
    return done


def _try_upsert(rule: Rule, at: datetime, subjects: list[UUID], done: Counter[str]) -> bool:
    narrow = "WHERE o.subject_id = ANY(%(subjects)s)"
    found: Counter[str] = Counter()
    written = AT_A_TIME
    try:
        with transaction.atomic():
            while written == AT_A_TIME:
                stored = _upsert(rule, at, narrow, subjects=subjects)
                written = sum(stored.values())
                found.update(stored)
    except DatabaseError:
        return False
    done.update(found)
    return True


def _bisected(
    subjects: list[UUID], works: Callable[[list[UUID]], bool]
) -> Iterator[tuple[list[UUID], bool]]:
    if not subjects:
        return
    if len(subjects) > 1 or works(subjects):
        middle = len(subjects) // 2
        for half in (subjects[:middle], subjects[middle:]):
            if len(half) > 1 and not works(half):
                yield from _bisected(half, works)
            elif len(half) == 1:
                yield half, not works(half)
        return
    yield subjects, True


def hold(at: datetime) -> int:
    """Everything owed is held by the owner, their cover, the duty supervisor or the force's lead.

    Of a record held closely, only by somebody named on it. Asked once for each owner and unit.
    """
    with acting_as(engine("followups"), at=at), connection.cursor() as cursor:
        _one_at_a_time("followups hold")
        _by_hashing()
        # Asked apart: beside the rows to be changed, the planner sorts everything that is owed to change none of it.
        cursor.execute(sql.IS_ANY_WRONG, {"at": at})
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(sql.HOLD, {"at": at})
        held: int = cursor.rowcount
    return held


def climb(at: datetime, done: Sweep, rules: dict[str, Rule]) -> None:
    """Every rung whose time has come has its step, and the person it goes to is told."""
    given: dict[str, Any] = {
        "at": at,
        "most": AT_A_TIME,
        "rules": list(rules),
        "warns": [rule.warns for rule in rules.values()],
        "interrupts": [rule.interrupts for rule in rules.values()],
        "announces": [rule.announces for rule in rules.values()],
        "agencys": [rule.agencys.value for rule in rules.values()],
        "goes_ups": [rule.goes_up for rule in rules.values()],
    } | {
        name: [str(rule.ladder[place]) for rule in rules.values()]
        for place, name in enumerate(("first", "second", "third"))
    }
    climbed = AT_A_TIME
    while climbed == AT_A_TIME:
        with acting_as(engine("followups"), at=at), connection.cursor() as cursor:
            _one_at_a_time("followups climb")
            cursor.execute(sql.CLIMB, given)
            climbed, steps, notices = cursor.fetchone()
        done.steps += steps
        done.notices += notices


def release(slug: str, at: datetime) -> int:
    """A person looked at a held sweep and lets it drop its rows: how many went."""
    done = Sweep()
    with acting_as(engine("followups"), at=at):
        HeldSweep.objects.filter(rule=slug, released_at=None).update(released_at=at)
    _reconcile(RULES[slug], at, done)
    return done.rules[slug].get("lapsed", 0)


@dataclass(frozen=True)
class LastRun:
    """When the engine last got through a turn (None: it has not yet), and which rules it could not ask then.

    `idle` says what it leaves undone although it runs: `untold`, `unwatched` or `unsent`, else nothing.
    """

    at: datetime | None
    failing: frozenset[str]
    idle: str


def last_run(at: datetime) -> LastRun:
    """What is stored was made equal to what is owed, and whoever must be told was told: when, but for which rules."""
    idle = Func(Value(at), function="followups_idle", output_field=CharField())
    rows = Heartbeat.objects.filter(stage__in=TURN).annotate(idle=idle)
    beats = {beat.stage: beat for beat in rows}
    failed = beats["reconcile"].result.get("failed", {}) if "reconcile" in beats else {}
    ran_at = min(beat.at for beat in beats.values()) if len(beats) == len(TURN) else None
    left = next((beat.idle for beat in beats.values()), "")
    return LastRun(ran_at, frozenset(failed), left)


def reconcile_case(case: Case, at: datetime) -> None:
    """What is stored about one case equals what is owed now, in the caller's transaction and reach.

    A rule that fails would undo the caller's act: it is left to the sweep.
    """

    def store(rules: Sequence[Rule]) -> list[FollowUp]:
        with connection.cursor() as cursor:
            cursor.execute(
                sql.UPSERT.format(occurrences=_of_cases(at, rules)),
                {"at": at, "cases": [case.pk], "most": None},
            )
        return []

    failing = last_run(at).failing
    _asked([rule for slug, rule in RULES.items() if slug not in failing], store)


@dataclass(frozen=True)
class Live:
    """What is owed on some cases now, most urgent first, and the rules that could not be asked about them."""

    owed: list[FollowUp]
    unasked: frozenset[str]


def live_followups(
    cases: list[UUID], at: datetime, rules: Collection[Rule] = tuple(RULES.values())
) -> Live:
    """What is owed on these cases now, asked of the rules in one query that writes nothing.

    The rows are follow-ups that may not be stored yet. A rule that raises is left out and named.
    """

    def read(some: Sequence[Rule]) -> list[FollowUp]:
        with connection.cursor() as cursor:
            cursor.execute(
                sql.LIVE.format(occurrences=_of_cases(at, some)),
                {"at": at, "cases": cases, "most": None},
            )
            names = [column.name for column in cursor.description]
            return [_live(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]

    found = _asked(list(rules), read)
    return Live(sorted(found.owed, key=urgency_of), found.unasked)


def _asked(rules: Sequence[Rule], ask: Callable[[Sequence[Rule]], list[FollowUp]]) -> Live:
    """What the rules answer, all asked at once; where one raises by halves, so that only that one is left out."""
    if not rules:
        return Live([], frozenset())
    try:
        with transaction.atomic():
            return Live(ask(rules), frozenset())
    except OperationalError:  # the database is lost or too slow: no rule is to blame
        raise
    except Exception as error:  # whatever is wrong with one rule, the others are asked
        if len(rules) == 1:
            said = {"rule": rules[0].slug, "error": type(error).__name__}
            log.error("A rule could not be asked about a case.", extra=said)
            return Live([], frozenset({rules[0].slug}))
    middle = len(rules) // 2
    halves = [_asked(half, ask) for half in (rules[:middle], rules[middle:])]
    return Live(
        [row for half in halves for row in half.owed], halves[0].unasked | halves[1].unasked
    )


def _live(row: dict[str, Any]) -> FollowUp:
    """A follow-up that may not be stored yet, with its deadline."""
    deadline, pk = row.pop("deadline"), row.pop("deadline_id")
    followup = FollowUp(**row | {"words": json.loads(row["words"])})
    followup.deadline = Deadline(pk=pk, **json.loads(deadline)) if deadline else None
    return followup


def urgency_of(followup: FollowUp) -> tuple[int, bool, float, str]:
    """What lists are sorted by: closeness to harm, then due time (unknown first)."""
    due_at = followup.due_at
    return (
        int(RULES[followup.rule].safety),
        due_at is not None,
        due_at.timestamp() if due_at else 0.0,
        followup.rule,
    )


def _of_cases(at: datetime, rules: Iterable[Rule]) -> str:
    return " UNION ALL ".join(
        occurrences_sql(rule, at, "WHERE o.case_id = ANY(%(cases)s)") for rule in rules
    )
