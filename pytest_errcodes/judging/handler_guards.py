"""Whether a test fails where the ``except`` clause of a ``try`` is not reached."""

from __future__ import annotations

import ast
import builtins

from pytest_errcodes.judging.checking_statements import is_guard


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
