"""A case beyond one's reach may be opened for an hour in an emergency; no case is owned by somebody it is closed to."""

import uuid
from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from accounts import guards

# Who may, by the restriction of the record: as in accounts/permissions.py [ADR 0017].
OPEN = """
CREATE FUNCTION casework_break_glass(asked text, why text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    person uuid := accounts_ctx('actor')::uuid;
    opened record;
BEGIN
    SELECT c.id, c.scope_id, s.force_id INTO opened
      FROM casework_case c
      JOIN accounts_scope s ON s.id = c.scope_id
      JOIN accounts_user u ON u.id = person AND u.is_active AND u.force_id = s.force_id
     WHERE c.reference = asked AND accounts_ctx('kind') = 'officer'
       AND EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = person AND r.role = ANY (
               CASE s.restriction WHEN 'covert' THEN ARRAY['specialist_lead']
               ELSE ARRAY['responder', 'investigator', 'supervisor', 'specialist_lead', 'navigator'] END))
       AND NOT EXISTS (SELECT 1 FROM accounts_scopebar b
                        WHERE b.scope_id = s.id AND b.user_id = person AND b.ended_at IS NULL);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO accounts_scopegrant (id, scope_id, force_id, user_id, kind, reason, starts_at, ends_at)
    VALUES (gen_random_uuid(), opened.scope_id, opened.force_id, person, 'break-glass', why, moment,
            moment + interval '60 minutes');
    RETURN opened.id;
END $$;
REVOKE EXECUTE ON FUNCTION casework_break_glass(text, text) FROM PUBLIC;
"""
# Whatever names the owner: a page, a transfer, SQL. The bars are not everybody's to see.
NO_CONFLICT = """
CREATE FUNCTION casework_owner_has_no_conflict() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_scopebar b
                WHERE b.scope_id = NEW.scope_id AND b.user_id = NEW.owner_id AND b.ended_at IS NULL) THEN
        RAISE EXCEPTION 'a conflict of interest closes this case to them'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_owner_has_no_conflict';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION casework_owner_has_no_conflict() FROM PUBLIC;
CREATE TRIGGER owner_has_no_conflict BEFORE UPDATE OF owner_id ON casework_case
    FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL AND NEW.owner_id IS DISTINCT FROM OLD.owner_id)
    EXECUTE FUNCTION casework_owner_has_no_conflict();
"""
OF_TEAM_USER_OR_AUDITOR = (
    f"({guards.SEES_SCOPE}) OR ({guards.OWN_FORCE} AND ("
    "{table}.by_id = (SELECT accounts_ctx('actor'))::uuid OR (SELECT accounts_ctx('audits')) = 'yes'))"
)
# Who opened what, when and why stays as it was written.
AFTERWARDS = "ended_at, read_at, read_by_id, reviewed_at, reviewed_by_id, finding, finding_words"
ONLY_AFTERWARDS = f"""
REVOKE UPDATE ON casework_emergencyaccess FROM holdfast_web, holdfast_engine;
GRANT UPDATE ({AFTERWARDS}) ON casework_emergencyaccess TO holdfast_web, holdfast_engine;
"""
KINDS = [
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
]
REASONS = [
    ("danger", "Somebody is in danger now"),
    ("with_us", "The person is with me now"),
    ("missing", "The person is missing"),
    ("cannot_wait", "It cannot wait, and nobody of the team can be reached"),
]
FINDINGS = [
    ("needed", "It was needed"),
    ("avoidable", "It was meant well, and could have been avoided"),
    ("misuse", "It was not justified: passed to professional standards"),
]


def to(what: str, **over: object) -> models.ForeignKey:
    given = {"related_name": "+"} | over
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=what, **given)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_conflicts_and_emergencies"),
        ("casework", "0029_how_long_it_is_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                (
                    "reason",
                    models.CharField(choices=REASONS, max_length=12, verbose_name="why"),
                ),
                ("words", models.CharField(max_length=500, verbose_name="what happened")),
                ("at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("finding", models.CharField(blank=True, choices=FINDINGS, max_length=10)),
                ("finding_words", models.CharField(blank=True, max_length=500)),
                ("scope", to("accounts.scope")),
                ("case", to("casework.case", related_name="emergencies")),
                ("force", to("accounts.force")),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("read_by", to(settings.AUTH_USER_MODEL, blank=True, null=True)),
                ("reviewed_by", to(settings.AUTH_USER_MODEL, blank=True, null=True)),
            ],
            options={
                "ordering": ("-at", "pk"),
                "indexes": [
                    models.Index(fields=["case", "-at"], name="emergency_case"),
                    models.Index(fields=["force", "-at"], name="emergency_force"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            ends_at__gt=F("at"), ends_at__lte=F("at") + timedelta(minutes=60)
                        ),
                        name="emergency_for_an_hour",
                    ),
                    models.CheckConstraint(
                        condition=Q(words__regex=r"\S.{18,}\S"),
                        name="emergency_says_what_happened",
                        violation_error_message="Say what happened in 20 characters or more.",
                    ),
                    models.CheckConstraint(
                        condition=Q(read_at__isnull=True, read_by__isnull=True)
                        | Q(read_at__isnull=False, read_by__isnull=False) & ~Q(read_by=F("by")),
                        name="emergency_read_by_another",
                        violation_error_message="Somebody else must say that they have read it.",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            reviewed_at__isnull=True,
                            reviewed_by__isnull=True,
                            finding="",
                            finding_words="",
                        )
                        | Q(
                            reviewed_at__isnull=False,
                            reviewed_by__isnull=False,
                            finding_words__regex=r"\S",
                        )
                        & ~Q(finding="")
                        & ~Q(reviewed_by=F("by")),
                        name="emergency_reviewed_by_another",
                        violation_error_message="Somebody else must review what you did.",
                    ),
                ],
            },
        ),
        migrations.AlterField("caseevent", "kind", models.CharField(choices=KINDS, max_length=20)),
        guards.walled("casework_emergencyaccess", web=OF_TEAM_USER_OR_AUDITOR),
        guards.audited("casework_emergencyaccess"),
        guards.never_deleted("casework_emergencyaccess"),
        migrations.RunSQL(
            ONLY_AFTERWARDS,
            "GRANT UPDATE ON casework_emergencyaccess TO holdfast_web, holdfast_engine;",
        ),
        migrations.RunSQL(OPEN, "DROP FUNCTION casework_break_glass(text, text);"),
        migrations.RunSQL(
            NO_CONFLICT,
            "DROP TRIGGER owner_has_no_conflict ON casework_case; DROP FUNCTION casework_owner_has_no_conflict();",
        ),
    ]
