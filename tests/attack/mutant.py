"""The room of taking a wall away in a running process: one expression of a function is exchanged, by its code.

The function object stays the one that addresses and other rooms hold, so nothing needs to be imported anew. Meant
for a forked process that ends afterwards.
"""

import ast
import functools
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.db.models.manager import BaseManager
from django.urls import URLPattern, URLResolver, get_resolver

from referrals import auth
from tests.attack.sites import PACKAGES, SCOPED, TREE, Site, kinds

EVERYBODY, EVERY_ROW = "_attack_everybody", "_attack_every_row"


Place = tuple[int, int, int, int, str, str]


class Unmade(LookupError):
    """The wall could not be taken away: the runner is wrong, not the product."""


def make(site: Site) -> None:
    """This process has the wall no longer."""
    if site.kind == "requires":
        _open_door(site)
    elif site.kind == "scope":
        _any_scope(site)
    elif site.kind == "sql" and not site.function:
        _evaluate_again(site)
    else:
        exchange(site.file, site.function, {place_of(site): removed(site)})


def place_of(site: Site) -> Place:
    """What tells an expression from every other of its file: where it begins and ends, and what it is."""
    return (site.line, site.column, *site.ends, site.kind, site.keyword)


Change = Callable[[ast.expr], ast.expr]


def removed(site: Site) -> Change:
    """The expression without its wall; whatever it names is still named."""
    return functools.partial(_REMOVED[site.kind], keyword=site.keyword)


def _no_check(node: Any, keyword: str) -> ast.expr:
    return ast.Tuple(node.args, ast.Load())


def _allowed(node: Any, keyword: str) -> ast.expr:
    return ast.BoolOp(ast.Or(), [node, ast.Constant(True)])


def _every_row(node: Any, keyword: str) -> ast.expr:
    node.func.attr = f"{EVERY_ROW}_{node.func.attr}"
    return node  # type: ignore[no-any-return]


def _everybody(node: Any, keyword: str) -> ast.expr:
    return ast.Call(ast.Name(EVERYBODY, ast.Load()), node.args, node.keywords)


def _not_narrowed(node: Any, keyword: str) -> ast.expr:
    node.keywords = [word for word in node.keywords if word.arg != keyword]
    return node  # type: ignore[no-any-return]


def _as_if_own(node: Any, keyword: str) -> ast.expr:
    """What protects passes: one's own row for `in` and `==`, nobody's difference for `not in` and `!=`."""
    lets_in = isinstance(node.ops[0], ast.In | ast.NotEq)
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        return ast.Constant(lets_in)
    # `by_id == by.id` closes a door to oneself, `force_id != by.force_id` to others: either way it stands open.
    return ast.Constant(False)


_REMOVED: dict[str, Callable[..., ast.expr]] = {
    "check": _no_check,
    "can": _allowed,
    "scoped": _every_row,
    "reach": _everybody,
    "narrowed": _not_narrowed,
    "compared": _as_if_own,
}


class _Exchange(ast.NodeTransformer):
    def __init__(self, changes: dict[Place, Change]) -> None:
        self.changes = changes
        self.made = 0

    def visit(self, node: ast.AST) -> ast.AST:
        known = list(kinds(node))
        names = ("lineno", "col_offset", "end_lineno", "end_col_offset")
        place = tuple(getattr(node, name, 0) for name in names)
        node = super().generic_visit(node)
        for kind, keyword in known:
            if change := self.changes.get((*place, kind, keyword)):
                self.made += 1
                node = ast.copy_location(change(node), node)  # type: ignore[arg-type]
        return node


