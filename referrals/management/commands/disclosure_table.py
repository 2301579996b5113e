"""Writes docs/disclosure.md: what an agency may see of a person before and after it accepts, for each need."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from referrals.disclosed import item_words, may_see_table
from referrals.disclosure import BEFORE

HEAD = """# What an agency may see

Before it accepts, whatever the need: {before}; who at the agency may be told, and why no safe way to reach the
person is shared where none is. Nothing of that identifies them.

After it accepts it sees, of the items below, those that the officer ticked; of several needs together what any of
them allows. The code (`referrals/disclosure.py`) refuses more, and so does the database. Each time that an agency is
given something, or can no longer read it, a line says what, why, to whom and on what agreement or legal basis; the
database writes it and nobody can alter it. When consent is withdrawn nothing can be read any more, at once.

This file is written by `manage.py disclosure_table`; a test fails when it is not current. The same is shown in the
product at `/agencies/may-see`.

"""


class Command(BaseCommand):
    help = (
        "Prints docs/disclosure.md as it should be: manage.py disclosure_table > docs/disclosure.md"
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")


def document() -> str:
    """The whole file, in English."""
    with override("en"):
        table = may_see_table()
        before = ", ".join(item_words(field).lower() for field in BEFORE)
        lines = [["Need", *table.items], ["---"] * (len(table.items) + 1)]
        lines += [[need, *("yes" if may else "" for may in row)] for need, row in table.rows]
        return HEAD.format(before=before) + "".join(f"| {' | '.join(line)} |\n" for line in lines)
