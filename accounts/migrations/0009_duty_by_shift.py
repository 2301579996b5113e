"""Of several supervisors or leads who are here, whoever is on duty stands for the unit or the force."""

from django.db import migrations

BY_SHIFT = """
CREATE OR REPLACE FUNCTION accounts_duty_supervisor(team uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT s.user_id FROM accounts_supervision s
     WHERE s.unit_id = team AND accounts_present(s.user_id, moment)
     ORDER BY accounts_on_duty(s.user_id, moment) DESC, s.rank, s.id LIMIT 1
$$;
CREATE OR REPLACE FUNCTION accounts_force_lead(whose uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'specialist_lead'
     WHERE u.force_id = whose AND u.is_active
     ORDER BY accounts_present(u.id, moment) DESC, accounts_on_duty(u.id, moment) DESC, u.joined_at, u.id LIMIT 1
$$;
"""
BY_RANK = """
CREATE OR REPLACE FUNCTION accounts_duty_supervisor(team uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT s.user_id FROM accounts_supervision s
     WHERE s.unit_id = team AND accounts_present(s.user_id, moment) ORDER BY s.rank, s.id LIMIT 1
$$;
CREATE OR REPLACE FUNCTION accounts_force_lead(whose uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_user u JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = 'specialist_lead'
     WHERE u.force_id = whose AND u.is_active
     ORDER BY accounts_present(u.id, moment) DESC, u.joined_at, u.id LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_agency_administrators")]

    operations = [migrations.RunSQL(BY_SHIFT, BY_RANK)]
