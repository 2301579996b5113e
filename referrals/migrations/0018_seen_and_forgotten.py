"""What ends a referral is found for its agency; what was received long ago leaves the delivery log."""

from django.db import migrations, models

# Tries are still never changed, and nobody deletes one: only this does, of what is done and a month old at least.
FORGET = """
DROP TRIGGER append_only ON referrals_attempt;
CREATE TRIGGER never_changed BEFORE UPDATE ON referrals_attempt
    FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
CREATE FUNCTION referrals_forget_tries(until timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS MATERIALIZED (
        SELECT d.id FROM referrals_delivery d
         WHERE d.state = 'delivered' AND d.failed_at IS NULL
           AND d.delivered_at < least(until, accounts_moment() - interval '30 days')
           FOR UPDATE SKIP LOCKED
    ),
    tries AS (
        DELETE FROM referrals_attempt a USING old WHERE a.delivery_id = old.id RETURNING 1
    ),
    deliveries AS (
        DELETE FROM referrals_delivery d USING old WHERE d.id = old.id RETURNING 1
    )
    SELECT (SELECT count(*) FROM tries) + (SELECT count(*) FROM deliveries)
$$;
REVOKE EXECUTE ON FUNCTION referrals_forget_tries(timestamptz) FROM PUBLIC, holdfast_web;
GRANT EXECUTE ON FUNCTION referrals_forget_tries(timestamptz) TO holdfast_engine;
"""
FORGET_NOT = """
DROP FUNCTION referrals_forget_tries(timestamptz);
DROP TRIGGER never_changed ON referrals_attempt;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON referrals_attempt
    FOR EACH ROW EXECUTE FUNCTION accounts_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0017_several_at_once")]

    operations = [
        migrations.RunSQL(FORGET, FORGET_NOT),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(
                    (
                        "type__in",
                        (
                            "referral.withdrawn",
                            "referral.sent_in_error",
                            "referral.consent_withdrawn",
                        ),
                    )
                ),
                fields=["agency", "referral", "at"],
                name="event_that_ends",
            ),
        ),
    ]
