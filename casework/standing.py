"""The room of where a case stands: the case, its header and what was done in it, in two plain questions."""

from typing import Any
from uuid import UUID

from django.db import connection

import clocks
from accounts.actors import Actor
from accounts.models import Force, Scope, Unit, User
from accounts.scoping import REACH, NotVisible, reach_values
from accounts.statements import columns, taken, taken_or_none
from casework.models import Case, Operation
from clocks.models import Calendar
from victims.models import Victim

WHOSE = f"""
SELECT {columns(Case, "c")}, {columns(Scope, "s")}, {columns(Victim, "v")}, {columns(User, "u")},
       {columns(Operation, "o")}
  FROM casework_case c JOIN accounts_scope s ON s.id = c.scope_id JOIN victims_victim v ON v.id = c.victim_id
  LEFT JOIN accounts_user u ON u.id = c.owner_id LEFT JOIN casework_operation o ON o.id = c.operation_id
 WHERE c.reference = %(reference)s AND {REACH.format(of="c")}
"""  # nosec B608 - only our own words
# The case in a question of its own, not joined: joined through seven tables, finding the order to join them in
# took the database longer than the whole page.
STANDING = f"""
SELECT {columns(Unit, "u")}, {columns(Force, "f")}, {columns(Calendar, "k")}, x.*,
       ARRAY(SELECT ARRAY[v.id::text, c.reference] FROM victims_victim v
               LEFT JOIN casework_case c ON c.victim_id = v.id AND {REACH.format(of="c")}
              WHERE (v.id = %(root)s OR v.merged_into_id = %(root)s)
                AND v.id <> %(victim)s AND {REACH.format(of="v")} ORDER BY v.id, c.reference) AS merged_with,
       (SELECT n.name FROM casework_transfer t JOIN accounts_unit n ON n.id = t.to_unit_id
         WHERE t.case_id = %(case)s AND t.status = 'offered') AS offered_to,
       EXISTS (SELECT 1 FROM casework_allocation a
                WHERE a.case_id = %(case)s AND a.ended_at IS NULL AND a.opened_at IS NULL) AS unopened
  FROM accounts_unit u JOIN accounts_force f ON f.id = u.force_id JOIN clocks_calendar k ON k.id = f.calendar_id
 CROSS JOIN casework_standing(%(case)s, %(scope)s, %(at)s) x
 WHERE u.id = %(unit)s
"""  # nosec B608 - only our own words


def whole(actor: Actor, reference: str) -> Case:
    """The case with its header, and what its page says of it; `NotVisible` for a case out of reach.

    `named`: who else may see it. `crime_number`, `authority_told_at`, `nrm_status`, `nrm_reference`,
    `notified_at`, `reached_at`: the latest of each, None or empty if there is none. `known_records`: its
    person's own record first, then those merged with it; `same_person`: the references of their cases.
    `offered_to`: the unit that is asked to take it over. `unopened`: its owner has not opened it since it is theirs.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHOSE, {"reference": reference} | reach_values(actor))
        row = cursor.fetchone()
    if row is None:
        raise NotVisible(Case._meta.label)
    found = _with_people(list(row))
    case: Any = found  # what is said of it is no field
    victim = found.victim
    asked: dict[str, Any] = {
        "case": case.pk,
        "scope": case.scope_id,
        "unit": case.unit_id,
        "at": clocks.now(),
        "victim": victim.pk,
        "root": victim.merged_into_id or victim.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDING, asked | reach_values(actor))
        values = list(cursor.fetchone())
    unit, force, calendar = taken(Unit, values), taken(Force, values), taken(Calendar, values)
    force.calendar, unit.force = calendar, force
    case.scope.unit, case.scope.force = unit, force
    (
        case.named,
        case.crime_number,
        case.authority_told_at,
        nrm,
        case.notified_at,
        case.reached_at,
        merged_with,
        case.offered_to,
        case.unopened,
    ) = values
    case.known_records = [
        victim.pk,
        *dict.fromkeys(UUID(record) for record, _reference in merged_with),
    ]
    case.same_person = [reference for _record, reference in merged_with if reference]
    case.nrm_status, case.nrm_reference = nrm or ("", "")
    return found


def _with_people(values: list[Any]) -> Case:
    case = taken(Case, values)
    case.scope, case.victim = taken(Scope, values), taken(Victim, values)
    case.owner, case.operation = taken_or_none(User, values), taken_or_none(Operation, values)
    return case
