"""Every time limit has a rule, or a reason why nobody in a force owes it; the document says so, and is current."""

import re
from pathlib import Path

from clocks.deadlines import read
from followups.management.commands.time_limits import LAST, NOT_OURS, document
from followups.rules import RULES

FILE = Path(__file__).resolve().parents[2] / "docs" / "time_limits.md"


def test_the_document_is_current() -> None:
    assert FILE.read_text() == document(), "manage.py time_limits > docs/time_limits.md"


def test_every_number_has_a_rule_or_a_reason_and_not_both() -> None:
    cited = {
        number for rule in RULES.values() for number in re.findall(r"T\d\d", rule.__doc__ or "")
    }
    assert cited | set(NOT_OURS) == {f"T{count:02}" for count in range(1, LAST + 1)}
    assert cited & set(NOT_OURS) == set()


def test_every_rule_has_its_deadlines_and_every_deadline_its_rule() -> None:
    assert {row.rule for row in read()} == set(RULES)
