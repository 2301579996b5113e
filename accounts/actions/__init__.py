"""The room of what can be done about people: who is here, what they may do, where they are, when they are away."""

from accounts.actions.absences import end_absence, record_absence
from accounts.actions.agencies import add_agency, add_agency_worker, change_agency
from accounts.actions.days import decide_day, undecide_day
from accounts.actions.directory import arrive
from accounts.actions.keys import make_key, revoke_key
from accounts.actions.leaving import come_back, leave
from accounts.actions.people import (
    add_person,
    change_person,
    give_role,
    make_password_link,
    set_password,
    set_roles,
    take_role,
)
from accounts.actions.reasons import give_reason, set_asks_why
from accounts.actions.second_step import (
    add_app,
    add_passkey,
    end_all_sessions,
    end_other_sessions,
    end_session,
    forget_sessions,
    make_codes,
    read_notices,
    remove_step,
    reset_second_step,
)
from accounts.actions.shifts import change_shift, set_shifts
from accounts.actions.units import add_unit, change_unit, set_supervisors

__all__ = [
    "add_agency",
    "add_agency_worker",
    "add_app",
    "add_passkey",
    "add_person",
    "add_unit",
    "arrive",
    "change_agency",
    "change_person",
    "change_shift",
    "change_unit",
    "come_back",
    "decide_day",
    "end_absence",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "forget_sessions",
    "give_reason",
    "give_role",
    "leave",
    "make_codes",
    "make_key",
    "make_password_link",
    "read_notices",
    "record_absence",
    "remove_step",
    "reset_second_step",
    "revoke_key",
    "set_asks_why",
    "set_password",
    "set_roles",
    "set_shifts",
    "set_supervisors",
    "take_role",
    "undecide_day",
]
