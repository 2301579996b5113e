"""Who writes, and how: looking changes nothing, and the code keeps the habits of the house."""

import ast
import re
from pathlib import Path

import pytest
from django.db import connection, reset_queries, transaction
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
WAKES = {"delay", "apply_async"}
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What looking at a page may write [architecture 6].
WRITTEN_BY_LOOKING = {"accounts_auditevent", "accounts_session", "config_asked", "config_cache"}
LOOKERS = ("olu", "sade", "ines", "lena", "asha", "bronwen", "hana", "una")


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
        reset_queries()  # what is captured is kept until a limit, whichever test it was
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            client.get(path)
            transaction.set_rollback(True)
        for query in captured:
            written = WRITE.match(query["sql"])
            if written and written[1] not in WRITTEN_BY_LOOKING:
                wrong.add(f"{route.name}: {written[1]}")
    assert wrong == set()


Trees = dict[Path, ast.Module]


@pytest.fixture(scope="module")
def trees() -> Trees:
    """Every file, read once."""
    return {path: ast.parse(path.read_text()) for path in FILES}


def named(path: Path) -> str:
    return str(path.relative_to(TREE))


# Each of these looks at every file and names all that are wrong.


def test_no_signal_is_sent_or_heard_but_the_librarys_at_sign_in_and_when_beat_starts(
    trees: Trees,
) -> None:
    wrong = {named(path): found for path, tree in trees.items() if (found := signals(tree))}
    wrong.pop("accounts/auth.py")
    assert wrong.pop("config/celery.py") == ["celery.signals.beat_init"]  # beat has no other door
    assert wrong == {}


def signals(tree: ast.Module) -> list[str]:
    imported = (
        f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    )
    return [name for name in imported if re.search(r"\bsignals?\b|\.receiver$", name)]


def test_saving_a_row_does_only_that(trees: Trees) -> None:
    wrong = []
    for path, tree in trees.items():
        for cls in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
            is_form = any("Form" in ast.unparse(base) for base in cls.bases)
            names = {node.name for node in cls.body if isinstance(node, ast.FunctionDef)}
            if not is_form and names & {"save", "save_base", "asave"}:
                wrong.append(f"{named(path)}: {cls.name}")
    assert wrong == []


def test_nothing_is_imported_inside_a_function_but_when_an_app_is_ready(trees: Trees) -> None:
    wrong = []
    for path, tree in trees.items():
        for function in functions(tree):
            inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
            if inside and not (path.name == "apps.py" and function.name == "ready"):
                wrong.append(f"{named(path)}: {function.name}")
    assert wrong == []


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_work_is_woken_only_by_tasks_and_never_for_later(trees: Trees) -> None:
    wrong = []
    for path, tree in trees.items():
        for node in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            wakes = isinstance(node.func, ast.Attribute) and node.func.attr in WAKES
            later = {word.arg for word in node.keywords} & {"eta", "countdown"}
            if (wakes and path.name != "tasks.py") or later:
                wrong.append(f"{named(path)}:{node.lineno}")
    assert wrong == []


# The room, and the link of a minute that it alone makes.
LEAVES = {"accounts/views/exports.py", "accounts/kept_files.py"}
A_FILE = re.compile(r"Content-Disposition|attachment;")


def test_nothing_answers_with_a_file_but_the_room_of_leaving(trees: Trees) -> None:
    wrong = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            words = node.value if isinstance(node, ast.Constant) else ""
            said = isinstance(words, str) and A_FILE.search(words)
            name = node.id if isinstance(node, ast.Name) else ""
            if said or name in {"FileResponse", "StreamingHttpResponse"}:
                wrong.append(named(path))
    assert set(wrong) == LEAVES


def test_a_room_has_a_name_and_says_what_it_is(trees: Trees) -> None:
    empty_names = {"utils", "helpers", "helper", "misc", "common", "core", "services", "manager"}
    wrong = []
    for path, tree in trees.items():
        if {path.stem, *path.relative_to(TREE).parts[:-1]} & empty_names:
            wrong.append(f"{named(path)}: an empty name")
        if tree.body and not ast.get_docstring(tree):
            wrong.append(f"{named(path)}: says nothing of itself")
    assert wrong == []


def test_a_file_fits_its_room() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 600} == {}
