"""The room of the days that do not count for a force, or count although they are bank holidays."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import clocks
from accounts import audit
from accounts.actors import Actor
from accounts.errors import Conflict
from accounts.models import Force
from accounts.permissions import Permission, check
from clocks import calendars
from clocks.models import DayOverride


@transaction.atomic
def decide_day(*, by: Actor, falls_on: date, working: bool, name: str) -> None:
    """That day is off, or worked, for the actor's force and no other: the engine moves what is due at its next round.

    The first such day gives the force a calendar of its own, which follows its nation's in everything else. A day
    that has begun is left as it was: what was due by it has been told already.
    """
    check(by, Permission.PEOPLE_ADMIN)
    force = _locked(by)
    if falls_on <= clocks.today():
        raise Conflict(
            _("Choose a day after today: what was due by a day that has begun was told.")
        )
    if falls_on > force.calendar.ends_on:
        raise Conflict(
            _("Choose a day up to %(last)s.") % {"last": f"{force.calendar.ends_on:%-d %B %Y}"}
        )
    if force.calendar.is_national:
        force.calendar = calendars.add_calendar(
            slug=f"force-{force.slug}", name=force.name, nation=force.nation
        )
        force.save(update_fields=["calendar"])
    calendars.decide_day(calendar=force.calendar, falls_on=falls_on, working=working, name=name)
    audit.record("day.decided", by=by, of=force, day=falls_on.isoformat(), working=working)


@transaction.atomic
def undecide_day(*, by: Actor, falls_on: date) -> None:
    """That day is again what it is for the nation; `Conflict` when nothing was decided or it has begun."""
    check(by, Permission.PEOPLE_ADMIN)
    force = _locked(by)
    if falls_on <= clocks.today():
        raise Conflict(_("This day has begun: what was due by it was told already."))
    try:
        calendars.undecide_day(calendar=force.calendar, falls_on=falls_on)
    except DayOverride.DoesNotExist as error:
        raise Conflict(_("Your force has decided nothing for that day.")) from error
    audit.record("day.undecided", by=by, of=force, day=falls_on.isoformat())


def _locked(by: Actor) -> Force:
    """The actor's own force, so that two first days do not make two calendars."""
    return (
        Force.objects.select_for_update(of=("self",))
        .select_related("calendar")
        .get(pk=by.own_force_id)
    )
