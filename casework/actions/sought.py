"""The room of what a team does once somebody outside it has searched for the person of its case."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import clocks
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Permission, check
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, SoughtMatch


@dataclass(frozen=True)
class Looked:
    """Somebody searched for the person of a case that they may not see."""

    who: User
    at: datetime


def who_looked(case: Case) -> list[Looked]:
    """Who searched and when, the latest first; none unless PostgreSQL lets the reader see the case."""
    matches = SoughtMatch.objects.filter(case=case.pk).select_related("by__unit").order_by("-at")
    return [Looked(match.by, match.at) for match in matches]


@transaction.atomic
def look_into(*, case: Case, by: Actor, note: str) -> None:
    """The team knows who looked until now, and what it decided stands in the history."""
    check(by, Permission.CASE_EDIT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    write_line(
        locked, EventKind.SOUGHT, verb="case.search_looked_into", by=by, recorded_at=now, text=note
    )
