"""What the sandboxes have hidden for long is deleted, so that no agency's trying out is kept without end."""

from django.db import migrations

# A month old, whatever `at` says; events go with their referral, but for the last of each agency, after which the
# next is numbered. What is real has a Scope and is never met here.
FORGET = """
CREATE FUNCTION referrals_forget_invented() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old uuid[] := ARRAY(
        SELECT r.id FROM referrals_supportreferral r
         WHERE r.scope_id IS NULL AND r.created_at < accounts_moment() - interval '30 days'
           AND NOT EXISTS (
               SELECT 1 FROM referrals_event e WHERE e.referral_id = r.id AND (
                   e.number IS NULL
                   OR e.number = (SELECT max(o.number) FROM referrals_event o WHERE o.agency_id = e.agency_id)))
           FOR UPDATE SKIP LOCKED);
BEGIN
    DELETE FROM referrals_attempt a USING referrals_delivery d, referrals_event e
     WHERE a.delivery_id = d.id AND d.event_id = e.id AND e.referral_id = ANY (old);
    DELETE FROM referrals_delivery d USING referrals_event e
     WHERE d.event_id = e.id AND e.referral_id = ANY (old);
    DELETE FROM referrals_event WHERE referral_id = ANY (old);
    DELETE FROM referrals_takenback WHERE referral_id = ANY (old);
    DELETE FROM referrals_supportreview WHERE referral_id = ANY (old);
    DELETE FROM referrals_question WHERE referral_id = ANY (old);
    DELETE FROM referrals_disclosure WHERE referral_id = ANY (old);
    DELETE FROM referrals_supportreferral WHERE id = ANY (old);
    RETURN cardinality(old);
END $$;
REVOKE EXECUTE ON FUNCTION referrals_forget_invented() FROM PUBLIC, holdfast_web;
GRANT EXECUTE ON FUNCTION referrals_forget_invented() TO holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0022_asked_for")]

    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION referrals_forget_invented();")]
