"""The ``except`` clauses of a test's own that assert what they caught, found in its source.

They do what ``pytest.raises`` does, in an older way: what they catch has reached the client's
caller. One that asserts nothing swallows, whatever it caught.
"""

from __future__ import annotations

import ast
import builtins
from functools import lru_cache
from opcode import opmap
from types import FunctionType
from typing import TYPE_CHECKING, Literal, NamedTuple

from pytest_errcodes.judging.code_below import is_check, is_guard, name_of
from pytest_errcodes.judging.function_source import read_scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType

    from pytest_errcodes.catalog import Code

#: What an ``except`` with a class, and an ``except*``, is made into.
_MATCHES = (opmap["CHECK_EXC_MATCH"], opmap["CHECK_EG_MATCH"])
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
#: Blocks in which a failed assertion still fails the test.
_SUBTESTS = ("subTest", "test")


#: What may catch an exception for a test that asserts nothing of it.
Keeper = Literal["except", "suppress", "subtest", "block"]


class OwnHandler(NamedTuple):
    """One ``except`` clause of a function.

    Attributes:
        line: Its line.
        entered: The lines of its first statement.
        classes: The names of the classes that it catches.
        is_one_line: Whether its first statement stands in its own line.
        is_guarded: Whether the test fails where nothing is raised, so that to get there is enough.
        asserted: The lines of what asserts something of what it caught, in it or below it.
        tried: The statements that it catches exceptions of.
    """

    line: int
    entered: range
    classes: tuple[str, ...]
    is_one_line: bool
    is_guarded: bool
    asserted: frozenset[int]
    tried: ast.Module

    def catches(self, error: BaseException) -> bool:
        """Return whether it catches an exception that has come to its line."""
        if not self.is_one_line:  # else the line of the class is that of the statement
            return True
        if isinstance(error, BaseExceptionGroup) and any(map(self.catches, error.exceptions)):
            return True
        return any(kind.__name__ in self.classes for kind in type(error).__mro__)


class Unasserted(NamedTuple):
    """What a test itself caught, and nothing asserts.

    Attributes:
        line: The line of the clause, of ``suppress``, or that of a subtest or block which raised; 0
            where nothing could watch what ``except`` clauses caught.
        name: The class of what it caught.
        keeper: What caught it: an ``except`` clause, ``contextlib.suppress``, a subtest; a block
            such as that of ``pytest.raises``, if a failed assertion is what it caught.
        codes: The codes that it carries.
    """

    line: int
    name: str
    keeper: Keeper = "except"
    codes: Sequence[Code | None] = ()


@lru_cache(maxsize=256)  # the tests that parametrize makes of a function share its code
def find_own_handlers(code: CodeType) -> tuple[OwnHandler, ...]:
    """Return the ``except`` clauses of a function, those of functions in it left out.

    Args:
        code: Its code. None without a class are looked for: they catch what ends a test, too.
    """
    done = code.co_code[::2]
    if not any(one in done for one in _MATCHES):  # as in nearly all tests: their source is not read
        return ()
    scope = read_scope(code)
    return () if scope is None else tuple(_list_handlers(scope))


def find_handlers_of_test(
    codes: Iterable[CodeType], module: object, owner: type | None
) -> dict[CodeType, tuple[OwnHandler, ...]]:
    """Return the clauses of a test's function, and of the helpers of its file that it names.

    A helper's count where it fails if nothing is raised: what plays a client does not.

    Args:
        codes: The code of the test's function, and of what it wraps.
        module: Its module.
        owner: Its class, if it has one.
    """
    found = {}
    homes = [*(owner.__mro__ if owner else ()), *([module] if module else [])]
    for code in codes:
        found[code] = find_own_handlers(code)
        for name in code.co_names:
            helper = next((vars(home)[name] for home in homes if name in vars(home)), None)
            own = helper.__code__ if type(helper) is FunctionType else None
            if own is not None and own.co_filename == code.co_filename:
                guarded = tuple(one for one in find_own_handlers(own) if one.is_guarded)
                found.setdefault(own, guarded)
    return {code: handlers for code, handlers in found.items() if handlers}


