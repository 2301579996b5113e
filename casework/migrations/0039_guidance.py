"""Guidance beside the steps of a case, and which of it was shown."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_specialists"),
        ("casework", "0038_advice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidanceCard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("safety", "Confirm that they are safe"),
                            ("contact", "Record what happened"),
                            ("told", "Record what they told us"),
                            ("consent", "Record what they agreed to"),
                            ("safe-contact", "How to reach them safely"),
                            ("needs", "Assess their needs"),
                            ("risk", "Judge the risk"),
                            ("nrm", "National referral"),
                            ("nrm-notify", "Duty to notify"),
                            ("section-45", "Section 45"),
                            ("immigration", "Sharing with immigration enforcement"),
                            ("close", "Close a case"),
                        ],
                        max_length=20,
                        verbose_name="beside which step?",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("words", models.TextField(max_length=700, verbose_name="what to know")),
                ("source", models.CharField(max_length=200, verbose_name="where it is from")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("sourced", "Sourced: we have seen the text that says so"),
                            ("force_default", "This force's own way"),
                            ("unverified", "Unverified: do not take it for law"),
                        ],
                        max_length=15,
                        verbose_name="how far can it be relied on?",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("step", "title", "-version"),
            },
        ),
        migrations.CreateModel(
            name="GuidanceShown",
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
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.guidancecard",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_shown",
                        to="casework.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance",
                        to="casework.caseevent",
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
            },
        ),
        migrations.AddConstraint(
            model_name="guidancecard",
            constraint=models.UniqueConstraint(
                fields=("force", "step", "title", "version"), name="guidance_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidancecard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("force", "step", "title"),
                name="guidance_shown_once",
                violation_error_message="There is a card with that title beside this step.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidancecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="guidance_ended_by_and_at",
            ),
        ),
        migrations.AddIndex(
            model_name="guidanceshown",
            index=models.Index(fields=["case", "-at"], name="guidance_shown_case_at"),
        ),
        guards.walled("casework_guidancecard", web=guards.OWN_FORCE),
        guards.audited("casework_guidancecard"),
        guards.never_deleted("casework_guidancecard"),
        guards.scoped("casework_guidanceshown"),
        guards.audited("casework_guidanceshown"),
        guards.append_only("casework_guidanceshown"),
    ]
