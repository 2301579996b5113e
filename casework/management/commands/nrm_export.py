"""`manage.py nrm_export CASE --format answers|casework|text`: what may leave for the Home Office, and nothing else."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import clocks
from accounts import audit
from accounts.actors import engine
from accounts.context import acting_as
from accounts.scoping import NotVisible
from casework.nrm.known import learn
from casework.nrm.payload import payload
from casework.nrm.record import Record, as_answers, record_of
from casework.nrm.words import in_words


class Command(BaseCommand):
    help = "Print what may leave of a case for the Home Office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the case's reference")
        parser.add_argument(
            "--format", choices=("answers", "casework", "text"), default="answers", dest="shape"
        )

    def handle(self, *args: Any, case: str, shape: str, **options: Any) -> None:
        by = engine("nrm_export")
        with acting_as(by):
            try:
                record = record_of(case, by=by, today=clocks.today())
            except NotVisible as missing:
                raise CommandError(f"There is no case {case}.") from missing
            learn(record, officer=None)
            audit.record("nrm.exported", by=by, of=record.case, shape=shape)
            self.stdout.write(shaped(record, shape))


def shaped(record: Record, shape: str) -> str:
    """What may leave, in one of three shapes."""
    if shape == "text":
        return in_words(record)
    out: Any = record.out()
    out = payload(out) if shape == "casework" else as_answers(out, record.files)
    return json.dumps(out, ensure_ascii=False, indent=1)