def _list_handlers(scope: ast.AST) -> Iterator[OwnHandler]:
    for node in _walk(scope):
        if not isinstance(node, ast.Try | ast.TryStar):
            continue
        following = _find_following(scope, node)
        for handler in node.handlers:
            first = handler.body[0]
            # A line tells nothing of which half of it was run.
            is_one_line = first.lineno == handler.lineno
            yield OwnHandler(
                handler.lineno,
                _list_lines(first),
                _list_classes(handler),
                is_one_line,
                _is_guarded(node, handler, following),
                frozenset(_find_asserted(scope, handler)),
                ast.Module(node.body, []),
            )


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a node, and not what stands in the functions that it defines."""
    for one in ast.iter_child_nodes(node):
        yield one
        if not isinstance(one, _DEFINITIONS):
            yield from _walk(one)


def _list_lines(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _find_following(scope: ast.AST, statement: ast.stmt) -> ast.stmt | None:
    """Return the statement below one, in the same block."""
    for node in (scope, *_walk(scope)):
        for _, block in ast.iter_fields(node):
            if isinstance(block, list) and statement in block:
                return next(iter(block[block.index(statement) + 1 :]), None)
    return None


# -- where the test fails if nothing is raised -------------------------------------------------


def _is_guarded(
    node: ast.Try | ast.TryStar, handler: ast.ExceptHandler, following: ast.stmt | None
) -> bool:
    if any(map(_fails, node.orelse)):
        return True
    if any(_fails(one) and not _catches(handler, one) for one in node.body):
        return True
    leaves = isinstance(handler.body[-1], ast.Return)
    return leaves and following is not None and _fails(following)


def _fails(statement: ast.stmt) -> bool:
    """Return whether a statement fails the test that comes by it."""
    if isinstance(statement, ast.Expr):
        return is_guard(statement.value)
    if isinstance(statement, ast.Assert):
        return isinstance(statement.test, ast.Constant) and not statement.test.value
    # What raises the client's own exception plays the client.
    return isinstance(statement, ast.Raise) and hasattr(builtins, _name_raised(statement))


def _catches(handler: ast.ExceptHandler, guard: ast.stmt) -> bool:
    """Return whether a clause catches what a guard in its own ``try`` raises."""
    names = set(_list_classes(handler))
    if isinstance(guard, ast.Expr) and ast.unparse(guard).startswith("pytest."):
        return "BaseException" in names  # what pytest.fail raises is no Exception
    raised = _name_raised(guard) if isinstance(guard, ast.Raise) else "AssertionError"
    return not names.isdisjoint([raised, "Exception", "BaseException"])


def _list_classes(handler: ast.ExceptHandler) -> tuple[str, ...]:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return tuple(_last_name(kind) for kind in kinds if kind) or ("BaseException",)


def _name_raised(statement: ast.Raise) -> str:
    raised = statement.exc
    return _last_name(raised.func if isinstance(raised, ast.Call) else raised) if raised else ""


def _last_name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


# -- what is asserted of what was caught -------------------------------------------------------


def _find_asserted(scope: ast.AST, handler: ast.ExceptHandler) -> Iterator[int]:
    inner = list(_list_statements(handler.body))
    names = _find_names(handler, inner)
    for one in inner:
        yield from _find_lines(one, names)
    last = handler.end_lineno or handler.lineno
    kept = names - {handler.name}  # Python deletes it at the end of the clause
    for one in _list_statements(getattr(scope, "body", [])):
        if one.lineno > last:
            yield from _find_lines(one, kept)


def _list_statements(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements, and those in them of which a failure is not caught."""
    for one in block:
        yield one
        is_caught = isinstance(one, ast.Try | ast.TryStar) and bool(one.handlers)
        is_block = isinstance(one, ast.With | ast.AsyncWith)
        if isinstance(one, _DEFINITIONS) or (is_block and not _is_subtest(one)):
            continue
        for part in ("orelse", "finalbody") if is_caught else ("body", "orelse", "finalbody"):
            block = getattr(one, part, [])
            # Else a line tells nothing of which half of it was run.
            if block and block[0].lineno != one.lineno:
                yield from _list_statements(block)
        for inner in (*getattr(one, "handlers", ()), *getattr(one, "cases", ())):
            yield from _list_statements(inner.body)


def _is_subtest(block: ast.stmt) -> bool:
    calls = [item.context_expr for item in getattr(block, "items", ())]
    return all(isinstance(one, ast.Call) and name_of(one.func) in _SUBTESTS for one in calls)


def _find_names(handler: ast.ExceptHandler, inner: Sequence[ast.stmt]) -> set[str | None]:
    """Return what the exception is called, and what is made of it: ``error``, ``self.error``."""
    names: set[str | None] = {handler.name}
    for one in inner:
        if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None:
            is_flag = isinstance(one.value, ast.Constant) and one.value.value is True
            if is_flag or _reads(one.value, names):
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                names |= {name for target in targets for name in _list_targets(target)}
        elif (keeper := _find_keeper(one)) is not None and _reads(one, names):
            names.add(ast.unparse(keeper))
    return names


def _list_targets(target: ast.expr) -> list[str]:
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [ast.unparse(part) for part in parts]


def _find_keeper(statement: ast.stmt) -> ast.expr | None:
    """Return what is given something to keep by a statement such as ``errors.append(error)``."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    return call.func.value if call.args and not is_check(call) else None


def _find_lines(statement: ast.stmt, names: set[str | None]) -> range:
    """Return the lines of a statement that asserts something of one of the names; else none."""
    if isinstance(statement, ast.If):  # if error.code != 401009: pytest.fail(...)
        fails = any(map(_fails, (*statement.body, *statement.orelse)))
        return _list_lines(statement.test) if fails and _reads(statement.test, names) else range(0)
    if not isinstance(statement, ast.Assert | ast.Expr) or not _reads(statement, names):
        return range(0)
    return _list_lines(statement) if any(map(is_check, ast.walk(statement))) else range(0)


def _reads(node: ast.AST, names: set[str | None]) -> bool:
    return any(
        isinstance(one, ast.Name | ast.Attribute) and ast.unparse(one) in names
        for one in ast.walk(node)
    )
