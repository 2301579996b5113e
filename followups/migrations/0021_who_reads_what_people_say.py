"""Who reads what somebody said of how they were treated: a supervisor or lead whom it is not about."""

from django.db import migrations

# The unit's supervisor on duty, then the force's leads, then any supervisor who may see the case; whoever is there
# before whoever is away. Nobody where everybody who could read it had a part in the case.
READER = """
CREATE FUNCTION followups_voice_reader(of_case uuid, record uuid, team uuid, whose uuid, moment timestamptz)
RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_user u
      JOIN LATERAL (SELECT bool_or(r.role = 'specialist_lead') AS leads, count(*) AS held FROM accounts_roleheld r
                     WHERE r.user_id = u.id AND r.role IN ('supervisor', 'specialist_lead')) role ON role.held > 0
     WHERE u.force_id = whose AND u.is_active
       AND followups_may_see(u.id, record, moment)
       AND NOT casework_voice_about(of_case, u.id)
     ORDER BY accounts_present(u.id, moment) DESC,
              coalesce(u.id = accounts_duty_supervisor(team, moment), false) DESC,
              role.leads DESC, u.joined_at, u.id
     LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0037_voice"),
        ("followups", "0020_files"),
    ]

    operations = [
        migrations.RunSQL(
            READER, "DROP FUNCTION followups_voice_reader(uuid, uuid, uuid, uuid, timestamptz);"
        )
    ]
