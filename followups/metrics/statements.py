"""The room of what each number counts, as SQL: a row for each thing, cut to what whoever asks may see.

Each gives id, case_id, scope_id, reference, unit_id, side, part and value. Row-level security holds beneath it.
"""

from accounts.scoping import REACHED, REACHED_CASES
from casework.models import CaseStatus, ClosingOutcome, ContactOutcome, NrmStatus
from casework.voice.questions import ASKED, PARTLY, SAFE, SKIP, STOPPING, Disengaging
from followups.models import OWED, FollowUpState
from referrals.models import ReferralStatus
from training.standing import STANDINGS


def hours(between: str) -> str:
    """SQL for a span of time as hours."""
    return f"extract(epoch FROM {between})::float8 / 3600"


def days(between: str) -> str:
    """SQL for a span of time as days."""
    return f"extract(epoch FROM {between})::float8 / 86400"


# What is joined to the cases of a force comes from tables that are read whole, each through its wall: so cases are
# chosen first and kept, and of the others only what belongs to them is sorted and grouped [numbers.md].
_OF_CASE = "c.id, c.scope_id, c.reference, c.unit_id, c.victim_id, c.logged_at"


def _chosen(which: str) -> str:
    """SQL for the cases `c` of which that is so, logged by then and reached: what a number's statement begins with."""
    return f"""
WITH chosen AS MATERIALIZED (
    SELECT {_OF_CASE} FROM casework_case c
     WHERE {which} AND c.logged_at <= %(at)s AND {REACHED_CASES.format(of="c")})"""  # nosec B608 - only our own words


_LOGGED = _chosen("c.logged_at >= %(begins)s")
_OPEN = _chosen(f"c.status <> '{CaseStatus.CLOSED}'")


def _spoken_with(which: str) -> str:
    """SQL for when the first or last (min, max) conversation of each chosen case was."""
    return f"""(
    SELECT t.case_id, {which}(t.at) AS at FROM casework_contact t JOIN chosen o ON o.id = t.case_id
     WHERE t.outcome = '{ContactOutcome.SPOKE}' AND t.at <= %(at)s GROUP BY 1)"""  # nosec B608


# A conversation before the concern was logged counts as one at once.
FIRST_CONTACT = f"""{_LOGGED}
SELECT id, case_id, scope_id, reference, unit_id, side, value,
       CASE WHEN at IS NULL THEN 'never' WHEN value <= 24 THEN 'day' WHEN value <= 72 THEN 'three'
            WHEN value <= 168 THEN 'week' ELSE 'later' END AS part
  FROM (SELECT c.id, c.id AS case_id, c.scope_id, c.reference, c.unit_id, {{side}} AS side,
               greatest(0, {hours("spoke.at - c.logged_at")}) AS value, spoke.at
          FROM chosen c JOIN victims_victim v ON v.id = c.victim_id
          LEFT JOIN {_spoken_with("min")} spoke ON spoke.case_id = c.id) f"""  # nosec B608 - only our own words

SILENCE = f"""{_OPEN}
SELECT id, case_id, scope_id, reference, unit_id, side, value,
       CASE WHEN value <= 7 THEN 'week' WHEN value <= 14 THEN 'fortnight' WHEN value <= 28 THEN 'month'
            ELSE 'longer' END AS part
  FROM (SELECT c.id, c.id AS case_id, c.scope_id, c.reference, c.unit_id, {{side}} AS side,
               {days("%(at)s - greatest(c.logged_at, coalesce(spoke.at, c.logged_at))")} AS value
          FROM chosen c JOIN victims_victim v ON v.id = c.victim_id
          LEFT JOIN {_spoken_with("max")} spoke ON spoke.case_id = c.id) s"""  # nosec B608 - only our own words

