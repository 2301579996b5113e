"""How to reach somebody is shared by every record that is read as theirs, also where the sender may not open one."""

from django.db import migrations

from accounts import guards

# Of another record than the one asked for: which way, and whether it is safe. Nothing else leaves it, and of a record
# that is held closely not even that there is one.
ELSEWHERE = """
CREATE FUNCTION referrals_ways_elsewhere(record uuid)
RETURNS TABLE (id uuid, channel varchar, safe varchar, review_on date, set_at timestamptz, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.id, w.channel, w.safe, w.review_on, w.set_at, w.ended_at
      FROM victims_victim asked JOIN accounts_scope ON accounts_scope.id = asked.scope_id
      JOIN victims_victim v
        ON coalesce(v.merged_into_id, v.id) = coalesce(asked.merged_into_id, asked.id) AND v.id <> asked.id
      JOIN accounts_scope held ON held.id = v.scope_id AND held.restriction = 'standard'
      JOIN victims_safecontact w ON w.victim_id = v.id
     WHERE asked.id = record AND (accounts_ctx('kind') = 'engine' OR (VISIBLE))
     ORDER BY w.channel, w.set_at DESC, w.id
$$;
REVOKE EXECUTE ON FUNCTION referrals_ways_elsewhere(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_ways_elsewhere(uuid) TO holdfast_web, holdfast_engine;
""".replace("VISIBLE", guards.SCOPE_VISIBLE)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0020_left_open"), ("victims", "0014_merged_records")]

    operations = [
        migrations.RunSQL(ELSEWHERE, "DROP FUNCTION referrals_ways_elsewhere(uuid);"),
    ]
