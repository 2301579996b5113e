"""Agreed times, what a row was reckoned with, and who is told next."""

from django.db import migrations, models
from django.db.models import Q

# Whether the person reaches a record: the predicate of the walls, for somebody who is not signed in.
MAY_SEE = """
CREATE FUNCTION followups_may_see(person uuid, record uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT record IS NULL OR EXISTS (
        SELECT 1 FROM accounts_scope s JOIN accounts_user u ON u.id = person AND u.force_id = s.force_id
         WHERE s.id = record AND u.is_active
           AND ((s.restriction = 'standard'
                 AND (u.unit_id = s.unit_id
                      OR EXISTS (SELECT 1 FROM accounts_supervision v
                                  WHERE v.user_id = u.id AND v.unit_id = s.unit_id)
                      OR EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = u.id
                                    AND r.role IN ('specialist_lead', 'crime_registrar', 'navigator', 'auditor'))))
                OR EXISTS (SELECT 1 FROM accounts_scopegrant g
                            WHERE g.scope_id = s.id AND g.starts_at <= moment
                              AND (g.ends_at IS NULL OR g.ends_at > moment)
                              AND (g.user_id = u.id
                                   OR EXISTS (SELECT 1 FROM accounts_absence a
                                               WHERE a.user_id = g.user_id AND a.cover_id = u.id
                                                 AND a.starts_at <= moment AND a.ends_at > moment)))))
$$
"""
# Of a record held closely: who is named on it and here, a specialist lead before others.
NAMED_ON = """
CREATE FUNCTION followups_named_on(record uuid, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT u.id FROM accounts_scopegrant g JOIN accounts_user u ON u.id = g.user_id AND u.is_active
     WHERE g.scope_id = record AND g.kind <> 'break-glass'
       AND g.starts_at <= moment AND (g.ends_at IS NULL OR g.ends_at > moment)
     ORDER BY accounts_present(u.id, moment) DESC,
              EXISTS (SELECT 1 FROM accounts_roleheld r WHERE r.user_id = u.id AND r.role = 'specialist_lead') DESC,
              g.starts_at, u.id
     LIMIT 1
$$
"""
# Whom a step may go to, in order: those who may see the record and are here before those who are away.
CHAIN = """
CREATE FUNCTION followups_chain(team uuid, whose uuid, record uuid, holder uuid, goes_to text, moment timestamptz)
RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(c.person ORDER BY NOT accounts_present(c.person, moment), c.place, c.rank, c.person)
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
# Somebody left or is away: what they hold has its new holder at once, whoever recorded it may see.
REHOLD = """
CREATE FUNCTION followups_rehold(person uuid, moment timestamptz) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
    WITH moved AS (
        UPDATE followups_followup f
           SET holder_id = accounts_holder(f.owner_id, f.unit_id, f.force_id, moment), changed_at = moment
         WHERE f.state IN ('open', 'quarantined') AND (f.owner_id = person OR f.holder_id = person)
           AND f.holder_id IS DISTINCT FROM accounts_holder(f.owner_id, f.unit_id, f.force_id, moment)
        RETURNING 1)
    SELECT count(*)::int FROM moved
$$
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0001_initial")]

    operations = [
        migrations.AddField("followup", "agreed_at", models.DateTimeField(null=True)),
        migrations.AddField("followup", "clocks_version", models.BigIntegerField(default=0)),
        migrations.AddField("heldsweep", "dropped_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "followup",
            models.Index(
                fields=["rule"],
                name="followup_owed_rule",
                condition=Q(state__in=("open", "quarantined")),
            ),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(fields=["message_id"], name="notice_batch", condition=~Q(message_id="")),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(
                fields=["accepted_at"], name="notice_mailed", condition=Q(channel="email")
            ),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(
                fields=["made_at"], name="notice_interrupting", condition=Q(interrupts=True)
            ),
        ),
        migrations.RunSQL(MAY_SEE, "DROP FUNCTION followups_may_see(uuid, uuid, timestamptz)"),
        migrations.RunSQL(NAMED_ON, "DROP FUNCTION followups_named_on(uuid, timestamptz)"),
        migrations.RunSQL(
            CHAIN, "DROP FUNCTION followups_chain(uuid, uuid, uuid, uuid, text, timestamptz)"
        ),
        migrations.RunSQL(REHOLD, "DROP FUNCTION followups_rehold(uuid, timestamptz)"),
    ]
