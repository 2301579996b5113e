"""The open cases of a unit are counted without looking at the closed ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_possible_matches")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("status", "closed"), _negated=True),
                fields=["scope"],
                name="case_open_scope",
            ),
        ),
    ]
