"""An e-mail about a change in how somebody signs in is sent or given up; it does not go on waiting for nothing."""

from django.db import migrations, models

GIVEN_UP = """
UPDATE accounts_securitynotice SET failed_at = send_after, refusals = attempts
 WHERE sent_at IS NULL AND attempts >= 8
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0017_directories")]

    operations = [
        migrations.AddField(
            "securitynotice", "refusals", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        migrations.AddField("securitynotice", "failed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(GIVEN_UP, migrations.RunSQL.noop),
    ]
