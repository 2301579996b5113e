"""The room of the engine's statements: each stands alone, takes the time as `at`, and is total."""

# It ended undone, and is true again: the case was closed and is open again, say. It is owed again, in a new round.
ENDED_UNDONE = "f.state IN ('void', 'lapsed')"
OWED_AGAIN = f"{ENDED_UNDONE} AND o.met_at IS NULL AND o.void_at IS NULL"

# A record that not everybody in its unit's reach may see: held closely, or closed to somebody by a conflict of
# interest. Whoever holds or is told of it must be one who may.
CLOSE = """({scope}.restriction <> 'standard' OR {scope}.id IN (
               SELECT b.scope_id FROM accounts_scopebar b WHERE b.ended_at IS NULL))"""

# What changed: new, or owed and no longer as stored. What was done is never looked at again; what lapsed is, should
# it be true after all, so that a rule that was emptied by mistake hides nothing that was done meanwhile.
CHANGED = f"""
changed AS MATERIALIZED (
    SELECT o.*, f.id AS known_id,
           CASE WHEN {OWED_AGAIN} THEN f.round + 1 ELSE coalesce(f.round, 1) END AS known_round
      FROM ({{occurrences}}) AS o
      LEFT JOIN followups_followup f
        ON f.rule = o.rule AND f.subject_id = o.subject_id AND f.occurrence = o.occurrence
     WHERE f.id IS NULL
        OR ({OWED_AGAIN}) OR f.state = 'lapsed'
        OR (f.state IN ('open', 'quarantined') AND (
               f.clocks_version <> (SELECT clocks_version())
            OR (f.case_id, f.scope_id, f.force_id, f.unit_id, f.owner_id, f.agency_id, f.since, f.clock, f.agreed_at)
               IS DISTINCT FROM
               (o.case_id, o.scope_id, o.force_id, o.unit_id, o.owner_id, o.agency_id, o.since, o.clock,
                o.agreed_at)
            OR f.words <> o.words
            OR EXISTS (SELECT 1 FROM followups_replan r WHERE r.followup_id = f.id AND r.round > f.round)
            OR o.met_at IS NOT NULL OR o.void_at IS NOT NULL))
     LIMIT %(most)s
)"""  # nosec B608 - only our own words

# When it is due: as re-planned, else as agreed with the person, else by the deadline in force when it
# began. A time beyond the calendar's horizon is no time: somebody must look at it.
RECKONED = """
reckoned AS (
    SELECT c.*, d.id AS deadline_id, coalesce(r.round, c.known_round) AS round,
           CASE WHEN coalesce(r.due_at, c.agreed_at) IS NULL
                THEN clocks_due_at(c.since, d.amount, d.unit, fo.calendar_id)
                WHEN coalesce(r.due_at, c.agreed_at) < cal.ends_on + 1
                THEN coalesce(r.due_at, c.agreed_at) END AS due_at
      FROM changed c
      JOIN accounts_force fo ON fo.id = c.force_id
      JOIN clocks_calendar cal ON cal.id = fo.calendar_id
      LEFT JOIN LATERAL clocks_deadline_for(c.rule, c.clock, fo.nation, c.since) d ON true
      LEFT JOIN LATERAL (SELECT p.round, p.due_at FROM followups_replan p
                          WHERE p.followup_id = c.known_id AND p.round >= c.known_round
                          ORDER BY p.round DESC LIMIT 1) r ON true
),
judged AS (
    SELECT r.*,
           CASE WHEN r.met_at IS NOT NULL AND (r.void_at IS NULL OR r.met_at <= r.void_at)
                THEN CASE WHEN r.met_at > r.due_at THEN 'met_late' ELSE 'met' END
                WHEN r.void_at IS NOT NULL THEN 'void'
                WHEN r.due_at IS NULL THEN 'quarantined'
                ELSE 'open' END AS state
      FROM reckoned r
)"""

# Who holds it, asked once for each owner, unit and force; NULL stands for nobody or no unit.
HOLDERS = """
holders AS MATERIALIZED (
    SELECT w.*, accounts_holder(w.owner_id, w.unit_id, w.force_id, %(at)s) AS holder_id
      FROM (SELECT DISTINCT owner_id, unit_id, force_id FROM {of}) AS w
)"""
SAME_HOLDER = """
    h.force_id = {row}.force_id
    AND coalesce(h.owner_id, h.force_id) = coalesce({row}.owner_id, {row}.force_id)
    AND coalesce(h.unit_id, h.force_id) = coalesce({row}.unit_id, {row}.force_id)"""

