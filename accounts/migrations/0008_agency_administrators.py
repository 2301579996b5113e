"""Agencies have administrators of their own, who make and revoke its keys."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="revoked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="roleheld",
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
