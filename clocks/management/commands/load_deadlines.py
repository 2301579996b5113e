"""The room of the command that brings calendars and deadlines up to the file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from clocks import calendars, deadlines
from clocks.models import Calendar, Deadline, Nation


class Command(BaseCommand):
    """Fill the calendars and load the deadlines; safe to run again."""

    help = "Fill the calendars to their horizon and load clocks/deadlines.toml. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether only to look."""
        parser.add_argument("--file", type=Path, default=deadlines.FILE)
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; exit 1 when the database differs from the file.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, or load all of it or nothing."""
        try:
            rows = deadlines.read(options["file"])
            if options["check"]:
                self._check(rows)
            else:
                self._load(rows)
        except OSError as error:
            raise CommandError(_("The file of deadlines cannot be opened: %s.") % error) from error
        except deadlines.DeadlineError as error:
            raise CommandError(str(error)) from error

    def _load(self, rows: list[Deadline]) -> None:
        with transaction.atomic():
            filled = calendars.fill()
            done = deadlines.load(rows)
        for calendar in filled:
            self.stdout.write(_("Calendar filled: %s.") % calendar.slug)
        sentence = _("Deadlines: %d added, %d worded or ended anew, %d in the file.")
        self.stdout.write(sentence % (len(done.added), len(done.reworded), len(rows)))

    def _check(self, rows: list[Deadline]) -> None:
        known = {calendar.slug: calendar for calendar in Calendar.objects.order_by("slug")}
        wrong = [
            _("Calendar not up to date: %s.") % slug
            for slug in sorted(known.keys() | set(Nation.values))
            if slug not in known or not calendars.is_current(known[slug])
        ]
        wrong.extend(deadlines.sentences(deadlines.compare(rows)))
        if wrong:
            raise CommandError("\n".join([*wrong, _("Run: manage.py load_deadlines")]))
        self.stdout.write(_("Calendars and deadlines are as the file says."))
