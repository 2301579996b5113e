"""The room of the patterns of misuse: plain SQL over the trail, each naming a person, how often and when.

A pattern proves nothing: it is a question that an auditor answers. `at` is given; each looks back 35 days.
"""

from datetime import datetime, timedelta

from django.db import connection

from accounts.actors import engine
from accounts.context import acting_as
from casework.models.misuse import MisuseSearch, Pattern

BACK = timedelta(days=35)
MANY_IN_AN_HOUR = 30
UNLINKED_IN_A_DAY = 5
REFUSED_IN_TEN_MINUTES = 5
EMERGENCIES_IN_A_MONTH = 3

LOOKED = """
looked AS MATERIALIZED (
    SELECT e.force_id, e.actor_id AS person, e.scope_id AS record, e.at, e.detail ->> 'path' AS path
      FROM accounts_auditevent e
     WHERE e.verb = 'case.viewed' AND e.actor_kind = 'officer' AND e.force_id IS NOT NULL
       AND e.scope_id IS NOT NULL AND e.at > %(since)s AND e.at <= %(at)s
)"""
# One hit for each person and record in a month.
OF_RECORD = """
SELECT l.force_id, l.person, l.record::text || ' ' || to_char(l.at, 'YYYY-MM') AS about, l.record,
       count(*) AS times, min(l.at) AS first_at, max(l.at) AS last_at"""
SUPERVISES = """EXISTS (SELECT 1 FROM accounts_supervision v JOIN accounts_scope s ON s.id = l.record
                         WHERE v.user_id = l.person AND v.unit_id = s.unit_id)"""
SURNAME = "victims_latin(regexp_replace(u.name, '^.*\\s', ''))"

