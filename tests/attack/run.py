"""Takes each wall away in turn and finds out what notices; `python -m tests.attack.run` writes the report.

Each mutant lives in a forked process of its own. A door's `@requires` and an act's `check` are judged by the house's
own tests, a scoping by what the database alone gives, and everything else by the tests that come by it, quickest first.
"""

import argparse
import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

import tests.conftest  # noqa: F401 - sets Django up, in a database of its own

# isort: split

from tests.attack import mutant, walls_of
from tests.attack.sites import TREE, Site, sites

KEPT = TREE / "var" / "attack"
REPORT = TREE / "docs" / "security" / "mutation.md"
FILTERS = TREE / "docs" / "security" / "mutation_of_filters.md"
LIMIT = 300  # seconds that one mutant may take
MOST = 25  # tests that are tried on one
CAUGHT, STOPPED, SAME, OPEN = "caught", "stopped by the database", "changes nothing", "open"
DOOR = "tests/house/test_access.py::test_every_address_is_sorted"
TOKEN = (
    "tests/referrals/test_scopes.py::test_no_address_opens_to_a_token_that_has_every_other_scope"
)
ACT = "tests/house/test_acts_ask.py::test_an_act_asks_before_it_looks"
BY_DATABASE = {"scoped", "sql"}  # what the database may stop
# What a test that is about a refusal is called, so that it is tried first.
ABOUT = (
    "nobody",
    "not",
    "only",
    "other",
    "refus",
    "beyond",
    "own",
    "force",
    "agenc",
    "may",
    "else",
)


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant, and what noticed it."""

    site: str
    kind: str
    what: str
    by: str


def tests_by_wall() -> dict[str, list[str]]:
    """Which tests come by each wall, as the recorder noted them; those about refusals first, then the quickest."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for noted in KEPT.glob("map-*.json"):
        for name, passed in json.loads(noted.read_text()).items():
            found[name] |= passed
    return {
        name: sorted(passed, key=lambda test: (_is_not_about(test), passed[test]))
        for name, passed in found.items()
    }


def _is_not_about(test: str) -> bool:
    return not any(word in test.rpartition("::")[2] for word in ABOUT)


def note_tests(*where: str) -> None:
    """Run the tests once, noting which comes by which wall."""
    for old in KEPT.glob("map-*.json"):
        old.unlink()
    words = ["-q", "-n", "2", "-p", "tests.attack.recorder", "-p", "no:cacheprovider", *where]
    subprocess.run([sys.executable, "-m", "pytest", *words], cwd=TREE, check=True)


class _First:
    """A plugin that keeps the name of the first test that fails."""

    name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.name:
            self.name = report.nodeid


def _by_tests(tests: list[str]) -> str:
    """The first of these tests that fails in this process; '' when all pass."""
    first = _First()
    quiet = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestWarning"]
    with contextlib.redirect_stdout(io.StringIO()):
        ended = pytest.main([*quiet, *tests], plugins=[first])
    if ended not in {0, 1}:
        raise mutant.Unmade(f"pytest ended with {ended}")
    return first.name


def _by_house(name: str, test: Callable[[], Any]) -> str:
    try:
        test()
    except AssertionError:
        return name
    return ""


def may_be_stopped(site: Site) -> bool:
    """Whether the database may stop it: a first wall that is taken away, or a part of one."""
    return site.kind in BY_DATABASE or site.function.endswith("visible_to")


def judge(site: Site, tests: list[str], proved: set[str]) -> Verdict:
    """What notices that this wall is gone, in a process that has it no longer afterwards."""
    if may_be_stopped(site) and (of := walls_of.models(site)) and of <= proved:
        return _said(site, STOPPED, ", ".join(sorted(of)))
    if site.name in walls_of.HELD:
        return _said(site, STOPPED, walls_of.HELD[site.name])
    if site.name in walls_of.SAME:
        return _said(site, SAME, walls_of.SAME[site.name])
    mutant.make(site)
    if site.kind == "requires":
        if by := _by_house(DOOR, walls_of.every_address_is_sorted):
            return _said(site, CAUGHT, by)
    elif site.kind == "check" and (act := next(walls_of.acts_that_go_on(), "")):
        return _said(site, CAUGHT, f"{ACT}[{act}]")
    tests = [TOKEN] if site.kind == "scope" else tests
    if tests and (by := _by_tests(tests[:MOST])):
        return _said(site, CAUGHT, by)
    return _said(site, OPEN, f"{len(tests[:MOST])} tests came by")


