"""What was done in a case, as its page says it: one question, planned once a connection."""

from django.db import migrations

# In plpgsql, so that the plan is kept: six tables under row-level security were planned anew for every page that
# shows a case. The reader's own walls hold.
STANDING = """
CREATE FUNCTION casework_standing(
    shown uuid, record uuid, moment timestamptz,
    OUT named text[], OUT crime_number text, OUT authority_told_at timestamptz, OUT nrm text[],
    OUT notified_at timestamptz, OUT reached_at timestamptz
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    named := ARRAY(SELECT DISTINCT p.name FROM accounts_scopegrant g JOIN accounts_user p ON p.id = g.user_id
                    WHERE g.scope_id = record AND g.starts_at <= moment
                      AND (g.ends_at IS NULL OR g.ends_at > moment) ORDER BY p.name);
    crime_number := (SELECT r.number FROM casework_crimerecord r WHERE r.case_id = shown
                      ORDER BY r.at DESC, r.recorded_at DESC, r.id LIMIT 1);
    authority_told_at := (SELECT max(t.at) FROM casework_authoritytold t WHERE t.case_id = shown);
    nrm := (SELECT ARRAY[n.status, n.home_office_reference] FROM casework_nrmreferral n
             WHERE n.case_id = shown AND n.status <> 'withdrawn' LIMIT 1);
    notified_at := (SELECT max(d.at) FROM casework_dutytonotify d WHERE d.case_id = shown);
    reached_at := (SELECT max(t.at) FROM casework_contact t WHERE t.case_id = shown AND t.outcome = 'spoke');
END
$$;
REVOKE EXECUTE ON FUNCTION casework_standing(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION casework_standing(uuid, uuid, timestamptz) TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_judged_age")]

    operations = [
        migrations.RunSQL(STANDING, "DROP FUNCTION casework_standing(uuid, uuid, timestamptz);"),
    ]
