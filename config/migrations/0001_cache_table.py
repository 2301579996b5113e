"""The table behind Django's cache: throttle and sign-in counts live in PostgreSQL, not in Redis."""

from django.db import migrations


class Migration(migrations.Migration):
    """Make the cache table as `createcachetable` would."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE config_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX config_cache_expires ON config_cache (expires);
            """,
            "DROP TABLE config_cache;",
        ),
    ]
