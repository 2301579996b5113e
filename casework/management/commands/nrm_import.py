"""`manage.py nrm_import FILE`: answers in the national form's own keys become a case."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clocks
from accounts.actors import Actor, engine
from accounts.auth import actor_of
from accounts.context import acting_as
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.permissions import ROLES, Permission, Role
from casework.actions.nrm import bring_in
from casework.models import Case
from casework.nrm.incoming import Unreadable

NEEDED = {Permission.CASE_LOG, Permission.CASE_EDIT, Permission.CONSENT_RECORD}
NEEDED |= {Permission.NRM_DECIDE}


class Command(BaseCommand):
    help = "Bring answers to the national form into a new case, and print its reference last."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSON: the answers, or a scenario")
        parser.add_argument(
            "--as", dest="username", default="", help="whose case it is (sign-in name)"
        )
        parser.add_argument(
            "--case", default="", help="add the answers to this case instead of a new one"
        )

    def handle(self, *args: Any, file: str, username: str, case: str, **options: Any) -> None:
        answers = _answers(Path(file))
        with acting_as(engine("nrm_import")):
            by = _officer(username)
            standing = Case.objects.filter(reference=case).first() if case else None
            if case and standing is None:
                raise CommandError(f"There is no case {case}.")
            try:
                done = bring_in(answers=answers, by=by, case=standing)
            except Unreadable as wrong:
                raise CommandError("\n".join(wrong.sentences)) from wrong
            except (Conflict, Refused) as refused:
                raise CommandError(refused.sentence) from refused
        self.stdout.write(done.reference)


def _answers(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as unread:
        raise CommandError(f"The file {path} cannot be read: {unread.strerror}.") from unread
    except ValueError as wrong:
        raise CommandError(f"The file {path} is not JSON: {wrong}.") from wrong
    if isinstance(content, list) and len(content) == 1:
        (content,) = content
    if isinstance(content, dict) and isinstance(content.get("answers"), dict):
        content = content["answers"]
    if not isinstance(content, dict) or not content:
        raise CommandError(
            f"The file {path} must hold one object: the answers, or a scenario with “answers”."
        )
    return content


def _officer(username: str) -> Actor:
    able = [role for role in Role if ROLES[role] >= NEEDED]
    officers = User.objects.active().filter(unit__isnull=False, roles__role__in=able)
    if username:
        officers = officers.filter(username=username)
    user = officers.order_by("joined_at", "username").first()
    if user is None:
        raise CommandError(
            f"Nobody called {username} may log a case and refer it."
            if username
            else "There is no officer yet who may log a case and refer it. Name one with --as."
        )
    return actor_of(user, clocks.now())
