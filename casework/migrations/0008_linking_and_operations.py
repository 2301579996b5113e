"""The history of linking and merging; operations that only their own people know, and what is shared in them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

# Whoever began it, and whoever sees one of its cases, knows of an operation.
KNOWN = """
DROP POLICY web_sees ON casework_operation;
CREATE POLICY web_sees ON casework_operation FOR ALL TO holdfast_web
    USING (casework_operation.force_id = (SELECT accounts_ctx('force'))::uuid
           AND (casework_operation.started_by_id = (SELECT accounts_ctx('actor'))::uuid
                OR EXISTS (SELECT 1 FROM casework_case c WHERE c.operation_id = casework_operation.id)))
    WITH CHECK (casework_operation.force_id = (SELECT accounts_ctx('force'))::uuid);
"""
KNOWN_BEFORE = """
DROP POLICY web_sees ON casework_operation;
CREATE POLICY web_sees ON casework_operation FOR ALL TO holdfast_web
    USING (casework_operation.force_id = (SELECT accounts_ctx('force'))::uuid)
    WITH CHECK (casework_operation.force_id = (SELECT accounts_ctx('force'))::uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_and_absences"),
        ("casework", "0007_find"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "Place"),
                            ("vehicle", "Vehicle"),
                            ("organisation", "Organisation"),
                            ("phone", "Phone of somebody who exploits them"),
                            ("person", "Somebody who exploits them"),
                        ],
                        max_length=15,
                        verbose_name="what is it?",
                    ),
                ),
                ("text", accounts.sealed.EncryptedTextField(verbose_name="what do we know?")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("kind", "-at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="operation",
            name="started_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("logged", "Concern logged"),
                    ("handed", "Handed to the duty supervisor"),
                    ("sent", "Sent to the duty supervisor"),
                    ("assigned", "Owner assigned"),
                    ("safety", "Immediate safety confirmed"),
                    ("contact", "Contact"),
                    ("note", "Note"),
                    ("told", "They told us"),
                    ("consent", "Consent"),
                    ("safe_contact", "Safe contact rule"),
                    ("crime", "Crime recorded"),
                    ("authority", "Local authority told"),
                    ("needs", "Needs assessed"),
                    ("nrm", "National referral"),
                    ("duty_to_notify", "Duty to notify"),
                    ("referral", "Support referral"),
                    ("review", "Supervisor review"),
                    ("risk", "Risk"),
                    ("closing", "Closing asked for"),
                    ("closed", "Closed"),
                    ("returned", "Not closed"),
                    ("reopened", "Reopened"),
                    ("edited", "Details changed"),
                    ("person", "The person"),
                    ("age", "Age"),
                    ("missing", "Missing"),
                    ("person_left", "Owner left"),
                    ("linked", "Linked to another record of the same person"),
                    ("unlinked", "No longer linked to another record"),
                    ("merged", "Merged with another record of the same person"),
                    ("unmerged", "Parted from a record that it was merged with"),
                    ("operation", "Operation"),
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterConstraint(
            model_name="operation",
            name="operation_in_force",
            constraint=models.UniqueConstraint(
                fields=("force", "name"),
                name="operation_in_force",
                violation_error_message="There is an operation of this name already.",
            ),
        ),
        migrations.AddField(
            model_name="sharedfact",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharedfact",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharedfact",
            name="force",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.force"
            ),
        ),
        migrations.AddField(
            model_name="sharedfact",
            name="operation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="casework.operation",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="shared_fact_ended_by_and_at",
            ),
        ),
        migrations.RunSQL(KNOWN, KNOWN_BEFORE),
        guards.walled(
            "casework_sharedfact",
            web=guards.OWN_FORCE
            + " AND EXISTS (SELECT 1 FROM casework_operation o WHERE o.id = {table}.operation_id)",
        ),
        guards.never_deleted("casework_sharedfact"),
        guards.audited("casework_sharedfact", redacted=["text"]),
    ]
