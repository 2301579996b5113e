"""Interviews of the person for evidence, and who was trained for them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_specialists"),
        ("casework", "0039_guidance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("guardian", "Guardianship service"),
                    ("investigation", "Investigation"),
                    ("informed", "They were told"),
                    ("enhanced", "Enhanced rights"),
                    ("section_45", "Section 45"),
                    ("immigration", "Immigration enforcement"),
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
                    ("lost_contact", "Nobody can reach them"),
                    ("person_left", "Owner left"),
                    ("linked", "Linked to another record of the same person"),
                    ("unlinked", "No longer linked to another record"),
                    ("merged", "Merged with another record of the same person"),
                    ("unmerged", "Parted from a record that it was merged with"),
                    ("operation", "Operation"),
                    ("transfer", "Transfer to another unit"),
                    ("taken_on", "Somebody took on what was late"),
                    ("re_planned", "A due time was moved"),
                    ("retention", "How long it is kept"),
                    ("pack", "Copy of the record, to give away"),
                    ("sought", "Looked into who searched for this person"),
                    ("emergency", "Opened in an emergency"),
                    ("conflict", "Conflict of interest"),
                    ("file", "File"),
                    ("advice", "Advice of a specialist"),
                    ("interview", "Interviewed for evidence"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("recorded_at", models.DateTimeField()),
                ("as_child", models.BooleanField()),
                (
                    "lacked",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("missing", "Not trained to interview them"),
                            ("lapsed", "Their training had lapsed"),
                        ],
                        max_length=10,
                        verbose_name="what they lacked",
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        verbose_name="why they interviewed all the same",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="interviews",
                        to="casework.case",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
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
                "indexes": [models.Index(fields=["case", "-at"], name="interview_case_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lacked", ""), ("why__regex", "\\S"), _connector="OR"),
                        name="interview_untrained_says_why",
                        violation_error_message="Say why somebody who is not trained interviewed them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(
                                ("reviewed_at__isnull", False), ("reviewed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="interview_reviewed_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(
                                models.Q(("reviewed_by", models.F("by")), _negated=True),
                                models.Q(("reviewed_by", models.F("interviewer")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="interview_reviewed_by_another",
                        violation_error_message="Somebody who had no part in it must review it.",
                    ),
                ],
            },
        ),
        guards.scoped("casework_interview"),
        guards.audited("casework_interview"),
        guards.never_deleted("casework_interview"),
    ]
