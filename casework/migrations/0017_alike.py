"""A search for a name that is only like one held closely is an item for its team too."""

from importlib import import_module

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

found = import_module("casework.migrations.0007_find")

# What the searcher waits for depends on what they typed alone.
NOTED = """
CREATE OR REPLACE FUNCTION casework_note_search(search uuid, words text, born date, swapped date, numbers text[],
                                                reached bigint[], places bigint[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO casework_search (id, force_id, by_id, at, keys, parts, trigrams, alike, alike_by)
    SELECT search, accounts_ctx('force')::uuid, accounts_ctx('actor')::uuid, accounts_ctx('at')::timestamptz,
           coalesce(array_agg(a.key), '{}'), coalesce(array_agg(a.part), '{}'),
           casework_trigrams(victims_latin(words)), '{}', '{}'
      FROM casework_asked(words, born, swapped, numbers, reached, places) AS a
     WHERE accounts_ctx('kind') = 'officer'
    HAVING accounts_ctx('kind') = 'officer'
$$;
"""
# As many words of a held name as lie side by side are compared with the whole of what was typed, as
# strict_word_similarity does; under 0.3 nothing is alike [pg_trgm's own threshold].
COMPARED = """
CREATE FUNCTION casework_trigrams(latin text) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY(SELECT victims_key('trigram', t) FROM unnest(show_trgm(latin)) AS t)
$$;
CREATE FUNCTION casework_compare_searches() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    compared bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_search WHERE trigrams <> '{}') THEN
        RETURN 0;
    END IF;
    WITH fresh AS MATERIALIZED (
        SELECT s.id, s.force_id, s.trigrams FROM casework_search s WHERE s.trigrams <> '{}' FOR UPDATE
    ), spans AS MATERIALIZED (
        SELECT DISTINCT k.victim_id, k.force_id, casework_trigrams(array_to_string(n.words[i:j], ' ')) AS trigrams
          FROM accounts_scope o
          JOIN victims_searchkey k ON k.scope_id = o.id AND NOT k.is_standard AND k.kind = 'name'
         CROSS JOIN LATERAL (SELECT string_to_array(k.latin, ' ') AS words) AS n
         CROSS JOIN LATERAL generate_series(1, cardinality(n.words)) AS i
         CROSS JOIN LATERAL generate_series(i, cardinality(n.words)) AS j
         WHERE o.restriction <> 'standard'
    ), pairs AS (
        SELECT f.id, p.victim_id, max(hit.n / (cardinality(f.trigrams) + cardinality(p.trigrams) - hit.n)) AS alike
          FROM fresh f JOIN spans p ON p.force_id = f.force_id
         CROSS JOIN LATERAL (SELECT count(*)::float FROM unnest(p.trigrams) AS t WHERE t = ANY (f.trigrams)) AS hit (n)
         GROUP BY 1, 2
    ), likest AS (
        SELECT id, array_agg(victim_id) AS alike, array_agg(pairs.alike) AS alike_by
          FROM pairs WHERE pairs.alike >= 0.3 GROUP BY 1
    )
    UPDATE casework_search s
       SET trigrams = '{}', alike = coalesce(l.alike, '{}'), alike_by = coalesce(l.alike_by, '{}')
      FROM fresh f LEFT JOIN likest l ON l.id = f.id WHERE s.id = f.id;
    GET DIAGNOSTICS compared = ROW_COUNT;
    RETURN compared;
END $$;
REVOKE EXECUTE ON FUNCTION casework_compare_searches() FROM PUBLIC, holdfast_web;
GRANT EXECUTE ON FUNCTION casework_compare_searches() TO holdfast_engine;
"""
GONE = "DROP FUNCTION casework_compare_searches(); DROP FUNCTION casework_trigrams(text);"
BY_KEYS = found.MATCH.split("CREATE VIEW")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
ALIKE_TOO = (
    BY_KEYS.replace(
        """     GROUP BY 1, 2, 3, 4, 5, 6
), sums""",
        """     GROUP BY 1, 2, 3, 4, 5, 6
), either AS (
    SELECT p.*, 0::real AS alike FROM parted p
     UNION ALL
    SELECT s.id, s.by_id, s.at, v.id, v.scope_id, -99, 0, l.by::real
      FROM casework_search s CROSS JOIN LATERAL unnest(s.alike, s.alike_by) AS l (victim_id, by)
      JOIN victims_victim v ON v.id = l.victim_id JOIN held h ON h.id = v.scope_id
     WHERE s.alike <> '{}'
), sums""",
    )
    .replace(
        "bool_or(p.part = -3) AS reached", "bool_or(p.part = -3) AS reached, max(p.alike) AS alike"
    )
    .replace("FROM parted p GROUP BY 1, 2, 3, 4, 5", "FROM either p GROUP BY 1, 2, 3, 4, 5")
    .replace("m.weight, 0::real,", "m.weight, m.alike,")
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_lost_contact")]

    operations = [
        migrations.AddField(
            "search", "trigrams", ArrayField(models.BigIntegerField(), default=list)
        ),
        migrations.AddField("search", "alike", ArrayField(models.UUIDField(), default=list)),
        migrations.AddField("search", "alike_by", ArrayField(models.FloatField(), default=list)),
        migrations.AddIndex(
            "search",
            models.Index(fields=("at",), condition=~Q(trigrams=[]), name="search_to_compare"),
        ),
        migrations.AddIndex(
            "search", models.Index(fields=("at",), condition=~Q(alike=[]), name="search_alike")
        ),
        migrations.RunSQL(
            COMPARED + NOTED + ALIKE_TOO,
            BY_KEYS + found.NOTED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") + GONE,
        ),
    ]
