"""Whoever leaves, by whatever door: what they held is held by somebody else at once, closely held records too."""

from importlib import import_module

from django.db import migrations

before = import_module("followups.migrations.0002_ladder_in_sql")

# As the engine does for everything: of a record held closely, only somebody named on it.
REHOLD = """
CREATE OR REPLACE FUNCTION followups_rehold(person uuid, moment timestamptz) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH theirs AS MATERIALIZED (
        SELECT f.id, f.holder_id, accounts_holder(f.owner_id, f.unit_id, f.force_id, moment) AS next_id,
               CASE WHEN s.restriction <> 'standard' THEN s.id END AS close_scope_id
          FROM followups_followup f LEFT JOIN accounts_scope s ON s.id = f.scope_id
         WHERE f.state IN ('open', 'quarantined') AND (f.owner_id = person OR f.holder_id = person)
    ),
    right_ones AS (
        SELECT t.id, t.holder_id, CASE WHEN followups_may_see(t.next_id, t.close_scope_id, moment) THEN t.next_id
                                       ELSE followups_named_on(t.close_scope_id, moment) END AS should_id
          FROM theirs t
    ),
    moved AS (
        UPDATE followups_followup f SET holder_id = r.should_id, changed_at = moment
          FROM right_ones r WHERE f.id = r.id AND r.holder_id IS DISTINCT FROM r.should_id
        RETURNING 1)
    SELECT count(*)::int FROM moved
$$;
"""
LEFT = """
CREATE FUNCTION followups_person_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM followups_rehold(NEW.id, accounts_moment());
    RETURN NULL;
END $$;
CREATE TRIGGER person_left_3_owed AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION followups_person_left();
"""
UNDO = "DROP TRIGGER person_left_3_owed ON accounts_user; DROP FUNCTION followups_person_left();"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_caseload_of_a_leaver"),
        ("followups", "0006_what_became_of_a_message"),
    ]

    operations = [
        migrations.RunSQL(
            REHOLD, before.REHOLD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
        migrations.RunSQL(LEFT, UNDO),
    ]
