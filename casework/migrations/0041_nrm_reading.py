"""A second reader of what the Home Office is told, where whoever sends it is not in date for it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_scopes_asked_quicker"),
        ("casework", "0040_interviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NrmReading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("sent", models.BooleanField(verbose_name="had it left?")),
                ("shortfalls", models.JSONField(blank=True, default=list)),
                (
                    "why",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="why it could not wait"
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fit", "It says what it must"),
                            ("put_right", "Something must be put right"),
                        ],
                        max_length=10,
                        verbose_name="what they found",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="what must be put right"
                    ),
                ),
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
                        related_name="nrm_readings",
                        to="casework.case",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True), ("read_at__isnull", True), ("sent", False)
                        ),
                        fields=("case",),
                        name="reading_asked_once",
                        violation_error_message="Somebody is asked to read it already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent", False), ("why", "")),
                            models.Q(("sent", True), ("why__regex", "\\S")),
                            _connector="OR",
                        ),
                        name="reading_unread_says_why",
                        violation_error_message="Say why it could not wait until somebody had read it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True),
                            models.Q(("read_at__isnull", True), ("sent", False)),
                            _connector="OR",
                        ),
                        name="reading_left_unread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("read_at__isnull", True),
                                ("read_by__isnull", True),
                                ("verdict", ""),
                                ("words", ""),
                            ),
                            models.Q(
                                ("read_at__isnull", False),
                                ("read_by__isnull", False),
                                ("verdict", "fit"),
                                ("words", ""),
                            ),
                            models.Q(
                                ("read_at__isnull", False),
                                ("read_by__isnull", False),
                                ("verdict", "put_right"),
                                ("words__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="reading_read_by_and_at",
                        violation_error_message="Say what must be put right.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_by__isnull", True),
                            models.Q(("read_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reading_read_by_another",
                        violation_error_message="Somebody else must read it.",
                    ),
                ],
            },
        ),
        guards.scoped("casework_nrmreading"),
        guards.audited("casework_nrmreading"),
        guards.never_deleted("casework_nrmreading"),
    ]
