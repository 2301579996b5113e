"""The room of "is this officer current for this?": the courses that somebody lacks for a purpose."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from accounts.models import User
from training.models import Purpose
from training.standing import Standing, State, standings


class Reason(StrEnum):
    """Why a course does not count, or counts only on somebody's word."""

    MISSING = "missing"
    LAPSED = "lapsed"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A required course that an officer lacks. `blocks`: going on needs an override and a reason."""

    course: str
    name: str
    reason: Reason
    blocks: bool


def shortfalls(user: User, *, purpose: Purpose, on: date) -> list[Shortfall]:
    """What the officer lacks for the purpose on that day; one query. [domain 6.3]"""
    return shortfalls_of([user.pk], purpose=purpose, on=on)[user.pk]


def shortfalls_of(
    users: Iterable[UUID], *, purpose: Purpose, on: date
) -> dict[UUID, list[Shortfall]]:
    """The same for many officers, still one query: each of them has a list, empty when nothing is lacking."""
    lacking: dict[UUID, list[Shortfall]] = {user: [] for user in users}
    found = defaultdict(list)
    for standing in standings(on, users=list(lacking), purpose=purpose):
        if standing.required and (reason := _reason(standing)):
            # A record that nobody has verified yet is a warning: the course was done.
            blocks = standing.blocks and reason is not Reason.UNVERIFIED
            found[standing.user_id].append(
                Shortfall(standing.course, standing.course_name, reason, blocks)
            )
    return lacking | found


def _reason(standing: Standing) -> Reason | None:
    if standing.state is State.MISSING:
        return Reason.MISSING
    if standing.state is State.LAPSED:
        return Reason.LAPSED
    return None if standing.verified else Reason.UNVERIFIED
