"""Who holds a role is found by index: few hold most roles, and thousands hold some."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0026_agencies_kept_by")]

    operations = [
        migrations.AddIndex(
            model_name="roleheld",
            index=models.Index(fields=["role"], name="role_held_by_role"),
        ),
    ]
