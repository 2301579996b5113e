"""The room of one completion of a course: recorded by who may, verified by somebody else."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import Permission, check
from training.models import Course, TrainingRecord, training_reach


def expiry(course: Course, completed_on: date) -> date | None:
    """The last day on which a completion counts, as the course lasts; None: it does not lapse."""
    if course.lasts_months is None:
        return None
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + course.lasts_months, 12)
    return date(year, month + 1, min(completed_on.day, monthrange(year, month + 1)[1]))


@transaction.atomic
def record_training(
    *,
    by: Actor,
    user: User,
    course: Course,
    provider: str,
    completed_on: date,
    expires_on: date | None,
    hours: Decimal | None = None,
) -> TrainingRecord:
    """The officer completed the course; nobody has verified it yet. Twice is once.

    `hours` None: it took as long as the course usually does, where that is known.
    """
    check(by, Permission.TRAINING_RECORD)
    _reachable(user, by=by)
    if course.force_id not in {None, user.force_id}:
        raise Refused(_("This course belongs to another force."), verb="training.record")
    if completed_on > clocks.today():
        raise Conflict(_("The course must have been completed. The date is in the future."))
    if expires_on and expires_on < completed_on:
        raise Conflict(_("It must expire after it was completed."))
    said = {"provider": provider, "expires_on": expires_on, "hours": hours or course.hours}
    record, is_new = TrainingRecord.objects.visible_to(by).get_or_create(
        user=user,
        course=course,
        completed_on=completed_on,
        defaults=said | {"recorded_at": clocks.now(), "recorded_by_id": by.person_id},
    )
    if is_new:
        audit.record("training.recorded", by=by, of=record, user=str(user.pk), course=course.pk)
    elif any(getattr(record, name) != value for name, value in said.items()):
        raise Conflict(
            _("This completion is already recorded, with another provider, expiry date or hours.")
        )
    return record


@transaction.atomic
def verify_record(*, by: Actor, record: TrainingRecord) -> TrainingRecord:
    """Somebody other than the officer and the one who recorded it has seen the proof. Twice is once."""
    check(by, Permission.TRAINING_VERIFY)
    rows = TrainingRecord.objects.select_for_update(of=("self",))
    record = rows.get_visible(by, pk=record.pk)
    if record.verified_at is not None:
        return record
    if by.person_id in {record.user_id, record.recorded_by_id}:
        raise Refused(_("Somebody else must verify it."), verb="training.verify")
    record.verified_at, record.verified_by_id = clocks.now(), by.person_id
    record.save(update_fields=["verified_at", "verified_by"])
    audit.record("training.verified", by=by, of=record, user=str(record.user_id))
    return record


def _reachable(user: User, *, by: Actor) -> None:
    if not User.objects.filter(training_reach(by), pk=user.pk, force__isnull=False).exists():
        raise Refused(_("This person belongs to another force."), verb="training.record")
