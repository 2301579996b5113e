"""The room of who the person is, as lines of the case; `victims.actions` keeps what is known."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, Safeguarding
from pages.answers import Answer
from victims import actions as victims
from victims.models import KINDS, AgeDispute, FactKind, MissingEpisode, PersonFact, Precision


@transaction.atomic
def add_fact(*, case: Case, by: Actor, kind: FactKind, values: Mapping[str, Any]) -> PersonFact:
    """One more name, nationality, language, dependant or number is known, and the history says so."""
    locked = lock_open_case(case, by=by)
    made = victims.add_fact(victim=locked.victim, kind=KINDS[kind], by=by, values=values)
    _line(locked, by, kind, "added")
    return made


@transaction.atomic
def replace_fact(
    *, case: Case, by: Actor, kind: FactKind, fact: PersonFact, values: Mapping[str, Any]
) -> PersonFact:
    """What was recorded is put right, and what it was before is kept."""
    locked = lock_open_case(case, by=by)
    made = victims.replace_fact(fact=fact, by=by, values=values)
    if made.pk != fact.pk:
        _line(locked, by, kind, "replaced")
    return made


@transaction.atomic
def end_fact(*, case: Case, by: Actor, kind: FactKind, fact: PersonFact, why: str) -> PersonFact:
    """What was recorded is not so, or no longer; it is kept, with why."""
    locked = lock_open_case(case, by=by)
    ended = victims.end_fact(fact=fact, by=by, why=why)
    _line(locked, by, kind, "ended", text=why)
    return ended


def _line(case: Case, by: Actor, kind: FactKind, step: str, *, text: str = "") -> None:
    write_line(
        case,
        EventKind.PERSON,
        verb=f"case.person_{step}",
        by=by,
        recorded_at=clocks.now(),
        text=text,
        fact=str(kind),
        step=step,
    )


@transaction.atomic
def record_age(
    *,
    case: Case,
    by: Actor,
    version: int,
    age_band: str,
    born_on: date | None,
    born_precision: str = Precision.DAY,
) -> None:
    """How old the person is, as far as it is known; what is owed to a child follows from it."""
    locked = lock_open_case(case, by=by)
    before = locked.victim.version
    person = victims.record_age(
        victim=locked.victim,
        by=by,
        version=version,
        age_band=age_band,
        born_on=born_on,
        born_precision=born_precision,
    )
    settled = _settle_judged(locked, by)
    if person.version != before or settled:
        write_line(locked, EventKind.AGE, verb="case.age_recorded", by=by, recorded_at=clocks.now())


def _settle_judged(case: Case, by: Actor) -> bool:
    """What was judged against an earlier birth date stands no more; whether there was such a judgement."""
    judged = Safeguarding.objects.visible_to(by).filter(case=case).exclude(judged_age="")
    changed = {"version": F("version") + 1, "changed_at": clocks.now(), "changed_by_id": by.id}
    return bool(judged.update(judged_age="", **changed))


@transaction.atomic
def dispute_age(*, case: Case, by: Actor, disputed_by: str, why: str) -> AgeDispute:
    """Their age is disputed, and from now on they are treated as a child [MSA 2015 s51]."""
    locked = lock_open_case(case, by=by)
    dispute = victims.dispute_age(victim=locked.victim, by=by, disputed_by=disputed_by, why=why)
    write_line(
        locked,
        EventKind.AGE,
        verb="case.age_disputed",
        by=by,
        recorded_at=clocks.now(),
        text=why,
        disputed_by=str(disputed_by),
    )
    return dispute


@transaction.atomic
def determine_age(*, case: Case, by: Actor, result: str, **determined: Any) -> AgeDispute:
    """It is determined whether they are a child."""
    locked = lock_open_case(case, by=by)
    dispute = victims.determine_age(victim=locked.victim, by=by, result=result, **determined)
    _settle_judged(locked, by)
    write_line(
        locked,
        EventKind.AGE,
        verb="case.age_determined",
        by=by,
        recorded_at=clocks.now(),
        result=str(result),
    )
    return dispute


@transaction.atomic
def record_missing(
    *, case: Case, by: Actor, at: datetime, last_seen: str = "", circumstances: str = ""
) -> MissingEpisode:
    """The person is missing, and the history says since when."""
    locked = lock_open_case(case, by=by)
    episode = victims.record_missing(
        victim=locked.victim,
        by=by,
        missing_since=at,
        last_seen=last_seen,
        circumstances=circumstances,
    )
    _missing_line(locked, by, "missing", at=at, text=circumstances)
    return episode


@transaction.atomic
def record_alert(
    *, case: Case, by: Actor, alerted: Collection[str], report_number: str = ""
) -> MissingEpisode:
    """Others know that the person is missing."""
    locked = lock_open_case(case, by=by)
    episode = victims.record_alert(
        episode=standing_episode(locked, by), by=by, alerted=alerted, report_number=report_number
    )
    _missing_line(locked, by, "alerted", alerted=episode.alerted)
    return episode


@transaction.atomic
def record_found(
    *, case: Case, by: Actor, at: datetime, found_safe: Answer, found_words: str = ""
) -> MissingEpisode:
    """The person was found."""
    locked = lock_open_case(case, by=by)
    episode = victims.record_found(
        episode=standing_episode(locked, by),
        by=by,
        found_at=at,
        found_safe=found_safe,
        found_words=found_words,
    )
    _missing_line(locked, by, "found", at=at, text=found_words)
    return episode


@transaction.atomic
def record_return_interview(
    *, case: Case, by: Actor, at: datetime, interviewed_by: str
) -> MissingEpisode:
    """Somebody spoke with the person about the time they were missing."""
    locked = lock_open_case(case, by=by)
    episode = victims.record_return_interview(
        episode=standing_episode(locked, by),
        by=by,
        interviewed_at=at,
        interviewed_by=interviewed_by,
    )
    _missing_line(locked, by, "interviewed", at=at)
    return episode


def standing_episode(case: Case, by: Actor) -> MissingEpisode:
    """The time they were missing that still needs something: the last one."""
    rows = MissingEpisode.objects.visible_to(by).select_related("victim")
    episode = rows.filter(victim=case.victim_id).first()
    if episode is None:
        raise Conflict(_("It is not on record that they are missing."))
    return episode


def _missing_line(
    case: Case, by: Actor, step: str, *, at: datetime | None = None, text: str = "", **detail: Any
) -> None:
    write_line(
        case,
        EventKind.MISSING,
        verb=f"case.{step}",
        by=by,
        at=at,
        recorded_at=clocks.now(),
        text=text,
        step=step,
        **detail,
    )
