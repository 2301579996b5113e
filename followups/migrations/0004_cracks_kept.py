"""What the nightly check finds broken in a force is kept, with since when."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_owner_changes_are_audited"),
        ("followups", "0003_owed_in_a_unit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Crack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("line", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
            ],
            options={"ordering": ("since", "line")},
        ),
        migrations.AddConstraint(
            model_name="crack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("force", "line"),
                name="crack_once",
            ),
        ),
        guards.walled("followups_crack", web=guards.OWN_FORCE),
        guards.never_deleted("followups_crack"),
        guards.audited("followups_crack"),
    ]
