"""Comparisons whose result nobody reads: ``any(…)`` or a list of them as a statement by itself."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_errcodes.judging.code_below import find_statement
from pytest_errcodes.judging.function_source import find_spot, read_scope

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from pytest_errcodes.judging.function_source import Spot

#: What hands on the result of a comparison in it, and does nothing else with it.
_TRANSPARENT = (
    *(ast.BoolOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Tuple, ast.List, ast.Set, ast.Dict),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
#: Functions that look at what they are given, and keep nothing of it.
_LOOKING = frozenset(["all", "any", "bool", "len", "list", "print", "set", "sum", "tuple"])
#: Pieces of code that Python makes of an expression, and runs where that stands.
_INNER = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")


def is_unread(frame: FrameType) -> bool:
    """Return whether a frame compares now, and the statement drops what comes of it."""
    outer = frame.f_back if frame.f_code.co_name in _INNER else frame
    if outer is None:
        return False
    return _is_unread(outer.f_code, outer.f_lasti, outer.f_code.co_filename)


@lru_cache(maxsize=256)
def _is_unread(code: CodeType, at: int, _: str) -> bool:
    """Return whether nobody reads the result; equal codes may be of two files."""
    spot, scope = find_spot(code, at), read_scope(code)
    statement = find_statement(scope, spot) if scope is not None and spot is not None else None
    if spot is None or statement is None:
        return False
    if isinstance(statement, ast.If):
        does_nothing = all(
            isinstance(one, ast.Pass) for one in (*statement.body, *statement.orelse)
        )
        return does_nothing and spot.is_in(statement.test) and _drops(statement.test, spot)
    return isinstance(statement, ast.Expr) and _drops(statement.value, spot)


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
