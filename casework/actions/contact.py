"""The room of reaching the person: each try is kept, with what came of it and when the next is due."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions.history import lock_open_case, write_line
from casework.models import REACHED, Case, Contact, EventKind
from casework.records import kept_of_person
from casework.rules import NEEDS_A_SUPERVISOR, next_contacts
from casework.silence import silence_of
from pages.answers import Answer
from victims.models import Channel, SafeContact


def safe_channels(case: Case, by: Actor) -> set[str]:
    """The ways to reach the person that are recorded as safe now, by every rule for that way in any record of them.

    Meeting in person is safe to try unless a rule says otherwise.
    """
    standing = kept_of_person(SafeContact, case, by).filter(ended_at=None)
    rules = list(standing.values_list("channel", "safe"))
    not_safe = {channel for channel, safe in rules if safe != Answer.YES}
    return ({channel for channel, safe in rules} | {Channel.IN_PERSON.value}) - not_safe


@transaction.atomic
def record_contact(
    *,
    case: Case,
    by: Actor,
    outcome: str,
    channel: str,
    at: datetime,
    note: str = "",
    safe_tonight: Answer = Answer.NOT_ASKED,
    unsafe_channel_reason: str = "",
    next_at: datetime | None = None,
    next_reason: str = "",
) -> Contact:
    """The try is kept, and the next one is due: by the rule, or as given with a reason.

    It says as `lost` whether nobody can reach the person now, and nobody has considered that yet.
    """
    check(by, Permission.CASE_CONTACT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    if channel not in safe_channels(locked, by) and not unsafe_channel_reason:
        raise Conflict(_("This way is not recorded as safe. Say why you used it."))
    by_rule = next_contacts(locked, at)[outcome]
    if next_at is not None and next_at != by_rule and not next_reason:
        raise Conflict(_("Say why the next contact is at a different time."))
    due = next_at or by_rule
    if due is None:
        raise Conflict(_("No rule says when the next contact is due. Enter a date and a time."))
    contact = add(
        Contact(
            scope_id=locked.scope_id,
            case=locked,
            at=at,
            by_id=by.id,
            recorded_at=now,
            outcome=outcome,
            channel=channel,
            unsafe_channel_reason=unsafe_channel_reason,
            note=note,
            safe_tonight=safe_tonight,
            next_at=due,
            next_reason=next_reason,
        )
    )
    contact.lost = outcome not in REACHED and silence_of(locked).is_unanswered
    write_line(
        locked,
        EventKind.CONTACT,
        verb="case.contact_recorded",
        by=by,
        at=at,
        recorded_at=now,
        text=note,
        outcome=str(outcome),
        next_at=due.isoformat(),
        supervisor=outcome in NEEDS_A_SUPERVISOR,
        lost=contact.lost,
    )
    return contact
