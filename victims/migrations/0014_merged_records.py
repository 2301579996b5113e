"""A record names those that are merged into it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("victims", "0013_why_ended")]

    operations = [
        migrations.AlterField(
            model_name="victim",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_records",
                to="victims.victim",
            ),
        ),
    ]