UPSERT = f"""
WITH {CHANGED}, {RECKONED}, {HOLDERS.format(of="changed")},
written AS (
    INSERT INTO followups_followup AS f
        (id, rule, subject_id, occurrence, case_id, scope_id, force_id, unit_id, owner_id, holder_id, agency_id,
         since, clock, words, deadline_id, agreed_at, due_at, state, ended_at, end_reason, round,
         first_seen_at, changed_at, clocks_version)
    SELECT gen_random_uuid(), j.rule, j.subject_id, j.occurrence, j.case_id, j.scope_id, j.force_id,
           j.unit_id, j.owner_id, h.holder_id, j.agency_id, j.since, j.clock, j.words, j.deadline_id, j.agreed_at,
           j.due_at, j.state,
           CASE j.state WHEN 'met' THEN j.met_at WHEN 'met_late' THEN j.met_at WHEN 'void' THEN j.void_at END,
           CASE j.state WHEN 'void' THEN coalesce(j.void_reason, '')
                        WHEN 'quarantined' THEN 'no-due-time' ELSE '' END,
           j.round, %(at)s, %(at)s, (SELECT clocks_version())
      FROM judged j
      JOIN holders h ON {SAME_HOLDER.format(row="j")}
     ORDER BY j.rule, j.subject_id, j.occurrence
    ON CONFLICT (rule, subject_id, occurrence) DO UPDATE SET
        case_id = EXCLUDED.case_id, scope_id = EXCLUDED.scope_id, force_id = EXCLUDED.force_id,
        unit_id = EXCLUDED.unit_id, owner_id = EXCLUDED.owner_id, holder_id = EXCLUDED.holder_id,
        agency_id = EXCLUDED.agency_id, since = EXCLUDED.since, clock = EXCLUDED.clock, words = EXCLUDED.words,
        deadline_id = EXCLUDED.deadline_id, agreed_at = EXCLUDED.agreed_at, due_at = EXCLUDED.due_at,
        was_due_at = CASE WHEN f.due_at IS DISTINCT FROM EXCLUDED.due_at
                          THEN coalesce(f.was_due_at, f.due_at) ELSE f.was_due_at END,
        state = EXCLUDED.state, ended_at = EXCLUDED.ended_at, end_reason = EXCLUDED.end_reason,
        round = greatest(f.round, EXCLUDED.round), changed_at = EXCLUDED.changed_at,
        clocks_version = EXCLUDED.clocks_version
     WHERE f.state IN ('open', 'quarantined', 'lapsed') OR (f.state = 'void' AND EXCLUDED.ended_at IS NULL)
    RETURNING state
)
SELECT state, count(*) FROM written GROUP BY state
"""  # nosec B608 - only our own words

# The bound counts for each force: what one has many of must not hide that another's were all dropped.
LAPSE = """
WITH gone AS MATERIALIZED (
    SELECT f.id, f.force_id FROM followups_followup f
     WHERE f.rule = %(rule)s AND f.state IN ('open', 'quarantined')
       AND NOT EXISTS (SELECT 1 FROM ({occurrences}) AS o
                        WHERE o.subject_id = f.subject_id AND o.occurrence = f.occurrence)
),
counted AS (SELECT force_id, count(*) AS many FROM gone GROUP BY force_id),
bound AS (
    SELECT force_id, greatest(%(bound)s, %(share)s * count(*)) AS most
      FROM followups_followup WHERE rule = %(rule)s AND state IN ('open', 'quarantined')
       AND force_id IN (SELECT force_id FROM counted)
     GROUP BY force_id
),
lapsed AS (
    UPDATE followups_followup f
       SET state = 'lapsed', ended_at = %(at)s, end_reason = 'gone', changed_at = %(at)s
      FROM gone JOIN counted USING (force_id) JOIN bound USING (force_id)
     WHERE f.id = gone.id AND (gone.force_id = ANY (%(released)s::uuid[]) OR counted.many <= bound.most)
    RETURNING f.force_id
)
SELECT c.force_id, c.many, (SELECT count(*) FROM lapsed l WHERE l.force_id = c.force_id)
  FROM counted c
"""