STATEMENTS: dict[Pattern, str] = {
    # Both parts of their own name; searches are kept as keys, never as words.
    Pattern.OWN_NAME: """
        SELECT s.force_id, s.by_id AS person, to_char(s.at, 'YYYY-MM') AS about, NULL::uuid AS record,
               count(*) AS times, min(s.at) AS first_at, max(s.at) AS last_at
          FROM casework_search s JOIN accounts_user u ON u.id = s.by_id
         CROSS JOIN LATERAL (
               SELECT count(DISTINCT n.part) AS parts, bool_or(n.part = n.last) AS surname
                 FROM (SELECT k.part, k.key, max(k.part) OVER () AS last
                         FROM victims_name_keys(victims_latin(u.name)) AS k) AS n
                WHERE n.key = ANY (s.keys)) AS own
         WHERE s.at > %(since)s AND s.at <= %(at)s AND own.parts > 1 AND own.surname
         GROUP BY 1, 2, 3""",
    Pattern.SAME_SURNAME: f"""
        WITH {LOOKED}
        {OF_RECORD}
          FROM looked l JOIN accounts_user u ON u.id = l.person
          JOIN victims_victim v ON v.scope_id = l.record AND v.last_name <> ''
         WHERE l.path NOT IN ('own', 'cover') AND victims_latin(v.last_name) = {SURNAME}
         GROUP BY l.force_id, l.person, 3, l.record""",  # nosec B608 - only our own words
    Pattern.NO_LINK: f"""
        WITH {LOOKED}
        SELECT l.force_id, l.person, to_char(l.at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD') AS about,
               NULL::uuid AS record, count(DISTINCT l.record) AS times, min(l.at) AS first_at, max(l.at) AS last_at
          FROM looked l
         WHERE l.path = 'unit' AND NOT {SUPERVISES}
           AND NOT EXISTS (SELECT 1 FROM casework_caseevent d
                            WHERE d.scope_id = l.record AND d.by_id = l.person
                              AND d.recorded_at BETWEEN l.at - interval '28 days' AND l.at + interval '1 day')
         GROUP BY 1, 2, 3 HAVING count(DISTINCT l.record) >= {UNLINKED_IN_A_DAY}""",  # nosec B608 - only our own words
    Pattern.BULK: f"""
        WITH {LOOKED}
        SELECT l.force_id, l.person, to_char(l.at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD HH24') AS about,
               NULL::uuid AS record, count(DISTINCT l.record) AS times, min(l.at) AS first_at, max(l.at) AS last_at
          FROM looked l
         GROUP BY 1, 2, 3 HAVING count(DISTINCT l.record) >= {MANY_IN_AN_HOUR}""",  # nosec B608 - only our own words
    Pattern.AFTER_TRANSFER: f"""
        WITH {LOOKED}
        {OF_RECORD}
          FROM looked l
         WHERE l.path NOT IN ('own', 'cover', 'emergency') AND NOT {SUPERVISES}
           AND EXISTS (SELECT 1 FROM casework_allocation a
                        WHERE a.scope_id = l.record AND a.owner_id = l.person AND a.ended_at < l.at - interval '1 day')
           AND NOT EXISTS (SELECT 1 FROM casework_allocation a
                            WHERE a.scope_id = l.record AND a.owner_id = l.person AND a.ended_at IS NULL)
         GROUP BY l.force_id, l.person, 3, l.record""",  # nosec B608 - only our own words
    Pattern.REFUSALS: f"""
        SELECT r.force_id, r.person, to_char(r.at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD HH24') AS about,
               NULL::uuid AS record, max(r.lately) AS times, min(r.at) AS first_at, max(r.at) AS last_at
          FROM (SELECT e.force_id, e.actor_id AS person, e.at, count(*) OVER (
                           PARTITION BY e.actor_id ORDER BY e.at
                           RANGE BETWEEN interval '10 minutes' PRECEDING AND CURRENT ROW) AS lately
                  FROM accounts_auditevent e
                 WHERE e.verb = 'access.refused' AND e.actor_kind = 'officer' AND e.force_id IS NOT NULL
                   AND e.at > %(since)s AND e.at <= %(at)s) AS r
         WHERE r.lately >= {REFUSED_IN_TEN_MINUTES} GROUP BY 1, 2, 3""",  # nosec B608 - only our own words
    Pattern.EMERGENCY_OPEN: """
        SELECT a.force_id, a.by_id AS person, a.id::text AS about, a.scope_id AS record, 1 AS times,
               a.at AS first_at, a.at AS last_at
          FROM casework_emergencyaccess a
         WHERE a.reviewed_at IS NULL AND a.at < %(at)s - interval '3 days'""",
    Pattern.EMERGENCY_OFTEN: f"""
        SELECT a.force_id, a.by_id AS person, to_char(%(at)s AT TIME ZONE 'Europe/London', 'YYYY-MM') AS about,
               NULL::uuid AS record, count(*) AS times, min(a.at) AS first_at, max(a.at) AS last_at
          FROM casework_emergencyaccess a
         WHERE a.at > %(at)s - interval '30 days' AND a.at <= %(at)s
         GROUP BY 1, 2 HAVING count(*) >= {EMERGENCIES_IN_A_MONTH}""",  # nosec B608 - only our own words
}
KEEP = """
INSERT INTO casework_misusehit AS h (id, force_id, pattern, person_id, about, record, times, first_at, last_at,
                                     found_at, finding, finding_words)
SELECT gen_random_uuid(), p.force_id, %(pattern)s, p.person, p.about, p.record, p.times, p.first_at, p.last_at,
       %(at)s, '', ''
  FROM ({statement}) AS p
ON CONFLICT (pattern, person_id, about) DO UPDATE
   SET times = EXCLUDED.times, first_at = EXCLUDED.first_at, last_at = EXCLUDED.last_at
 WHERE h.closed_at IS NULL AND (h.times, h.last_at) IS DISTINCT FROM (EXCLUDED.times, EXCLUDED.last_at)
"""


def look(at: datetime) -> None:
    """Every pattern was looked for in every force's trail; what fits is a hit that an auditor owes an answer to."""
    with acting_as(engine("misuse"), at=at), connection.cursor() as cursor:
        for pattern, statement in STATEMENTS.items():
            given: dict[str, str | datetime] = {
                "pattern": pattern.value,
                "at": at,
                "since": at - BACK,
            }
            cursor.execute(KEEP.format(statement=statement), given)
        MisuseSearch.objects.filter(done_at=None).update(done_at=at)


def look_if_asked(at: datetime) -> bool:
    """The same, if an auditor wants it now."""
    with acting_as(engine("misuse"), at=at):
        asked = MisuseSearch.objects.filter(done_at=None).exists()
    if asked:
        look(at)
    return asked
