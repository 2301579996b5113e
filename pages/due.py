"""The room of words for due times: how long is left or lost, and when that is on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import dateformat
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clocks import LONDON, WorkingDays
from clocks.calendars import published_days
from clocks.models import Nation

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

FEW_HOURS = 12 * HOUR
"""Up to here hours say more than "tomorrow" does."""

FEW_DAYS = 10
"""Up to here people count in working days, beyond it in days."""

OVERDUE, SOON, LATER = "overdue", "soon", "later"


class DueWords(NamedTuple):
    """A due time as people say it; `level` is that of the due bar."""

    relative: str
    absolute: str
    level: str


def due_words(due_at: datetime | None, at: datetime, days: WorkingDays | None = None) -> DueWords:
    """How long there is until `due_at`, seen from `at`; `days` are those of the case's calendar."""
    if due_at is None:
        return DueWords(_("Due time not known"), "", OVERDUE)
    # In UTC, because Python subtracts wall clocks of one zone, and clocks change.
    due_at, at = due_at.astimezone(UTC), at.astimezone(UTC)
    left = due_at - at
    if left < -MINUTE:
        relative, level = _overdue(-left), OVERDUE
    elif left < MINUTE:
        relative, level = _("Due now"), SOON
    else:
        relative, level = _ahead(due_at, at, days), SOON if left < DAY else LATER
    return DueWords(relative, on_the_wall(due_at, at), level)


def _overdue(lost: timedelta) -> str:
    if lost < HOUR:
        count = lost // MINUTE
        return ngettext("Overdue by %d minute", "Overdue by %d minutes", count) % count
    if lost < DAY:
        count = lost // HOUR
        return ngettext("Overdue by %d hour", "Overdue by %d hours", count) % count
    count = lost // DAY
    return ngettext("Overdue by %d day", "Overdue by %d days", count) % count


def _ahead(due_at: datetime, at: datetime, days: WorkingDays | None) -> str:
    left = due_at - at
    due_on, on = due_at.astimezone(LONDON).date(), at.astimezone(LONDON).date()
    if left < HOUR:
        count = left // MINUTE
        return ngettext("Due in %d minute", "Due in %d minutes", count) % count
    if left < FEW_HOURS or due_on == on:
        count = left // HOUR
        return ngettext("Due in %d hour", "Due in %d hours", count) % count
    if due_on == on + DAY:
        return _("Due tomorrow, %s") % london_time(due_at)
    days = days or published_days(Nation.ENGLAND_WALES, on.year)
    count = (due_on - on).days
    working = days.between(on, due_on) if count <= FEW_DAYS and days.counts(due_on) else None
    if working:
        return ngettext("Due in %d working day", "Due in %d working days", working) % working
    return ngettext("Due in %d day", "Due in %d days", count) % count


def on_the_wall(moment: datetime, at: datetime) -> str:
    """ "Thursday 26 November, 5pm", with the year when it is not the year of `at`."""
    local = moment.astimezone(LONDON)
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month]}"
    if local.year != at.astimezone(LONDON).year:
        day = f"{day} {local.year}"
    return f"{day}, {london_time(moment)}"


def london_time(moment: datetime) -> str:
    """ "3:02am", "5pm", "midday", "midnight": twelve hours, as on GOV.UK."""
    wall = moment.astimezone(LONDON).time().replace(second=0, microsecond=0)
    if wall in {time(0), time(12)}:
        return _("midday") if wall.hour else _("midnight")
    hour, minute = wall.hour % 12 or 12, f":{wall.minute:02}" if wall.minute else ""
    form = _("%(hour)s%(minute)spm") if wall.hour >= 12 else _("%(hour)s%(minute)sam")
    return form % {"hour": hour, "minute": minute}


def london_date(moment: datetime | date) -> str:
    """ "26 November 2026": a date as it is, a moment as the date it falls on in London."""
    day = moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment
    return dateformat.format(day, "j F Y")
