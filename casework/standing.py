"""The room of where a case stands: the case, its header and what was done in it, in two plain questions."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

import clocks
from accounts.actors import Actor
from accounts.models import Force, Unit
from accounts.scoping import REACH, reach_values
from casework.models import Case, ContactOutcome, NrmStatus
from clocks.models import Calendar

Row = TypeVar("Row", bound=Model)


def _columns(model: type[Model], table: str) -> str:
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


# One statement with the case in every question, not joined: joined through seven tables, finding the order
# to join them in took the database longer than the whole page.
STANDING = f"""
SELECT {_columns(Unit, "u")}, {_columns(Force, "f")}, {_columns(Calendar, "k")},
       ARRAY(SELECT DISTINCT p.name FROM accounts_scopegrant g JOIN accounts_user p ON p.id = g.user_id
              WHERE g.scope_id = %(scope)s AND g.starts_at <= %(at)s
                AND (g.ends_at IS NULL OR g.ends_at > %(at)s) ORDER BY p.name) AS named,
       (SELECT r.number FROM casework_crimerecord r WHERE r.case_id = %(case)s
         ORDER BY r.at DESC, r.recorded_at DESC, r.id LIMIT 1) AS crime_number,
       (SELECT t.at FROM casework_authoritytold t WHERE t.case_id = %(case)s
         ORDER BY t.at DESC LIMIT 1) AS authority_told_at,
       (SELECT ARRAY[n.status, n.home_office_reference] FROM casework_nrmreferral n
         WHERE n.case_id = %(case)s AND n.status <> '{NrmStatus.WITHDRAWN}' LIMIT 1) AS nrm,
       (SELECT d.at FROM casework_dutytonotify d WHERE d.case_id = %(case)s
         ORDER BY d.at DESC LIMIT 1) AS notified_at,
       (SELECT t.at FROM casework_contact t WHERE t.case_id = %(case)s
           AND t.outcome = '{ContactOutcome.SPOKE}' ORDER BY t.at DESC LIMIT 1) AS reached_at,
       ARRAY(SELECT v.id FROM victims_victim v WHERE (v.id = %(root)s OR v.merged_into_id = %(root)s)
                AND v.id <> %(victim)s AND {REACH.format(of="v")} ORDER BY v.id) AS merged_with
  FROM accounts_unit u JOIN accounts_force f ON f.id = u.force_id JOIN clocks_calendar k ON k.id = f.calendar_id
 WHERE u.id = %(unit)s
"""  # nosec B608 - only our own words


def whole(actor: Actor, reference: str) -> Case:
    """The case with its header, and what its page says of it; `NotVisible` for a case out of reach.

    `named`: who else may see it. `crime_number`, `authority_told_at`, `nrm_status`, `nrm_reference`,
    `notified_at`, `reached_at`: the latest of each, None or empty if there is none. `known_records`: its
    person's own record first, then those merged with it.
    """
    cases = Case.objects.select_related("victim", "owner", "scope", "operation")
    found = cases.get_visible(actor, reference=reference)
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
    unit, force, calendar = _taken(Unit, values), _taken(Force, values), _taken(Calendar, values)
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
    ) = values
    case.known_records = [victim.pk, *merged_with]
    case.nrm_status, case.nrm_reference = nrm or ("", "")
    return found


def _taken(model: type[Row], values: list[Any]) -> Row:
    """The first columns of a row as the model's own; the rest stays."""
    names = [field.attname for field in model._meta.concrete_fields]
    row = model.from_db(connection.alias, names, values[: len(names)])
    del values[: len(names)]
    return row
