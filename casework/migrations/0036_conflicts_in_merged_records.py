"""What somebody owned waits for an owner as soon as a conflict in another record of the same person closes it to them."""

from django.db import migrations

# A case that waits to be closed goes on waiting, without an owner.
WAITS = """
CREATE FUNCTION casework_closed_to_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    actor uuid := (SELECT u.id FROM accounts_user u WHERE u.id = accounts_ctx('actor')::uuid);
    moved uuid[];
BEGIN
    WITH held AS MATERIALIZED (
        SELECT id, status FROM casework_case
         WHERE scope_id = NEW.scope_id AND owner_id = NEW.user_id AND status <> 'closed' ORDER BY id FOR UPDATE
    ),
    waiting AS (
        UPDATE casework_case c
           SET owner_id = NULL, version = c.version + 1, changed_at = moment,
               status = CASE held.status WHEN 'closing' THEN 'closing' ELSE 'new' END,
               sent_at = CASE held.status WHEN 'closing' THEN c.sent_at ELSE coalesce(c.sent_at, moment) END
          FROM held WHERE c.id = held.id
        RETURNING c.id, c.scope_id, held.status AS was
    ),
    written AS (
        INSERT INTO casework_caseevent (id, scope_id, case_id, kind, at, by_id, recorded_at, text, detail)
        SELECT gen_random_uuid(), scope_id, id, 'conflict', moment, actor, moment, '',
               jsonb_build_object('was', was, 'person', NEW.user_id, 'tie', NEW.tie)
          FROM waiting
    )
    SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM waiting;
    UPDATE casework_allocation SET ended_at = moment WHERE case_id = ANY (moved) AND ended_at IS NULL;
    UPDATE accounts_scopegrant SET ends_at = moment
     WHERE scope_id = NEW.scope_id AND user_id = NEW.user_id AND kind = 'owner' AND ends_at IS NULL;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION casework_closed_to_owner() FROM PUBLIC;
-- Before `kept_away` of the follow-ups, which looks at who owns what.
CREATE TRIGGER case_waits AFTER INSERT ON accounts_scopebar
    FOR EACH ROW WHEN (NEW.through_id IS NOT NULL) EXECUTE FUNCTION casework_closed_to_owner();
"""
UNDO = "DROP TRIGGER case_waits ON accounts_scopebar; DROP FUNCTION casework_closed_to_owner();"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_conflicts_that_follow"),
        ("casework", "0035_files"),
    ]

    operations = [migrations.RunSQL(WAITS, UNDO)]
