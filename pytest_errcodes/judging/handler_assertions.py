"""Which lines of a test assert what an ``except`` clause caught, or fail it where nothing was."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from pytest_errcodes.judging.checking_statements import is_check, is_guard, name_called

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def is_guarded(
    node: ast.Try | ast.TryStar, handler: ast.ExceptHandler, following: ast.stmt | None
) -> bool:
    """Return whether the test fails unless a clause is reached, so that to get there is enough.

    Args:
        node: The ``try``.
        handler: The clause.
        following: The statement below the ``try``, if there is one.
    """
    if any(isinstance(one, ast.Return) for part in node.body for one in ast.walk(part)):
        return False  # it returns what was called: the guard is for what neither returns nor raises
    if any(map(fails, node.orelse)):
        return True
    if any(fails(one) and not _catches(handler, one) for one in node.body):
        return True
    leaves = isinstance(handler.body[-1], ast.Return)
    return leaves and following is not None and fails(following)


def fails(statement: ast.stmt) -> bool:
    """Return whether a statement fails the test that comes by it."""
    if isinstance(statement, ast.Expr):
        return is_guard(statement.value)
    if isinstance(statement, ast.Assert):
        return isinstance(statement.test, ast.Constant) and not statement.test.value
    # What raises the client's own exception plays the client.
    return isinstance(statement, ast.Raise) and hasattr(builtins, _name_raised(statement))


def _catches(handler: ast.ExceptHandler, guard: ast.stmt) -> bool:
    """Return whether a clause catches what a guard in its own ``try`` raises."""
    names = set(list_classes(handler))
    if isinstance(guard, ast.Expr) and ast.unparse(guard).startswith("pytest."):
        return "BaseException" in names  # what pytest.fail raises is no Exception
    raised = _name_raised(guard) if isinstance(guard, ast.Raise) else "AssertionError"
    return not names.isdisjoint([raised, "Exception", "BaseException"])


def list_classes(handler: ast.ExceptHandler) -> tuple[str, ...]:
    """Return the names of the classes that a clause catches, without their modules."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return tuple(_find_last_name(kind) for kind in kinds if kind) or ("BaseException",)


def _name_raised(statement: ast.Raise) -> str:
    raised = statement.exc
    if raised is None:
        return ""
    return _find_last_name(raised.func if isinstance(raised, ast.Call) else raised)


def _find_last_name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
