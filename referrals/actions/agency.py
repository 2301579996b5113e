"""The room of what an agency does with a referral; saying the same thing twice changes nothing.

Each act is replayed safely: what is already so is answered again. An act decided on an earlier `version`
is `Stale`, and one that the referral's state does not allow is a `Conflict`.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit, states
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.permissions import Permission, check
from referrals.actions.steps import current, locked, tell_case
from referrals.models import (
    DeclineReason,
    EndReason,
    Finding,
    NeedOutcome,
    Question,
    ReferralStatus,
    SupportReferral,
    SupportReview,
)

R = ReferralStatus
HONEST_CLOCKS_DIFFER = timedelta(minutes=5)


@transaction.atomic
def accept(
    *, referral: SupportReferral, worker_name: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """The agency will support the person, and says who will; the ticked items are open to it."""
    check(by, Permission.AGENCY_DECIDE)
    name = _named(worker_name)
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
def change_worker(
    *, referral: SupportReferral, worker_name: str, by: Actor, version: int | None = None
) -> SupportReferral:
    """Another worker of the agency supports the person from now on; the support itself goes on."""
    check(by, Permission.AGENCY_UPDATE)
    name = _named(worker_name)
    referral = locked(referral, by)
    if referral.is_open and referral.worker_name == name:
        return referral
    current(referral, version)
    if referral.status not in {R.ACCEPTED, R.IN_PROGRESS}:
        raise Conflict(_("A worker is named once you have accepted, and until the support ends."))
    at = referral.changed_at = clocks.now()
    referral.worker_name = name
    referral.version += 1
    referral.save(update_fields=("worker_name", "version", "changed_at"))
    audit.record("referral.worker_changed", by=by, of=referral, agency=referral.agency.slug)
    sentence = _("Another worker of %s supports the person now.") % referral.agency.name
    tell_case(referral, sentence, step="worker_changed", by=by, at=at)
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
    review_on: date | None = None,
    version: int | None = None,
) -> SupportReferral:
    """The agency has reached the person: only now does anybody count them as supported.

    They agree when to look at it again; without a day the force's time limit counts.
    """
    check(by, Permission.AGENCY_UPDATE)
    referral = locked(referral, by)
    if referral.status == R.IN_PROGRESS and contact_at in {None, referral.first_contact_at}:
        return referral
    current(referral, version)
    at = clocks.now()
    referral.first_contact_at = _believed(referral, contact_at, at) if contact_at else at
    _check_review_day(review_on, at)
    referral.review_on = review_on
    states.move(referral, R.IN_PROGRESS, by=by, save=("first_contact_at", "review_on"))
    _agree_review(referral, review_on, at)
    sentence = _("%s made first contact with the person.") % referral.agency.name
    tell_case(referral, sentence, step="in_progress", by=by, at=at)
    return referral


@transaction.atomic
def hold_review(
    *,
    referral: SupportReferral,
    finding: str,
    by: Actor,
    review_on: date | None = None,
    version: int | None = None,
) -> SupportReferral:
    """The agency and the person looked at how the support goes, and agreed when to look again."""
    check(by, Permission.AGENCY_UPDATE)
    if finding not in Finding.values:
        raise ValidationError({"finding": _("Choose how it goes")})
    referral = locked(referral, by)
    if _reviewed_today(referral, finding, review_on, by):
        return referral
    current(referral, version)
    if referral.status != R.IN_PROGRESS:
        raise Conflict(_("There is a review only while the support goes on."))
    at = clocks.now()
    _check_review_day(review_on, at)
    rows = SupportReview.objects.visible_to(by).filter(referral=referral, held_at=None)
    rows.update(held_at=at, finding=finding)
    _agree_review(referral, review_on, at)
    referral.version += 1
    referral.changed_at, referral.review_on = at, review_on
    referral.save(update_fields=("version", "changed_at", "review_on"))
    audit.record("referral.reviewed", by=by, of=referral, agency=referral.agency.slug)
    sentence = _("%(agency)s reviewed its support: %(finding)s.") % {
        "agency": referral.agency.name,
        "finding": Finding(finding).label.lower(),
    }
    tell_case(referral, sentence, step="reviewed", by=by, at=at)
    return referral


@transaction.atomic
def complete(
    *,
    referral: SupportReferral,
    reason: str,
    by: Actor,
    outcomes: Mapping[str, str] | None = None,
    version: int | None = None,
) -> SupportReferral:
    """The support is finished: how it ended, and what became of each need. One that is not met is open again.

    Where all needs are met, that says it of each.
    """
    check(by, Permission.AGENCY_UPDATE)
    became = dict(outcomes or {})
    if not became and reason == EndReason.NEEDS_MET:
        became = dict.fromkeys(referral.needs, NeedOutcome.MET.value)
    if set(became) != set(referral.needs) or set(became.values()) - set(NeedOutcome.values):
        raise ValidationError({"outcomes": _("Say for each need what became of it")})
    words = _("%s finished its support: %s.")
    return _end(referral, R.COMPLETED, reason, by, version, words, became)


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
    outcomes: dict[str, str] | None = None,
) -> SupportReferral:
    check(by, Permission.AGENCY_UPDATE)
    if reason not in EndReason.values:
        raise ValidationError({"reason": _("Choose how it ended")})
    referral = locked(referral, by)
    same_outcomes = outcomes in (None, referral.outcomes)
    if referral.status == to and referral.end_reason == reason and same_outcomes:
        return referral
    current(referral, version)
    at = referral.ended_at = clocks.now()
    referral.end_reason, referral.outcomes = reason, outcomes or {}
    states.move(referral, to, by=by, save=("ended_at", "end_reason", "outcomes"))
    sentence = words % (referral.agency.name, EndReason(reason).label.lower())
    tell_case(referral, sentence, step=to, by=by, at=at)
    return referral


def _named(worker_name: str) -> str:
    if name := worker_name.strip():
        return name
    raise ValidationError({"worker_name": _("Enter the name of the worker who will support them")})


def _check_review_day(review_on: date | None, at: datetime) -> None:
    if review_on and review_on <= at.astimezone(clocks.LONDON).date():
        raise ValidationError({"review_on": _("The day of the review must be in the future")})


def _reviewed_today(
    referral: SupportReferral, finding: str, review_on: date | None, by: Actor
) -> bool:
    """Whether the same was said today already: nobody reviews twice a day to the same end."""
    rows = SupportReview.objects.visible_to(by).filter(referral=referral)
    held = rows.filter(held_at__isnull=False).order_by("-held_at").first()
    waiting = rows.filter(held_at=None, due_on=review_on).exists()
    if held is None or held.held_at is None or held.finding != finding or not waiting:
        return False
    return held.held_at.astimezone(clocks.LONDON).date() == clocks.today()


def _agree_review(referral: SupportReferral, review_on: date | None, at: datetime) -> None:
    SupportReview.objects.create(
        scope_id=referral.scope_id,
        referral=referral,
        agency_id=referral.agency_id,
        due_on=review_on,
        agreed_at=at,
    )


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
