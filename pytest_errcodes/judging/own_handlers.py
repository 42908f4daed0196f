"""The ``except`` clauses of a test's own that assert what they caught, found in its source.

They do what ``pytest.raises`` does, in an older way: what they catch has reached the client's
caller. One that asserts nothing swallows, whatever it caught.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from opcode import opmap
from types import FunctionType
from typing import TYPE_CHECKING, Literal, NamedTuple

from pytest_errcodes.envelope.exception_parts import iterate_leaves
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.function_source import read_scope
from pytest_errcodes.judging.handler_assertions import find_asserted, is_guarded, list_classes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import CodeType

    from pytest_errcodes.catalog import Code

#: What an ``except`` with a class, and an ``except*``, is made into.
_MATCHES = (opmap["CHECK_EXC_MATCH"], opmap["CHECK_EG_MATCH"])
#: A helper is looked for behind so many decorators.
_MOST_DECORATORS = 3
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


#: What may catch an exception for a test that asserts nothing of it.
Keeper = Literal["except", "suppress", "subtest", "block"]


class OwnHandler(NamedTuple):
    """One ``except`` clause of a function.

    Attributes:
        line: Its line.
        entered: The lines of its first statement, of a block those above what stands in it.
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
        kinds = {
            type.__dict__["__name__"].__get__(kind)
            for one in (error, *iterate_leaves(error))
            for kind in type.mro(type(one))
        }
        return not kinds.isdisjoint(self.classes)


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

    @property
    def is_unwatched(self) -> bool:
        """Whether all that is known is that clauses may have caught something."""
        return not self.line and self.keeper == "except"


def find_own_handlers(code: CodeType) -> tuple[OwnHandler, ...]:
    """Return the ``except`` clauses of a function, those of functions in it left out.

    Args:
        code: Its code. None without a class are looked for: they catch what ends a test, too.
    """
    # Nearly all tests have no block at all, and to look a code up takes its hash, and so a walk
    # through all of it.
    return _read_handlers(code, code.co_filename) if code.co_exceptiontable else ()


@lru_cache(maxsize=256)  # the tests that parametrize makes of a function share its code
def _read_handlers(code: CodeType, _: str) -> tuple[OwnHandler, ...]:
    """Return the clauses; equal codes may be of two files, of which one cannot be read."""
    scope = read_scope(code) if _has_handlers(code) else None
    return () if scope is None else tuple(_list_handlers(scope))


def _has_handlers(code: CodeType) -> bool:
    """Return whether a function has such clauses: nearly no test has, whose source is not read."""
    done = code.co_code[::2]
    return any(one in done for one in _MATCHES)


def find_handlers_of_test(
    codes: Collection[CodeType], module: object, owner: type | None
) -> dict[CodeType, tuple[OwnHandler, ...]]:
    """Return the clauses of a test's function, and of the helpers of its file that it names.

    A helper's count where it fails if nothing is raised: what plays a client does not.

    Args:
        codes: The code of the test's function, and of what it wraps.
        module: Its module.
        owner: Its class, if it has one.

    Raises:
        ErrcodesUsageError: The test has a clause, and its source cannot be read.
    """
    found: dict[CodeType, tuple[OwnHandler, ...]] = {}
    homes = [
        vars(home) for home in (*(owner.__mro__ if owner else ()), *([module] if module else ()))
    ]
    for code in codes:
        if handlers := find_own_handlers(code):
            found[code] = handlers
        elif code.co_exceptiontable and _has_handlers(code) and read_scope(code) is None:
            raise _refuse_unread(code)
        for own in _list_helpers(code, homes):
            guarded = tuple(one for one in find_own_handlers(own) if one.is_guarded)
            if guarded and own not in codes:
                found.setdefault(own, guarded)
    return found


def _refuse_unread(code: CodeType) -> ErrcodesUsageError:
    return ErrcodesUsageError(
        "unread-except",
        f"{code.co_name} has an except of its own, and its source cannot be read: "
        "nothing tells what that asserts",
        "use raises_code or pytest.raises; or compile the test under the path of its source",
    )


def _list_helpers(code: CodeType, homes: Iterable[Mapping[str, object]]) -> Iterator[CodeType]:
    """Yield the codes of the functions of its file that a test names, where it looks them up.

    Those without a block have no clause either, and are left out.
    """
    names = set(code.co_names)
    for home in homes:
        for name in names & home.keys():
            names.discard(name)
            helper = _unwrap(home[name])
            if type(helper) is not FunctionType or not helper.__code__.co_exceptiontable:
                continue
            if helper.__code__.co_filename == code.co_filename:
                yield helper.__code__


def _unwrap(helper: object) -> object:
    """Return the function behind a decorator such as ``contextmanager``."""
    for _ in range(_MOST_DECORATORS):
        inner = vars(helper).get("__wrapped__") if type(helper) is FunctionType else None
        if inner is None:
            break
        helper = inner
    return helper


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
                _list_header(first),
                list_classes(handler),
                is_one_line,
                is_guarded(node, handler, following),
                frozenset(find_asserted(scope, handler)),
                ast.Module(node.body, []),
            )


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a node, and not what stands in the functions that it defines."""
    for one in ast.iter_child_nodes(node):
        yield one
        if not isinstance(one, _DEFINITIONS):
            yield from _walk(one)


def _list_header(statement: ast.stmt) -> range:
    """Return the lines of a statement, without what another clause in it may catch."""
    body = getattr(statement, "body", None)
    if isinstance(body, list):
        return range(statement.lineno, max(statement.lineno + 1, body[0].lineno))
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _find_following(scope: ast.AST, statement: ast.stmt) -> ast.stmt | None:
    """Return the statement below one, in the same block."""
    for node in (scope, *_walk(scope)):
        for _, block in ast.iter_fields(node):
            if isinstance(block, list) and statement in block:
                return next(iter(block[block.index(statement) + 1 :]), None)
    return None
