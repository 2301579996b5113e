"""Whoever leaves, by whatever door, leaves no case behind: all of them wait for an owner with their units."""

from django.db import migrations

# A case that waits to be closed goes on waiting, without an owner.
LEFT = """
CREATE FUNCTION casework_person_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
    actor uuid := (SELECT u.id FROM accounts_user u WHERE u.id = accounts_ctx('actor')::uuid);
    moved uuid[];
BEGIN
    WITH held AS MATERIALIZED (
        SELECT id, status FROM casework_case WHERE owner_id = NEW.id AND status <> 'closed'
         ORDER BY id FOR UPDATE
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
        SELECT gen_random_uuid(), scope_id, id, 'person_left', moment, actor, moment, '',
               jsonb_build_object('was', was, 'owner', NEW.id)
          FROM waiting
    )
    SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO moved FROM waiting;
    UPDATE casework_allocation SET ended_at = moment WHERE case_id = ANY (moved) AND ended_at IS NULL;
    INSERT INTO accounts_auditevent (id, at, verb, actor_kind, actor_id, actor_name, force_id, agency_id,
                                     request_id, subject, subject_id, scope_id, detail)
    VALUES (gen_random_uuid(), moment, 'caseload.moved', coalesce(accounts_ctx('kind'), 'database'),
            accounts_ctx('actor')::uuid, coalesce(accounts_ctx('name'), session_user), NEW.force_id, NULL,
            coalesce(accounts_ctx('request'), ''), 'accounts.user', NEW.id, NULL,
            jsonb_build_object('cases', to_jsonb(moved)));
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION casework_person_left() FROM PUBLIC;
CREATE TRIGGER person_left_2_cases AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active AND NEW.force_id IS NOT NULL)
    EXECUTE FUNCTION casework_person_left();
"""
UNDO = """
DROP TRIGGER person_left_2_cases ON accounts_user;
DROP FUNCTION casework_person_left();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_leaving"), ("casework", "0014_why_taken_out")]

    operations = [migrations.RunSQL(LEFT, UNDO)]
