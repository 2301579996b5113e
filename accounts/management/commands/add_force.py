"""`manage.py add_force northmoor ...`: a force that is new here, and a link for its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions import make_password_link
from accounts.actions.forces import add_force
from accounts.actors import engine
from accounts.context import acting_as
from accounts.errors import Conflict
from clocks.models import Nation


class Command(BaseCommand):
    help = "Add a force and its first administrator, and print the link through which they set a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the force's short name, such as northmoor")
        parser.add_argument("--name", required=True, help='such as "Northmoor Police"')
        parser.add_argument("--nation", required=True, choices=Nation.values)
        parser.add_argument("--username", required=True, help="with which the person signs in")
        parser.add_argument("--person", required=True, help="the person's own name")

    def handle(self, *args: Any, **given: Any) -> None:
        by = engine("add_force")
        wanted = {name: given[name] for name in ("slug", "name", "nation", "username", "person")}
        with acting_as(by):
            try:
                administrator = add_force(by=by, **wanted)
            except Conflict as conflict:
                raise CommandError(conflict.sentence) from conflict
            path = make_password_link(by=by, user=administrator)
        self.stdout.write(
            f"{wanted['name']} is there. Give this link to {wanted['person']} alone; it works once, for a day:"
        )
        self.stdout.write(f"{settings.SITE_URL}{path}")
