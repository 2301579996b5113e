"""`manage.py check_files`: whether the bytes of every file that somebody brought are there, and are those that came."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actors import engine
from accounts.context import acting_as
from accounts.errors import Conflict
from accounts.kept_files import check_bytes
from casework.scanning import BROUGHT


class Command(BaseCommand):
    help = "Read every file of every case, and every proof of training, and compare each with its SHA-256."

    def handle(self, *args: Any, **options: Any) -> None:
        bad, number = [], 0
        with acting_as(engine("check_files")):
            for model in BROUGHT:
                for file in model.objects.order_by("pk").iterator(chunk_size=200):
                    number += 1
                    try:
                        check_bytes(file)
                    except Conflict:
                        bad.append(str(file.pk))
        for pk in bad:
            self.stderr.write(pk)
        if bad:
            raise CommandError(f"{len(bad)} of {number} files are lost or changed: restore them.")
        self.stdout.write(f"{number} files are whole.")
