"""When another force takes a case over, its calendar counts for the referrals that are open."""

from django.db import migrations

MOVED = """
CREATE FUNCTION referrals_force_of_scope() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE referrals_supportreferral SET force_id = NEW.force_id
     WHERE scope_id = NEW.id
       AND status IN ('draft', 'sent', 'opened', 'needs_info', 'accepted', 'in_progress');
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION referrals_force_of_scope() FROM PUBLIC;
CREATE TRIGGER referrals_moved AFTER UPDATE OF force_id ON accounts_scope
    FOR EACH ROW WHEN (OLD.force_id <> NEW.force_id) EXECUTE FUNCTION referrals_force_of_scope();
"""
UNDO = """
DROP TRIGGER referrals_moved ON accounts_scope;
DROP FUNCTION referrals_force_of_scope();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_transfers"),
        ("referrals", "0004_steps_of_a_referral"),
    ]

    operations = [migrations.RunSQL(MOVED, UNDO)]
