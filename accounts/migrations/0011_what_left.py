"""The disclosure record: every file that left the building, and long ones that a second person looked at."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

OF_FORCE_OR_CASE = f"{guards.OWN_FORCE} AND ({{table}}.scope_id IS NULL OR {guards.SEES_SCOPE})"
SEALED = ("words", "recipient")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_resealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportRequest",
            fields=[
                ("what", models.CharField(max_length=40, verbose_name="what")),
                ("narrowed", models.JSONField(blank=True, default=dict)),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("handover", "To hand over or supervise work"),
                            ("meeting", "For a meeting about safeguarding, with other bodies"),
                            ("court", "For a court or the prosecutors"),
                            ("subject", "The person it is about asked for it"),
                            ("referral", "To send to the Home Office"),
                            ("inspection", "For an inspection or audit"),
                            ("correction", "To correct or compare records"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="why do you need it?",
                    ),
                ),
                ("words", accounts.sealed.EncryptedTextField(verbose_name="in your own words")),
                (
                    "recipient",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="who outside the force will get it?"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                (
                    "note",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="what you checked, or why not"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
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
                    "scope",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("what", models.CharField(max_length=40, verbose_name="what")),
                ("narrowed", models.JSONField(blank=True, default=dict)),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("handover", "To hand over or supervise work"),
                            ("meeting", "For a meeting about safeguarding, with other bodies"),
                            ("court", "For a court or the prosecutors"),
                            ("subject", "The person it is about asked for it"),
                            ("referral", "To send to the Home Office"),
                            ("inspection", "For an inspection or audit"),
                            ("correction", "To correct or compare records"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="why do you need it?",
                    ),
                ),
                ("words", accounts.sealed.EncryptedTextField(verbose_name="in your own words")),
                (
                    "recipient",
                    accounts.sealed.EncryptedTextField(
                        blank=True, verbose_name="who outside the force will get it?"
                    ),
                ),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("items_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
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
                    "scope",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export",
                        to="accounts.exportrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ExportItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("reference", models.CharField(blank=True, max_length=20)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="accounts.export",
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
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["subject_id"], name="export_item_subject")],
            },
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="export_request_second_person",
                violation_error_message="Somebody else must look at what you asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agreed__isnull", True),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                    ),
                    models.Q(
                        ("agreed__isnull", False),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="export_request_decided_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("by", "what", "narrowed"),
                name="export_request_one_undecided",
                violation_error_message="You have asked for this already.",
            ),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["force", "-id"], name="export_of_force"),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["by", "at"], name="export_by"),
        ),
        guards.walled("accounts_export", web=OF_FORCE_OR_CASE),
        guards.walled("accounts_exportrequest", web=OF_FORCE_OR_CASE),
        guards.scoped("accounts_exportitem"),
        guards.append_only("accounts_export"),
        guards.append_only("accounts_exportitem"),
        guards.never_deleted("accounts_exportrequest"),
        guards.audited("accounts_export", redacted=SEALED),
        guards.audited("accounts_exportrequest", redacted=(*SEALED, "note")),
    ]
