"""The room of the team queue's statements: counts and rows by the same words, cut to what the reader may see."""

from datetime import date

from accounts.scoping import REACH
from casework.models import CaseStatus
from followups.escalations import ESCALATION
from followups.models import OWED
from followups.rules import RULES
from followups.rules.base import Safety
from victims.models import AgeBand

# Said of `owed`, below: what is owed here, with what its case and its person add.
DUE = "(due_at <= %(soon)s OR due_at IS NULL)"
VIEWS = {
    "all": DUE,
    "overdue": "(due_at < %(at)s OR due_at IS NULL)",
    "soon": "(due_at >= %(at)s AND due_at <= %(soon)s)",
    "no-owner": "rule = ANY (%(holding)s)",
    "silent": f"(rule = ANY (%(agencies)s) AND {DUE})",
    "new": f"(sent_at >= %(tonight)s AND {DUE})",
    "children": f"(age_band <> '{AgeBand.ADULT}' AND {DUE})",
    "quiet": f"(rule = 'contact-lapsed' AND {DUE})",
    "closing": "rule = 'close-not-countersigned'",
}
"""Which owed things put a case into a view; what could not be worked out has no due time."""

URGENCY = (
    "CASE "
    + " ".join(
        f"WHEN rule = '{rule.slug}' THEN {rule.safety:d}"
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

# When somebody last spoke with the person, and until when the owner is away; nobody is away twice at a time.
SPOKE_AT = """(SELECT t.at FROM casework_contact t WHERE t.case_id = {of}.case_id AND t.outcome = %(spoke)s
         ORDER BY t.at DESC LIMIT 1)"""
AWAY_UNTIL = """(SELECT a.ends_at FROM accounts_absence a
         WHERE a.user_id = {of}.owner_id AND a.starts_at <= %(at)s AND a.ends_at > %(at)s LIMIT 1)"""
# Where the due time comes from: agreed, or the standing of its deadline.
STANDING = """CASE WHEN {of}.agreed_at IS NOT NULL THEN 'agreed'
            ELSE (SELECT d.status FROM clocks_deadline d WHERE d.id = {of}.deadline_id) END"""
# `Victim.on_record_as_child`.
IS_CHILD = f"""CASE WHEN v.of_age_on IS NULL THEN v.age_disputed OR v.age_band <> '{AgeBand.ADULT}'
            ELSE v.of_age_on > date '{date.min}' END"""
# Of whom only a record that is read as one with this doubts that they are an adult, it is not sure.
BAND = f"""CASE WHEN NOT {IS_CHILD} THEN '{AgeBand.ADULT}'
            ELSE coalesce(nullif(v.age_band, '{AgeBand.ADULT}'), '{AgeBand.UNSURE}') END"""
OF_CASE = (
    f"""c.reference, c.status, c.version, c.owner_id, c.sent_at, {BAND} AS age_band, v.language"""
)

# Read once, for the counts and for the rows. What is not due and in no view by its rule is most of the table: it is
# not looked at.
_OWED = f"""
WITH owed AS MATERIALIZED (
    SELECT f.case_id, f.id, f.rule, f.words, f.due_at, f.agreed_at, f.deadline_id, f.round,
           f.holder_id, {OF_CASE}
      FROM followups_followup f
      JOIN casework_case c ON c.id = f.case_id
      JOIN victims_victim v ON v.id = c.victim_id
     WHERE {OWED_HERE} AND ({DUE} OR {VIEWS["no-owner"]} OR {VIEWS["closing"]})
), counts AS (
    SELECT (SELECT count(*) FROM casework_case c WHERE {OPEN_HERE}) AS open_cases,
           {", ".join(f"count(DISTINCT case_id) FILTER (WHERE {view})" for view in VIEWS.values())}
      FROM owed
)"""  # nosec B608 - only our own words
# The most urgent thing of each case.
_DUE = f"""
    SELECT * FROM (
        SELECT DISTINCT ON (case_id) *, {URGENCY} AS urgency FROM owed WHERE {{view}}
         ORDER BY case_id, urgency, due_at NULLS FIRST, id) AS firsts
     ORDER BY urgency, due_at NULLS FIRST, id LIMIT %(few)s OFFSET %(skipped)s"""  # nosec B608 - only our own words
# Cases with nothing due yet, and the first thing that will be.
_LATER = f"""
    SELECT c.id AS case_id, n.*, {OF_CASE}, 0 AS urgency
      FROM casework_case c JOIN victims_victim v ON v.id = c.victim_id
      LEFT JOIN LATERAL (SELECT f.id, f.rule, f.words, f.due_at, f.agreed_at, f.deadline_id,
                                f.round, f.holder_id
                           FROM followups_followup f
                          WHERE f.case_id = c.id AND f.state IN ({STATES})
                          ORDER BY f.due_at LIMIT 1) n ON true
     WHERE {OPEN_HERE} AND NOT EXISTS (SELECT 1 FROM owed WHERE case_id = c.id AND {DUE})
     ORDER BY n.due_at NULLS FIRST, c.id LIMIT %(few)s OFFSET %(skipped)s"""  # nosec B608 - only our own words
_BOARD = f"""{_OWED}, shown AS ({{shown}}
)
SELECT counts.*, r.* FROM counts LEFT JOIN (
    SELECT shown.id, shown.rule, shown.words, shown.due_at AS due_at, {STANDING.format(of="shown")},
           shown.case_id, shown.reference, shown.status, shown.version, shown.age_band, shown.language, u.name,
           {SPOKE_AT.format(of="shown")} AS spoke_at, {AWAY_UNTIL.format(of="shown")},
           e.rung, e.doer, e.until, e.asked, e.answered, shown.urgency
      FROM shown LEFT JOIN accounts_user u ON u.id = shown.owner_id
      {ESCALATION.format(of="shown")}) r ON true
 ORDER BY r.urgency, r.due_at NULLS FIRST, r.spoke_at NULLS FIRST, r.id
"""  # nosec B608 - only our own words
BOARDS = {"later": _BOARD.format(shown=_LATER)} | {
    slug: _BOARD.format(shown=_DUE.format(view=view)) for slug, view in VIEWS.items()
}
"""Of each view: the counts of all views, and beside them its rows: a follow-up (perhaps none) and its case."""
