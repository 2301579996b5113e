"""How often each key asked the agencies' API: one row a key, counted by one statement."""

from django.db import migrations


class Migration(migrations.Migration):
    """A table that a crash of the server empties, so that counting a request waits for no disk."""

    dependencies = [("config", "0001_cache_table")]
    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE config_asked (
                who text NOT NULL PRIMARY KEY,
                at float8[] NOT NULL
            ) WITH (fillfactor = 50);
            """,
            "DROP TABLE config_asked;",
        ),
    ]
