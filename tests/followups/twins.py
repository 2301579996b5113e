"""Each number once more, in SQL that shares nothing with the product's: how many of each group and part.

`%(units)s` are the units asked about, `%(who)s` who asks. Each statement reads as the engine, and says itself what may
be seen: standard rows, and those granted.
"""

SEEN = """EXISTS (SELECT FROM accounts_scope z JOIN accounts_unit y ON y.id = z.unit_id WHERE z.id = {row}.scope_id
    AND y.slug IN (SELECT unnest(%(units)s)) AND (z.restriction = 'standard' OR EXISTS (
        SELECT FROM accounts_scopegrant g JOIN accounts_user p ON p.id = g.user_id
         WHERE g.scope_id = z.id AND p.username = %(who)s)))"""
AGE = """(SELECT CASE WHEN v.age_band = 'adult' AND NOT v.age_disputed THEN 'adult'
    WHEN v.age_band = 'adult' THEN 'unsure' ELSE v.age_band END FROM victims_victim v WHERE v.id = c.victim_id)"""

TWINS = {
    "first-contact": f"""
        SELECT {AGE}, CASE WHEN n.hours IS NULL THEN 'never' WHEN n.hours <= 24 THEN 'day'
                           WHEN n.hours <= 72 THEN 'three' WHEN n.hours <= 168 THEN 'week' ELSE 'later' END, count(*)
          FROM casework_case c CROSS JOIN LATERAL (
              SELECT (SELECT extract(epoch FROM k.at - c.logged_at) / 3600 FROM casework_contact k
                       WHERE k.case_id = c.id AND k.outcome = 'spoke' AND k.at <= %(at)s
                       ORDER BY k.at LIMIT 1) AS hours) n
         WHERE c.logged_at BETWEEN %(at)s - %(back)s AND %(at)s AND {SEEN.format(row="c")} GROUP BY 1, 2""",
    "silence": f"""
        SELECT {AGE}, CASE WHEN n.last >= %(at)s - interval '7 days' THEN 'week'
                           WHEN n.last >= %(at)s - interval '14 days' THEN 'fortnight'
                           WHEN n.last >= %(at)s - interval '28 days' THEN 'month' ELSE 'longer' END, count(*)
          FROM casework_case c CROSS JOIN LATERAL (
              SELECT max(at) AS last FROM (SELECT c.logged_at AS at UNION ALL SELECT k.at FROM casework_contact k
                                            WHERE k.case_id = c.id AND k.outcome = 'spoke') AS words) n
         WHERE c.closed_at IS NULL AND {SEEN.format(row="c")} GROUP BY 1, 2""",
    "duties": f"""
        SELECT f.rule, x.part, count(*) FROM followups_followup f
          JOIN (VALUES ('met', 'met'), ('met_late', 'late'), ('open', 'never'), ('quarantined', 'never'))
            AS x (state, part) ON x.state = f.state
         WHERE CASE WHEN f.due_at IS NULL THEN f.first_seen_at ELSE f.due_at END >= %(at)s - %(back)s
           AND CASE WHEN f.due_at IS NULL THEN f.first_seen_at ELSE f.due_at END < %(at)s AND {SEEN.format(row="f")}
         GROUP BY 1, 2""",
}
