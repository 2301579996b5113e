from django.db import migrations


class Migration(migrations.Migration):
    """What the database changes by itself, or a migration does, leaves its audit event like anybody's change."""

    dependencies = [("accounts", "0003_granted_scopes_asked_once")]

    operations = [
        migrations.RunSQL(
            "CREATE POLICY owner_writes ON accounts_auditevent FOR INSERT TO holdfast_owner WITH CHECK (true);",
            "DROP POLICY owner_writes ON accounts_auditevent;",
        ),
    ]
