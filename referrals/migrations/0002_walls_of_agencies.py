"""What an agency sees once it was sent, what it writes on a case it cannot read, and when it first looked."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from accounts import guards

OWN_REFERRAL = (
    "EXISTS (SELECT 1 FROM referrals_supportreferral r WHERE r.id = {table}.referral_id"
    " AND r.agency_id = (SELECT accounts_ctx('agency'))::uuid AND r.sent_at IS NOT NULL)"
)


def rewalled(table: str, *, own: str) -> migrations.RunSQL:
    """An agency's part of a table's policy is `own`; the officers' stays as it was."""
    was = f"({guards.SEES_SCOPE}) OR {guards.OWN_AGENCY}".format(table=table)
    is_now = f"({guards.SEES_SCOPE}) OR ({own})".format(table=table)
    alter = "ALTER POLICY web_sees ON {0} USING ({1}) WITH CHECK ({1});"
    return migrations.RunSQL(alter.format(table, is_now), alter.format(table, was))


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("accounts", "0001_initial"),
        ("casework", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="supportreferral",
            name="force",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.force",
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="items",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", True),
                    ("consent__isnull", False),
                    models.Q(("legal_basis", ""), _negated=True),
                    _connector="OR",
                ),
                name="referral_sent_on_consent_or_basis",
                violation_error_message="A referral is sent on the person's agreement, or on a stated legal basis.",
            ),
        ),
        rewalled(
            "referrals_supportreferral",
            own=f"{guards.OWN_AGENCY} AND {{table}}.sent_at IS NOT NULL",
        ),
        rewalled("referrals_disclosure", own=f"{guards.OWN_AGENCY} AND {OWN_REFERRAL}"),
        rewalled("referrals_question", own=f"{guards.OWN_AGENCY} AND {OWN_REFERRAL}"),
        # An agency's answer is a line of the case's history, which the agency itself cannot read.
        migrations.RunSQL(
            """
            CREATE POLICY agency_answers ON casework_caseevent FOR INSERT TO holdfast_web
                WITH CHECK (kind = 'referral' AND by_id IS NULL AND EXISTS (
                    SELECT 1 FROM referrals_supportreferral r
                     WHERE r.case_id = casework_caseevent.case_id
                       AND r.scope_id = casework_caseevent.scope_id
                       AND r.agency_id = (SELECT accounts_ctx('agency'))::uuid
                       AND r.sent_at IS NOT NULL));
            """,
            "DROP POLICY agency_answers ON casework_caseevent;",
        ),
        # When an agency first looked is read from the audit trail, by it and by whoever sees the case.
        migrations.RunSQL(
            """
            CREATE POLICY looks_of_agencies ON accounts_auditevent FOR SELECT TO holdfast_web
                USING (verb = 'supportreferral.viewed' AND agency_id IS NOT NULL AND (
                    agency_id = (SELECT accounts_ctx('agency'))::uuid
                    OR EXISTS (SELECT 1 FROM accounts_scope s WHERE s.id = accounts_auditevent.scope_id)));
            """,
            "DROP POLICY looks_of_agencies ON accounts_auditevent;",
        ),
    ]
