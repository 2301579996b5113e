"""Of several who may be told in the same place of the ladder, whoever is on duty comes first."""

from django.db import migrations

CHAIN = """
CREATE OR REPLACE FUNCTION
followups_chain(team uuid, whose uuid, record uuid, holder uuid, goes_to text, moment timestamptz)
RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(c.person ORDER BY NOT accounts_present(c.person, moment), c.place, {shift}c.rank, c.person)
      FROM (SELECT s.user_id AS person, CASE goes_to WHEN 'supervisor' THEN 0 ELSE 2 END AS place, s.rank::int AS rank
              FROM accounts_supervision s WHERE s.unit_id = team
            UNION ALL
            SELECT r.user_id, 1, 0 FROM accounts_roleheld r JOIN accounts_user u ON u.id = r.user_id
             WHERE r.role = 'specialist_lead' AND u.force_id = whose
            UNION ALL SELECT followups_named_on(record, moment), 3, 0
            UNION ALL SELECT holder, 4, 0) c
      JOIN accounts_user u ON u.id = c.person AND u.is_active
     WHERE followups_may_see(c.person, record, moment)
$$
"""
BY_SHIFT = CHAIN.replace("{shift}", "NOT accounts_on_duty(c.person, moment), ")
BY_RANK = CHAIN.replace("{shift}", "")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_duty_by_shift"),
        ("followups", "0013_owed_by_rule_and_subject"),
    ]

    operations = [migrations.RunSQL(BY_SHIFT, BY_RANK)]
