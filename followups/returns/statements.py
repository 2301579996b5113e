"""The room of what the Home Office counts, as SQL: a row for each thing, as the numbers have it."""

from functools import cache
from itertools import combinations
from pathlib import Path

from accounts.scoping import REACHED
from casework.models import Decision, NrmStatus, Said, SituationKind
from victims.models import AgeBand

# The Home Office publishes kinds in groups [domain 5.1].
GROUPS = {
    SituationKind.FORCED_WORK: "labour",
    SituationKind.WAGES_TAKEN: "labour",
    SituationKind.FORCED_FRAUD: "labour",
    SituationKind.PROSTITUTION: "sexual",
    SituationKind.CHILD_SEXUAL: "sexual",
    SituationKind.HELD_ASSAULTED: "sexual",
    SituationKind.FORCED_CRIME: "criminal",
    SituationKind.ORGANS: "organs",
    SituationKind.HOUSEHOLD: "domestic",
}
NOT_KNOWN = "not-known"
KINDS = [
    "+".join(several)
    for many in range(1, len(set(GROUPS.values())) + 1)
    for several in combinations(sorted(set(GROUPS.values())), many)
]


@cache
def nationalities() -> dict[str, str]:
    """The nationalities of the national form, each with its country as ISO 3166-1 has it."""
    text = (Path(__file__).parent / "nationalities.csv").read_text(encoding="utf-8")
    lines = (line.rsplit(",", 1) for line in text.splitlines()[1:])
    return dict(lines)


def _values(pairs: dict[str, str]) -> str:
    return ", ".join(f"('{one}', '{other}')" for one, other in pairs.items())


AGE_THEN = f"""CASE WHEN s.child_then = '{Said.YES}' OR v.age_band = '{AgeBand.CHILD}' THEN 'child'
    WHEN s.child_then = '{Said.NO}' THEN 'adult' ELSE '{NOT_KNOWN}' END"""
"""Under 18 when it happened; who is under 18 now was so then."""
GENDER = f"coalesce(nullif(v.gender, ''), '{NOT_KNOWN}')"
# What somebody wrote down freely is in no table.
COUNTRY = f"""coalesce((SELECT k.country FROM (VALUES {_values(nationalities())}) AS k (nationality, country)
    WHERE k.nationality = trim(v.nationality)), '{NOT_KNOWN}')"""  # nosec B608 - only our own words
_PERSON = "casework_case c ON c.id = n.case_id JOIN victims_victim v ON v.id = c.victim_id"
_ROW = "n.id, n.case_id, n.scope_id, c.reference, c.unit_id, {side} AS side, NULL::float8 AS value"
_THEN = "LEFT JOIN casework_safeguarding s ON s.case_id = c.id"
_IN_TIME = f"n.at >= %(begins)s AND n.at <= %(at)s AND n.scope_id IN {REACHED}"

REFERRED = f"""
SELECT {_ROW}, coalesce(e.kinds, '{NOT_KNOWN}') AS part
  FROM casework_nrmreferral n JOIN {_PERSON} {_THEN}
  LEFT JOIN (SELECT t.case_id, string_agg(DISTINCT g.name, '+' ORDER BY g.name) AS kinds
               FROM casework_situation t CROSS JOIN LATERAL jsonb_array_elements_text(t.kinds) AS k (kind)
               JOIN (VALUES {_values({str(kind): name for kind, name in GROUPS.items()})}) AS g (kind, name)
                 ON g.kind = k.kind
              WHERE t.taken_out_at IS NULL GROUP BY 1) e ON e.case_id = c.id
 WHERE n.status <> '{NrmStatus.WITHDRAWN}' AND {_IN_TIME}"""  # nosec B608 - only our own words
NOTIFIED = f"""
SELECT {_ROW}, 'notified' AS part FROM casework_dutytonotify n JOIN {_PERSON} {_THEN}
 WHERE {_IN_TIME}"""  # nosec B608 - only our own words
_DECIDED = ", ".join(
    f"'{each}'"
    for each in (
        *(Decision.RG_POSITIVE, Decision.RG_NEGATIVE),
        *(Decision.CG_POSITIVE, Decision.CG_NEGATIVE),
    )
)
DECIDED = f"""
SELECT {_ROW}, n.kind AS part FROM casework_nrmevent n JOIN {_PERSON} {_THEN}
 WHERE n.kind IN ({_DECIDED}) AND {_IN_TIME}"""  # nosec B608 - only our own words
