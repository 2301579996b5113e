"""The dates on a national referral become events: who recorded them is in the history, by the line of that status."""

from django.db import migrations

COPY = """
INSERT INTO casework_nrmevent (id, scope_id, case_id, referral_id, kind, at, by_id, recorded_at, received_at,
                               reference, note)
SELECT gen_random_uuid(), n.scope_id, n.case_id, n.id, d.kind, d.at, line.by_id,
       coalesce(line.recorded_at, greatest(d.at, n.recorded_at)), NULL, '', ''
  FROM casework_nrmreferral n
 CROSS JOIN LATERAL (VALUES
        (CASE WHEN n.status = 'rg_negative' THEN 'rg_negative' ELSE 'rg_positive' END, n.grounds_decided_at),
        (CASE WHEN n.status = 'cg_negative' THEN 'cg_negative' ELSE 'cg_positive' END, n.conclusive_decided_at),
        ('withdrawn', n.withdrawn_at)) AS d (kind, at)
  LEFT JOIN LATERAL (SELECT e.by_id, e.recorded_at FROM casework_caseevent e
                      WHERE e.case_id = n.case_id AND e.kind = 'nrm' AND e.detail ->> 'status' = d.kind
                      ORDER BY e.recorded_at DESC LIMIT 1) line ON true
 WHERE d.at IS NOT NULL;
-- What was copied must be checked before the table changes in the same transaction.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_decisions_and_investigation")]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        *(
            migrations.RemoveField(model_name="nrmreferral", name=name)
            for name in ("grounds_decided_at", "conclusive_decided_at", "withdrawn_at")
        ),
    ]
