"""Whether a decision carries a referral or sharing: a yes, or one in the best interests of who could not decide."""

from django.db import migrations

ALLOWS = """
CREATE OR REPLACE VIEW casework_decided WITH (security_invoker = true) AS
SELECT e.id AS consent_id, c.id AS case_id, e.purpose, e.outcome, e.decided_at,
       e.outcome = 'given' OR e.best_interests = 'go_ahead' AS allows
  FROM victims_consentevent e
  JOIN victims_victim said ON said.id = e.victim_id
  JOIN victims_victim met ON coalesce(met.merged_into_id, met.id) = coalesce(said.merged_into_id, said.id)
  JOIN casework_case c ON c.victim_id = met.id;
"""
DECIDED = """
DROP VIEW casework_decided;
CREATE VIEW casework_decided WITH (security_invoker = true) AS
SELECT e.id AS consent_id, c.id AS case_id, e.purpose, e.outcome, e.decided_at
  FROM victims_consentevent e
  JOIN victims_victim said ON said.id = e.victim_id
  JOIN victims_victim met ON coalesce(met.merged_into_id, met.id) = coalesce(said.merged_into_id, said.id)
  JOIN casework_case c ON c.victim_id = met.id;
REVOKE ALL ON casework_decided FROM holdfast_web, holdfast_engine;
GRANT SELECT ON casework_decided TO holdfast_web, holdfast_engine;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_sharing_stopped"), ("victims", "0011_best_interests")]

    operations = [migrations.RunSQL(ALLOWS, DECIDED)]
