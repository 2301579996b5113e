"""The catalogue says whose each duty is and who is told when; the rules themselves bear it out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Value
from django.test import Client

from accounts.models import User
from followups.queues import OTHERS
from followups.rules import RULES, told_in_order
from followups.rules.base import Owes, Rule
from tests.cast import Cast
from tests.followups.conftest import AT


def says_nobody(rule: Rule, column: str) -> bool:
    """Whether every occurrence of the rule leaves it out."""
    said: Any = rule.occurrences(AT).query.annotations[column].get_source_expressions()[0]
    return isinstance(said, Value) and said.value is None


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_whose_it_is_said_to_be_is_whose_the_rule_makes_it(rule: Rule) -> None:
    no_owner, no_unit = says_nobody(rule, "o_owner_id"), says_nobody(rule, "o_unit_id")
    by_rule = {
        Owes.OFFICER: not no_owner,
        Owes.SUPERVISOR: no_owner and not no_unit,
        Owes.LEAD: no_owner and no_unit,
        Owes.SPECIALIST: not no_owner and not no_unit,
        Owes.AUDITOR: no_unit and not no_owner,
        Owes.APART: no_unit and not no_owner and says_nobody(rule, "o_scope_id"),
        Owes.ASKER: no_unit and not no_owner and says_nobody(rule, "o_scope_id"),
        Owes.THEMSELVES: not no_owner and says_nobody(rule, "o_case_id"),
        Owes.AGENCY: not says_nobody(rule, "o_agency_id"),
        Owes.HOME_OFFICE: rule.slug in OTHERS,
    }
    assert by_rule[rule.owes]


def test_the_steps_are_said_with_their_times() -> None:
    rule = RULES["transfer-unanswered"]
    assert told_in_order(rule, ["working_days"]) == (
        "Whoever holds it: 2 working days before, when due. Supervisor: a working day later."
        " Specialist lead: three working days later"
    )
    assert told_in_order(rule, ["hours"]) == (
        "Whoever holds it: when due. Supervisor: half the time again later."
        " Specialist lead: one and a half times as long later"
    )
    assert told_in_order(rule, ["hours", "working_days"]) == (
        "Whoever holds it: 2 working days before (if counted in days), when due."
        " Supervisor: half the time again later (a working day later)."
        " Specialist lead: one and a half times as long later (three working days later)"
    )
    assert told_in_order(RULES["agency-not-answered"], ["hours"]).startswith(
        "Whoever holds it: at once, when due."
    )


def test_the_page_says_who_owes_each(cast: Cast, client_of: Callable[[User], Client]) -> None:
    page = client_of(cast.olu).get("/rules").content.decode()
    for owes in Owes:
        assert page.count(str(owes.label).replace("'", "&#x27;")) == sum(
            rule.owes is owes for rule in RULES.values()
        )
