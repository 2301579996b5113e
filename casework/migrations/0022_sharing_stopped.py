"""That sharing stopped after an agreement was taken back, and who was told."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_leaving"),
        ("casework", "0021_taken_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingStopped",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("local_authority", "Sharing with the local authority"),
                            ("health", "Sharing with health services"),
                            ("police_contact", "Contact by the police"),
                        ],
                        max_length=20,
                        verbose_name="what they took back",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("told", "They were told, and it stopped"),
                            ("nothing", "Nothing had been done on that agreement"),
                            ("lawful", "It goes on for another reason in law"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("told", models.CharField(blank=True, max_length=200, verbose_name="who was told")),
                ("reason", models.TextField(blank=True, verbose_name="which reason in law")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_stopped",
                        to="casework.case",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-recorded_at", "pk"),
                "abstract": False,
                "indexes": [models.Index(fields=["case", "purpose"], name="sharing_stopped_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ("local_authority", "health", "police_contact"))
                        ),
                        name="sharing_stopped_of_these",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "told"), _negated=True),
                            models.Q(("told", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sharing_stopped_says_who",
                        violation_error_message="Enter who was told to stop.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "lawful"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sharing_stopped_says_why_not",
                        violation_error_message="Enter the reason in law for which it goes on.",
                    ),
                ],
            },
        ),
        guards.scoped("casework_sharingstopped"),
        guards.audited("casework_sharingstopped"),
        guards.never_deleted("casework_sharingstopped"),
        guards.append_only("casework_sharingstopped"),
    ]
