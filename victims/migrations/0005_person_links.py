"""Two records of one person are linked or merged, and nothing is repointed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_names_and_absences"),
        ("victims", "0004_search_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("linked", "Linked: may be the same person"),
                            ("merged", "Merged: the same person"),
                            ("ended", "Not linked any more"),
                        ],
                        default="linked",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(max_length=500, verbose_name="why they may be one person"),
                ),
                ("linked_at", models.DateTimeField()),
                (
                    "merge_reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why they are one person"
                    ),
                ),
                ("merged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was undone"),
                ),
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
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="victims.victim",
                    ),
                ),
                (
                    "other_scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.scope",
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
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="victims.victim",
                    ),
                ),
            ],
            options={
                "ordering": ("-linked_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "ended"), _negated=True),
                        fields=("victim", "other"),
                        name="person_link_once",
                        violation_error_message="These two records are linked already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("victim__lt", models.F("other"))),
                        name="person_link_of_two",
                        violation_error_message="A record cannot be linked to itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "merged"), _negated=True),
                            models.Q(
                                ("merged_at__isnull", False),
                                ("merged_by__isnull", False),
                                models.Q(("merge_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_link_merged_by_and_why",
                        violation_error_message="Say why they are one person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ended"), _negated=True),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_link_ended_by_and_why",
                        violation_error_message="Say why they are not one person.",
                    ),
                ],
            },
        ),
        # Whoever sees only one of the two records does not learn that there is another.
        guards.walled(
            "victims_personlink",
            web=guards.SEES_SCOPE
            + " AND EXISTS (SELECT 1 FROM accounts_scope o WHERE o.id = {table}.other_scope_id)",
        ),
        guards.never_deleted("victims_personlink"),
        guards.audited("victims_personlink"),
        guards.transitions(
            "victims_personlink", {"linked": ["merged", "ended"], "merged": ["linked"]}
        ),
    ]
