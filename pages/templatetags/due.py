"""The room of the tags that write times: relative words first, the exact time always beside."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clocks import LONDON
from clocks.models import Calendar
from pages import due
from pages.templatetags.pages import due_bar

register = template.Library()


@register.simple_tag
def due_words(
    due_at: datetime | None, at: datetime, calendar: Calendar | None = None
) -> SafeString:
    """ "Due in 2 working days (Thursday 26 November, 5pm)" in the due bar.

    `calendar` is that of the case; without one the bank holidays of England and Wales count.
    """
    words = due.due_words(due_at, at, calendar.working_days() if calendar else None)
    if due_at is None:
        return due_bar(words.relative, level=words.level)
    moment = format_html(
        '(<time datetime="{}">{}</time>)',
        due_at.astimezone(LONDON).isoformat(timespec="minutes"),
        words.absolute,
    )
    return due_bar(words.relative, level=words.level, detail=moment)


@register.filter
def london_time(moment: datetime | None) -> str:
    """ "3:02am"; nothing for nothing."""
    return due.london_time(moment) if moment else ""


@register.filter
def london_date(moment: datetime | date | None) -> str:
    """ "26 November 2026"; nothing for nothing."""
    return due.london_date(moment) if moment else ""
