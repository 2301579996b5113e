"""What is owed in a unit is found by its due time, what could not be worked out among it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0002_ladder_in_sql")]

    operations = [
        migrations.RemoveIndex(model_name="followup", name="followup_open_unit"),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "quarantined"))),
                fields=["unit", "due_at"],
                name="followup_owed_unit",
            ),
        ),
    ]
