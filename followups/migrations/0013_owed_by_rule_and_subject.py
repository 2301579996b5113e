"""What is owed by one rule is also found by its subject: rules ask for it while a sweep writes many new rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0012_agencies_told")]

    operations = [
        migrations.RemoveIndex("followup", "followup_owed_rule"),
        migrations.AddIndex(
            "followup",
            models.Index(
                fields=["rule", "subject_id"],
                name="followup_owed_rule",
                condition=models.Q(state__in=("open", "quarantined")),
            ),
        ),
    ]
