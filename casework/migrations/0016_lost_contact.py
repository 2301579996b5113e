"""Contact that was lost: when it counts as lost, what was considered, and who may close such a case."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import guards

# Three tries by two ways, the outcomes that reach the person, and what is a second officer are those of
# `casework/silence.py`, `casework.models.REACHED` and `accounts/permissions.py`; tests keep them equal.
LOST_SINCE = migrations.RunSQL(
    """
    CREATE FUNCTION casework_lost_since(whose uuid, heard_at timestamptz, before timestamptz)
    RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT min(t.at) FROM (
            SELECT c.at, row_number() OVER tried AS tries,
                   min(c.channel) OVER tried <> max(c.channel) OVER tried AS two_ways
              FROM casework_contact c
             WHERE c.case_id = whose AND c.outcome NOT IN ('spoke', 'declined')
               AND c.at > heard_at AND c.at < coalesce(before, 'infinity')
            WINDOW tried AS (ORDER BY c.at, c.recorded_at, c.id)) t
         WHERE t.tries >= 3 AND t.two_ways
    $$;
    """,
    "DROP FUNCTION casework_lost_since(uuid, timestamptz, timestamptz);",
)
# Whatever path it comes by: lost contact ends no case before it was considered whether the person is missing,
# nor without a supervisor who is not the owner.
CLOSED_AS_LOST = migrations.RunSQL(
    """
    CREATE FUNCTION casework_no_contact_was_considered() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        lost_at timestamptz;
    BEGIN
        SELECT casework_lost_since(c.id, greatest(
                   (SELECT max(r.at) FROM casework_contact r
                     WHERE r.case_id = c.id AND r.outcome IN ('spoke', 'declined')),
                   (SELECT max(e.at) FROM casework_caseevent e WHERE e.case_id = c.id AND e.kind = 'reopened'),
                   coalesce(c.sent_at, c.logged_at)), NULL)
          INTO lost_at FROM casework_case c WHERE c.id = NEW.case_id;
        IF NOT EXISTS (SELECT 1 FROM casework_lostcontact l WHERE l.case_id = NEW.case_id AND l.at >= lost_at) THEN
            RAISE EXCEPTION 'lost contact was not considered'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_no_contact_was_considered';
        END IF;
        IF NEW.agreed AND (
               EXISTS (SELECT 1 FROM casework_case c WHERE c.id = NEW.case_id AND c.owner_id = NEW.decided_by_id)
            OR NOT EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = NEW.decided_by_id
                              AND r.role IN ('supervisor', 'specialist_lead'))) THEN
            RAISE EXCEPTION 'a supervisor other than the owner must agree'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_no_contact_needs_supervisor';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER no_contact_was_considered BEFORE INSERT OR UPDATE OF outcome, agreed ON casework_closure
        FOR EACH ROW WHEN (NEW.outcome = 'no_contact')
        EXECUTE FUNCTION casework_no_contact_was_considered();
    """,
    """
    DROP TRIGGER no_contact_was_considered ON casework_closure;
    DROP FUNCTION casework_no_contact_was_considered();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_work_mobiles"),
        ("casework", "0015_caseload_of_a_leaver"),
        ("victims", "0008_keys_of_many"),
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
                    ("sought", "Looked into who searched for this person"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="closure",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("safe_and_supported", "Safe, and supported by others"),
                    ("investigation_ended", "Investigation ended, they were told why"),
                    ("court_ended", "Court case ended"),
                    ("transferred", "Another force has taken it over"),
                    ("not_a_victim", "Not a victim of modern slavery"),
                    ("died", "The person has died"),
                    ("no_contact", "Contact was lost, and nobody could reach them"),
                ],
                max_length=25,
                verbose_name="how it ended",
            ),
        ),
        migrations.CreateModel(
            name="LostContact",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reported", "A missing person report is made"),
                            ("not_needed", "No missing person report is needed"),
                        ],
                        max_length=10,
                        verbose_name="is a missing person report needed?",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("decided_by", models.CharField(max_length=200, verbose_name="who decided it")),
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
                        related_name="lost_contacts",
                        to="casework.case",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="victims.missingepisode",
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
                "indexes": [models.Index(fields=["case", "-at"], name="lost_contact_case_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("episode__isnull", False), ("outcome", "reported")),
                            models.Q(
                                ("episode__isnull", True),
                                ("outcome", "not_needed"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="lost_contact_report_or_reason",
                        violation_error_message="Say which report was made, or why none is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", ""), _negated=True),
                        name="lost_contact_says_who",
                        violation_error_message="Say who decided it.",
                    ),
                ],
            },
        ),
        guards.scoped("casework_lostcontact"),
        guards.audited("casework_lostcontact"),
        guards.never_deleted("casework_lostcontact"),
        guards.append_only("casework_lostcontact"),
        LOST_SINCE,
        CLOSED_AS_LOST,
    ]
