"""The room of lost contact: somebody considered whether a person whom nobody can reach is missing."""

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from accounts.rows import add
from casework.actions.facts import record_alert, record_missing
from casework.actions.history import lock_open_case, write_line
from casework.models import Case, EventKind, LostContact, LostOutcome
from casework.silence import silence_of, too_few_tries
from victims.models import Alerted, MissingEpisode


@transaction.atomic
def consider_missing(
    *,
    case: Case,
    by: Actor,
    outcome: str,
    decided_by: str,
    report_number: str = "",
    reason: str = "",
) -> LostContact:
    """It is on record whether the person is reported missing; it is considered again until they are reached.

    A report is a time of being missing like any other, since they were last reached. Raises `Conflict` when
    contact is not lost, or a report has no number.
    """
    check(by, Permission.CASE_CONTACT)
    now = clocks.now()
    locked = lock_open_case(case, by=by)
    silence = silence_of(locked)
    if silence.lost_at is None:
        raise Conflict(too_few_tries())
    episode = None
    if outcome == LostOutcome.REPORTED:
        if not report_number:
            raise Conflict(_("Enter the number of the missing person report."))
        episode = standing_report(locked) or record_missing(case=locked, by=by, at=silence.heard_at)
        record_alert(
            case=locked, by=by, alerted=[Alerted.MISSING_UNIT], report_number=report_number
        )
    considered = add(
        LostContact(
            scope_id=locked.scope_id,
            case=locked,
            at=now,
            by_id=by.id,
            recorded_at=now,
            outcome=outcome,
            episode=episode,
            reason=reason,
            decided_by=decided_by,
        )
    )
    write_line(
        locked,
        EventKind.LOST_CONTACT,
        verb="case.missing_considered",
        by=by,
        recorded_at=now,
        text=_said(reason, decided_by),
        outcome=str(outcome),
    )
    return considered


def standing_report(case: Case) -> MissingEpisode | None:
    """The time of being missing that the person has not been found from."""
    return case.victim.missing_episodes.filter(found_at=None).first()


def _said(reason: str, decided_by: str) -> str:
    return "\n".join(filter(None, (reason, _("Decided by: %s") % decided_by)))
