"""`manage.py migrate`: Django's own, but an empty database begins with the baseline instead of every step to it."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connection, transaction

search_keys = import_module("victims.migrations.0004_search_keys")
BASELINE = Path(__file__).resolve().parents[2] / "baseline.sql"
# The baseline names what each role may do with each table; what a new one would give them comes back at its end.
NOTHING_OF_ITSELF = "".join(
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON {kind} FROM holdfast_web, holdfast_engine;"
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS")
)


class Command(migrate.Command):
    """The tables are as the newest migrations say.

    To go through each migration takes minutes of working out what models once were, and a moment of SQL. The
    baseline is what PostgreSQL says that they made (`make baseline`); those that came after it run as ever.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's, and `--from-nothing`."""
        super().add_arguments(parser)
        parser.add_argument(
            "--from-nothing", action="store_true", help="run every migration, without the baseline"
        )

    def handle(self, *args: Any, from_nothing: bool = False, **options: Any) -> None:
        """Load the baseline where there is nothing yet, then migrate."""
        asked_for_less = options["app_label"] or options["plan"] or options["check_unapplied"]
        if not (from_nothing or asked_for_less or connection.introspection.table_names()):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(NOTHING_OF_ITSELF)
                # So that pg_trgm is loaded, whose setting a function of ours has.
                cursor.execute("SELECT show_limit()")
                cursor.execute(BASELINE.read_text())
            connection.close()  # with all that the baseline set for its session
            with connection.schema_editor() as editor:
                search_keys.fill(apps, editor)  # its only rows that come from the program
        super().handle(*args, **options)
