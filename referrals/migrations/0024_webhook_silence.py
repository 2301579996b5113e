"""A webhook says since when it has not heard us, so that its agency's administrators are told."""

from django.db import migrations, models
from django.db.models import F, Q

GRANTED = """
GRANT UPDATE (silence, silent_since, alarm_at, heard_at) ON referrals_webhook TO holdfast_engine;
GRANT UPDATE (heard_at) ON referrals_webhook TO holdfast_web;
"""
REVOKED = """
REVOKE UPDATE (heard_at) ON referrals_webhook FROM holdfast_web;
REVOKE UPDATE (silence, silent_since, alarm_at, heard_at) ON referrals_webhook FROM holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0023_sandbox_forgotten")]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="silence",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="webhook",
            name="silent_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="webhook",
            name="alarm_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="webhook",
            name="heard_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=Q(
                    silence__isnull=True,
                    silent_since__isnull=True,
                    alarm_at__isnull=True,
                    heard_at__isnull=True,
                )
                | Q(
                    silence__isnull=False,
                    silent_since__isnull=False,
                    alarm_at__gte=F("silent_since"),
                ),
                name="webhook_silence_has_times",
            ),
        ),
        migrations.RunSQL(GRANTED, REVOKED),
    ]
