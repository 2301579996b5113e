"""Writes docs/time_limits.md: every time limit of the domain, where it lives, how long, and how far to trust it."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from clocks.deadlines import read
from clocks.models import Deadline
from followups.rules import RULES, told_in_order
from followups.templatetags.followups_tags import allowed, clock_words

LAST = 42
HEAD = """# Time limits

Every time limit that the project knows, by its number. The rule says what is owed and what ends it
(`followups/rules/`); the amounts, dates and sources are in `clocks/deadlines.toml`. Sourced: seen at its
source. Force default: a force chose it; no law or guidance gives a number. Unverified: believed, from an
older or secondary source; check it before relying on it. "By whom" says whose act it is; each may be
covered for. "Closes" says whether it must be done before the case can be closed. The same is shown in the product at
`/rules`, with how many are owed and were met this month, and beside every due time.

This file is written by `manage.py time_limits`; a test fails when it is not current.

| Number | Rule | What is owed | By whom | Time allowed | Who is told, in order | Closes | Standing and source |
|---|---|---|---|---|---|---|---|
"""
ELSEWHERE = """
## What the police do not owe

| Number | Why there is no rule |
|---|---|
"""
OTHERS = """
## Rules beside the numbered limits

| Rule | What is owed | By whom | Time allowed | Who is told, in order | Closes | Standing and source |
|---|---|---|---|---|---|---|
"""
# What is owed by somebody else, or by nobody in a case.
NOT_OURS = {
    "T29": "The probation service contacts the victim; the police tell them the sentence (T28).",
    "T33": "The local authority decides what follows; the police tell it of a child at once (T03).",
    "T34": "The local authority holds the conference; the date is a note in the case.",
    "T35": "The local authority makes the assessment.",
    "T39": "A body answers the Victims' Commissioner as a whole; no case is concerned.",
}


class Command(BaseCommand):
    help = "Prints docs/time_limits.md as it should be: manage.py time_limits > docs/time_limits.md"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")


def document() -> str:
    """The whole file."""
    deadlines: dict[str, list[Deadline]] = {}
    for row in read():
        if row.valid_to is None:
            deadlines.setdefault(row.rule, []).append(row)
    cited = {slug: set(re.findall(r"T\d\d", _duty(slug))) for slug in RULES}
    text = HEAD
    for number in (f"T{count:02}" for count in range(1, LAST + 1)):
        for slug in (slug for slug in RULES if number in cited[slug]):
            text += f"| {number} | {' | '.join(_cells(slug, deadlines[slug]))} |\n"
    text += ELSEWHERE + "".join(f"| {number} | {why} |\n" for number, why in NOT_OURS.items())
    text += OTHERS
    for slug in (slug for slug in RULES if not cited[slug]):
        text += f"| {' | '.join(_cells(slug, deadlines[slug]))} |\n"
    return text


def _duty(slug: str) -> str:
    return inspect.cleandoc(RULES[slug].__doc__ or "").splitlines()[0]


def _cells(slug: str, rows: list[Deadline]) -> Iterator[str]:
    yield f"`{slug}`"
    yield re.sub(r"\s*\[[^\]]*\]", "", _duty(slug))
    yield str(RULES[slug].owes.label)
    yield "; ".join(_allowed(row) for row in rows)
    yield told_in_order(RULES[slug], [row.unit for row in rows])
    yield "Not before" if RULES[slug].blocks_closing else ""
    said = {f"{row.get_status_display().capitalize()}: {row.source}": None for row in rows}
    yield "<br>".join(said)


def _allowed(row: Deadline) -> str:
    whose = [] if row.clock == "standard" else [clock_words(row.clock)]
    whose += [row.get_nation_display()] if row.nation else []
    return f"{allowed(row)} ({', '.join(whose)})" if whose else allowed(row)
