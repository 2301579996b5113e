"""What belongs to thousands of people at once: their needs, and the support that was asked for them.

Whoever asks reads through their own wall. Written into a statement, an array of ids that are found in it is planned as
ten ids: row-level security is then asked row by row. A function is planned for the array that it is given, and the wall
is asked once. Over 100,000 cases that took a third off the number of unmet needs [docs/numbers.md].
"""

from django.db import migrations

NEEDS = """
CREATE FUNCTION followups_needs_of(people uuid[])
RETURNS TABLE (id uuid, scope_id uuid, victim_id uuid, kind varchar, found_at timestamptz, ended_at timestamptz)
LANGUAGE plpgsql STABLE ROWS 50000 SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT n.id, n.scope_id, n.victim_id, n.kind, n.found_at, n.ended_at
                   FROM victims_need n WHERE n.victim_id = ANY (people);
END $$;
"""
REFERRALS = """
CREATE FUNCTION followups_referrals_of(people uuid[])
RETURNS TABLE (person uuid, status varchar, needs varchar[])
LANGUAGE plpgsql STABLE ROWS 20000 SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT r.person, r.status, r.needs FROM referrals_supportreferral r WHERE r.person = ANY (people);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0023_who_asks_how_it_was"),
        ("referrals", "0025_whom_a_referral_is_for"),
        ("victims", "__first__"),
    ]

    operations = [
        migrations.RunSQL(NEEDS, "DROP FUNCTION followups_needs_of(uuid[]);"),
        migrations.RunSQL(REFERRALS, "DROP FUNCTION followups_referrals_of(uuid[]);"),
    ]
