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
# Whoever owns or logged a case or wrote a note in it reads no answer that is about it.
HEARD = f"""(SELECT v.*, k.point, k.case_id FROM casework_voiceanswer v JOIN casework_asking k ON k.id = v.asking_id
    WHERE v.at BETWEEN %(at)s - %(back)s AND %(at)s AND {SEEN.format(row="k")}
      AND k.case_id NOT IN (SELECT c.id FROM casework_case c, accounts_user p
                             WHERE p.username = %(who)s AND p.id IN (c.owner_id, c.logged_by_id))
      AND k.case_id NOT IN (SELECT e.case_id FROM casework_caseevent e, accounts_user p
                             WHERE p.username = %(who)s AND p.id = e.by_id AND e.kind = 'note')) v
    JOIN casework_asking k ON k.id = v.asking_id"""

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
    "home-office": f"""
        SELECT {AGE}, coalesce((SELECT x.part FROM (
                   SELECT 1 AS place, 'nrm' AS part, n.case_id FROM casework_nrmreferral n WHERE n.status != 'withdrawn'
                   UNION ALL SELECT 2, 'dtn', d.case_id FROM casework_dutytonotify d
                   UNION ALL SELECT 3, 'not_a_victim', k.case_id FROM casework_closure k
                              WHERE k.outcome = 'not_a_victim' AND k.agreed IS TRUE) x
                WHERE x.case_id = c.id ORDER BY x.place LIMIT 1), 'neither'), count(*)
          FROM casework_case c
         WHERE c.logged_at BETWEEN %(at)s - %(back)s AND %(at)s AND {SEEN.format(row="c")} GROUP BY 1, 2""",
    "agency-answer": f"""
        SELECT a.slug, CASE WHEN n.at IS NULL THEN 'waiting' WHEN n.at - r.sent_at <= interval '24 hours' THEN 'day'
                            WHEN n.at - r.sent_at <= interval '72 hours' THEN 'three'
                            WHEN n.at - r.sent_at <= interval '168 hours' THEN 'week' ELSE 'later' END, count(*)
          FROM referrals_supportreferral r JOIN accounts_agency a ON a.id = r.agency_id CROSS JOIN LATERAL (
              SELECT min(t) AS at FROM unnest(ARRAY[r.accepted_at, r.declined_at]) t) n
         WHERE r.sent_at BETWEEN %(at)s - %(back)s AND %(at)s AND {SEEN.format(row="r")}
           AND NOT (n.at IS NULL AND r.status IN ('withdrawn', 'in_error')) GROUP BY 1, 2""",
    "agency-contact": f"""
        SELECT a.slug, CASE WHEN r.first_contact_at IS NULL THEN 'waiting'
                            WHEN r.first_contact_at <= r.accepted_at + interval '48 hours' THEN 'two'
                            WHEN r.first_contact_at <= r.accepted_at + interval '168 hours' THEN 'week'
                            ELSE 'later' END, count(*)
          FROM referrals_supportreferral r, accounts_agency a
         WHERE a.id = r.agency_id AND r.accepted_at BETWEEN %(at)s - %(back)s AND %(at)s AND {SEEN.format(row="r")}
           AND num_nonnulls(r.first_contact_at, nullif(r.status = 'accepted', false)) > 0 GROUP BY 1, 2""",
    "unmet-need": f"""
        SELECT n.kind, (SELECT CASE WHEN 'in_progress' = ANY (array_agg(r.status)) THEN 'supported'
                                    WHEN array_agg(r.status::text) && ARRAY['sent', 'opened', 'needs_info', 'accepted']
                                    THEN 'asked' ELSE 'nobody' END
                          FROM referrals_supportreferral r JOIN casework_case k ON k.id = r.case_id
                         WHERE k.victim_id = n.victim_id AND n.kind = ANY (r.needs)), count(*)
          FROM victims_need n
         WHERE n.ended_at IS NULL AND {SEEN.format(row="n")}
           AND n.victim_id IN (SELECT c.victim_id FROM casework_case c WHERE c.status <> 'closed'
                                  AND {SEEN.format(row="c")}) GROUP BY 1, 2""",
    "declines": f"""
        SELECT r.decline_reason,
               CASE WHEN (SELECT count(*) FROM referrals_supportreferral o WHERE o.case_id = r.case_id
                             AND o.sent_at > r.declined_at AND o.needs[1] = r.needs[1]) > 0 THEN 'asked'
                    WHEN r.decline_handled_at IS NULL THEN 'nobody' ELSE 'settled' END, count(*)
          FROM referrals_supportreferral r
         WHERE r.declined_at BETWEEN %(at)s - %(back)s AND %(at)s AND r.status = 'declined' AND {SEEN.format(row="r")}
         GROUP BY 1, 2""",
    "outcomes": f"""
        SELECT {AGE}, k.outcome, count(*) FROM casework_case c JOIN casework_closure k USING (scope_id)
         WHERE k.case_id = c.id AND k.agreed AND k.decided_at BETWEEN %(at)s - %(back)s AND %(at)s
           AND {SEEN.format(row="c")} GROUP BY 1, 2""",
    "experience": f"""
        SELECT q.name, CASE WHEN q.said = 'yes' THEN 'yes' WHEN q.said IN ('partly', 'not_sure') THEN 'partly'
                            WHEN q.said = 'no' THEN 'no' ELSE 'skipped' END, count(*)
          FROM {HEARD} CROSS JOIN LATERAL (
              SELECT x.name, v.answers #>> ARRAY[x.name] AS said FROM (VALUES
                  ('safe_now', 'first_contact interview decision closure'), ('understood', 'first_contact'),
                  ('respect', 'first_contact'), ('listened', 'interview'), ('interpreter', 'interview'),
                  ('told', 'decision'), ('in_touch', 'closure')) AS x (name, points)
               WHERE k.point = ANY (string_to_array(x.points, ' '))) q
         WHERE q.said IS DISTINCT FROM 'no_interpreter' GROUP BY 1, 2""",
    "disengaging": f"""
        SELECT q.reason, CASE q.reason WHEN 'nothing' THEN 'nothing' WHEN 'skip' THEN 'skipped' ELSE 'reason' END,
               count(*)
          FROM {HEARD} CROSS JOIN LATERAL (
              SELECT x AS reason FROM (VALUES ('afraid'), ('silence'), ('nothing')) AS y (x)
               WHERE v.answers -> 'stopping' @> to_jsonb(ARRAY[x])
              UNION ALL SELECT 'skip' WHERE coalesce(v.answers ->> 'stopping', 'skip') = 'skip') q
         WHERE k.point IN ('decision', 'closure') GROUP BY 1, 2""",
    "training": """
        WITH must AS (
            SELECT u.id, u.force_id, r.course_id
              FROM accounts_user u, accounts_roleheld h, training_requirement r, accounts_unit w
             WHERE u.is_active AND h.user_id = u.id AND r.role = h.role AND w.id = u.unit_id
               AND w.slug = ANY (%(units)s)
               AND w.force_id = (SELECT force_id FROM accounts_user WHERE username = %(who)s)
               AND coalesce(r.force_id, u.force_id) = u.force_id
             GROUP BY 1, 2, 3)
        SELECT m.course_id, coalesce((
                   SELECT CASE WHEN t.expires_on IS NULL OR t.expires_on > %(today)s + 60 THEN 'current'
                               WHEN t.expires_on >= %(today)s THEN 'lapsing' ELSE 'lapsed' END
                     FROM training_trainingrecord t
                    WHERE t.user_id = m.id AND t.course_id = m.course_id AND t.completed_on <= %(today)s
                    ORDER BY t.expires_on DESC NULLS FIRST LIMIT 1), 'missing'), count(*)
          FROM must m GROUP BY 1, 2""",
    "skills": f"""
        SELECT {AGE}, CASE WHEN p.id IS NULL THEN 'nobody' ELSE coalesce((
                   SELECT x.state FROM (
                       SELECT coalesce((SELECT CASE WHEN t.expires_on < %(today)s THEN 'lapsed'
                                                    WHEN t.expires_on <= %(today)s + 60 THEN 'lapsing'
                                                    ELSE 'current' END
                                          FROM training_trainingrecord t
                                         WHERE t.user_id = p.id AND t.course_id = r.course_id
                                           AND t.completed_on <= %(today)s
                                         ORDER BY t.expires_on DESC NULLS FIRST LIMIT 1), 'missing') AS state
                         FROM accounts_roleheld h JOIN training_requirement r ON r.role = h.role
                        WHERE h.user_id = p.id AND r.purpose = 'own_case'
                          AND coalesce(r.force_id, p.force_id) = p.force_id) x
                    ORDER BY strpos('lapsed missing lapsing current', x.state) LIMIT 1), 'current') END, count(*)
          FROM casework_case c LEFT JOIN accounts_user p ON p.id = c.owner_id AND p.is_active
         WHERE c.closed_at IS NULL AND c.status <> 'draft' AND {SEEN.format(row="c")} GROUP BY 1, 2""",
}
