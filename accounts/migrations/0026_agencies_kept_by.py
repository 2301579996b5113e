"""Which force looks after an agency: its administrators alone decide who signs in for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.force",
                verbose_name="force that looks after it",
            ),
        ),
    ]