def exchange(file: str, function: str, changes: dict[Place, Change]) -> None:
    """These expressions of the function are others from now on."""
    tree = ast.parse((TREE / file).read_text())
    exchanging = _Exchange(changes)
    tree = ast.fix_missing_locations(exchanging.visit(tree))
    if exchanging.made != len(changes):
        raise Unmade(f"{file} {function}: {exchanging.made} of {len(changes)}")
    whole = compile(tree, str(TREE / file), "exec")
    module = import_module(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    vars(module)[EVERYBODY] = lambda *_given, **_named: Q()
    found = _function(module, function, str(TREE / file))
    (code,) = [code for code in _codes(whole) if code.co_qualname == function]
    found.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _function(module: ModuleType, name: str, path: str) -> FunctionType:
    """The plain function below whatever decorates it."""
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    for _layer in range(9):
        # What it is wrapped in may be of the same file.
        code = getattr(found, "__code__", None)
        if code is not None and (code.co_filename, code.co_qualname) == (path, name):
            return cast(FunctionType, found)
        for inner in ("__func__", "fget", "func", "__wrapped__"):
            if getattr(found, inner, None) is not None:
                found = getattr(found, inner)
                break
    raise Unmade(f"{path}: {name}")


def _evaluate_again(site: Site) -> None:
    """A constant of the module that holds the wall in SQL: computed without it, wherever it is held."""
    tree = ast.parse((TREE / site.file).read_text())
    (statement,) = [
        each
        for each in tree.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        and each.lineno <= site.line <= (each.end_lineno or 0)
    ]
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    module = import_module(site.file.removesuffix(".py").replace("/", "."))
    # A part of a constant that others are made of is exchanged in each.
    found = [
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and (node.lineno, node.col_offset) == (site.line, site.column)
    ]
    if not found or not isinstance(target, ast.Name):
        raise Unmade(site.name)
    wall = eval(ast.unparse(found[0]), vars(module))  # our own source
    _hold(vars(module)[target.id], wall)


def _hold(constant: str, wall: str) -> None:
    open_now = constant.replace(wall, "true", 1)
    ours = [module for of, module in sys.modules.items() if of.split(".")[0] in PACKAGES]
    for module in ours:
        for name, value in list(vars(module).items()):
            if isinstance(value, str) and constant in value:
                setattr(module, name, value.replace(constant, open_now))


def _open_door(site: Site) -> None:
    """The view without its `@requires`, at every address that leads to it."""
    module = import_module(site.file.removesuffix(".py").replace("/", "."))
    tree = ast.parse((TREE / site.file).read_text())
    (name,) = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any((d.lineno, d.col_offset) == (site.line, site.column) for d in node.decorator_list)
    ]
    guarded = getattr(module, name)
    # What is wrapped round it carries its mark too: the innermost is the door itself.
    while hasattr(getattr(guarded, "__wrapped__", None), "required_permission"):
        guarded = guarded.__wrapped__
    doors = 0
    for entry in _entries(get_resolver()):
        if getattr(entry.callback, "required_permission", None) and _below(entry.callback, guarded):
            entry.callback = guarded.__wrapped__
            doors += 1
    if not doors:
        raise Unmade(site.name)


def _any_scope(site: Site) -> None:
    """Whoever has a token may enter where this place says which scope it needs."""
    kept = auth.HasScope.has_permission

    def has_permission(self: auth.HasScope, request: Any, view: Any) -> bool:
        return bool(request.auth) if _says_scope(site, type(view)) else kept(self, request, view)

    auth.HasScope.has_permission = has_permission  # type: ignore[method-assign]


def _says_scope(site: Site, view: type) -> bool:
    if site.keyword:  # one of the acts, each with a scope of its own
        (name,) = re.findall(r"scope=auth\.(\w+)", site.text)
        return getattr(view, "scope", "") == getattr(auth, name)
    says = next(cls for cls in view.__mro__ if "scope" in vars(cls))
    return says.__name__ == site.function


def _below(view: Any, guarded: Any) -> bool:
    while view is not None and view is not guarded:
        view = getattr(view, "__wrapped__", None)
    return view is guarded


def _entries(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _entries(entry)
        else:
            yield entry


def prepare() -> None:
    """Every manager and query set can be asked for all its rows as if somebody had scoped them."""

    def every(rows: Any, *_given: Any, **_named: Any) -> Any:
        found = rows.get_queryset() if isinstance(rows, BaseManager) else rows.all()
        found._scoped = True
        return found

    def the_one(rows: Any, _actor: Any, **lookup: Any) -> Any:
        return every(rows).get(**lookup)

    for of in (QuerySet, BaseManager):
        for name in SCOPED:
            setattr(of, f"{EVERY_ROW}_{name}", the_one if name == "get_visible" else every)
