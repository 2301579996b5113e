"""The room of the command that brings the courses up to the file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.actors import engine
from accounts.context import acting_as
from training import catalogue


class Command(BaseCommand):
    """Load the shared courses and requirements; safe to run again."""

    help = "Load training/catalogue.toml. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all of it or nothing."""
        try:
            with acting_as(engine("load_courses")):
                changed = catalogue.load(catalogue.read())
        except catalogue.CatalogueError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(_("Courses and requirements: %d changed.") % changed)