_OWED = ", ".join(f"'{state}'" for state in OWED)
# Not `coalesce`, which the planner does not trust to keep quiet about rows, and so asks after the wall, row by row.
_DUE = "CASE WHEN f.due_at IS NULL THEN f.first_seen_at ELSE f.due_at END"
# The case lends a list its reference alone, and shares its Scope with its duties: where it is only counted, the planner
# leaves it out.
DUTIES = f"""
SELECT f.id, f.case_id, f.scope_id, c.reference, f.unit_id, {{side}} AS side,
       CASE WHEN f.state = '{FollowUpState.MET}' THEN NULL
            ELSE {days(f"coalesce(f.ended_at, %(at)s) - {_DUE}")} END AS value,
       CASE WHEN f.state = '{FollowUpState.MET}' THEN 'met' WHEN f.state = '{FollowUpState.MET_LATE}' THEN 'late'
            ELSE 'never' END AS part
  FROM followups_followup f LEFT JOIN casework_case c ON c.id = f.case_id
 WHERE f.case_id IS NOT NULL AND {_DUE} >= %(begins)s AND {_DUE} < %(at)s AND f.unit_id = ANY (%(units)s::uuid[])
   AND f.state IN ('{FollowUpState.MET}', '{FollowUpState.MET_LATE}', {_OWED})
   AND f.scope_id IN {REACHED}"""  # nosec B608 - only our own words

HOME_OFFICE = f"""{_LOGGED}
SELECT c.id, c.id AS case_id, c.scope_id, c.reference, c.unit_id, {{side}} AS side,
       {days("%(at)s - c.logged_at")} AS value,
       CASE WHEN n.case_id IS NOT NULL THEN 'nrm' WHEN d.case_id IS NOT NULL THEN 'dtn'
            WHEN k.case_id IS NOT NULL THEN 'not_a_victim' ELSE 'neither' END AS part
  FROM chosen c JOIN victims_victim v ON v.id = c.victim_id
  LEFT JOIN (SELECT DISTINCT case_id FROM casework_nrmreferral
              WHERE status <> '{NrmStatus.WITHDRAWN}') n ON n.case_id = c.id
  LEFT JOIN (SELECT DISTINCT case_id FROM casework_dutytonotify) d ON d.case_id = c.id
  LEFT JOIN (SELECT DISTINCT case_id FROM casework_closure
              WHERE agreed AND outcome = '{ClosingOutcome.NOT_A_VICTIM}') k ON k.case_id = c.id
"""  # nosec B608 - only our own words

_OF_REFERRAL = (
    """casework_case c ON c.id = r.case_id JOIN accounts_agency a ON a.id = r.agency_id"""
)
_ANSWERED = "least(r.accepted_at, r.declined_at)"
AGENCY_ANSWER = f"""
SELECT id, case_id, scope_id, reference, unit_id, side, value,
       CASE WHEN NOT answered THEN 'waiting' WHEN value <= 24 THEN 'day' WHEN value <= 72 THEN 'three'
            WHEN value <= 168 THEN 'week' ELSE 'later' END AS part
  FROM (SELECT r.id, r.case_id, r.scope_id, c.reference, c.unit_id, {{side}} AS side,
               {_ANSWERED} IS NOT NULL AS answered, {hours(f"coalesce({_ANSWERED}, %(at)s) - r.sent_at")} AS value
          FROM referrals_supportreferral r JOIN {_OF_REFERRAL}
         WHERE r.sent_at >= %(begins)s AND r.sent_at <= %(at)s AND r.scope_id IN {REACHED}
           AND ({_ANSWERED} IS NOT NULL
                OR r.status NOT IN ('{ReferralStatus.WITHDRAWN}', '{ReferralStatus.IN_ERROR}'))) r
"""  # nosec B608 - only our own words
AGENCY_CONTACT = f"""
SELECT id, case_id, scope_id, reference, unit_id, side, value,
       CASE WHEN NOT reached THEN 'waiting' WHEN value <= 48 THEN 'two' WHEN value <= 168 THEN 'week'
            ELSE 'later' END AS part
  FROM (SELECT r.id, r.case_id, r.scope_id, c.reference, c.unit_id, {{side}} AS side,
               r.first_contact_at IS NOT NULL AS reached,
               greatest(0, {hours("coalesce(r.first_contact_at, %(at)s) - r.accepted_at")}) AS value
          FROM referrals_supportreferral r JOIN {_OF_REFERRAL}
         WHERE r.accepted_at >= %(begins)s AND r.accepted_at <= %(at)s AND r.scope_id IN {REACHED}
           AND (r.first_contact_at IS NOT NULL OR r.status = '{ReferralStatus.ACCEPTED}')) r
"""  # nosec B608 - only our own words

