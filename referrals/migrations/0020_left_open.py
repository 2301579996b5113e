"""What an agency leaves open is looked after: somebody else is asked and stays asked, or it is said why not."""

from django.db import migrations, models

import accounts.sealed

# When somebody had been asked about each of the needs again; null while there is one that nobody is. Who was called off
# since is asked no longer. After the police called one off themselves, whoever is asked already counts too.
ASKED_ANEW = """
DROP FUNCTION referrals_asked_anew(uuid, varchar[], timestamptz);
CREATE FUNCTION referrals_asked_anew(of_case uuid, needs varchar[], after timestamptz, or_open boolean)
RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN bool_and(f.sent_at IS NOT NULL) THEN greatest(max(f.sent_at), after) END
      FROM unnest(needs) AS n (need)
      LEFT JOIN LATERAL (
          SELECT min(r.sent_at) AS sent_at FROM referrals_supportreferral r
           WHERE r.case_id = of_case AND n.need = ANY (r.needs) AND r.status NOT IN ('withdrawn', 'in_error')
             AND (r.sent_at > after
                  OR or_open AND r.status IN ('sent', 'opened', 'needs_info', 'accepted', 'in_progress'))) f ON true
$$;
"""
ASKED_ANEW_NOT = """
DROP FUNCTION referrals_asked_anew(uuid, varchar[], timestamptz, boolean);
CREATE FUNCTION referrals_asked_anew(of_case uuid, needs varchar[], after timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN bool_and(f.sent_at IS NOT NULL) THEN max(f.sent_at) END
      FROM unnest(needs) AS n (need)
      LEFT JOIN LATERAL (SELECT min(r.sent_at) AS sent_at FROM referrals_supportreferral r
                          WHERE r.case_id = of_case AND r.sent_at > after AND n.need = ANY (r.needs)) f ON true
$$;
"""

# The needs that the end of a referral leaves to the police now, in its own order; none while it goes on, or once the
# case is closed. What ended because the person took back their agreement is theirs to ask for again. The reader's own walls hold.
STILL_LEFT = """
CREATE FUNCTION referrals_still_left(referral uuid) RETURNS varchar[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    r referrals_supportreferral;
    called_off boolean;
BEGIN
    SELECT * INTO r FROM referrals_supportreferral WHERE id = referral;
    called_off := r.status IN ('withdrawn', 'in_error');
    IF r.sent_at IS NULL OR r.decline_handled_at IS NOT NULL
       OR NOT (called_off OR r.status IN ('declined', 'ended_early', 'completed'))
       OR r.status = 'withdrawn' AND EXISTS (
           SELECT 1 FROM referrals_disclosure d
            WHERE d.referral_id = r.id AND d.emptied_reason = 'consent_withdrawn')
       OR EXISTS (SELECT 1 FROM casework_case c WHERE c.id = r.case_id AND c.status = 'closed') THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT n.need FROM unnest(r.needs) WITH ORDINALITY AS n (need, place)
         WHERE (r.status <> 'completed' OR r.outcomes ->> n.need = 'unmet')
           AND referrals_asked_anew(r.case_id, ARRAY[n.need],
                   coalesce(r.declined_at, r.withdrawn_at, r.ended_at, r.changed_at), called_off) IS NULL
         ORDER BY n.place);
END
$$;
REVOKE EXECUTE ON FUNCTION referrals_still_left(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_still_left(uuid) TO holdfast_web, holdfast_engine;
"""

# What somebody said they saw while nobody asked why: it is not owed again, and nothing is made up.
SEEN_BEFORE = """
UPDATE referrals_supportreferral SET no_other_support = 'not_asked' WHERE decline_handled_at IS NOT NULL;
"""

# Another reason is told in words; the audit trail says that they were written, not what they are.
REDACTED = """
DROP TRIGGER audit_row ON referrals_supportreferral;
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON referrals_supportreferral
    FOR EACH ROW EXECUTE FUNCTION accounts_audit_row('{columns}');
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0031_misuse"), ("referrals", "0019_sandbox_webhooks")]

    operations = [
        migrations.RunSQL(ASKED_ANEW, ASKED_ANEW_NOT),
        migrations.RunSQL(STILL_LEFT, "DROP FUNCTION referrals_still_left(uuid);"),
        migrations.AddField(
            model_name="supportreferral",
            name="no_other_support",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_wanted", "They do not want other support"),
                    ("supported", "Somebody else supports them with this already"),
                    ("not_needed", "They no longer need it"),
                    ("other", "Another reason"),
                    ("not_asked", "Seen before a reason was asked for"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="why no other support is needed",
            ),
        ),
        migrations.AddField(
            model_name="supportreferral",
            name="no_other_support_why",
            field=accounts.sealed.EncryptedTextField(
                blank=True, db_default="", default="", verbose_name="why"
            ),
        ),
        migrations.RunSQL(
            REDACTED.format(columns="{no_other_support_why}"), REDACTED.format(columns="{}")
        ),
        migrations.RunSQL(SEEN_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decline_handled_at__isnull", True), ("no_other_support", "")),
                    models.Q(
                        ("decline_handled_at__isnull", False),
                        models.Q(("no_other_support", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_left_open_says_why",
                violation_error_message="Choose why no other support is needed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("no_other_support", "other"), _negated=True),
                    models.Q(("no_other_support_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="referral_other_reason_in_words",
                violation_error_message="Say why no other support is needed.",
            ),
        ),
    ]