# Only what identifies the row is read: the rest of it is what raises. Version -1 has it tried again.
QUARANTINE = """
INSERT INTO followups_followup AS f
    (id, rule, subject_id, occurrence, case_id, scope_id, force_id, unit_id, owner_id, holder_id, agency_id, since,
     clock, words, state, end_reason, round, first_seen_at, changed_at, clocks_version)
SELECT gen_random_uuid(), o.rule, o.subject_id, o.occurrence, o.case_id, o.scope_id, o.force_id, o.unit_id,
       o.owner_id, accounts_holder(o.owner_id, o.unit_id, o.force_id, %(at)s), o.agency_id, %(at)s, 'standard', '{{}}',
       'quarantined', 'raised', 1, %(at)s, %(at)s, -1
  FROM ({occurrences}) AS o WHERE o.subject_id = ANY(%(subjects)s)
ON CONFLICT (rule, subject_id, occurrence) DO UPDATE
   SET state = 'quarantined', end_reason = 'raised', due_at = NULL, clocks_version = -1,
       was_due_at = coalesce(f.was_due_at, f.due_at), changed_at = EXCLUDED.changed_at
 WHERE f.state = 'open'
"""

LIVE = f"""
WITH {CHANGED.replace("WHERE f.id IS NULL", "WHERE f.id IS NULL OR f.state IN ('open', 'quarantined')")},
{RECKONED}, {HOLDERS.format(of="changed")}
SELECT coalesce(j.known_id, gen_random_uuid()) AS id, j.rule, j.subject_id, j.occurrence, j.case_id,
       j.scope_id, j.force_id, j.unit_id, j.owner_id, h.holder_id, j.agency_id, j.since, j.clock, j.words,
       j.deadline_id, j.agreed_at, j.due_at, j.state, j.round, %(at)s::timestamptz AS first_seen_at,
       %(at)s::timestamptz AS changed_at,
       (SELECT jsonb_build_object('rule', d.rule, 'clock', d.clock, 'amount', d.amount, 'unit', d.unit,
                                  'status', d.status, 'source', d.source, 'duty', d.duty)
          FROM clocks_deadline d WHERE d.id = j.deadline_id) AS deadline
  FROM judged j JOIN holders h ON {SAME_HOLDER.format(row="j")}
 WHERE j.state IN ('open', 'quarantined')
"""  # nosec B608 - only our own words

# The right holder is asked for once for each owner, unit and present holder; in a steady sweep no group
# is wrong and no row is looked at again. What is held closely is a group of its own.
WRONG = f"""
close AS MATERIALIZED (SELECT s.id FROM accounts_scope s WHERE {CLOSE.format(scope="s")}),
groups AS MATERIALIZED (
    SELECT f.owner_id, f.unit_id, f.force_id, f.holder_id, close.id AS close_scope_id
      FROM followups_followup f LEFT JOIN close ON close.id = f.scope_id
     WHERE f.state IN ('open', 'quarantined')
     GROUP BY 1, 2, 3, 4, 5
),
right_ones AS (
    SELECT g.*, accounts_holder(g.owner_id, g.unit_id, g.force_id, %(at)s) AS right_id FROM groups g
),
wrong AS MATERIALIZED (
    SELECT * FROM (
        SELECT r.*, CASE WHEN followups_may_see(r.right_id, r.close_scope_id, %(at)s) THEN r.right_id
                         ELSE coalesce(
                             followups_named_on(r.close_scope_id, %(at)s),
                             (followups_chain(r.unit_id, r.force_id, r.close_scope_id, NULL, 'supervisor', %(at)s))[1])
                         END AS should_id
          FROM right_ones r) w
     WHERE w.holder_id IS DISTINCT FROM w.should_id
)"""  # nosec B608 - only our own words
IS_ANY_WRONG = f"WITH {WRONG} SELECT EXISTS (SELECT 1 FROM wrong)"  # nosec B608 - only our own words
HOLD = f"""
WITH {WRONG}
UPDATE followups_followup f SET holder_id = w.should_id, changed_at = %(at)s
  FROM wrong w
 WHERE f.state IN ('open', 'quarantined') AND f.force_id = w.force_id
   AND coalesce(f.owner_id, f.force_id) = coalesce(w.owner_id, w.force_id)
   AND coalesce(f.unit_id, f.force_id) = coalesce(w.unit_id, w.force_id)
   AND coalesce(f.holder_id, f.force_id) = coalesce(w.holder_id, w.force_id)
   AND CASE WHEN w.close_scope_id IS NOT NULL THEN f.scope_id = w.close_scope_id
            ELSE NOT EXISTS (SELECT 1 FROM close WHERE close.id = f.scope_id) END
"""  # nosec B608 - only our own words

