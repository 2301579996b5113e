"""The room of silence: since when nobody reached a person, how often it was tried, what was considered then."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils.translation import gettext as _

from casework.models import REACHED, Case, Contact, EventKind, LostContact

RULE = "contact-lost"
TRIES, WAYS = 3, 2
"""So many tries by so many different ways without reaching the person: contact is lost [features N7].

Set by the force; no law gives a number. `casework_lost_since` in the database counts by the same two.
"""


def lost_since(case: str, after: str, until: str) -> Func:
    """When contact was lost between two times of a row: at the third try by a second way, else null."""
    return Func(case, after, until, function="casework_lost_since", output_field=DateTimeField())


@dataclass(frozen=True)
class Silence:
    """Since when (`heard_at`) nobody has reached the person, and since when that is lost contact, if it is."""

    heard_at: datetime
    lost_at: datetime | None
    considered: LostContact | None

    @property
    def is_unanswered(self) -> bool:
        """Contact is lost, and nobody has considered whether the person is missing."""
        return self.lost_at is not None and self.considered is None


def silence_of(case: Case) -> Silence:
    """How long it is silent around the person of a case, since they were reached or it was opened, last."""
    reached = case.contacts.filter(outcome__in=REACHED).values_list("at", flat=True).first()
    opened = case.events.filter(kind=EventKind.REOPENED).values_list("at", flat=True).first()
    times = [time for time in (reached, opened, case.sent_at or case.logged_at) if time]
    heard_at = max(times)
    lost_at = _lost_since(case, heard_at)
    considered = case.lost_contacts.filter(at__gte=lost_at).first() if lost_at else None
    return Silence(heard_at, lost_at, considered)


def tries_since(case: Case, heard_at: datetime) -> list[Contact]:
    """Every try since then that did not reach the person, the latest first."""
    return list(case.contacts.filter(at__gt=heard_at).exclude(outcome__in=REACHED))


def too_few_tries() -> str:
    """Why this is not lost contact yet, as a sentence."""
    return _(
        "Contact is lost only after %(tries)d tries by %(ways)d different ways since somebody last"
        " reached them. Try again another safe way, and record it."
    ) % {"tries": TRIES, "ways": WAYS}


def _lost_since(case: Case, heard_at: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_lost_since(%s, %s, NULL)", [case.pk, heard_at])
        found: datetime | None = cursor.fetchone()[0]
    return found
