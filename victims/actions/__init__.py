"""The room of what can become true of a person's record: one function a verb."""

from victims.actions.age import determine_age, dispute_age, record_age
from victims.actions.consent import record_consent
from victims.actions.facts import add_fact, end_fact, replace_fact
from victims.actions.missing import (
    record_alert,
    record_found,
    record_missing,
    record_return_interview,
)
from victims.actions.person import (
    EDITABLE,
    edit_person,
    judge_risk,
    lock_victim,
    officer_id,
    one_at_a_time,
    record_reveal,
    set_needs,
    set_safe_contact,
)
from victims.actions.told import guarded, needs_reason, tell_topic

__all__ = [
    "EDITABLE",
    "add_fact",
    "determine_age",
    "dispute_age",
    "edit_person",
    "end_fact",
    "guarded",
    "judge_risk",
    "lock_victim",
    "needs_reason",
    "officer_id",
    "one_at_a_time",
    "record_age",
    "record_alert",
    "record_consent",
    "record_found",
    "record_missing",
    "record_return_interview",
    "record_reveal",
    "replace_fact",
    "set_needs",
    "set_safe_contact",
    "tell_topic",
]
