"""Whoever leaves, by whatever door, leaves wholly: no sign-in, no role, no unit to supervise, no cover, no reach."""

from django.db import migrations

# The rooms above have triggers of their own on the same change; of one change they fire by name.
LEAVING = """
-- When what the database does by itself happens: when the act began, else its statement.
CREATE FUNCTION accounts_moment() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT coalesce(accounts_ctx('at')::timestamptz, statement_timestamp()) $$;

CREATE FUNCTION accounts_leave_or_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.is_active THEN
        NEW.left_at := NULL;
    ELSE
        NEW.left_at := coalesce(NEW.left_at, accounts_moment());
        -- Every session was signed with the old one; whoever comes back sets a new one.
        NEW.password := '!' || replace(gen_random_uuid()::text, '-', '');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leave_or_return BEFORE UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active)
    EXECUTE FUNCTION accounts_leave_or_return();

CREATE FUNCTION accounts_person_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
BEGIN
    DELETE FROM accounts_roleheld WHERE user_id = NEW.id;
    DELETE FROM accounts_supervision WHERE user_id = NEW.id;
    UPDATE accounts_absence SET cover_id = NULL WHERE cover_id = NEW.id AND ends_at > moment;
    UPDATE accounts_scopegrant SET ends_at = moment WHERE user_id = NEW.id AND ends_at IS NULL;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION accounts_person_left() FROM PUBLIC;
CREATE TRIGGER person_left_1_rights AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION accounts_person_left();
"""
UNDO = """
DROP TRIGGER person_left_1_rights ON accounts_user;
DROP FUNCTION accounts_person_left();
DROP TRIGGER leave_or_return ON accounts_user;
DROP FUNCTION accounts_leave_or_return();
DROP FUNCTION accounts_moment();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_work_mobiles")]

    operations = [migrations.RunSQL(LEAVING, UNDO)]