def _said(site: Site, what: str, by: str) -> Verdict:
    return Verdict(site.name, site.kind, what, by)


def forked(site: Site, tests: list[str], proved: set[str]) -> Verdict:
    """The verdict of a process of its own, which ends with its mutant."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        signal.alarm(LIMIT)
        try:
            verdict = judge(site, tests, proved)
        except BaseException as wrong:
            verdict = _said(site, OPEN, f"the runner: {wrong!r}"[:300])
        with os.fdopen(into, "w") as line:
            line.write(json.dumps(asdict(verdict)))
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as line:
        said = line.read()
    os.waitpid(child, 0)
    return Verdict(**json.loads(said)) if said else _said(site, OPEN, "took too long")


def verdicts(
    chosen: list[Site], by_wall: dict[str, list[str]], proved: set[str]
) -> Iterator[Verdict]:
    """Each mutant's verdict, one after another; the tests run in the database that Django is connected to."""
    mutant.prepare()
    walls_of.prepare()
    for site in chosen:
        named = [walls_of.NAMED[site.name]] if site.name in walls_of.NAMED else []
        noted = by_wall.get(site.name) or walls_of.BESIDE.get(site.file, [])
        yield forked(site, named + noted, proved)


def lane(number: int, chosen: list[Site], by_wall: Any, proved: set[str], into: Path) -> None:
    """One of several processes that judge at once, in a database of its own."""
    with walls_of.own_database(f"lane_{number}"), into.open("w") as lines:
        for verdict in verdicts(chosen, by_wall, proved):
            lines.write(json.dumps(asdict(verdict)) + "\n")
            lines.flush()


def everything(chosen: list[Site], lanes: int, proved: set[str]) -> list[Verdict]:
    """All verdicts, by several processes at once."""
    by_wall = tests_by_wall()
    files, children = [], []
    for number in range(lanes):
        into = KEPT / f"verdicts-{os.getpid()}-{number}.jsonl"
        files.append(into)
        if not (child := os.fork()):
            lane(number, chosen[number::lanes], by_wall, proved, into)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    found = [Verdict(**json.loads(line)) for file in files for line in file.open()]
    order = {site.name: at for at, site in enumerate(chosen)}
    return sorted(found, key=lambda verdict: order[verdict.site])


KINDS = {
    "requires": "a page's door: `@requires` is taken away",
    "scope": "the API's door: a token needs no scope",
    "check": "an act's own lock: `check(by, …)` is taken away",
    "can": "a question to the role: `can(…)` says yes to everybody",
    "scoped": "the first wall: `visible_to`, `get_visible`, `reached_from` give every row",
    "reach": "the reach in a query is everything",
    "sql": "the reach in a hand-written statement is everything",
    "narrowed": "a filter by the actor's own force, agency, unit or name is dropped",
    "compared": "a comparison with whoever acts lets everybody pass",
}


def report(found: list[Verdict], head: str) -> str:
    """The document: how many of each kind, and each that no test notices."""
    kinds = [kind for kind in KINDS if any(verdict.kind == kind for verdict in found)]
    counted = Counter((verdict.kind, verdict.what) for verdict in found)
    whats = (CAUGHT, STOPPED, SAME, OPEN)
    lines = [head, "| what was taken away | " + " | ".join(whats) + " |", "|---|" + "--:|" * 4]
    for kind in kinds:
        numbers = " | ".join(str(counted[kind, what]) for what in whats)
        lines.append(f"| {KINDS[kind]} | {numbers} |")
    totals = Counter(verdict.what for verdict in found)
    lines.append("| all | " + " | ".join(str(totals[what]) for what in whats) + " |")
    lines += ["", "## What no test notices", "", "| where | verdict | why |", "|---|---|---|"]
    lines += [
        f"| {_cell(v.site)} | {v.what} | {_cell(v.by)} |" for v in found if v.what in {SAME, OPEN}
    ]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


# What is asked each time. The others need the tests noted first (`--tests tests`), which takes as long as they do.
ALWAYS = ("requires", "scope", "check", "scoped", "sql")

