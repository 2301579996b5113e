"""Somebody may sign in through their force's own directory, which knows them by an id that never changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_sessions_and_second_steps")]

    operations = [
        migrations.CreateModel(
            name="DirectoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.URLField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
                ("shut_out_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="directory_entry",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "subject"), name="directory_entry_once"
                    )
                ],
            },
        ),
        guards.audited("accounts_directoryentry"),
        guards.never_deleted("accounts_directoryentry"),
    ]
