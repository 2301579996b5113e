"""Find: whether another unit of the force holds a possible match, and nothing else about it [architecture 6]."""

from django.db import migrations

from accounts.guards import SCOPE_VISIBLE

# The function runs as the owner of the tables, for whom these policies open three tables, for reading,
# and only inside the function. It answers with ids of units: standard records of the asker's own force,
# outside the asker's reach. Restricted and covert records never count.
TABLES = ("accounts_scope", "accounts_scopegrant", "victims_victim", "casework_case")
OPEN = "\n".join(
    f"""
    CREATE POLICY matching ON {table} FOR SELECT TO holdfast_owner
        USING ((SELECT accounts_ctx('task')) = 'matching');"""
    for table in TABLES
)
FUNCTION = f"""
CREATE FUNCTION casework_possible_matches(sought text, sought_reference text, born date)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('app.task', 'matching', true);
    RETURN QUERY SELECT DISTINCT accounts_scope.unit_id
      FROM casework_case c
      JOIN victims_victim v ON v.id = c.victim_id
      JOIN accounts_scope ON accounts_scope.id = c.scope_id
     WHERE accounts_scope.force_id = (SELECT accounts_ctx('force'))::uuid
       AND accounts_scope.restriction = 'standard'
       AND NOT ({SCOPE_VISIBLE})
       AND (c.reference = sought_reference
            OR v.born_on = born
            OR (sought <> '' AND upper(c.incident_number) = upper(sought))
            OR (sought <> '' AND v.called <> ''
                AND (similarity(v.called, sought) >= 0.3 OR word_similarity(sought, v.called) >= 0.6)));
    PERFORM set_config('app.task', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION casework_possible_matches(text, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_possible_matches(text, text, date) TO holdfast_web, holdfast_engine;
"""
CLOSE = "\n".join(f"DROP POLICY matching ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("victims", "0001_initial")]

    operations = [
        migrations.RunSQL(
            OPEN + FUNCTION,
            "DROP FUNCTION casework_possible_matches(text, text, date);" + CLOSE,
        ),
    ]
