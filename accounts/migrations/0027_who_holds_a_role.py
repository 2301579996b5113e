"""Found by index: who holds a role, and the few records of a unit that are not open to all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0026_agencies_kept_by")]

    operations = [
        migrations.AddIndex(
            model_name="roleheld",
            index=models.Index(fields=["role"], name="role_held_by_role"),
        ),
        migrations.AddIndex(
            model_name="scope",
            index=models.Index(
                condition=models.Q(("restriction", "standard"), _negated=True),
                fields=["unit"],
                name="scope_not_standard",
            ),
        ),
    ]
