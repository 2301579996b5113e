"""A requirement may be of the new role."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0002_walls_and_own_courses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="requirement",
            name="role",
            field=models.CharField(
                choices=[
                    ("responder", "Responder"),
                    ("investigator", "Investigator"),
                    ("supervisor", "Supervisor"),
                    ("specialist_lead", "Specialist lead"),
                    ("navigator", "Victim navigator"),
                    ("training_admin", "Training administrator"),
                    ("crime_registrar", "Force crime registrar"),
                    ("auditor", "Auditor"),
                    ("analyst", "Analyst"),
                    ("agency_worker", "Agency worker"),
                    ("agency_system", "Agency system"),
                    ("agency_administrator", "Agency administrator"),
                    ("administrator", "Administrator"),
                ],
                max_length=30,
                verbose_name="role",
            ),
        ),
    ]