DECLINES = f"""
SELECT r.id, r.case_id, r.scope_id, c.reference, c.unit_id, {{side}} AS side,
       {days("%(at)s - r.declined_at")} AS value,
       CASE WHEN EXISTS (SELECT 1 FROM referrals_supportreferral o
                          WHERE o.case_id = r.case_id AND o.sent_at > r.declined_at AND o.needs && r.needs)
            THEN 'asked' WHEN r.decline_handled_at IS NOT NULL THEN 'settled' ELSE 'nobody' END AS part
  FROM referrals_supportreferral r JOIN {_OF_REFERRAL}
 WHERE r.status = '{ReferralStatus.DECLINED}' AND r.declined_at >= %(begins)s AND r.declined_at <= %(at)s
   AND r.scope_id IN {REACHED}"""  # nosec B608 - only our own words

_ASKED_STATES = ", ".join(
    f"'{state}'"
    for state in (
        ReferralStatus.SENT,
        ReferralStatus.OPENED,
        ReferralStatus.NEEDS_INFO,
        ReferralStatus.ACCEPTED,
    )
)
# A person of several open cases has each need once: it stands with the case that was logged last. An agency that is
# asked in any case of theirs counts, in a unit that was not chosen too. A need mostly stands in the scope of its case,
# which was reached already; a person who is in no side is not read: an outer join that nothing asks of is left out.
# What belongs to these people alone is read by functions that are planned for just so many [followups/migrations/0024].
_THEM = "(SELECT array_agg(victim_id) FROM chosen)"
UNMET = f"""
WITH chosen AS MATERIALIZED (
    SELECT DISTINCT ON (c.victim_id) {_OF_CASE} FROM casework_case c
     WHERE c.status <> '{CaseStatus.CLOSED}' AND {REACHED_CASES.format(of="c")}
     ORDER BY c.victim_id, c.logged_at DESC, c.id
)
SELECT n.id, o.id AS case_id, n.scope_id, o.reference, o.unit_id, {{side}} AS side,
       {days("%(at)s - n.found_at")} AS value,
       CASE WHEN asked.reaches THEN 'supported' WHEN asked.waits THEN 'asked' ELSE 'nobody' END AS part
  FROM followups_needs_of({_THEM}) n JOIN chosen o ON o.victim_id = n.victim_id
  LEFT JOIN victims_victim v ON v.id = n.victim_id
  LEFT JOIN (SELECT r.person, need, bool_or(r.status = '{ReferralStatus.IN_PROGRESS}') AS reaches,
                    bool_or(r.status IN ({_ASKED_STATES})) AS waits
               FROM followups_referrals_of({_THEM}) r, unnest(r.needs) AS need
              WHERE r.status IN ('{ReferralStatus.IN_PROGRESS}', {_ASKED_STATES})
              GROUP BY 1, 2) asked ON asked.person = n.victim_id AND asked.need = n.kind
 WHERE n.ended_at IS NULL AND n.found_at <= %(at)s
   AND (n.scope_id = o.scope_id OR n.scope_id IN {REACHED})"""  # nosec B608 - only our own words

OUTCOMES = f"""
SELECT k.id, k.case_id, k.scope_id, c.reference, c.unit_id, {{side}} AS side,
       {days("k.decided_at - c.logged_at")} AS value,
       k.outcome AS part
  FROM casework_closure k JOIN casework_case c ON c.id = k.case_id JOIN victims_victim v ON v.id = c.victim_id
 WHERE k.agreed AND k.decided_at >= %(begins)s AND k.decided_at <= %(at)s AND k.scope_id IN {REACHED}
"""  # nosec B608 - only our own words

