"""A force may ask why somebody opens a case outside their own work; what they answer is kept."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from accounts import guards

POLICIES = [
    ("nobody", "Nobody is asked"),
    ("other_units", "Whoever opens a case of a unit that is not theirs"),
    ("others", "Whoever opens a case that is not theirs, except the unit's supervisors"),
]
REASONS = [
    ("told_to", "A reminder, a task or an escalation brought me here"),
    ("asked", "Its team, or somebody who supervises it, asked me to"),
    ("person", "I have to do with this person, or somebody near them, now"),
    ("connected", "It may belong with a case of mine"),
    ("checking", "I check how cases are handled or recorded"),
    ("other", "Something else"),
]
OWN = "{table}.by_id = (SELECT accounts_ctx('actor'))::uuid"
OF_TEAM_ONESELF_OR_AUDITOR = (
    f"({guards.SEES_SCOPE}) OR ({guards.OWN_FORCE} AND ({OWN}"
    " OR (SELECT accounts_ctx('audits')) = 'yes'))"
)


def to(what: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=what)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_officer_gender")]

    operations = [
        migrations.AddField(
            "force",
            "asks_why",
            models.CharField(
                choices=POLICIES,
                default="other_units",
                db_default="other_units",
                max_length=12,
                verbose_name="who is asked why they open a case",
            ),
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(choices=REASONS, max_length=12, verbose_name="why")),
                (
                    "words",
                    models.CharField(blank=True, max_length=500, verbose_name="in their own words"),
                ),
                ("scope", to("accounts.scope")),
                ("force", to("accounts.force")),
                ("by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("-at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("by", "scope", "day"), name="look_asked_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=~Q(reason="other") | Q(words__regex=r"\S.{18,}\S"),
                        name="look_for_something_else_says_what",
                        violation_error_message="Say why in 20 letters or more.",
                    ),
                ],
            },
        ),
        guards.walled(
            "accounts_look",
            web=OF_TEAM_ONESELF_OR_AUDITOR,
            check=f"({guards.SEES_SCOPE}) AND {guards.OWN_FORCE} AND {OWN}",
        ),
        guards.audited("accounts_look"),
        guards.never_deleted("accounts_look"),
        migrations.RunSQL(
            "REVOKE UPDATE ON accounts_look FROM holdfast_web, holdfast_engine;",
            "GRANT UPDATE ON accounts_look TO holdfast_web, holdfast_engine;",
        ),
    ]
