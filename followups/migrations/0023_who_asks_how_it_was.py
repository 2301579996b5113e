"""Who asks people how it was for them: a navigator of theirs."""

from django.db import migrations

# Of the unit's navigators, else of the force's, always the same one for a case, and another for the next: not who is
# there tonight, because days are allowed. Where there is none it is nobody's, and so the specialist lead's.
ASKER = """
CREATE FUNCTION followups_voice_asker(of_case uuid, record uuid, team uuid, whose uuid, moment timestamptz)
RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_roleheld r JOIN accounts_user u ON u.id = r.user_id
     WHERE r.role = 'navigator' AND u.force_id = whose AND u.is_active
       AND followups_may_see(u.id, record, moment)
       AND NOT casework_voice_about(of_case, u.id)
     ORDER BY coalesce(u.unit_id = team, false) DESC, hashtextextended(of_case::text || u.id::text, 0), u.id
     LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0027_who_holds_a_role"),
        ("casework", "0043_set_points"),
        ("followups", "0022_kept_views"),
    ]

    operations = [
        migrations.RunSQL(
            ASKER, "DROP FUNCTION followups_voice_asker(uuid, uuid, uuid, uuid, timestamptz);"
        )
    ]
