"""Many people who are written by one statement get their search keys by one statement too."""

from importlib import import_module

from django.db import migrations

before = import_module("victims.migrations.0004_search_keys")

# What the keys of a person are made from is said here once, for one person as for a hundred thousand.
PEOPLE = """
CREATE FUNCTION victims_keep_people(people uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM victims_searchkey WHERE source = ANY (people);
    INSERT INTO victims_searchkey (scope_id, force_id, unit_id, is_standard, victim_id, source, kind, key, latin)
    WITH named AS MATERIALIZED (
        SELECT DISTINCT p.id, victims_latin(name) AS latin
          FROM unnest(people) AS p (id), victims_names_of(p.id) AS name
    ), latins AS MATERIALIZED (SELECT DISTINCT latin FROM named WHERE latin <> ''),
    found_by AS (
        SELECT n.id, 'name' AS kind, victims_key('name', n.latin) AS key, n.latin FROM named n WHERE n.latin <> ''
         UNION
        SELECT n.id, k.kind, k.key, ''
          FROM (SELECT l.latin, k.kind, k.key FROM latins l, victims_name_keys(l.latin) AS k) AS k
          JOIN named n ON n.latin = k.latin
         UNION
        SELECT p.id, 'reference', victims_key('reference', victims_reference(number)), ''
          FROM unnest(people) AS p (id), victims_numbers_of(p.id) AS number
         UNION
        SELECT v.id, 'born', victims_key('born', v.born_on::text), ''
          FROM victims_victim v WHERE v.id = ANY (people) AND v.born_on IS NOT NULL
    )
    SELECT s.id, s.force_id, s.unit_id, s.restriction = 'standard', v.id, v.id, k.kind, k.key, k.latin
      FROM found_by k JOIN victims_victim v ON v.id = k.id JOIN accounts_scope s ON s.id = v.scope_id;
END $$;
REVOKE EXECUTE ON FUNCTION victims_keep_people(uuid[]) FROM PUBLIC;
-- The migration of casework that fills the keys asks for it by this name.
CREATE OR REPLACE FUNCTION victims_keep_person(person uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT victims_keep_people(ARRAY[person])
$$;
"""
# A trigger that reads all new rows at once names no columns, so a change of one row keeps its own.
TRIGGERS = """
CREATE OR REPLACE FUNCTION victims_keep_of_victim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY[NEW.id]);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION victims_keep_of_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY[NEW.victim_id]);
    RETURN NULL;
END $$;
CREATE FUNCTION victims_keep_of_victims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM victims_keep_people(ARRAY(SELECT id FROM fresh));
    RETURN NULL;
END $$;
DROP TRIGGER names_kept ON victims_victim;
CREATE TRIGGER names_kept_at_first AFTER INSERT ON victims_victim
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION victims_keep_of_victims();
CREATE TRIGGER names_kept
    AFTER UPDATE OF called, first_name, last_name, nickname, born_on, home_office_references ON victims_victim
    FOR EACH ROW EXECUTE FUNCTION victims_keep_of_victim();
"""
UNDO = (
    "DROP TRIGGER names_kept_at_first ON victims_victim;"
    "DROP TRIGGER names_kept ON victims_victim;"
    "DROP FUNCTION victims_keep_of_victims(), victims_keep_people(uuid[]);"
    + before.KEPT[before.KEPT.index("CREATE FUNCTION victims_keep_person") :].replace(
        "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
    )
    + before.TRIGGERS[
        : before.TRIGGERS.index("CREATE TRIGGER names_kept AFTER INSERT OR UPDATE OF text")
    ].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [("victims", "0007_where_it_is_recorded")]

    operations = [migrations.RunSQL(PEOPLE + TRIGGERS, UNDO)]
