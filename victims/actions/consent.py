"""The room of what the person agrees to: each decision an event, and what they took back ends at once everywhere."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Agency
from accounts.permissions import Permission, check
from accounts.rows import add
from pages.answers import Answer
from victims.actions.person import lock_victim, officer_id, save_victim
from victims.gates import consent_withdrawn
from victims.models import (
    FOR_AGENCIES,
    AgeBand,
    ConsentEvent,
    Purpose,
    Victim,
)

HONEST_CLOCKS_DIFFER = timedelta(minutes=5)


@transaction.atomic
def record_consent(
    *,
    victim: Victim,
    by: Actor,
    purpose: str,
    outcome: str,
    decided_at: datetime,
    agency: Agency | None = None,
    reason: str = "",
    best_interests: str = "",
    best_interests_by: str = "",
    best_interests_why: str = "",
    language: str = "",
    interpreter_used: Answer = Answer.NOT_ASKED,
    interpreter: str = "",
    notice: str = "",
) -> ConsentEvent:
    """The person decided, and it is kept; what rested on an agreement that no longer holds has ended.

    The decision made last holds, not the one written down last: an earlier one changes nothing.
    """
    check(by, Permission.CONSENT_RECORD)
    person = lock_victim(victim, by=by)
    # After the lock: of two decisions at one moment the one recorded last holds.
    at = clocks.now()
    if decided_at > at + HONEST_CLOCKS_DIFFER:
        raise Conflict(_("This is in the future. Enter when they decided."))
    event = ConsentEvent(
        scope_id=person.scope_id,
        victim=person,
        purpose=purpose,
        agency=agency if purpose in FOR_AGENCIES else None,
        outcome=outcome,
        reason=reason,
        best_interests=best_interests,
        best_interests_by=best_interests_by,
        best_interests_why=best_interests_why,
        language=language,
        interpreter_used=interpreter_used,
        interpreter=interpreter,
        notice=notice,
        decided_at=decided_at,
        explained_by_id=officer_id(by),
        recorded_at=at,
    )
    add(event)
    audit.record("consent.recorded", by=by, of=event, purpose=str(purpose), outcome=str(outcome))
    if purpose == Purpose.NRM:
        _decides_as_an_adult(person)
    if not event.allows:
        for answer in consent_withdrawn.answers:
            answer(event, by, at)
    return event


def _decides_as_an_adult(person: Victim) -> None:
    """Somebody who came of age since we met them is on record as an adult from their first own decision on."""
    if person.on_record_as_child and not person.is_child:
        person.age_band = AgeBand.ADULT
        save_victim(person, "age_band")
