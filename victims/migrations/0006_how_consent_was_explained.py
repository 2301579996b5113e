"""How consent was explained, and that it may be about passing on the account or sharing with others."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_and_absences"),
        ("victims", "0005_person_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="consentevent",
            name="consent_agency_only_for_sharing",
        ),
        migrations.AddField(
            model_name="consentevent",
            name="interpreter",
            field=models.CharField(blank=True, max_length=200, verbose_name="which interpreter"),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="notice",
            field=models.CharField(
                blank=True,
                choices=[
                    ("force-2026-11", "The force's privacy notice, November 2026"),
                    ("nrm-2023-12", "The Home Office's NRM notice, December 2023"),
                    ("spoken", "Explained in words only"),
                ],
                max_length=20,
                verbose_name="which notice",
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="reason",
            field=models.TextField(blank=True, verbose_name="why, in their words"),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("nrm", "Referral to the National Referral Mechanism"),
                    ("agency", "Sharing with a support agency"),
                    ("account", "Passing on what they told us, in full, to a support agency"),
                    ("police_contact", "Contact by the police"),
                    ("local_authority", "Sharing with the local authority"),
                    ("health", "Sharing with health services"),
                ],
                max_length=20,
                verbose_name="for",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agency__isnull", True),
                    ("purpose__in", ("agency", "account")),
                    _connector="OR",
                ),
                name="consent_agency_only_for_sharing",
                violation_error_message="An agency is named only for sharing with an agency.",
            ),
        ),
    ]
