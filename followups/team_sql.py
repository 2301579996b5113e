"""The room of the team queue's statements: counts and rows by the same words, cut to what the reader may see."""

from accounts.scoping import REACH
from casework.models import CaseStatus
from followups.models import OWED
from followups.rules import RULES
from followups.rules.base import Safety
from victims.models import AgeBand

DUE = "(f.due_at <= %(soon)s OR f.due_at IS NULL)"
VIEWS = {
    "all": DUE,
    "overdue": "(f.due_at < %(at)s OR f.due_at IS NULL)",
    "soon": "(f.due_at >= %(at)s AND f.due_at <= %(soon)s)",
    "no-owner": "f.rule = ANY (%(holding)s)",
    "silent": f"(f.rule = ANY (%(agencies)s) AND {DUE})",
    "new": f"(c.sent_at >= %(tonight)s AND {DUE})",
    "children": f"(v.age_band <> '{AgeBand.ADULT}' AND {DUE})",
    "quiet": f"(f.rule = 'contact-lapsed' AND {DUE})",
    "closing": "f.rule = 'close-not-countersigned'",
}
"""Which owed things put a case into a view; what could not be worked out has no due time."""

URGENCY = (
    "CASE "
    + " ".join(
        f"WHEN f.rule = '{rule.slug}' THEN {rule.safety:d}"
        for rule in RULES.values()
        if rule.safety is not Safety.ROUTINE
    )
    + f" ELSE {Safety.ROUTINE:d} END"
)
STATES = ", ".join(f"'{state}'" for state in OWED)
OWED_HERE = (
    f"f.unit_id = ANY (%(units)s::uuid[]) AND f.state IN ({STATES}) AND {REACH.format(of='f')}"
)
OPEN_HERE = f"c.unit_id = ANY (%(units)s::uuid[]) AND c.status <> '{CaseStatus.CLOSED}' AND {REACH.format(of='c')}"

# What is not due and in no view by its rule is most of the table: it is not looked at.
COUNTS = f"""
SELECT (SELECT count(*) FROM casework_case c WHERE {OPEN_HERE}),
       {", ".join(f"count(DISTINCT f.case_id) FILTER (WHERE {view})" for view in VIEWS.values())}
  FROM followups_followup f
  JOIN casework_case c ON c.id = f.case_id
  JOIN victims_victim v ON v.id = c.victim_id
 WHERE {OWED_HERE} AND ({DUE} OR {VIEWS["no-owner"]} OR {VIEWS["closing"]})
"""  # nosec B608 - only our own words

# What a row says of its case, and when somebody last spoke with the person; nobody is away twice at a time.
SAID = """c.id, c.reference, c.status, c.version, v.age_band, v.language, o.name,
       (SELECT t.at FROM casework_contact t WHERE t.case_id = c.id AND t.outcome = %(spoke)s
         ORDER BY t.at DESC LIMIT 1) AS spoke_at,
       (SELECT a.ends_at FROM accounts_absence a
         WHERE a.user_id = c.owner_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s LIMIT 1)"""
PERSON_AND_OWNER = """
  JOIN victims_victim v ON v.id = c.victim_id
  LEFT JOIN accounts_user o ON o.id = c.owner_id"""

# Where the due time comes from: agreed, or the standing of its deadline.
STANDING = """CASE WHEN {of}.agreed_at IS NOT NULL THEN 'agreed'
            ELSE (SELECT d.status FROM clocks_deadline d WHERE d.id = {of}.deadline_id) END"""

# Which fifty comes first, from the follow-ups alone; only those fifty are joined with their cases.
_DUE_ROWS = f"""
WITH shown AS (
    SELECT * FROM (
        SELECT DISTINCT ON (f.case_id) f.case_id, f.id, f.rule, f.words, f.due_at, f.agreed_at,
               f.deadline_id, {URGENCY} AS urgency
          FROM followups_followup f {{joins}}
         WHERE {OWED_HERE} AND f.case_id IS NOT NULL AND {{view}}
         ORDER BY f.case_id, urgency, f.due_at NULLS FIRST, f.id) AS firsts
     ORDER BY urgency, due_at NULLS FIRST, id LIMIT %(few)s OFFSET %(skipped)s
)
SELECT shown.id, shown.rule, shown.words, shown.due_at, {STANDING.format(of="shown")}, {SAID}
  FROM shown JOIN casework_case c ON c.id = shown.case_id {PERSON_AND_OWNER}
 ORDER BY urgency, shown.due_at NULLS FIRST, spoke_at NULLS FIRST, shown.id
"""  # nosec B608 - only our own words
_LATER_ROWS = f"""
SELECT n.id, n.rule, n.words, n.due_at, {STANDING.format(of="n")}, {SAID}
  FROM casework_case c{PERSON_AND_OWNER}
  LEFT JOIN LATERAL (SELECT f.id, f.rule, f.words, f.due_at, f.agreed_at, f.deadline_id
                       FROM followups_followup f
                      WHERE f.case_id = c.id AND f.state IN ({STATES})
                      ORDER BY f.due_at LIMIT 1) n ON true
 WHERE {OPEN_HERE} AND NOT EXISTS (SELECT 1 FROM followups_followup f
                                    WHERE f.case_id = c.id AND f.unit_id = ANY (%(units)s::uuid[])
                                      AND f.state IN ({STATES}) AND {DUE})
 ORDER BY n.due_at NULLS FIRST, c.id LIMIT %(few)s OFFSET %(skipped)s
"""  # nosec B608 - only our own words
OF_CASE = """
          JOIN casework_case c ON c.id = f.case_id
          JOIN victims_victim v ON v.id = c.victim_id"""
ROWS = {"later": _LATER_ROWS} | {
    slug: _DUE_ROWS.format(view=view, joins=OF_CASE if "c." in view or "v." in view else "")
    for slug, view in VIEWS.items()
}
"""The rows of each view: the follow-up (perhaps none), and what a row says of its case."""
