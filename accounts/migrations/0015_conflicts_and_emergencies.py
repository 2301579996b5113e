"""A record may be closed to a person by a conflict of interest; emergency access lasts an hour at most."""

import uuid
from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

# Whoever sees the record sees to whom it is closed; they themselves do not.
WALL = f"ALTER POLICY web_sees ON accounts_scope USING ({guards.SCOPE_VISIBLE});"

# Who is told of, and reviews, what only an auditor looks at.
AUDITOR = """
CREATE FUNCTION accounts_force_auditor(whose uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'auditor'
     WHERE u.force_id = whose AND u.is_active ORDER BY u.joined_at, u.id LIMIT 1
$$;
"""


def person(**over: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **over,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_audit_chain")]

    operations = [
        migrations.CreateModel(
            name="ScopeBar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("themself", "It is about the officer themself"),
                            ("family", "Family or partner"),
                            ("friend", "Friend or neighbour"),
                            ("colleague", "Colleague, or a colleague's family"),
                            ("other", "Another tie"),
                        ],
                        max_length=12,
                        verbose_name="tie",
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_ended",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is ended"),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bars",
                        to="accounts.scope",
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
                ("user", person()),
                ("declared_by", person()),
                ("ended_by", person(blank=True, null=True)),
            ],
            options={
                "ordering": ("declared_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=Q(ended_at__isnull=True), fields=["user"], name="bar_of_user"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(ended_at__isnull=True),
                        fields=("scope", "user"),
                        name="bar_once_while_open",
                        violation_error_message="This case is closed to them already.",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                        | Q(ended_at__isnull=False, ended_by__isnull=False, why_ended__regex=r"\S"),
                        name="bar_ended_by_somebody_who_says_why",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_by__isnull=True)
                        | (~Q(ended_by=F("user")) & ~Q(ended_by=F("declared_by"))),
                        name="bar_ended_by_another",
                        violation_error_message="Another supervisor must end this.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            "scopegrant",
            models.CheckConstraint(
                condition=~Q(kind="break-glass")
                | Q(ends_at__isnull=False, ends_at__lte=F("starts_at") + timedelta(minutes=60)),
                name="grant_in_emergency_for_an_hour",
            ),
        ),
        migrations.RunSQL(
            guards.EXCEPTIONS, "DROP FUNCTION accounts_exceptions(uuid, timestamptz);"
        ),
        migrations.RunSQL(
            guards.EMERGENCY_GUARD,
            "DROP TRIGGER emergency_guard ON accounts_scopegrant; DROP FUNCTION accounts_emergency_guard();",
        ),
        migrations.RunSQL(AUDITOR, "DROP FUNCTION accounts_force_auditor(uuid);"),
        guards.scoped("accounts_scopebar"),
        guards.audited("accounts_scopebar"),
        guards.never_deleted("accounts_scopebar"),
        # A new database has it from the first migration.
        migrations.RunSQL(WALL, migrations.RunSQL.noop),
    ]
