"""What of a piece of source can no longer run, once an exception has left it at one place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pytest_errcodes.judging.checking_statements import (
    is_assertion,
    is_check,
    is_idle,
    name_called,
)
from pytest_errcodes.judging.loop_turns import Turn, measure_turn
from pytest_errcodes.judging.plain_values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.judging.function_source import Spot
    from pytest_errcodes.judging.plain_values import Names

_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Below(NamedTuple):
    """What did not run.

    Attributes:
        statements: What stands below the place.
        loops: The loops around the place that have turns left.
        perhaps_statements: What may not have run, as far as anything tells.
        perhaps_loops: The loops that may have turns left.
    """

    statements: list[ast.stmt]
    loops: list[ast.AST]
    perhaps_statements: list[ast.stmt]
    perhaps_loops: list[ast.AST]


class _Step(NamedTuple):
    """A statement on the way to the place.

    Attributes:
        owner: What it stands in.
        part: In which part of that: ``body``, ``orelse``.
        statements: All statements of that part.
        number: Which of them it is.
    """

    owner: ast.AST
    part: str
    statements: list[ast.stmt]
    number: int

    @property
    def statement(self) -> ast.stmt:
        return self.statements[self.number]

    @property
    def following(self) -> list[ast.stmt]:
        return self.statements[self.number + 1 :]


def find_statement(owner: ast.AST, spot: Spot) -> ast.stmt | None:
    """Return the innermost statement that a spot stands in."""
    steps = _find_way(owner, spot)
    return steps[-1].statement if steps else None


def find_below(owner: ast.AST, spot: Spot, names: Names, *, entered: bool) -> Below:
    """Find what of the body of ``owner`` can no longer run.

    Args:
        owner: A function, or a ``with`` statement.
        spot: The place at which an exception left it.
        names: The variables as they were then.
        entered: Whether a ``with`` at the place had been entered: its body has run.
    """
    below = Below([], [], [], [])
    steps = _find_way(owner, spot)
    if not steps:
        return below
    _add_inner(below, steps[-1].statement, spot, names, entered=entered)
    # Whether the rest of the turn would have left the loop anyway.
    returns, breaks = isinstance(steps[-1].statement, ast.Return), False
    for step in reversed(steps):
        inner = step.owner
        kinds = {type(one) for one in step.following}
        returns, breaks = returns or ast.Return in kinds, breaks or ast.Break in kinds
        if step.part == "body" and isinstance(inner, ast.For | ast.AsyncFor | ast.While):
            turn = measure_turn(inner, step.following, names)
            _add_loop(below, inner, turn._replace(has_more=False) if returns or breaks else turn)
            _add_turn(below, step.following, turn)
            below.statements.extend(inner.orelse)
            breaks = False
        else:
            below.statements.extend(step.following)
            if step.part == "body" and isinstance(inner, ast.Try | ast.TryStar):
                below.statements.extend(inner.orelse)
    return Below(
        _keep_worthy(below.statements),
        below.loops,
        _keep_worthy(below.perhaps_statements),
        below.perhaps_loops,
    )


def find_turns_left(owner: ast.AST, spot: Spot, names: Names) -> Below:
    """Find the loops of a comprehension, whose code is not that of ``owner``, with turns left."""
    below = Below([], [], [], [])
    statement = find_statement(owner, spot)
    if statement is not None:
        _add_comprehensions(below, statement, spot, names)
    return below


def may_leave(loop: ast.AST) -> bool:
    """Return whether a loop may be left before its last turn, by ``break`` or ``return``."""
    return any(isinstance(one, ast.Break | ast.Return) for one in ast.walk(loop))


def keep_assertions(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
    """Return the statements in which something is asserted beyond doubt: a client checks too."""
    return [one for one in statements if any(map(is_assertion, ast.walk(one)))]


def keep_checks(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
    """Return the statements in which something is asserted."""
    return [one for one in statements if any(map(is_check, ast.walk(one)))]


# -- the way to the place ----------------------------------------------------------------------


def _find_way(owner: ast.AST, spot: Spot) -> list[_Step]:
    """Return the statements around a spot, the outermost first."""
    steps: list[_Step] = []
    inside: ast.AST | None = owner
    while inside is not None:
        found = _find_step(inside, spot)
        if found is not None:
            steps.append(found)
        inside = found and (None if isinstance(found.statement, _DEFINITIONS) else found.statement)
    return steps


def _find_step(owner: ast.AST, spot: Spot) -> _Step | None:
    for part_owner, part, statements in _list_parts(owner):
        for number in reversed(range(len(statements))):
            if spot.is_in(statements[number]):
                return _Step(part_owner, part, statements, number)
    return None


def _list_parts(owner: ast.AST) -> Iterator[tuple[ast.AST, str, list[ast.stmt]]]:
    for part in ("body", "orelse", "finalbody"):
        statements = getattr(owner, part, None)
        if isinstance(statements, list):
            yield owner, part, statements
    for inner in (*getattr(owner, "handlers", ()), *getattr(owner, "cases", ())):
        yield inner, "body", inner.body


# -- what did not run --------------------------------------------------------------------------


def _add_inner(
    below: Below, statement: ast.stmt, spot: Spot, names: Names, *, entered: bool
) -> None:
    """Add what did not run of the statement itself that the place stands in."""
    if isinstance(statement, ast.If):
        below.statements.extend((*statement.body, *statement.orelse))
    elif isinstance(statement, ast.While):
        below.perhaps_statements.extend(keep_checks(statement.body))
        below.statements.extend(statement.orelse)
    elif isinstance(statement, ast.Match):
        below.statements.extend(inner for case in statement.cases for inner in case.body)
    elif isinstance(statement, ast.With | ast.AsyncWith) and not entered:
        below.statements.extend(statement.body)
    elif isinstance(statement, ast.For | ast.AsyncFor):
        # The iterator raised. Where the loop variable has no value, no turn was ever begun.
        targets = [one for one in ast.walk(statement.target) if isinstance(one, ast.Name)]
        if not targets or names(targets[0].id) is UNKNOWN:
            below.statements.extend(keep_checks(statement.body))
        below.statements.extend(statement.orelse)
    _add_comprehensions(below, statement, spot, names)


def _add_comprehensions(below: Below, statement: ast.stmt, spot: Spot, names: Names) -> None:
    for loop in _list_comprehensions(statement, spot):
        _add_loop(below, loop, measure_turn(loop, (), names))


def _list_comprehensions(statement: ast.stmt, spot: Spot) -> Iterator[ast.comprehension]:
    """Yield the loops of comprehensions whose turn the place stands in."""
    for node in ast.walk(statement):
        if not isinstance(node, _Comprehension) or not spot.is_in(node):
            continue
        if spot.column is None:  # this interpreter keeps no columns
            continue
        for loop in node.generators:
            if spot.is_in(loop.iter) or _is_whole(node, spot):
                break
            yield loop


def _is_whole(node: ast.expr, spot: Spot) -> bool:
    return (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == (
        spot.line,
        spot.column,
        spot.end_line,
        spot.end_column,
    )


def _add_loop(below: Below, loop: ast.AST, turn: Turn) -> None:
    if turn.has_more is not False:
        (below.loops if turn.has_more else below.perhaps_loops).append(loop)


def _add_turn(below: Below, following: list[ast.stmt], turn: Turn) -> None:
    """Add what is left of one turn of a loop, unless an earlier turn has run it."""
    if turn.is_first:
        below.statements.extend(following)
    elif turn.is_first is None:
        below.perhaps_statements.extend(keep_checks(following))


# -- what was missed by not running ------------------------------------------------------------


def _keep_worthy(statements: list[ast.stmt]) -> list[ast.stmt]:
    worthy = {one.lineno: one for one in reversed(statements) if not is_idle(one)}
    return [worthy[line] for line in sorted(worthy)]


def is_asserted(statement: ast.stmt | None, spot: Spot) -> bool:
    """Return whether a statement is an assertion that looks at what stands at a spot."""
    if isinstance(statement, ast.Assert):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not name_called(call.func).startswith("assert"):
        return False
    # Where no columns are kept, it may be the assertion itself that raised.
    return spot.column is not None and any(
        spot.is_in(one) for one in (*call.args, *(keyword.value for keyword in call.keywords))
    )
