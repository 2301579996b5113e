"""The room of the command that shows a year's days off, and decides one by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from clocks import calendars
from clocks.clock import today
from clocks.models import Calendar, DayOverride


class Command(BaseCommand):
    """Print the days off of a year; add, turn round or take back one day."""

    help = "Print a year's days off. With --off, --working or --undo, decide one day by hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a calendar, a year, or one day to decide."""
        parser.add_argument("calendar", nargs="?", help="Its name; all of them when left out.")
        parser.add_argument("--year", type=int, default=None)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--off", type=date.fromisoformat, metavar="YYYY-MM-DD")
        which.add_argument("--working", type=date.fromisoformat, metavar="YYYY-MM-DD")
        which.add_argument("--undo", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--name", help="What the day is, in words.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Decide the day if one is given, then print."""
        chosen = Calendar.objects.order_by("slug")
        if options["calendar"]:
            chosen = chosen.filter(slug=options["calendar"])
        if not chosen.exists():
            known = ", ".join(Calendar.objects.order_by("slug").values_list("slug", flat=True))
            sentence = _(
                "There is no such calendar. Known: %s. manage.py load_deadlines fills them."
            )
            raise CommandError(sentence % (known or _("none")))
        day = options["off"] or options["working"] or options["undo"]
        if day:
            self._decide(chosen.get() if options["calendar"] else None, day, options)
        for calendar in chosen:
            self._print(calendar, options["year"] or (day or today()).year)

    def _decide(self, calendar: Calendar | None, day: date, options: dict[str, Any]) -> None:
        if calendar is None:
            raise CommandError(_("Name the calendar whose day this is."))
        if not calendar.starts_on <= day <= calendar.ends_on:
            sentence = _("This calendar knows the days from %s to %s.")
            raise CommandError(sentence % (calendar.starts_on, calendar.ends_on))
        if options["undo"]:
            self._undo(calendar, day)
        elif not options["name"]:
            raise CommandError(_("Say what the day is, with --name."))
        else:
            calendars.decide_day(
                calendar=calendar,
                falls_on=day,
                working=options["working"] is not None,
                name=options["name"],
            )

    def _undo(self, calendar: Calendar, day: date) -> None:
        try:
            calendars.undecide_day(calendar=calendar, falls_on=day)
        except DayOverride.DoesNotExist as error:
            raise CommandError(_("Nothing was decided by hand for %s.") % day) from error

    def _print(self, calendar: Calendar, year: int) -> None:
        if not calendar.starts_on.year <= year <= calendar.ends_on.year:
            sentence = _("%s knows the years %d to %d, not %d.")
            first, last = calendar.starts_on.year, calendar.ends_on.year
            raise CommandError(sentence % (calendar.name, first, last, year))
        by_hand = set(calendar.overrides.values_list("falls_on", flat=True))
        self.stdout.write(f"{calendar.name}, {year}")
        for day in calendar.days.filter(falls_on__year=year).exclude(name="").order_by("falls_on"):
            words = [f"  {day.falls_on:%a %d %b}  {day.name}"]
            words += [_("(worked)")] if day.working else []
            words += [_("(decided by hand)")] if day.falls_on in by_hand else []
            self.stdout.write(" ".join(words))
