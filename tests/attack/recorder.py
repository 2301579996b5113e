"""The room of which test comes by which wall: a plugin of pytest that notes it (`-p tests.attack.recorder`)."""

import ast
import builtins
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tests.conftest  # noqa: F401 - sets Django up, in a database of its own

# isort: split

from tests.attack.mutant import exchange, place_of
from tests.attack.sites import TREE, sites

SEEN = "_attack_seen"
KEPT = TREE / "var" / "attack"
_passed: set[str] = set()
_map: dict[str, dict[str, float]] = defaultdict(dict)
_prepared: dict[str, float] = defaultdict(
    float
)  # of each file, the most that one of its tests took to prepare
# What takes longer to prepare, or to run, is not tried on each of a hundred mutants.
LONGEST = 1.5  # seconds
# Their walls stand in other processes, or each takes longer than a mutant is worth.
ELSEWHERE = {"committed", "site", "browser", "browse", "at_desk"}


def _noting(name: str) -> Any:
    def change(node: ast.expr) -> ast.expr:
        return ast.Call(ast.Name(SEEN, ast.Load()), [ast.Constant(name), node], [])

    return change


def _seen(name: str, value: Any) -> Any:
    _passed.add(name)
    return value


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walls are watched from here on."""
    items[:] = [i for i in items if not ELSEWHERE & set(getattr(i, "fixturenames", ()))]
    setattr(builtins, SEEN, _seen)
    of_function: dict[tuple[str, str], dict[Any, Any]] = defaultdict(dict)
    for site in sites():
        if site.kind not in {"requires", "sql", "scope"}:
            of_function[site.file, site.function][place_of(site)] = _noting(site.name)
    for (file, function), changes in of_function.items():
        exchange(file, function, changes)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Which walls one test came by."""
    _passed.clear()
    answer = yield
    return answer


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note them with how long it took; a test that fails proves nothing."""
    file = report.nodeid.partition("::")[0]
    if report.when == "setup":
        _prepared[file] = max(_prepared[file], report.duration)
    elif report.when == "call" and report.passed and report.duration < LONGEST:
        for name in _passed:
            _map[name][report.nodeid] = report.duration


def pytest_sessionfinish() -> None:
    """What was noted, as one file for each worker."""
    KEPT.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    quick = {
        name: {test: took for test, took in tests.items() if _is_prepared_quickly(test)}
        for name, tests in _map.items()
    }
    Path(KEPT / f"map-{worker}-{os.getpid()}.json").write_text(json.dumps(quick))


def _is_prepared_quickly(test: str) -> bool:
    return _prepared[test.partition("::")[0]] < LONGEST
