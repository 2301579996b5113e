"""When an agency first looked at a referral, last asked and was answered: one question, planned once a connection."""

from django.db import migrations

# In plpgsql, so that the plan is kept: through four tables under row-level security, planning it anew for each
# page that shows a case's referrals took longer than all else that the page asks. The reader's own walls hold.
STEPS = """
CREATE FUNCTION referrals_steps(
    referral uuid, record uuid, whose uuid, sent timestamptz, moment timestamptz,
    OUT first_look_at timestamptz, OUT asked_at timestamptz, OUT answered_at timestamptz
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT min(e.at) INTO first_look_at FROM accounts_auditevent e
     WHERE e.scope_id = record AND e.subject_id = referral::text AND e.agency_id = whose
       AND e.verb = 'supportreferral.viewed' AND e.at BETWEEN sent AND moment;
    SELECT min(q.asked_at) FILTER (WHERE q.answered_at IS NULL), max(q.answered_at) INTO asked_at, answered_at
      FROM referrals_question q WHERE q.referral_id = referral;
END
$$;
REVOKE EXECUTE ON FUNCTION referrals_steps(uuid, uuid, uuid, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_steps(uuid, uuid, uuid, timestamptz, timestamptz)
    TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_taken_back")]

    operations = [
        migrations.RunSQL(
            STEPS,
            "DROP FUNCTION referrals_steps(uuid, uuid, uuid, timestamptz, timestamptz);",
        ),
    ]