_EXPERIENCED = ", ".join(
    f"('{point}', '{question.name}')"
    for point, questions in ASKED.items()
    for question in questions
    if question.name == SAFE.name or set(PARTLY) <= set(question.answers)
)
# Of no case, and only for whom it is not about: as the pages on which answers are read.
_HEARD = """casework_voiceanswer v JOIN casework_asking k ON k.id = v.asking_id
  JOIN accounts_scope w ON w.id = k.scope_id"""  # nosec B608 - only our own words
_HEARD_BY = f"""v.at >= %(begins)s AND v.at <= %(at)s AND k.scope_id IN {REACHED}
   AND NOT casework_voice_about(k.case_id, %(reader)s)"""  # nosec B608 - only our own words
_OF_ANSWER = """v.id, NULL::uuid AS case_id, NULL::uuid AS scope_id,
       to_char(v.at AT TIME ZONE 'Europe/London', 'FMDD Mon YYYY') AS reference, w.unit_id, {side} AS side,
       NULL::float8 AS value"""
EXPERIENCE = f"""
SELECT {_OF_ANSWER},
       CASE coalesce(v.answers ->> q.name, '{SKIP}') WHEN 'yes' THEN 'yes' WHEN 'partly' THEN 'partly'
            WHEN 'not_sure' THEN 'partly' WHEN 'no' THEN 'no' ELSE 'skipped' END AS part
  FROM {_HEARD} JOIN (VALUES {_EXPERIENCED}) AS q (point, name) ON q.point = k.point
 WHERE {_HEARD_BY} AND coalesce(v.answers ->> q.name, '') <> 'no_interpreter'"""  # nosec B608 - only our own words
_STOPPED_AT = ", ".join(f"'{point}'" for point, several in ASKED.items() if STOPPING in several)
DISENGAGING = f"""
SELECT {_OF_ANSWER},
       CASE q.reason WHEN '{Disengaging.NOTHING}' THEN 'nothing' WHEN '{SKIP}' THEN 'skipped' ELSE 'reason' END AS part
  FROM {_HEARD}
  CROSS JOIN LATERAL jsonb_array_elements_text(
        CASE jsonb_typeof(v.answers -> '{STOPPING.name}') WHEN 'array' THEN v.answers -> '{STOPPING.name}'
             ELSE '["{SKIP}"]' END) AS q (reason)
 WHERE {_HEARD_BY} AND k.point IN ({_STOPPED_AT})"""  # nosec B608 - only our own words

_WORKS_THERE = "u.force_id = %(reach_force)s AND u.unit_id = ANY (%(units)s::uuid[])"
TRAINING = f"""{STANDINGS.replace("{who}", _WORKS_THERE)}
SELECT md5(s.user_id::text || s.course)::uuid AS id, NULL::uuid AS case_id, NULL::uuid AS scope_id,
       s.name AS reference, p.unit_id, {{side}} AS side,
       CASE WHEN s.state = 'lapsed' THEN %(on)s - s.expires_on END::float8 AS value, s.state AS part
  FROM standing s JOIN accounts_user p ON p.id = s.user_id
 WHERE s.required
"""  # nosec B608 - only our own words

# The worst of what the owner must have to be given an investigation; nobody owns what belongs to somebody who left.
SKILLS = f"""{STANDINGS.replace("{who}", "u.force_id = %(reach_force)s")}
SELECT c.id, c.id AS case_id, c.scope_id, c.reference, c.unit_id, {{side}} AS side, NULL::float8 AS value,
       CASE WHEN o.is_active IS NOT TRUE THEN 'nobody' ELSE coalesce(w.state, 'current') END AS part
  FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id
  LEFT JOIN accounts_user o ON o.id = c.owner_id
  LEFT JOIN (SELECT s.user_id, (array_agg(s.state ORDER BY array_position(
                        ARRAY['lapsed', 'missing', 'lapsing', 'current'], s.state)))[1] AS state
               FROM standing s WHERE s.required GROUP BY 1) w ON w.user_id = c.owner_id
 WHERE c.status NOT IN ('{CaseStatus.CLOSED}', '{CaseStatus.DRAFT}') AND c.logged_at <= %(at)s
   AND c.scope_id IN {REACHED}"""  # nosec B608 - only our own words
