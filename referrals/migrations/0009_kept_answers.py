"""What an agency's system was answered under an Idempotency-Key, sealed, for a day or two."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_shifts"),
        ("referrals", "0008_events"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("answer", accounts.sealed.EncryptedTextField()),
                ("kept_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("kept_at", "pk"),
                "indexes": [models.Index(fields=["kept_at"], name="kept_answer_kept_at")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "digest"), name="kept_answer_once_for_a_key"
                    )
                ],
            },
        ),
        guards.walled("referrals_keptanswer", web=guards.OWN_AGENCY),
        # What was answered stays as it was until it is forgotten.
        migrations.RunSQL(
            "REVOKE UPDATE, TRUNCATE ON referrals_keptanswer FROM holdfast_web, holdfast_engine;",
            "GRANT UPDATE ON referrals_keptanswer TO holdfast_web, holdfast_engine;",
        ),
    ]
