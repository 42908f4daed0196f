"""Which statements of a test check something, which fail it, and which do nothing."""

from __future__ import annotations

import ast

#: Statements that check nothing, so that nobody misses them when they did not run.
_IDLE = (ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal)
#: Functions that a test calls where nothing was raised, to fail or to skip.
_GUARDS = ("fail", "skip", "xfail", "skipTest", "exit")
#: How the names of functions begin that fail where what they look at is otherwise.
_ASSERTIONS = ("assert", "raises")
_CHECKS = (*_ASSERTIONS, "expect", "check", "verify")


def is_idle(statement: ast.stmt) -> bool:
    """Return whether a statement does nothing, or only fails the test for not having raised."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) or is_guard(statement.value)
    if isinstance(statement, ast.Return):
        return _calls_nothing(statement)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return _is_flag(statement)
    if isinstance(statement, ast.Assert):
        return isinstance(statement.test, ast.Constant) and not statement.test.value
    if isinstance(statement, ast.If):
        inner = (*statement.body, *statement.orelse)
        return _calls_nothing(statement.test) and all(isinstance(one, _IDLE) for one in inner)
    return isinstance(statement, (*_IDLE, ast.Raise))


def is_guard(value: ast.expr) -> bool:
    """Return whether an expression ends the test for not having raised."""
    if not isinstance(value, ast.Call):
        return False
    return name_called(value.func) in _GUARDS


def is_check(node: ast.AST) -> bool:
    """Return whether something is asserted by a node itself."""
    if isinstance(node, ast.Call):
        return name_called(node.func).startswith(_CHECKS)
    return isinstance(node, ast.Assert) and not is_idle(node)


def is_assertion(node: ast.AST) -> bool:
    """Return whether a node asserts, by a name that says so."""
    return is_check(node) and (
        not isinstance(node, ast.Call) or name_called(node.func).startswith(_ASSERTIONS)
    )


def name_called(function: ast.expr) -> str:
    """Return the last name of what is called; empty for what has none."""
    return getattr(function, "attr", getattr(function, "id", ""))


def _is_flag(statement: ast.Assign | ast.AnnAssign) -> bool:
    """Return whether a name gets a constant, or none: what reads it is a statement of its own."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    is_constant = statement.value is None or isinstance(statement.value, ast.Constant)
    return is_constant and all(isinstance(one, ast.Name) for one in targets)


def _calls_nothing(node: ast.AST) -> bool:
    return not any(isinstance(one, ast.Call | ast.Await) for one in ast.walk(node))