HEAD = """# What notices when a wall is taken away

Every `visible_to` (and `get_visible`, `reached_from`, `answerable_by`, the reach in hand-written SQL), every page's
`@requires`, every scope of the API and every `check` of a permission in the code, found by its syntax, was taken away
alone, and the tests and the database were asked whether they notice. `python -m tests.attack.run` writes this table; it
ends with 1 when anything is open.

- **caught**: a test fails.
- **stopped by the database**: row-level security alone gives nobody a row of these models beyond what the first wall
  would, in the invented force as each of sixteen people (`tests/attack/second_wall.py`), so what stands without the
  first wall shows nothing of another's.
- **changes nothing**: the mutant does what the code does, and why.
- **open**: nothing noticed.

What changes nothing, and what of the database's stops is named in `HELD` (`tests/attack/walls_of.py`), was judged by
reading.

Not in the table: questions that only decide what a page offers (`can`), filters by one's own force, agency or name,
and comparisons with whoever acts. `--kinds can narrowed compared reach --tests tests` asks about those too, with
[what came of it](mutation_of_filters.md): it notes first which test comes by which, which takes as long as all do.
"""
HEAD_OF_FILTERS = """# What notices when a filter by whoever asks is taken away

Beside [the walls](mutation.md) stand filters by one's own force, agency, unit or name, comparisons with whoever acts,
and the reach in a query. `python -m tests.attack.run --kinds narrowed compared reach --tests tests` takes each away
alone and tries the tests that come by and are quick to prepare and to run, at most so many as make it wait for a few
seconds, those about refusals first.

**open** means that none of these noticed, not that a row is shown. Most such filters stand before a table whose own
wall in the database asks for the same (a force's guidance and on-call list, an agency's webhooks, what somebody is
typing), or before an act that asks again, or say how a page speaks to whoever opened it. The slow tests, which ask
every address of a row as a stranger (`tests/house/test_relations.py`) and switch Python's scoping off
(`test_second_wall.py`), are not among those tried. Nobody has judged each line yet. Of `can` few were asked.
"""


# Of every kind that a test notices, and of each room, one or two.
SAMPLE = {
    "casework/views/case.py case: requires(Permission.CASE_VIEW)",
    "followups/views.py queue: requires(Permission.QUEUE_VIEW)",
    "casework/actions/closing.py ask_to_close: check(by, Permission.CASE_CLOSE)",
    "accounts/actions/agencies.py add_agency_worker: check(by, Permission.AGENCY_MANAGE)",
    "accounts/views/exports.py request_one: rows.get_visible(request.actor, pk=pk)",
    "training/actions/records.py verify_record: rows.get_visible(by, pk=record.pk)",
}


def main() -> int:
    """0 when nothing is open."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--tests", nargs="*", help="note anew which tests come by which wall")
    words.add_argument("--kinds", nargs="*", choices=list(KINDS), default=list(ALWAYS))
    words.add_argument("--sample", action="store_true", help="the few of the short setting")
    words.add_argument("--only", default="", help="walls whose name contains this")
    words.add_argument("--lanes", type=int, default=2)
    words.add_argument("--dry", action="store_true", help="print what is open; write nothing")
    given = words.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    if given.tests:
        note_tests(*given.tests)
    begun = time.monotonic()
    chosen = [site for site in sites() if site.kind in given.kinds and given.only in site.name]
    if given.sample:
        chosen = [site for site in chosen if site.name in SAMPLE]
        assert len(chosen) == len(SAMPLE)
        found = everything(chosen, 1, set())
    else:
        is_asked = any(may_be_stopped(site) for site in chosen)
        proved = walls_of.proved_by_database() if is_asked else set()
        found = everything(chosen, given.lanes, proved)
    still_open = [verdict for verdict in found if verdict.what == OPEN]
    for verdict in still_open:
        sys.stdout.write(f"open: [{verdict.kind}] {verdict.site}  ({verdict.by})\n")
    sys.stdout.write(f"{Counter(v.what for v in found)} in {time.monotonic() - begun:.0f} s\n")
    if not (given.dry or given.sample):
        of_walls = set(given.kinds) <= set(ALWAYS)
        head = HEAD if of_walls else HEAD_OF_FILTERS
        (REPORT if of_walls else FILTERS).write_text(report(found, head))
    return 1 if still_open or len(found) != len(chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