# Rung 0 warns before a duty counted in days; 1 is the due time, to the holder; 2 goes up after a working
# day (or half as long again as a duty counted in hours), 3 after three of them. A rung that an outage
# skipped is made up; a warning that came too late is not. At most so many follow-ups in one statement: after a
# long outage there may be a million, and what was made must not be lost with what took too long.
RUNG_AT = """
           CASE WHEN {rung} = 1 THEN w.reached_at
                WHEN {rung} = 0 AND w.announces THEN w.since
                WHEN {rung} = 0 THEN clocks_add(w.due_at, -w.warns, 'working_days', w.calendar_id)
                WHEN w.unit = 'hours' THEN w.reached_at
                     + greatest(interval '1 hour', w.amount * interval '30 minutes')
                       * CASE {rung} WHEN 2 THEN 1 ELSE 3 END
                WHEN w.reached_at + make_interval(days => {rung} * 2 - 3) <= %(at)s
                THEN coalesce(clocks_add(w.reached_at, {rung} * 2 - 3, 'working_days', w.calendar_id),
                              w.reached_at + make_interval(days => {rung} * 2 - 3)) END"""
CLIMB = f"""
WITH ladder AS (
    SELECT * FROM unnest(%(rules)s::text[], %(warns)s::int[], %(interrupts)s::bool[], %(first)s::text[],
                         %(second)s::text[], %(third)s::text[], %(announces)s::bool[], %(agencys)s::text[],
                         %(goes_ups)s::bool[])
        AS l (rule, warns, interrupts, first, second, third, announces, agencys, goes_up)
),
-- A warning can only be due for what is due within a working day more than the warning's own.
watch AS MATERIALIZED (
    SELECT l.*, fo.id AS force_id, fo.calendar_id,
           coalesce(clocks_add(%(at)s, l.warns + 1, 'working_days', fo.calendar_id),
                    %(at)s + make_interval(days => l.warns * 2 + 10)) AS warn_by
      FROM ladder l CROSS JOIN accounts_force fo
),
-- Rungs are climbed in order, so the highest one taken says which are left; at the top there is none.
climbing AS (
    SELECT f.id, f.round, f.case_id, f.scope_id, f.unit_id, f.holder_id, f.agency_id, f.since, f.due_at, f.clock,
           coalesce(f.due_at, f.first_seen_at) AS reached_at, w.*, d.amount,
           coalesce(d.unit, 'working_days') AS unit, coalesce(taken.top, -1) AS top
      FROM followups_followup f
      JOIN watch w ON w.rule = f.rule AND w.force_id = f.force_id
      LEFT JOIN clocks_deadline d ON d.id = f.deadline_id
      LEFT JOIN LATERAL (SELECT max(s.rung) AS top FROM followups_step s
                          WHERE s.followup_id = f.id AND s.round = f.round) taken ON true
     WHERE f.state IN ('open', 'quarantined')
       -- Said in three steps, the cheapest first: most of what is owed is far off.
       AND (w.announces OR coalesce(f.due_at, f.first_seen_at) <= greatest(w.warn_by, %(at)s))
       AND (w.announces OR coalesce(f.due_at, f.first_seen_at) <= %(at)s
            OR (f.due_at <= w.warn_by AND d.unit IS DISTINCT FROM 'hours'))
       AND CASE WHEN coalesce(f.due_at, f.first_seen_at) > %(at)s THEN taken.top IS NULL
                WHEN coalesce(taken.top, -1) < 2 THEN true
                -- Whoever it went up to has said who does it: until then nobody else is told.
                ELSE taken.top < 3 AND NOT EXISTS (
                         SELECT 1 FROM followups_acknowledgement k
                          WHERE k.followup_id = f.id AND k.round = f.round AND k.until > %(at)s) END
),
nexts AS (
    SELECT c.*, CASE WHEN c.reached_at > %(at)s THEN 0 ELSE greatest(c.top, 0) + 1 END AS next
      FROM climbing c
),
ready AS MATERIALIZED (
    SELECT * FROM (SELECT w.*, {RUNG_AT.format(rung="w.next")} AS next_at FROM nexts w) AS n
     WHERE n.next_at <= %(at)s AND (n.next > 0 OR n.announces OR n.next_at > n.since)
     LIMIT %(most)s
),
wanting AS (
    SELECT r.*, rung.number AS rung
      FROM ready r CROSS JOIN generate_series(0, 3) AS rung (number)
     WHERE rung.number >= r.next AND (rung.number = 0) = (r.next = 0)
),
timed AS (
    SELECT w.id, w.round, w.rung, w.case_id, w.scope_id, w.unit_id, w.force_id, w.holder_id, w.agency_id,
           w.interrupts AND (w.rung > 0 OR w.announces) AS urgent, w.announces, w.agencys, w.goes_up,
           w.interrupts OR w.clock = 'urgent' AS cannot_wait,
           CASE WHEN w.announces AND w.rung = 0 AND w.agency_id IS NOT NULL AND w.goes_up THEN 'agency'
                WHEN w.rung = 2 THEN w.second WHEN w.rung = 3 THEN w.third ELSE w.first END AS goes_to,
{RUNG_AT.format(rung="w.rung")} AS reached_at,
           w.since
      FROM wanting w
),
reached AS MATERIALIZED (
    SELECT t.*, CASE WHEN {CLOSE.format(scope="s")} THEN t.scope_id END AS close_scope_id,
           gen_random_uuid() AS step_id
      FROM timed t
      LEFT JOIN accounts_scope s ON s.id = t.scope_id
     WHERE t.reached_at <= %(at)s AND (t.rung > 0 OR t.announces OR t.reached_at > t.since)
),
-- Whom each may go to, asked once for each unit, holder and kind of step.
chains AS MATERIALIZED (
    SELECT k.*, followups_chain(k.unit_id, k.force_id, k.close_scope_id, k.holder_id, k.goes_to, %(at)s) AS people
      FROM (SELECT DISTINCT unit_id, force_id, close_scope_id, holder_id, goes_to
              FROM reached WHERE goes_to NOT IN ('owner', 'agency')) k
),
-- Up the ladder somebody else is told, rather than one person twice.
due AS MATERIALIZED (
    SELECT r.*, CASE WHEN r.goes_to = 'agency' THEN NULL WHEN r.goes_to = 'owner' THEN r.holder_id ELSE coalesce(
               (SELECT p.id FROM unnest(c.people) WITH ORDINALITY AS p (id, place)
                 WHERE p.id IS DISTINCT FROM r.holder_id
                   AND NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_notice n ON n.step_id = s.id
                                    WHERE s.followup_id = r.id AND s.round = r.round AND n.person_id = p.id)
                 ORDER BY p.place LIMIT 1), c.people[1]) END AS person_id
      FROM reached r
      LEFT JOIN chains c
        ON c.force_id = r.force_id AND c.goes_to = r.goes_to
       AND coalesce(c.unit_id, c.force_id) = coalesce(r.unit_id, r.force_id)
       AND coalesce(c.holder_id, c.force_id) = coalesce(r.holder_id, r.force_id)
       AND coalesce(c.close_scope_id, c.force_id) = coalesce(r.close_scope_id, r.force_id)
),
made AS (
    INSERT INTO followups_step (id, followup_id, round, rung, "to", reached_at, made_at)
    SELECT step_id, id, round, rung, goes_to, reached_at, %(at)s FROM due
     ORDER BY id, rung  -- all are known before the first is written
    RETURNING 1
),
-- Whoever is not on duty is not disturbed: somebody who is learns it in their stead, the nearest up the
-- ladder, and their own message waits for their digest. When nobody is on duty, they are disturbed after all.
off_duty AS MATERIALIZED (
    SELECT k.*, (SELECT p.id
                   FROM unnest(followups_chain(k.unit_id, k.force_id, k.close_scope_id, k.holder_id,
                                               'supervisor', %(at)s)) WITH ORDINALITY AS p (id, place)
                  WHERE p.id <> k.person_id AND accounts_on_duty(p.id, %(at)s)
                  ORDER BY p.place LIMIT 1) AS stand_in_id
      FROM (SELECT DISTINCT person_id, unit_id, force_id, close_scope_id, holder_id FROM due
             WHERE urgent AND person_id IS NOT NULL) k
     WHERE NOT accounts_on_duty(k.person_id, %(at)s)
),
stood_in AS MATERIALIZED (
    SELECT d.step_id, d.id, d.rung, d.case_id, o.stand_in_id
      FROM due d
      JOIN off_duty o
        ON o.person_id = d.person_id AND o.force_id = d.force_id
       AND coalesce(o.unit_id, o.force_id) = coalesce(d.unit_id, d.force_id)
       AND coalesce(o.holder_id, o.force_id) = coalesce(d.holder_id, d.force_id)
       AND coalesce(o.close_scope_id, o.force_id) = coalesce(d.close_scope_id, d.force_id)
     WHERE d.urgent AND d.goes_up AND o.stand_in_id IS NOT NULL
),
-- Whoever came to hold what was overdue already is told too: it was handed over, or they stand in for somebody.
handed AS MATERIALIZED (
    SELECT top.id AS step_id, f.id, top.rung, f.case_id, f.holder_id,
           l.interrupts AND accounts_on_duty(f.holder_id, %(at)s) AS urgent
      FROM followups_followup f
      JOIN ladder l ON l.rule = f.rule
      JOIN LATERAL (SELECT s.id, s.rung, s.made_at FROM followups_step s
                     WHERE s.followup_id = f.id AND s.round = f.round AND s.rung > 0
                     ORDER BY s.rung DESC LIMIT 1) top ON true
     WHERE f.state IN ('open', 'quarantined') AND f.holder_id IS NOT NULL
       AND coalesce(f.due_at, f.first_seen_at) <= %(at)s AND f.changed_at > top.made_at
       AND NOT EXISTS (SELECT 1 FROM followups_step s JOIN followups_notice n ON n.step_id = s.id
                        WHERE s.followup_id = f.id AND s.round = f.round AND n.person_id = f.holder_id)
     LIMIT %(most)s
),
to_tell AS MATERIALIZED (
    SELECT d.step_id, d.id, d.rung, d.case_id, d.person_id, d.urgent AND i.step_id IS NULL AS urgent
      FROM due d LEFT JOIN stood_in i ON i.step_id = d.step_id
     UNION ALL
    SELECT step_id, id, rung, case_id, stand_in_id, true FROM stood_in
     UNION ALL
    SELECT step_id, id, rung, case_id, holder_id, urgent FROM handed
     UNION ALL
    SELECT d.step_id, d.id, d.rung, d.case_id, u.id, d.cannot_wait
      FROM due d JOIN accounts_user u ON u.agency_id = d.agency_id AND u.is_active
      JOIN accounts_roleheld r ON r.user_id = u.id AND r.role = d.agencys
     WHERE d.goes_up AND (d.rung IN (1, 2) OR d.goes_to = 'agency')
),
-- One interrupting message a case a shift, one digest a person a shift.
disturbed AS MATERIALIZED (
    SELECT DISTINCT n.person_id, f.case_id
      FROM followups_notice n JOIN followups_step s ON s.id = n.step_id
      JOIN followups_followup f ON f.id = s.followup_id
     WHERE n.interrupts AND n.made_at > %(at)s - interval '8 hours'
),
mailed AS MATERIALIZED (
    SELECT n.person_id, max(CASE WHEN n.message_id <> '' THEN coalesce(n.accepted_at, n.send_after)
                                      + interval '8 hours' ELSE n.send_after END) AS next_at
      FROM followups_notice n
     WHERE n.channel = 'email'
       AND (n.state = 'queued' OR n.accepted_at > %(at)s - interval '8 hours')
     GROUP BY n.person_id
),
told AS (
    SELECT d.step_id, d.person_id, channel.name AS channel,
           channel.name = 'email' AND d.urgent AND b.person_id IS NULL
               AND row_number() OVER (PARTITION BY channel.name, d.person_id, d.case_id
                                      ORDER BY d.urgent DESC, d.rung DESC, d.id) = 1 AS interrupts,
           mailed.next_at
      FROM to_tell d
      JOIN accounts_user u ON u.id = d.person_id
      JOIN (VALUES ('page'), ('email')) AS channel (name) ON channel.name = 'page' OR u.email <> ''
      LEFT JOIN disturbed b ON b.person_id = d.person_id AND b.case_id = d.case_id
      LEFT JOIN mailed ON mailed.person_id = d.person_id
),
written AS (
    INSERT INTO followups_notice (id, step_id, person_id, channel, interrupts, state, made_at, send_after,
                                  attempts, message_id, accepted_at, problem)
    SELECT gen_random_uuid(), step_id, person_id, channel, interrupts,
           CASE channel WHEN 'page' THEN 'accepted' ELSE 'queued' END, %(at)s,
           CASE WHEN channel = 'page' OR interrupts THEN %(at)s ELSE greatest(%(at)s, next_at) END,
           0, '', CASE channel WHEN 'page' THEN %(at)s::timestamptz END, ''
      FROM told
    ON CONFLICT (step_id, person_id, channel) DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM ready), (SELECT count(*) FROM made), (SELECT count(*) FROM written)
"""  # nosec B608 - only our own words

