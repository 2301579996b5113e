"""Whoever holds what could not be worked out has it on their own list too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0018_handovers")]

    operations = [
        migrations.RemoveIndex("followup", "followup_open_holder"),
        migrations.AddIndex(
            "followup",
            models.Index(
                fields=["holder", "due_at"],
                name="followup_owed_holder",
                condition=models.Q(("state__in", ("open", "quarantined"))),
            ),
        ),
    ]
