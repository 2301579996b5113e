"""Hits of the patterns of misuse, for the force's auditor alone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

AUDITORS = f"{guards.OWN_FORCE} AND (SELECT accounts_ctx('audits')) = 'yes'"
PATTERNS = [
    ("own-name", "Searched for their own name"),
    ("same-surname", "Looked at a case of somebody with their surname"),
    ("no-link", "Looked at cases of their unit in which they did nothing"),
    ("bulk", "Looked at very many cases within an hour"),
    ("after-transfer", "Looked at a case that was theirs and is no longer"),
    ("refusals", "Was refused again and again"),
    ("emergency-open", "Opened a case in an emergency that nobody has reviewed"),
    ("emergency-often", "Opened cases in an emergency again and again"),
]
FINDINGS = [
    ("explained", "It is explained by their work"),
    ("advice", "They were spoken to"),
    ("standards", "Passed to professional standards"),
]
AFTERWARDS = "closed_at, closed_by_id, finding, finding_words"
ONLY_AFTERWARDS = f"""
REVOKE INSERT, UPDATE ON casework_misusehit FROM holdfast_web;
GRANT UPDATE ({AFTERWARDS}) ON casework_misusehit TO holdfast_web;
REVOKE UPDATE ON casework_misusesearch FROM holdfast_web;
"""
# An auditor finds the trail of a case that they may not see by its reference: the id of its record, no more.
RECORD_OF = """
CREATE FUNCTION casework_record_of(asked text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.scope_id FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id
     WHERE c.reference = asked AND s.force_id = accounts_ctx('force')::uuid AND accounts_ctx('audits') = 'yes'
$$;
REVOKE EXECUTE ON FUNCTION casework_record_of(text) FROM PUBLIC;
"""


def to(what: str, **over: object) -> models.ForeignKey:
    given = {"related_name": "+"} | over
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=what, **given)


def key() -> models.UUIDField:
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_emergency_access")]

    operations = [
        migrations.CreateModel(
            name="MisuseHit",
            fields=[
                ("id", key()),
                ("pattern", models.CharField(choices=PATTERNS, max_length=20)),
                ("about", models.CharField(max_length=80)),
                ("record", models.UUIDField(blank=True, null=True)),
                ("times", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("finding", models.CharField(blank=True, choices=FINDINGS, max_length=10)),
                ("finding_words", models.CharField(blank=True, max_length=500)),
                ("force", to("accounts.force")),
                ("person", to(settings.AUTH_USER_MODEL)),
                ("closed_by", to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "ordering": ("-last_at", "pk"),
                "indexes": [models.Index(fields=["force", "-last_at"], name="misuse_force")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pattern", "person", "about"), name="misuse_hit_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(closed_at__isnull=True, closed_by__isnull=True, finding="")
                        | Q(
                            closed_at__isnull=False,
                            closed_by__isnull=False,
                            finding_words__regex=r"\S",
                        )
                        & ~Q(finding="")
                        & ~Q(closed_by=F("person")),
                        name="misuse_closed_by_another_with_finding",
                        violation_error_message="Somebody else must look into what you did.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MisuseSearch",
            fields=[
                ("id", key()),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("force", to("accounts.force")),
                ("asked_by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("-asked_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(done_at__isnull=True),
                        fields=("force",),
                        name="misuse_searched_once",
                    )
                ],
            },
        ),
        guards.walled("casework_misusehit", web=AUDITORS),
        guards.walled("casework_misusesearch", web=AUDITORS),
        guards.audited("casework_misusehit"),
        guards.audited("casework_misusesearch"),
        guards.never_deleted("casework_misusehit"),
        guards.never_deleted("casework_misusesearch"),
        migrations.RunSQL(
            ONLY_AFTERWARDS,
            "GRANT INSERT, UPDATE ON casework_misusehit TO holdfast_web;"
            "GRANT UPDATE ON casework_misusesearch TO holdfast_web;",
        ),
        migrations.RunSQL(RECORD_OF, "DROP FUNCTION casework_record_of(text);"),
    ]
