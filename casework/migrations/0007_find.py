"""Find: by every form of a name, swapped dates, numbers, references and places, and nothing of held records."""

import uuid
from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.sealed
from accounts import guards

before = import_module("casework.migrations.0002_possible_matches")

# References of a case, and the words of its place, are keys of its person.
KEPT = """
CREATE FUNCTION casework_keep_case(person uuid, record uuid, typed text[], place text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    places bigint[] := ARRAY(SELECT victims_blind_keys(place));
    numbers bigint[] := ARRAY(SELECT victims_key('reference', victims_reference(number))
                                FROM unnest(typed) AS number WHERE victims_reference(number) <> '');
BEGIN
    PERFORM victims_keep_keys(
        person, record,
        array_fill('place'::text, ARRAY[cardinality(places)])
            || array_fill('reference'::text, ARRAY[cardinality(numbers)]),
        places || numbers);
END $$;
CREATE FUNCTION casework_keep_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_keep_case(NEW.victim_id, NEW.id, ARRAY[NEW.reference, NEW.incident_number], NEW.place);
    RETURN NULL;
END $$;
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF reference, incident_number, place, victim_id ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_keep_of_case();

-- As the owner: whoever writes a number need not see the case's own row again.
CREATE FUNCTION casework_keep_number(record uuid, source uuid, typed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM casework_keep_case((SELECT victim_id FROM casework_case WHERE id = record), source, ARRAY[typed], '');
END $$;
-- The column that holds the number is the trigger's argument.
CREATE FUNCTION casework_keep_of_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM casework_keep_number(NEW.case_id, NEW.id, to_jsonb(NEW) ->> TG_ARGV[0]);
    RETURN NULL;
END $$;
"""
NUMBERED = {
    "casework_crimerecord": "number",
    "casework_nrmreferral": "home_office_reference",
    "casework_dutytonotify": "reference",
    "casework_authoritytold": "reference",
}
NUMBERS_KEPT = "".join(
    f"""
CREATE TRIGGER keys_kept AFTER INSERT OR UPDATE OF {column} ON {table}
    FOR EACH ROW EXECUTE FUNCTION casework_keep_of_number('{column}');
"""
    for table, column in NUMBERED.items()
)
# What is looked for, part by part: words of a name from 1 on, a date 0, the same with day and month
# swapped -1, references -2, numbers -3, words of a place from -100 down.
ASKED = """
CREATE FUNCTION casework_asked(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[])
RETURNS TABLE (part int, key bigint) LANGUAGE sql STABLE AS $$
    SELECT n.part, n.key FROM victims_name_keys(victims_latin(words)) AS n
     UNION ALL SELECT 0, victims_key('born', born::text) WHERE born IS NOT NULL
     UNION ALL SELECT -1, victims_key('born', swapped::text) WHERE swapped IS NOT NULL
     UNION ALL SELECT -2, victims_key('reference', victims_reference(number)) FROM unnest(numbers) AS number
     UNION ALL SELECT -3, blind FROM unnest(reached) AS blind
     UNION ALL SELECT -100 - place::int, blind FROM unnest(places) WITH ORDINALITY AS p (blind, place)
$$;
"""
# How well one person answers. The parts that matched, of how many; alike is 0 to 1.
SCORES = """
CREATE FUNCTION casework_is_strong(
    names int, names_hit int, weight int, alike real, places int, places_hit int,
    born boolean, swapped boolean, referred boolean, reached boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT referred OR reached
        OR (names > 0 AND names_hit = names AND weight >= 8 * names)
        OR (names > 1 AND names_hit = names) OR alike >= 0.5
        OR ((born OR swapped) AND (names = 0 OR names_hit > 0 OR alike > 0))
        OR (places > 0 AND places_hit = places)
$$;
"""
# Inside one's reach the person; outside it at most the unit, and only for standard records. Held records
# lie in no index that is read here, but those of the scopes on which the asker is named.
FIND = """
SELECT similarity('', '');  -- loads the extension, without which nobody may name its settings
CREATE FUNCTION casework_find(words text, born date, swapped date, numbers text[], reached bigint[], places bigint[],
                              besides uuid)
RETURNS TABLE (person uuid, unit uuid, why text[], score int)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.4
SET pg_trgm.word_similarity_threshold = 0.7
AS $$
#variable_conflict use_column
DECLARE
    mine uuid := accounts_ctx('force')::uuid;
    whole boolean := accounts_ctx('reach') = 'force';
    teams uuid[] := string_to_array(accounts_ctx('units'), ',')::uuid[];
    named uuid[] := accounts_granted();
    like_it text := victims_latin(words);
    parts int[];
    sought bigint[];
    names int;
    spots int := cardinality(places);
BEGIN
    SELECT array_agg(a.part), array_agg(a.key), count(DISTINCT a.part) FILTER (WHERE a.part > 0)
      INTO parts, sought, names
      FROM casework_asked(words, born, swapped, numbers, reached, places) AS a;
    RETURN QUERY
    WITH asked AS MATERIALIZED (SELECT * FROM unnest(parts, sought) AS a (part, key)),
    hits AS (
        SELECT k.victim_id, k.unit_id, k.scope_id, k.kind, a.part
          FROM asked a JOIN victims_searchkey k ON k.key = a.key
         WHERE k.is_standard AND k.force_id = mine
         UNION ALL
        SELECT k.victim_id, k.unit_id, k.scope_id, k.kind, a.part
          FROM victims_searchkey k JOIN asked a ON a.key = k.key
         WHERE NOT k.is_standard AND k.force_id = mine AND k.scope_id = ANY (named)
    ),
    parted AS (
        SELECT h.victim_id, h.unit_id, h.scope_id, h.part,
               max(CASE h.kind WHEN 'root' THEN 9 WHEN 'sound' THEN 7 ELSE 10 END) AS weight
          FROM hits h GROUP BY 1, 2, 3, 4
    ),
    alike AS (
        SELECT k.victim_id, k.unit_id, k.scope_id,
               max(greatest(similarity(k.latin, like_it), word_similarity(like_it, k.latin) * 0.9))::real AS alike
          FROM victims_searchkey k
         WHERE like_it <> '' AND k.is_standard AND k.kind = 'name' AND k.force_id = mine
           AND (k.latin % like_it OR k.latin %> like_it)
         GROUP BY 1, 2, 3
         UNION ALL
        SELECT k.victim_id, k.unit_id, k.scope_id,
               max(greatest(similarity(k.latin, like_it), word_similarity(like_it, k.latin) * 0.9))::real
          FROM victims_searchkey k
         WHERE like_it <> '' AND NOT k.is_standard AND k.kind = 'name' AND k.force_id = mine AND k.scope_id = ANY (named)
           AND (k.latin % like_it OR k.latin %> like_it)
         GROUP BY 1, 2, 3
    ),
    people AS (
        SELECT p.victim_id, p.unit_id, p.scope_id,
               coalesce(count(*) FILTER (WHERE p.part > 0), 0)::int AS names_hit,
               coalesce(sum(p.weight) FILTER (WHERE p.part > 0), 0)::int AS weight,
               count(*) FILTER (WHERE p.part < -100)::int AS spots_hit,
               coalesce(bool_or(p.part = 0), false) AS born,
               coalesce(bool_or(p.part = -1), false) AS swapped,
               coalesce(bool_or(p.part = -2), false) AS referred,
               coalesce(bool_or(p.part = -3), false) AS reached,
               max(p.alike)::real AS alike
          FROM (SELECT victim_id, unit_id, scope_id, part, weight, 0::real AS alike FROM parted
                 UNION ALL SELECT victim_id, unit_id, scope_id, -99, 0, alike FROM alike) AS p
         WHERE p.victim_id IS DISTINCT FROM besides
         GROUP BY 1, 2, 3
    ),
    judged AS (
        SELECT p.*, whole OR p.unit_id = ANY (teams) OR p.scope_id = ANY (named) AS seen,
               casework_is_strong(names, p.names_hit, p.weight, p.alike, spots, p.spots_hit,
                                  p.born, p.swapped, p.referred, p.reached) AS strong,
               (CASE WHEN p.referred THEN 120 ELSE 0 END + CASE WHEN p.reached THEN 100 ELSE 0 END
                + CASE WHEN p.born THEN 30 WHEN p.swapped THEN 25 ELSE 0 END
                + CASE WHEN spots > 0 AND p.spots_hit = spots THEN 40 ELSE 0 END
                + greatest(CASE WHEN names > 0 THEN 6 * p.weight / names ELSE 0 END, 60 * p.alike))::int AS score
          FROM people p
    ),
    shown AS (
        SELECT j.victim_id, NULL::uuid AS unit_id, j.score, array_remove(ARRAY[
                   CASE WHEN j.referred THEN 'reference' END,
                   CASE WHEN j.reached THEN 'phone' END,
                   CASE WHEN names = 0 OR j.names_hit + j.alike = 0 THEN NULL
                        WHEN j.weight = 10 * names THEN 'same_name'
                        WHEN j.names_hit = names AND j.weight >= 9 * names THEN 'form_of_name'
                        WHEN j.names_hit = names THEN 'sounds_alike'
                        WHEN j.alike >= 0.5 THEN 'name_like_it'
                        ELSE 'part_of_name' END,
                   CASE WHEN j.born THEN 'born' WHEN j.swapped THEN 'born_swapped' END,
                   CASE WHEN spots > 0 AND j.spots_hit = spots THEN 'place' END], NULL) AS why
          FROM judged j WHERE j.seen AND j.score >= 20
         ORDER BY j.score DESC, j.victim_id LIMIT 20
    )
    SELECT s.victim_id, s.unit_id, s.why, s.score FROM shown s
     UNION ALL
    (SELECT NULL, j.unit_id, NULL, max(j.score) FROM judged j
      WHERE NOT j.seen AND j.strong GROUP BY j.unit_id ORDER BY max(j.score) DESC, j.unit_id LIMIT 20);
END $$;
"""
# Every search leaves one row, whatever there is to find: the sweep reads it later, the searcher never.
NOTED = """
CREATE FUNCTION casework_note_search(search uuid, words text, born date, swapped date, numbers text[],
                                     reached bigint[], places bigint[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO casework_search (id, force_id, by_id, at, keys, parts)
    SELECT search, accounts_ctx('force')::uuid, accounts_ctx('actor')::uuid, accounts_ctx('at')::timestamptz,
           coalesce(array_agg(a.key), '{}'), coalesce(array_agg(a.part), '{}')
      FROM casework_asked(words, born, swapped, numbers, reached, places) AS a
     WHERE accounts_ctx('kind') = 'officer'
    HAVING accounts_ctx('kind') = 'officer'
$$;
"""
# Rules read it as the engine, for every case, and on a page as whoever looks, for the cases that they may see.
MATCH = """
CREATE FUNCTION casework_sought_matches() RETURNS TABLE (search_id uuid, case_id uuid, by_id uuid, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH held AS MATERIALIZED (
    SELECT accounts_scope.id FROM accounts_scope
     WHERE accounts_scope.restriction <> 'standard'
       AND (accounts_ctx('kind') = 'engine' OR (VISIBLE))
), parted AS (
    SELECT s.id, s.by_id, s.at, k.victim_id, k.scope_id, a.part,
           max(CASE k.kind WHEN 'root' THEN 9 WHEN 'sound' THEN 7 ELSE 10 END) AS weight
      FROM held h JOIN victims_searchkey k ON k.scope_id = h.id AND NOT k.is_standard
      JOIN casework_search s ON s.force_id = k.force_id AND s.keys @> ARRAY[k.key]
     CROSS JOIN LATERAL unnest(s.parts, s.keys) AS a (part, key)
     WHERE a.key = k.key
     GROUP BY 1, 2, 3, 4, 5, 6
), sums AS (
    SELECT p.id, p.by_id, p.at, p.victim_id, p.scope_id,
           count(*) FILTER (WHERE p.part > 0)::int AS names_hit,
           coalesce(sum(p.weight) FILTER (WHERE p.part > 0), 0)::int AS weight,
           count(*) FILTER (WHERE p.part < -100)::int AS spots_hit,
           bool_or(p.part = 0) AS born, bool_or(p.part = -1) AS swapped,
           bool_or(p.part = -2) AS referred, bool_or(p.part = -3) AS reached
      FROM parted p GROUP BY 1, 2, 3, 4, 5
), matched AS (
    SELECT m.* FROM sums m JOIN casework_search s ON s.id = m.id
     CROSS JOIN LATERAL (SELECT count(DISTINCT part) FILTER (WHERE part > 0)::int AS names,
                                count(DISTINCT part) FILTER (WHERE part < -100)::int AS spots
                           FROM unnest(s.parts) AS part) AS asked
     WHERE casework_is_strong(asked.names, m.names_hit, m.weight, 0::real, asked.spots, m.spots_hit,
                              m.born, m.swapped, m.referred, m.reached)
       AND NOT EXISTS (SELECT 1 FROM accounts_scopegrant g
                        WHERE g.scope_id = m.scope_id AND g.user_id = m.by_id AND g.starts_at <= m.at
                          AND (g.ends_at IS NULL OR g.ends_at > m.at))
)
SELECT DISTINCT ON (c.id, m.by_id, (m.at AT TIME ZONE 'Europe/London')::date) m.id, c.id, m.by_id, m.at
  FROM matched m JOIN casework_case c ON c.victim_id = m.victim_id
 ORDER BY c.id, m.by_id, (m.at AT TIME ZONE 'Europe/London')::date, m.at, m.id
$$;
CREATE VIEW casework_soughtmatch AS SELECT * FROM casework_sought_matches();
""".replace("VISIBLE", guards.SCOPE_VISIBLE)
WALL = f"""
ALTER TABLE casework_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_search FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees ON casework_search FOR ALL TO holdfast_owner USING (true) WITH CHECK (true);
CREATE POLICY engine_reads ON casework_search FOR SELECT TO holdfast_engine USING ({guards.IS_ENGINE});
REVOKE ALL ON casework_search, casework_soughtmatch FROM holdfast_web, holdfast_engine;
GRANT SELECT ON casework_search TO holdfast_engine;
GRANT SELECT ON casework_soughtmatch TO holdfast_web, holdfast_engine;
"""
# Keys of what was there before; sealed text that has no blind keys yet is read by `manage.py search_keys`.
REBUILD = """
CREATE FUNCTION casework_rebuild_keys() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM victims_searchkey;
    PERFORM victims_keep_person(id) FROM victims_victim;
    PERFORM victims_keep_contact(victim_id, id, details) FROM victims_safecontact;
    PERFORM casework_keep_case(victim_id, id, ARRAY[reference, incident_number], place) FROM casework_case;
NUMBERS
    RETURN (SELECT count(*) FROM victims_searchkey);
END $$;
REVOKE EXECUTE ON FUNCTION casework_rebuild_keys() FROM PUBLIC, holdfast_web;
SELECT casework_rebuild_keys();
""".replace(
    "NUMBERS",
    "\n".join(
        f"    PERFORM casework_keep_number(case_id, id, {column}) FROM {table};"
        for table, column in NUMBERED.items()
    ),
)
GONE = (
    "DROP FUNCTION casework_rebuild_keys();"
    "DROP VIEW casework_soughtmatch;"
    "DROP FUNCTION casework_sought_matches();"
    "DROP FUNCTION casework_note_search(uuid, text, date, date, text[], bigint[], bigint[]);"
    "DROP FUNCTION casework_find(text, date, date, text[], bigint[], bigint[], uuid);"
    "DROP FUNCTION casework_is_strong(int, int, int, real, int, int, boolean, boolean, boolean, boolean);"
    "DROP FUNCTION casework_asked(text, date, date, text[], bigint[], bigint[]);"
    + "".join(f"DROP TRIGGER keys_kept ON {table};" for table in NUMBERED)
    + "DROP TRIGGER keys_kept ON casework_case;"
    "DROP FUNCTION casework_keep_of_number(), casework_keep_number(uuid, uuid, text), casework_keep_of_case(),"
    " casework_keep_case(uuid, uuid, text[], text);"
)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0006_unit_of_a_case"),
        ("victims", "0004_search_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION casework_possible_matches(text, text, date);" + before.CLOSE,
            before.OPEN + before.FUNCTION,
        ),
        migrations.AlterField(
            model_name="case",
            name="place",
            field=accounts.sealed.EncryptedTextField(
                blank=True, found_by="place", verbose_name="where"
            ),
        ),
        migrations.CreateModel(
            name="SoughtMatch",
            fields=[],
            options={"db_table": "casework_soughtmatch", "managed": False},
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.force",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="search_keys")
                ],
            },
        ),
        migrations.RunSQL(KEPT + NUMBERS_KEPT + ASKED + SCORES + FIND + NOTED + MATCH + WALL, GONE),
        migrations.RunSQL(REBUILD, migrations.RunSQL.noop),
    ]
