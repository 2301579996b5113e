"""The dates on a national referral become events: who recorded them is in the history, by the line of that date."""

from django.db import migrations

# A case may have had more than one referral, so the line of that very date comes first; an event that stands
# already, because all this was undone and done again, is not told twice.
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
                      WHERE e.case_id = n.case_id AND e.kind = 'nrm'
                        AND coalesce(e.detail ->> 'status', e.detail ->> 'what') = d.kind
                      ORDER BY e.at = d.at DESC, e.recorded_at DESC LIMIT 1) line ON true
 WHERE d.at IS NOT NULL
   AND NOT EXISTS (SELECT FROM casework_nrmevent e
                    WHERE e.referral_id = n.id AND e.kind = d.kind AND e.at = d.at);
-- What was copied must be checked before the table changes in the same transaction.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# A referral has room for one date of each decision, the one recorded last, and for no disqualification.
COPY_BACK = """
UPDATE casework_nrmreferral n
   SET grounds_decided_at = d.grounds, conclusive_decided_at = d.conclusive, withdrawn_at = d.withdrawn,
       status = CASE WHEN n.status <> 'disqualified' THEN n.status
                     WHEN d.conclusive IS NULL THEN 'rg_positive' ELSE 'cg_positive' END
  FROM (SELECT e.referral_id,
               (array_agg(e.at ORDER BY e.recorded_at DESC, e.at DESC)
                    FILTER (WHERE e.kind IN ('rg_positive', 'rg_negative')))[1] AS grounds,
               (array_agg(e.at ORDER BY e.recorded_at DESC, e.at DESC)
                    FILTER (WHERE e.kind IN ('cg_positive', 'cg_negative')))[1] AS conclusive,
               max(e.at) FILTER (WHERE e.kind = 'withdrawn') AS withdrawn
          FROM casework_nrmevent e GROUP BY e.referral_id) d
 WHERE d.referral_id = n.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_decisions_and_investigation")]

    operations = [
        migrations.RunSQL(COPY, COPY_BACK),
        *(
            migrations.RemoveField(model_name="nrmreferral", name=name)
            for name in ("grounds_decided_at", "conclusive_decided_at", "withdrawn_at")
        ),
    ]
