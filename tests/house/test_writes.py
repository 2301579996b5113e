"""Who writes, and how: looking changes nothing, and the code keeps the habits of the house."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.permissions import ROLES, Role
from tests.builders import make_case
from tests.cast import Cast
from tests.house.routes import routes

TREE = Path(__file__).resolve().parents[2]
PACKAGES = (
    *("clocks", "pages", "accounts", "victims", "training"),
    *("casework", "referrals", "followups", "config"),
)
FILES = sorted(
    path
    for package in PACKAGES
    for path in (TREE / package).rglob("*.py")
    if "migrations" not in path.parts
)
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What looking at a page may write [architecture 6].
WRITTEN_BY_LOOKING = {"accounts_auditevent", "django_session", "config_cache"}
LOOKERS = ("olu", "sade", "ines", "lena", "asha", "bronwen", "hana")


@pytest.mark.parametrize("who", LOOKERS)
def test_looking_writes_nothing_but_the_trail_and_the_session(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    may = frozenset().union(*(ROLES[Role(row.role)] for row in user.roles.all()))
    case, client = make_case(), Client(raise_request_exception=False)
    client.force_login(user)
    wrong = set()
    for route in routes():
        if route.permission not in may:
            continue
        path = route.path.replace("HF-ZZZZZ", case.reference)
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            client.get(path)
            transaction.set_rollback(True)
        for query in captured:
            written = WRITE.match(query["sql"])
            if written and written[1] not in WRITTEN_BY_LOOKING:
                wrong.add(f"{route.name}: {written[1]}")
    assert wrong == set()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def named(path: Path) -> str:
    return str(path.relative_to(TREE))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_signal_is_sent_or_heard_but_the_librarys_at_sign_in(path: Path) -> None:
    if named(path) == "accounts/auth.py":
        return
    imported = {
        f"{node.module}.{name.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert not [name for name in imported if re.search(r"\bsignals?\b|\.receiver$", name)]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_saving_a_row_does_only_that(path: Path) -> None:
    classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
    for cls in classes:
        is_form = any("Form" in ast.unparse(base) for base in cls.bases)
        names = {node.name for node in cls.body if isinstance(node, ast.FunctionDef)}
        assert is_form or not names & {"save", "save_base", "asave"}, cls.name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_imported_inside_a_function_but_when_an_app_is_ready(path: Path) -> None:
    for function in functions(path):
        inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not inside or (path.name == "apps.py" and function.name == "ready"), function.name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_work_is_woken_only_by_tasks_and_never_for_later(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"delay", "apply_async"}:
            assert path.name == "tasks.py"
        assert not {word.arg for word in node.keywords} & {"eta", "countdown"}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_room_has_a_name_and_says_what_it_is(path: Path) -> None:
    empty_names = {"utils", "helpers", "helper", "misc", "common", "core", "services", "manager"}
    assert not {path.stem, *path.relative_to(TREE).parts[:-1]} & empty_names
    module = tree(path)
    assert not module.body or ast.get_docstring(module), "says nothing of itself"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_fits_its_room(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 600
