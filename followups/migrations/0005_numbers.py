"""The watchman's numbers, for whoever asks without being anybody: they count rows and say nothing of them."""

from django.db import migrations

# A minute and a half is two missed periods, and what has waited longer should have been done. Counting
# stops at a thousand: by then the exact number helps nobody. A changed case is looked for within an hour.
NUMBERS = """
CREATE FUNCTION followups_numbers(moment timestamptz)
RETURNS TABLE (name text, label text, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT 'followups', f.state::text, count(*)::double precision
      FROM followups_followup f WHERE f.state IN ('open', 'quarantined') GROUP BY f.state
    UNION ALL
    SELECT 'oldest_due_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(f.due_at))), 0)
      FROM followups_followup f WHERE f.state = 'open'
    UNION ALL
    SELECT 'steps_undone', '', count(*)
      FROM (SELECT 1 FROM followups_followup f
             WHERE f.state IN ('open', 'quarantined')
               AND coalesce(f.due_at, f.first_seen_at) < moment - interval '90 seconds'
               AND f.first_seen_at < moment - interval '90 seconds'
               AND f.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_step s
                                WHERE s.followup_id = f.id AND s.round = f.round AND s.rung >= 1)
             LIMIT 1000) AS undone
    UNION ALL
    SELECT 'cases_unwatched', '', count(*)
      FROM (SELECT 1 FROM casework_case c
             WHERE c.status NOT IN ('draft', 'closed')
               AND c.changed_at BETWEEN moment - interval '1 hour' AND moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = c.id AND f.state IN ('open', 'quarantined'))
             LIMIT 1000) AS unwatched
    UNION ALL
    SELECT 'oldest_unsent_seconds', '',
           coalesce(greatest(0, extract(epoch FROM moment - min(n.send_after))), 0)
      FROM followups_notice n WHERE n.state = 'queued'
    UNION ALL
    SELECT 'notices_dead', '', count(*) FROM followups_notice n WHERE n.state = 'dead'
    UNION ALL
    SELECT 'heartbeat_age_seconds', b.stage::text, extract(epoch FROM moment - b.at)
      FROM followups_heartbeat b
    UNION ALL
    SELECT 'sweeps_held', '', count(*) FROM followups_heldsweep h WHERE h.released_at IS NULL
    UNION ALL
    SELECT 'cracks', '', coalesce(sum(k.count), 0) FROM followups_crack k WHERE k.ended_at IS NULL
$$
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0004_cracks_kept")]

    operations = [
        migrations.RunSQL(NUMBERS, "DROP FUNCTION followups_numbers(timestamptz)"),
    ]
