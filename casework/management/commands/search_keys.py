"""`manage.py search_keys`: makes every search key again, after the names, or how numbers are read, changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from casework.models import Case
from victims.models import SafeContact


class Command(BaseCommand):
    help = "Make the keys by which people are found again. They are kept by themselves; this is for new names."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(engine("search_keys")):
            # Sealed anew, for its blind keys stand behind the ciphertext.
            for rule in SafeContact.objects.exclude(details="").iterator(chunk_size=500):
                rule.details = str(rule.details)
                rule.save(update_fields=["details"])
            for case in Case.objects.exclude(place="").iterator(chunk_size=500):
                case.place = str(case.place)
                case.save(update_fields=["place"])
            with connection.cursor() as cursor:
                cursor.execute("SELECT casework_rebuild_keys()")
                (count,) = cursor.fetchone()
        self.stdout.write(f"{count} search keys.")
