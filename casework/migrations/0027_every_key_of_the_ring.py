"""A word of a place is looked for by its blind keys under every key of the ring, and is one word all the same."""

from importlib import import_module

from django.db import migrations

found = import_module("casework.migrations.0007_find")

# `places` has a row for each word and a column for each key of the ring.
ASKED = found.ASKED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FIND = found.FIND.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
BY_WORD = ASKED.replace(
    "-100 - place::int",
    "-101 - ((place - 1) / coalesce(array_length(places, 2), 1))::int",
) + FIND.replace("cardinality(places)", "coalesce(array_length(places, 1), 0)")


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_opened_by_its_owner")]

    operations = [migrations.RunSQL(BY_WORD, ASKED + FIND)]
