"""`manage.py link_directory olu https://login.force/ 8f2c...`: an account that is here is somebody of the directory."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.actors import engine
from accounts.context import acting_as
from accounts.models import User
from accounts.signing_in import DirectoryEntry


class Command(BaseCommand):
    help = "Tie an account to somebody of the force's directory; their password here ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("issuer", help="as in DIRECTORIES")
        parser.add_argument("subject", help="the directory's own stable id of the person (sub)")

    def handle(self, *_args: Any, username: str, issuer: str, subject: str, **_rest: Any) -> None:
        by = engine("link_directory")
        with acting_as(by):
            user = User.objects.filter(username__iexact=username, agency=None).first()
            if user is None:
                raise CommandError("Nobody of a force has this sign-in name.")
            if DirectoryEntry.objects.filter(issuer=issuer, subject=subject).exists():
                raise CommandError("Somebody here is tied to this person of the directory already.")
            DirectoryEntry.objects.create(user=user, issuer=issuer, subject=subject)
            user.set_unusable_password()
            user.save(update_fields=["password"])
            audit.record("person.tied_to_directory", by=by, of=user)
        self.stdout.write("Tied. From now on they sign in through the directory.")
