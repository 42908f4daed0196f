"""Which lines of a test assert something of what an ``except`` clause of it caught."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pytest_errcodes.judging.checking_statements import is_check, name_called
from pytest_errcodes.judging.handler_guards import fails

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    #: What the exception is called, and what was made of it; None where a clause gives no name.
    Names = set[str | None]

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
#: Blocks that may catch a failed assertion.
_CATCHING = (
    "suppress",
    "raises",
    "assertRaises",
    "assertRaisesRegex",
    "raises_code",
    "RaisesGroup",
)


def find_asserted(scope: ast.AST, handler: ast.ExceptHandler) -> Iterator[int]:
    """Yield the lines that assert something of what a clause caught, in it or below it.

    Args:
        scope: The function that it stands in.
        handler: The clause.
    """
    names: Names = {handler.name}
    yield from _find_lines_of_all(_list_statements(handler.body), names, is_clause=True)
    names.discard(handler.name)  # Python deletes it at the end of the clause
    last = handler.end_lineno or handler.lineno
    below = (one for one in _list_statements(getattr(scope, "body", [])) if one.lineno > last)
    yield from _find_lines_of_all(below, names, is_clause=False)


def _find_lines_of_all(
    statements: Iterator[ast.stmt], names: Names, *, is_clause: bool
) -> Iterator[int]:
    """Yield the lines that assert something of the names; add to them what is made of them."""
    for one in statements:
        yield from _find_lines(one, names)
        names |= _find_made(one, names, is_clause=is_clause)


def _list_statements(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements, and those in them of which a failure is not caught."""
    for one in block:
        yield one
        is_caught = isinstance(one, ast.Try | ast.TryStar) and bool(one.handlers)
        if isinstance(one, _DEFINITIONS) or _may_catch(one):
            continue
        for part in ("orelse", "finalbody") if is_caught else ("body", "orelse", "finalbody"):
            block = getattr(one, part, [])
            # Else a line tells nothing of which half of it was run.
            if block and block[0].lineno != one.lineno:
                yield from _list_statements(block)
        for inner in (*getattr(one, "handlers", ()), *getattr(one, "cases", ())):
            yield from _list_statements(inner.body)


def _may_catch(block: ast.stmt) -> bool:
    """Return whether a block is a ``with`` that a failed assertion may not leave."""
    if not isinstance(block, ast.With | ast.AsyncWith):
        return False
    calls = [item.context_expr for item in block.items]
    return any(isinstance(one, ast.Call) and name_called(one.func) in _CATCHING for one in calls)


def _find_made(statement: ast.stmt, names: Names, *, is_clause: bool) -> set[str]:
    """Return what a statement makes of the names: ``code``, ``self.error``, ``errors``.

    In a clause, to set something to true or to a word is to note that something was caught.
    """
    if isinstance(statement, ast.For | ast.AsyncFor):
        return set(_list_targets(statement.target)) if _reads(statement.iter, names) else set()
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        value = statement.value
        is_flag = is_clause and isinstance(value, ast.Constant) and bool(value.value)
        if value is None or not (is_flag or _reads(value, names)):
            return set()
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return {name for target in targets for name in _list_targets(target)}
    keeper = _find_keeper(statement) if is_clause else None
    return {ast.unparse(keeper)} if keeper is not None and _reads(statement, names) else set()


def _list_targets(target: ast.expr) -> list[str]:
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [ast.unparse(part) for part in parts]


def _find_keeper(statement: ast.stmt) -> ast.expr | None:
    """Return what is given something to keep by a statement such as ``errors.append(error)``."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    return call.func.value if call.args and not is_check(call) else None


def _find_lines(statement: ast.stmt, names: Names) -> range:
    """Return the lines of a statement that asserts something of one of the names; else none."""
    asked = _find_question(statement, names)
    if asked is not None:
        return _list_lines(asked) if _reads(asked, names) else range(0)
    if not isinstance(statement, ast.Assert | ast.Expr) or not _reads(statement, names):
        return range(0)
    return _list_lines(statement) if any(map(is_check, ast.walk(statement))) else range(0)


def _find_question(statement: ast.stmt, names: Names) -> ast.expr | None:
    """Return what a statement asks to fail the test by: ``if error.code != 401009: raise``."""
    if isinstance(statement, ast.If):
        inner, asked = [*statement.body, *statement.orelse], statement.test
    elif isinstance(statement, ast.Match):
        inner, asked = [one for case in statement.cases for one in case.body], statement.subject
    else:
        return None
    for one in inner:
        is_elif = isinstance(one, ast.If) and one in getattr(statement, "orelse", ())
        if fails(one) or _raises_again(one, names) or (is_elif and _find_question(one, names)):
            return asked
    return None


def _raises_again(statement: ast.stmt, names: Names) -> bool:
    if not isinstance(statement, ast.Raise):
        return False
    return statement.exc is None or ast.unparse(statement.exc) in names


def _list_lines(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _reads(node: ast.AST, names: Names) -> bool:
    return any(
        isinstance(one, ast.Name | ast.Attribute | ast.Subscript) and ast.unparse(one) in names
        for one in ast.walk(node)
    )
