"""A conflict of interest closes every record that is read as the same person's, however the records came together."""

from django.db import migrations

SPREAD = """
-- These conflicts, and what follows from them in merged records of the same force: what is missing begins, what
-- follows no longer ends. It sees more than its caller, who need not see the other records, and says nothing.
CREATE FUNCTION victims_spread_bars(bars uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moment timestamptz := accounts_moment();
BEGIN
    WITH wanted AS MATERIALIZED (
        SELECT DISTINCT b.id, b.force_id, b.user_id, b.tie, b.declared_by_id, v.scope_id
          FROM accounts_scopebar b
          JOIN victims_victim o ON o.scope_id = b.scope_id
          JOIN victims_victim v ON coalesce(v.merged_into_id, v.id) = coalesce(o.merged_into_id, o.id)
                               AND v.scope_id <> b.scope_id
          JOIN accounts_scope s ON s.id = v.scope_id AND s.force_id = b.force_id
         WHERE b.id = ANY (bars) AND b.ended_at IS NULL),
    over AS (
        UPDATE accounts_scopebar t SET ended_at = moment
         WHERE t.through_id = ANY (bars) AND t.ended_at IS NULL
           AND NOT EXISTS (SELECT FROM wanted w WHERE w.id = t.through_id AND w.scope_id = t.scope_id))
    INSERT INTO accounts_scopebar (id, scope_id, force_id, user_id, tie, declared_at, declared_by_id, why_ended, through_id)
    SELECT gen_random_uuid(), w.scope_id, w.force_id, w.user_id, w.tie, moment, w.declared_by_id, '', w.id
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM accounts_scopebar t
                        WHERE t.through_id = w.id AND t.scope_id = w.scope_id AND t.ended_at IS NULL);
END $$;
REVOKE EXECUTE ON FUNCTION victims_spread_bars(uuid[]) FROM PUBLIC, holdfast_web, holdfast_engine;

-- One at a time, so that a record merged in this moment is seen by a conflict declared in this moment.
CREATE FUNCTION victims_bar_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('victims_spread_bars'));
    PERFORM victims_spread_bars(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION victims_bar_changed() FROM PUBLIC;
CREATE TRIGGER reaches_merged AFTER INSERT OR UPDATE OF ended_at ON accounts_scopebar
    FOR EACH ROW WHEN (NEW.through_id IS NULL) EXECUTE FUNCTION victims_bar_changed();

CREATE FUNCTION victims_records_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('victims_spread_bars'));
    PERFORM victims_spread_bars((
        SELECT coalesce(array_agg(DISTINCT b.id), '{}')
          FROM accounts_scopebar b JOIN victims_victim v ON v.scope_id = b.scope_id
         WHERE b.through_id IS NULL AND b.ended_at IS NULL AND coalesce(v.merged_into_id, v.id) IN (
               NEW.id, coalesce(NEW.merged_into_id, NEW.id), coalesce(OLD.merged_into_id, NEW.id))));
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION victims_records_changed() FROM PUBLIC;
CREATE TRIGGER bars_follow AFTER UPDATE OF merged_into_id, scope_id ON victims_victim
    FOR EACH ROW WHEN (OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id OR OLD.scope_id <> NEW.scope_id)
    EXECUTE FUNCTION victims_records_changed();
CREATE TRIGGER bars_follow_new AFTER INSERT ON victims_victim
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION victims_records_changed();

SELECT victims_spread_bars(coalesce(array_agg(id), '{}'))
  FROM accounts_scopebar WHERE ended_at IS NULL AND through_id IS NULL;
"""
UNDO = """
DROP TRIGGER bars_follow_new ON victims_victim;
DROP TRIGGER bars_follow ON victims_victim;
DROP TRIGGER reaches_merged ON accounts_scopebar;
DROP FUNCTION victims_records_changed();
DROP FUNCTION victims_bar_changed();
DROP FUNCTION victims_spread_bars(uuid[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_conflicts_that_follow"),
        ("victims", "0014_merged_records"),
    ]

    operations = [migrations.RunSQL(SPREAD, UNDO)]