# Each message that was given up or came back is looked at once. While it is owed, and once for each step:
# a text to the same person, if that was not tried, else the page and the mailbox of the next person up.
PASS_ON = f"""
WITH failed AS MATERIALIZED (
    UPDATE followups_notice n SET passed_on_at = %(at)s
      FROM followups_step s
      JOIN followups_followup f ON f.id = s.followup_id
      LEFT JOIN accounts_scope sc ON sc.id = f.scope_id
     WHERE n.failed_at IS NOT NULL AND n.passed_on_at IS NULL AND n.state IN ('dead', 'bounced')
       AND s.id = n.step_id
    RETURNING n.id, n.step_id, n.person_id, n.channel, n.interrupts, f.unit_id, f.force_id, f.holder_id,
              CASE WHEN {CLOSE.format(scope="sc")} THEN f.scope_id END AS close_scope_id,
              f.state IN ('open', 'quarantined') AS owed, f.rule <> ALL (%(alone)s) AS goes_up
),
owed AS MATERIALIZED (
    SELECT DISTINCT ON (w.step_id, w.person_id) w.*,
           %(texts)s AND u.is_active AND u.mobile <> '' AND NOT EXISTS (
               SELECT 1 FROM followups_notice t
                WHERE t.step_id = w.step_id AND t.person_id = w.person_id AND t.channel = 'sms') AS by_text
      FROM failed w JOIN accounts_user u ON u.id = w.person_id
     WHERE w.owed ORDER BY w.step_id, w.person_id, w.id
),
chains AS MATERIALIZED (
    SELECT k.*, followups_chain(k.unit_id, k.force_id, k.close_scope_id, k.holder_id, 'supervisor', %(at)s) AS people
      FROM (SELECT DISTINCT unit_id, force_id, close_scope_id, holder_id FROM owed WHERE NOT by_text) k
),
next AS (
    SELECT DISTINCT o.step_id, o.interrupts,
           (SELECT p.id FROM unnest(c.people) WITH ORDINALITY AS p (id, place)
             WHERE NOT EXISTS (SELECT 1 FROM followups_notice t
                                WHERE t.step_id = o.step_id AND t.person_id = p.id)
             -- What cannot wait goes to somebody who is on duty, while anybody is.
             ORDER BY o.interrupts AND NOT accounts_on_duty(p.id, %(at)s), p.place LIMIT 1) AS person_id
      FROM owed o
      JOIN chains c
        ON c.force_id = o.force_id
       AND coalesce(c.unit_id, c.force_id) = coalesce(o.unit_id, o.force_id)
       AND coalesce(c.holder_id, c.force_id) = coalesce(o.holder_id, o.force_id)
       AND coalesce(c.close_scope_id, c.force_id) = coalesce(o.close_scope_id, o.force_id)
     WHERE NOT o.by_text AND o.goes_up
),
told AS (
    SELECT step_id, person_id, 'sms' AS channel, interrupts FROM owed WHERE by_text
    UNION ALL
    SELECT n.step_id, n.person_id, channel.name, channel.name = 'email' AND n.interrupts
      FROM next n JOIN accounts_user u ON u.id = n.person_id
      JOIN (VALUES ('page'), ('email')) AS channel (name) ON channel.name = 'page' OR u.email <> ''
),
written AS (
    INSERT INTO followups_notice (id, step_id, person_id, channel, interrupts, state, made_at, send_after,
                                  attempts, message_id, accepted_at, problem)
    SELECT gen_random_uuid(), step_id, person_id, channel, interrupts,
           CASE channel WHEN 'page' THEN 'accepted' ELSE 'queued' END, %(at)s, %(at)s,
           0, '', CASE channel WHEN 'page' THEN %(at)s::timestamptz END, ''
      FROM told
    ON CONFLICT (step_id, person_id, channel) DO NOTHING
    RETURNING 1
)
SELECT count(*) FROM written
"""  # nosec B608 - only our own words
