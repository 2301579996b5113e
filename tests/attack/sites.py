"""The room of where the code asks who somebody is: every scoping and every permission, found by its syntax."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
PACKAGES = ("accounts", "victims", "training", "casework", "referrals", "followups", "pages")
PACKAGES += ("clocks",)
# What defines the walls is no use of them: its own tests are accounts/test_reach.py and test_walls.py.
DEFINES = {"accounts/scoping.py", "accounts/permissions.py", "accounts/actors.py"}

API = "referrals/api/"
SCOPED = {"visible_to", "get_visible", "reached_from", "answerable_by"}
REACHES = {"reach", "training_reach"}
NARROWS = {"filter", "get", "get_object_or_404", "Q"}
WHO = {"by", "actor"}  # and whatever ends in `.actor` or `.by`
OWN = {
    *("agency_id", "own_agency_id", "force_id", "own_force_id", "id", "person_id"),
    *("unit_ids", "acting_for", "home_unit_id"),
}


@dataclass(frozen=True)
class Site:
    """One place that lets somebody in, or a row out: where it is and what stands there."""

    kind: str
    file: str
    line: int
    column: int
    ends: tuple[int, int]
    function: str
    text: str
    keyword: str = ""
    again: int = 0

    @property
    def name(self) -> str:
        """How a report calls it; unchanged by lines that come and go above it."""
        twice = f" ({self.again + 1})" if self.again else ""
        return f"{self.file} {self.function}: {self.text}{twice}"


def sites() -> list[Site]:
    """All of them, in the order of the files."""
    known: Counter[str] = Counter()
    found = []
    for site in (site for path in files() for site in _of(path)):
        found.append(replace(site, again=known[site.name]))
        known[site.name] += 1
    return found


def files() -> list[Path]:
    """Every file of the packages that may ask."""
    return sorted(
        path
        for package in PACKAGES
        for path in (TREE / package).rglob("*.py")
        if "migrations" not in path.parts and str(path.relative_to(TREE)) not in DEFINES
    )


def _of(path: Path) -> Iterator[Site]:
    name = str(path.relative_to(TREE))
    if name.startswith(API):
        yield from _scopes(name, ast.parse(path.read_text()))
    for function, node in _walk(ast.parse(path.read_text()), ""):
        for kind, keyword in kinds(node):
            ends = (node.end_lineno or 0, node.end_col_offset or 0)
            text = _said(node, keyword)
            yield Site(kind, name, node.lineno, node.col_offset, ends, function, text, keyword)


def _scopes(file: str, tree: ast.Module) -> Iterator[Site]:
    """Each class of the API that says which scope a token must have."""
    for of in ast.walk(tree):
        for node in of.body if isinstance(of, ast.ClassDef) else []:
            is_said = (
                isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == "scope"
                and not isinstance(node.value, ast.Call)  # a field of what is sent
            )
            if is_said or (isinstance(node, ast.FunctionDef) and node.name == "scope"):
                ends = (node.end_lineno or 0, node.end_col_offset or 0)
                text = ast.unparse(node) if is_said else "scope of the method"
                yield Site("scope", file, node.lineno, node.col_offset, ends, of.name, text)


def _walk(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.expr]]:
    """Each expression with the outermost function that it is in (`Class.method`), or the class, or ''."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _walk(child, f"{inside}.{child.name}" if inside else child.name)
        elif isinstance(child, ast.FunctionDef):
            name = f"{inside}.{child.name}" if inside else child.name
            for each in ast.walk(child):
                if isinstance(each, ast.expr):
                    yield name, each
        else:
            if isinstance(child, ast.expr):
                yield inside, child
            yield from _walk(child, inside)


def kinds(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What of ours the expression is, and by which keyword."""
    if isinstance(node, ast.Call):
        called = _called(node)
        if called == "requires":
            yield "requires", ""
        elif called == "check" and isinstance(node.func, ast.Name) and len(node.args) == 2:
            yield "check", ""
        elif called == "can":
            yield "can", ""
        elif called in SCOPED and not _is_super(node):
            yield "scoped", ""
        elif called in REACHES:
            yield "reach", ""
        elif called == "act" and any(word.arg == "scope" for word in node.keywords):
            yield "scope", "scope"
        elif called == "format" and ast.unparse(node.func).startswith("REACH."):
            yield "sql", ""
        if called in NARROWS:
            for word in node.keywords:
                if word.arg and _own(word.value):
                    yield "narrowed", word.arg
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        sides = (node.left, node.comparators[0])
        is_in = isinstance(node.ops[0], ast.In | ast.NotIn)
        equal = isinstance(node.ops[0], ast.Eq | ast.NotEq)
        if (is_in and _own(sides[1])) or (equal and any(_own(side) for side in sides)):
            yield "compared", ""


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_super(node: ast.Call) -> bool:
    return ast.unparse(node.func).startswith("super()")


def _own(node: ast.expr) -> bool:
    """Whether it is something of whoever acts: `by.force_id`, `sorted(request.actor.unit_ids)`."""
    if isinstance(node, ast.Call) and _called(node) == "sorted" and node.args:
        node = node.args[0]
    if not isinstance(node, ast.Attribute) or node.attr not in OWN:
        return False
    who = node.value
    return (isinstance(who, ast.Name) and who.id in WHO) or (
        isinstance(who, ast.Attribute) and who.attr in WHO
    )


def _said(node: ast.expr, keyword: str) -> str:
    text = " ".join(ast.unparse(node).split())
    if keyword and isinstance(node, ast.Call):
        (word,) = [w for w in node.keywords if w.arg == keyword]
        return f"{_called(node)}(… {keyword}={ast.unparse(word.value)} …)"
    if isinstance(node, ast.Call) and _called(node) in SCOPED:
        (start, _dot, call) = text.rpartition(f".{_called(node)}(")
        whose = start.split(".objects")[0].split("(")[-1].split("._default_manager")[0]
        return f"{whose[-40:]}.{_called(node)}({call}"
    return text if len(text) <= 90 else text[:88] + "…"
