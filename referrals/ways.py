"""The room of how the person is reached by every record that is read as theirs, and whether that has changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from accounts.actors import Actor
from casework.models import Case, EventKind
from casework.records import kept_of_person
from pages.answers import Answer
from victims.models import SafeContact

JOINED = (EventKind.MERGED, EventKind.UNMERGED)
"""What makes other rules count than before, though none was set."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A rule in another record of the person, whoever may open that: which way, whether it is safe, no more."""

    id: UUID
    channel: str
    safe: str
    check_again_on: date
    set_at: datetime
    ended_at: datetime | None


def standing(case: Case, by: Actor) -> list[SafeContact]:
    """The rules that stand in every record of the person that this actor may see."""
    rules = kept_of_person(SafeContact, case, by).filter(ended_at=None)
    return list(rules.order_by("channel", "-set_at", "pk"))


def warnings(case: Case, known: list[SafeContact]) -> list[Elsewhere]:
    """Ways that a record out of reach does not call safe: one for each way, without what it says about it."""
    ids = {rule.pk for rule in known}
    found: dict[str, Elsewhere] = {}
    for rule in _elsewhere(case):
        if rule.ended_at is None and rule.safe != Answer.YES and rule.id not in ids:
            found.setdefault(rule.channel, rule)
    return [found[channel] for channel in sorted(found)]


def is_one_safe(case: Case, by: Actor) -> bool:
    """Whether one way is called safe, and by no record of the person anything else."""
    rules = standing(case, by)
    said = [(rule.channel, rule.safe) for rule in rules]
    said += [(rule.channel, rule.safe) for rule in warnings(case, rules)]
    return bool(
        {channel for channel, safe in said if safe == Answer.YES}
        - {channel for channel, safe in said if safe != Answer.YES}
    )


def changed_since(case: Case, moment: datetime) -> bool:
    """Whether a rule was set since in any record of the person, or their records were merged or parted."""
    return (
        case.victim.safe_contacts.filter(set_at__gt=moment).exists()
        or case.events.filter(kind__in=JOINED, at__gt=moment).exists()
        or any(rule.set_at > moment for rule in _elsewhere(case))
    )


def _elsewhere(case: Case) -> list[Elsewhere]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_ways_elsewhere(%s)", [case.victim_id])
        return [Elsewhere(*row) for row in cursor.fetchall()]
