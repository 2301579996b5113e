"""The room of when somebody is on duty: their week, and what is different for once."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actions.absences import locked_to_plan, may_record_for
from accounts.actors import Actor
from accounts.errors import Conflict, Refused
from accounts.models import Shift, ShiftChange, User
from accounts.permissions import Permission, check

Week = Mapping[int, tuple[time, time]]


@transaction.atomic
def set_shifts(*, by: Actor, user: User, week: Week) -> None:
    """The person is on duty at these times each week, by the day; with none, they count as always on duty."""
    user = _theirs_to_plan(user, by)
    was = {row.weekday: (row.starts, row.ends) for row in user.shifts.all()}
    if was == dict(week):
        return
    user.shifts.all().delete()
    Shift.objects.bulk_create(
        Shift(user=user, weekday=day, starts=starts, ends=ends)
        for day, (starts, ends) in sorted(week.items())
    )
    audit.record("shifts.set", by=by, of=user, days=sorted(week))


@transaction.atomic
def change_shift(
    *, by: Actor, user: User, on_duty: bool, starts_at: datetime, ends_at: datetime
) -> ShiftChange:
    """For once the person is on duty in that time, or is not, whatever their week says."""
    user = _theirs_to_plan(user, by)
    at = clocks.now()
    if ends_at <= starts_at:
        raise Conflict(_("It must end after it starts."))
    if ends_at <= at:
        raise Conflict(_("That time is over. Choose a later one."))
    change = ShiftChange.objects.create(
        user=user,
        on_duty=on_duty,
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_by_id=by.id,
        recorded_at=at,
    )
    audit.record("shift.changed", by=by, of=change, user=str(user.pk), on_duty=on_duty)
    return change


def _theirs_to_plan(user: User, by: Actor) -> User:
    check(by, Permission.ABSENCE_RECORD)
    user = locked_to_plan(user)
    if not may_record_for(user, by=by):
        raise Refused(_("Only their supervisor can do this."), verb="shifts.set")
    return user
