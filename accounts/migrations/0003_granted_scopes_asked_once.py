from django.db import migrations

from accounts import guards


class Migration(migrations.Migration):
    """The policy on Scopes asks once a statement which of them are granted, and is planned in half the time."""

    dependencies = [("accounts", "0002_names_and_absences")]

    operations = [
        # A new database has both from the first migration.
        migrations.RunSQL(
            f"{guards.GRANTED} ALTER POLICY web_sees ON accounts_scope USING ({guards.SCOPE_VISIBLE});",
            migrations.RunSQL.noop,
        ),
    ]
