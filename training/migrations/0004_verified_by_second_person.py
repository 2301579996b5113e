"""Whoever recorded a completion does not verify it, whatever the door."""

from django.db import migrations, models
from django.db.models import F, Q

# What one person alone recorded and verified waits for somebody else again.
ANEW = """
UPDATE training_trainingrecord SET verified_by_id = NULL, verified_at = NULL WHERE verified_by_id = recorded_by_id;
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0003_agency_administrators")]

    operations = [
        migrations.RunSQL(ANEW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="trainingrecord",
            constraint=models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("recorded_by")),
                name="training_verified_by_second_person",
                violation_error_message="Somebody else must verify it.",
            ),
        ),
    ]
