"""The room of what an agency does with a referral; saying the same thing twice changes nothing.

Each act is replayed safely: what is already so is answered again. An act decided on an earlier `version`
is `Stale`, and one that the referral's state does not allow is a `Conflict`.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import states
from accounts.actors import Actor
from accounts.permissions import Permission, check
from referrals.actions.steps import current, locked, tell_case
from referrals.models import DeclineReason, EndReason, Question, ReferralStatus, SupportReferral

R = ReferralStatus
HONEST_CLOCKS_DIFFER = timedelta(minutes=5)


@transaction.atomic
def accept(
    *, referral: SupportReferral, worker_name: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency will support the person, and says who will; the ticked items are open to it."""
    check(by, Permission.AGENCY_DECIDE)
    name = worker_name.strip()
    if not name:
        raise ValidationError(
            {"worker_name": _("Enter the name of the worker who will support them")}
        )
    referral = locked(referral, by)
    if referral.is_open and referral.accepted_at and referral.worker_name == name:
        return referral
    current(referral, version)
    at = referral.accepted_at = clocks.now()
    referral.worker_name = name
    _opened(referral, at)
    states.move(referral, R.ACCEPTED, by=by, save=("accepted_at", "worker_name", "opened_at"))
    tell_case(
        referral,
        _("%s accepted the referral.") % referral.agency.name,
        step="accepted",
        by=by,
        at=at,
    )
    return referral


@transaction.atomic
def decline(
    *, referral: SupportReferral, reason: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency says no, and why; the officer is owed a look the same working day."""
    check(by, Permission.AGENCY_DECIDE)
    if reason not in DeclineReason.values:
        raise ValidationError({"reason": _("Choose why you decline")})
    referral = locked(referral, by)
    if referral.status == R.DECLINED and referral.decline_reason == reason:
        return referral
    current(referral, version)
    at = referral.declined_at = clocks.now()
    referral.decline_reason = reason
    _opened(referral, at)
    states.move(referral, R.DECLINED, by=by, save=("declined_at", "decline_reason", "opened_at"))
    sentence = _("%(agency)s declined the referral: %(reason)s.") % {
        "agency": referral.agency.name,
        "reason": DeclineReason(reason).label.lower(),
    }
    tell_case(referral, sentence, step="declined", by=by, at=at)
    return referral


@transaction.atomic
def ask(
    *, referral: SupportReferral, text: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The police owe the agency an answer; the agency's own clock stands still."""
    check(by, Permission.AGENCY_DECIDE)
    if not text.strip():
        raise ValidationError({"text": _("Enter your question")})
    referral = locked(referral, by)
    open_question = referral.questions.filter(answered_at=None).first()
    if referral.status == R.NEEDS_INFO and open_question and open_question.text == text:
        return referral
    current(referral, version)
    at = clocks.now()
    _opened(referral, at)
    states.move(referral, R.NEEDS_INFO, by=by, save=("opened_at",))
    Question.objects.create(
        scope_id=referral.scope_id,
        referral=referral,
        agency_id=referral.agency_id,
        text=text,
        asked_at=at,
    )
    tell_case(referral, _("%s asks a question.") % referral.agency.name, step="asked", by=by, at=at)
    return referral


@transaction.atomic
def confirm_first_contact(
    *,
    referral: SupportReferral,
    by: Actor,
    contact_at: datetime | None = None,
    version: int | None = None,
) -> SupportReferral:
    """The agency has reached the person: only now does anybody count them as supported."""
    check(by, Permission.AGENCY_UPDATE)
    referral = locked(referral, by)
    if referral.status == R.IN_PROGRESS and contact_at in {None, referral.first_contact_at}:
        return referral
    current(referral, version)
    at = clocks.now()
    referral.first_contact_at = _believed(referral, contact_at, at) if contact_at else at
    states.move(referral, R.IN_PROGRESS, by=by, save=("first_contact_at",))
    sentence = _("%s made first contact with the person.") % referral.agency.name
    tell_case(referral, sentence, step="in_progress", by=by, at=at)
    return referral


@transaction.atomic
def complete(
    *, referral: SupportReferral, reason: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The support is finished, and how it ended is said."""
    return _end(referral, R.COMPLETED, reason, by, version, _("%s finished its support: %s."))


@transaction.atomic
def end_early(
    *, referral: SupportReferral, reason: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency began and could not finish; the officer is owed a look the same working day."""
    return _end(referral, R.ENDED_EARLY, reason, by, version, _("%s ended its support early: %s."))


def _end(
    referral: SupportReferral,
    to: ReferralStatus,
    reason: str,
    by: Actor,
    version: int | None,
    words: str,
) -> SupportReferral:
    check(by, Permission.AGENCY_UPDATE)
    if reason not in EndReason.values:
        raise ValidationError({"reason": _("Choose how it ended")})
    referral = locked(referral, by)
    if referral.status == to and referral.end_reason == reason:
        return referral
    current(referral, version)
    at = referral.ended_at = clocks.now()
    referral.end_reason = reason
    states.move(referral, to, by=by, save=("ended_at", "end_reason"))
    sentence = words % (referral.agency.name, EndReason(reason).label.lower())
    tell_case(referral, sentence, step=to, by=by, at=at)
    return referral


def _opened(referral: SupportReferral, at: datetime) -> None:
    """An act shows that it was opened: at the first look, and by now at the latest."""
    referral.opened_at = referral.looked_at or at


def _believed(referral: SupportReferral, contact_at: datetime, at: datetime) -> datetime:
    """The time of first contact, or a sentence when it cannot have been then."""
    # People tell the minute, not the second.
    earliest = (referral.sent_at or at).replace(second=0, microsecond=0)
    if not earliest <= contact_at <= at + HONEST_CLOCKS_DIFFER:
        raise ValidationError(
            {
                "contact_at": _(
                    "First contact must be after the referral was sent, and not in the future"
                )
            }
        )
    return min(contact_at, at)
