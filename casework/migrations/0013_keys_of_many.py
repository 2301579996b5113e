"""Many cases that are written by one statement get their search keys by one statement too."""

from importlib import import_module

from django.db import migrations

before = import_module("casework.migrations.0007_find")

CASES = """
DROP TRIGGER keys_kept ON casework_case;
DROP FUNCTION casework_keep_case(uuid, uuid, text[], text);
CREATE FUNCTION casework_keep_cases(cases uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = ANY (cases);
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, c.id, k.kind, k.key, ''
      FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id JOIN accounts_scope s ON s.id = v.scope_id
     CROSS JOIN LATERAL (
           SELECT 'place' AS kind, key FROM victims_blind_keys(c.place) AS key
            UNION
           SELECT 'reference', victims_key('reference', number)
             FROM (VALUES (victims_reference(c.reference)), (victims_reference(c.incident_number))) AS n (number)
            WHERE number <> '') AS k
     WHERE c.id = ANY (cases);
END $$;
REVOKE EXECUTE ON FUNCTION casework_keep_cases(uuid[]) FROM PUBLIC;
CREATE OR REPLACE FUNCTION casework_keep_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_keep_cases(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE FUNCTION casework_keep_of_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_keep_cases(ARRAY(SELECT id FROM fresh));
    RETURN NULL;
END $$;
CREATE TRIGGER keys_kept_at_first AFTER INSERT ON casework_case
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_of_cases();
CREATE TRIGGER keys_kept AFTER UPDATE OF reference, incident_number, place, victim_id ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_keep_of_case();
-- As the owner: whoever writes a number need not see the case's own row again.
CREATE OR REPLACE FUNCTION casework_keep_number(record uuid, source uuid, typed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number text := victims_reference(typed);
BEGIN
    PERFORM victims_keep_keys((SELECT victim_id FROM casework_case WHERE id = record), source,
                              CASE WHEN number <> '' THEN ARRAY['reference'] END,
                              CASE WHEN number <> '' THEN ARRAY[victims_key('reference', number)] END);
END $$;
"""
REBUILD = before.REBUILD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").split("REVOKE")[0]
BY_SETS = REBUILD.replace(
    "PERFORM victims_keep_person(id) FROM victims_victim;",
    "PERFORM victims_keep_people(ARRAY(SELECT id FROM victims_victim));",
).replace(
    "PERFORM casework_keep_case(victim_id, id, ARRAY[reference, incident_number], place) FROM casework_case;",
    "PERFORM casework_keep_cases(ARRAY(SELECT id FROM casework_case));",
)
UNDO = (
    "DROP TRIGGER keys_kept_at_first ON casework_case;"
    "DROP TRIGGER keys_kept ON casework_case;"
    "DROP FUNCTION casework_keep_of_cases(), casework_keep_cases(uuid[]);"
    + before.KEPT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_where_a_case_stands"), ("victims", "0008_keys_of_many")]

    operations = [migrations.RunSQL(CASES, UNDO), migrations.RunSQL(BY_SETS, REBUILD)]
