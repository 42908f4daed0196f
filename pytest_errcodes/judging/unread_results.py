"""Comparisons whose result nobody reads.

Such as ``any(…)`` or a list of them as a statement by itself, a list of them that is asserted, and
one that a function returns to a caller who drops it.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from types import FunctionType
from typing import TYPE_CHECKING

from pytest_errcodes.judging.checking_statements import name_called
from pytest_errcodes.judging.code_below import find_statement
from pytest_errcodes.judging.function_source import (
    Spot,
    find_spot,
    list_nested_codes,
    read_scope,
)
from pytest_errcodes.judging.instructions import (
    is_never_read,
    returns_comparison,
    throws_call_away,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

#: What hands on the result of a comparison in it, and does nothing else with it.
_TRANSPARENT = (
    *(ast.BoolOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Tuple, ast.List, ast.Set, ast.Dict),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
#: Functions that look at what they are given, and keep nothing of it.
_LOOKING = frozenset(["all", "any", "bool", "len", "list", "print", "set", "sum", "tuple"])
_CONTAINERS = frozenset(["list", "set", "tuple"])
#: The function of pytest's that calls a test, and takes nothing that it returns.
_CALLER = "pytest_pyfunc_call"
#: Pieces of code that Python makes of an expression, and runs where that stands.
_INNER = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")


def is_unread(frame: FrameType) -> bool:
    """Return whether a frame compares now, and the statement drops what comes of it."""
    outer = frame.f_back if frame.f_code.co_name in _INNER else frame
    if outer is not None and returns_comparison(outer):
        inner, outer = outer.f_code, outer.f_back
        if outer is not None and (outer.f_code.co_name == _CALLER or _drops_call(outer, inner)):
            return True
    if outer is None:
        return False
    code = outer.f_code
    if frame.f_code in list_nested_codes(code):  # where it stands tells more than who runs it
        spot = find_spot(frame.f_code, frame.f_lasti)
        if _is_unread(code, spot, code.co_filename):
            return True
    return _is_unread(code, find_spot(code, outer.f_lasti), code.co_filename)


@lru_cache(maxsize=256)
def _is_unread(code: CodeType, spot: Spot | None, _: str) -> bool:
    """Return whether nobody reads the result; equal codes may be of two files."""
    scope = read_scope(code)
    statement = find_statement(scope, spot) if scope is not None and spot is not None else None
    if spot is None or statement is None:
        return False
    if isinstance(statement, ast.If):
        does_nothing = all(
            isinstance(one, ast.Pass) for one in (*statement.body, *statement.orelse)
        )
        return does_nothing and spot.is_in(statement.test) and _drops(statement.test, spot)
    if isinstance(statement, ast.Assert):
        spots = list(_list_spots(statement.test, spot))
        return bool(spots) and all(_is_always_true(statement.test, one) for one in spots)
    if isinstance(statement, ast.Assign):
        return _drops(statement.value, spot) and _is_kept_unread(statement, code)
    return isinstance(statement, ast.Expr) and _drops(statement.value, spot)


def _drops_call(frame: FrameType, called: CodeType) -> bool:
    """Return whether a frame calls a function itself, and does nothing with what comes of it.

    Not by way of another, such as ``next(filter(…))``, which may do something else with that.
    """
    if not throws_call_away(frame):
        return False
    spot, scope = find_spot(frame.f_code, frame.f_lasti), read_scope(frame.f_code)
    statement = find_statement(scope, spot) if scope is not None and spot is not None else None
    function = getattr(getattr(statement, "value", None), "func", None)
    name = "" if function is None else name_called(function)
    if not name or name == called.co_name:
        return bool(name)
    known = frame.f_locals.get(name, frame.f_globals.get(name))
    return type(known) is FunctionType and known.__code__ is called


def _list_spots(test: ast.expr, spot: Spot) -> Iterator[Spot]:
    """Yield where an assertion compares: in older pytest the code knows the assertion alone."""
    if spot.is_in(test):
        yield spot
        return
    for node in ast.walk(test):
        if isinstance(node, ast.Compare):
            ends = node.end_lineno or node.lineno, node.col_offset, node.end_col_offset
            yield Spot(node.lineno, *ends)


def _is_always_true(node: ast.expr, spot: Spot) -> bool:
    """Return whether what is asserted is true whatever comes of a comparison that it holds."""
    if _is_looking(node) and getattr(node.func, "id", "") in _CONTAINERS:  # type: ignore[attr-defined]  # a call
        return any(_is_always_true(one, spot) for one in _list_parts(node))
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        held = node.elts
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        held = [node.elt]
    elif isinstance(node, ast.DictComp):
        held = [node.key, node.value]
    else:
        return False
    return any(spot.is_in(one) and _drops(one, spot) for one in held)


def _is_kept_unread(statement: ast.Assign, code: CodeType) -> bool:
    """Return whether a statement keeps its value in a variable that its function never reads."""
    (target,) = statement.targets[:1]
    if len(statement.targets) > 1 or not isinstance(target, ast.Name):
        return False
    is_own = target.id in code.co_varnames and target.id not in code.co_cellvars
    return is_own and is_never_read(code, target.id)


def _drops(node: ast.expr, spot: Spot) -> bool:
    """Return whether an expression, whose value nobody reads, does nothing with a part of it."""
    while True:
        if not (isinstance(node, _TRANSPARENT) or _is_looking(node)) or _decides(node, spot):
            return False
        inner = next((one for one in _list_parts(node) if spot.is_in(one)), None)
        if inner is None:
            return True
        node = inner


def _is_looking(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in _LOOKING


def _decides(node: ast.expr, spot: Spot) -> bool:
    """Return whether something is called or not, by what stands at a place."""
    behind: list[ast.expr] = []
    if isinstance(node, ast.BoolOp):
        parts = [*node.values]
        while parts and not spot.is_in(parts[0]):
            del parts[0]
        behind = parts[1:]
    elif isinstance(node, ast.IfExp) and spot.is_in(node.test):
        behind = [node.body, node.orelse]
    calls = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)
    return any(isinstance(one, calls) for part in behind for one in ast.walk(part))


def _list_parts(node: ast.AST) -> list[ast.expr]:
    """Return the expressions in a node, those of its comprehensions too."""
    parts: list[ast.expr] = []
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.expr):
            parts.append(one)
        elif isinstance(one, ast.comprehension):
            parts += _list_parts(one)
    return parts
