"""Whether what a person agreed to still holds when every merged record of them is read, seen by the asker or not."""

from django.db import migrations

from accounts import guards

# The last decision in all records of a person, as `ConsentQuerySet.latest_first` orders them.
SAID = """
CREATE FUNCTION victims_allows(word victims_consentevent) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT word.outcome = 'given'
$$;
CREATE FUNCTION victims_said(root uuid, what text, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT victims_allows(e)
      FROM victims_victim v JOIN victims_consentevent e ON e.victim_id = v.id
     WHERE coalesce(v.merged_into_id, v.id) = root AND e.purpose = what
       AND (e.agency_id IS NULL OR e.agency_id = whom)
     ORDER BY e.decided_at DESC, e.recorded_at DESC, victims_allows(e), e.id LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION victims_said(uuid, text, uuid) FROM PUBLIC, holdfast_web, holdfast_engine;
"""
# Says yes or no about a person whom the asker may see, and nothing of which record it was said in.
AGREED = """
CREATE FUNCTION victims_agreed(person uuid, what text, whom uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT victims_said(coalesce(v.merged_into_id, v.id), what, whom)
          FROM victims_victim v JOIN accounts_scope ON accounts_scope.id = v.scope_id
         WHERE v.id = person AND (accounts_ctx('kind') = 'engine' OR (VISIBLE))), false);
END $$;
REVOKE EXECUTE ON FUNCTION victims_agreed(uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION victims_agreed(uuid, text, uuid) TO holdfast_web, holdfast_engine;
""".replace("VISIBLE", guards.SCOPE_VISIBLE)
GONE = """
DROP FUNCTION victims_agreed(uuid, text, uuid);
DROP FUNCTION victims_said(uuid, text, uuid);
DROP FUNCTION victims_allows(victims_consentevent);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_leaving"),
        ("victims", "0009_records_of_one_person"),
    ]

    operations = [migrations.RunSQL(SAID + AGREED, GONE)]
