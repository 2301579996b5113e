"""All records of one person are found by index: those that are merged, by the one that is read first."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("victims", "0008_keys_of_many")]

    operations = [
        migrations.AddIndex(
            model_name="victim",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("merged_into", "id"),
                name="victim_person",
            ),
        ),
    ]
