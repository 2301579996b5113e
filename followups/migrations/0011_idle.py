"""Whether an engine that runs achieves anything, asked cheaply enough for every page."""

from django.db import migrations

# What an engine that achieves nothing leaves undone is the newest of everything, so a few of the newest are looked at;
# `followups_numbers` counts all of them for the monitor. A message may wait a quarter of an hour for its server.
IDLE = """
CREATE FUNCTION followups_idle(moment timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (
            SELECT 1 FROM (SELECT f.id, f.round, f.first_seen_at, f.changed_at FROM followups_followup f
                            WHERE f.state = 'open' AND f.due_at < moment - interval '90 seconds'
                            ORDER BY f.due_at DESC LIMIT 20) AS newest
             WHERE newest.first_seen_at < moment - interval '90 seconds'
               AND newest.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_step s
                                WHERE s.followup_id = newest.id AND s.round = newest.round AND s.rung >= 1))
        THEN 'untold'
        WHEN EXISTS (
            SELECT 1 FROM (SELECT c.id, c.status, c.changed_at FROM casework_case c
                            ORDER BY c.logged_at DESC LIMIT 20) AS newest
             WHERE newest.status NOT IN ('draft', 'closed')
               AND newest.changed_at < moment - interval '90 seconds'
               AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                WHERE f.case_id = newest.id AND f.state IN ('open', 'quarantined')))
        THEN 'unwatched'
        WHEN EXISTS (
            SELECT 1 FROM (SELECT n.made_at, n.send_after, n.attempts FROM followups_notice n
                            WHERE n.state = 'queued' ORDER BY n.send_after LIMIT 20) AS first
             WHERE first.made_at < moment - interval '15 minutes'
               AND (first.send_after < moment - interval '1 minute' OR first.attempts > 2))
        THEN 'unsent'
        ELSE '' END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0024_re_planned"),
        ("followups", "0010_held_in_a_force"),
    ]

    operations = [
        migrations.RunSQL(IDLE, "DROP FUNCTION followups_idle(timestamptz)"),
    ]
