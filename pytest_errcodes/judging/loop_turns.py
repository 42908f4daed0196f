"""In which turn a loop is, as far as its source and the variables beside it tell.

Nothing is called to find out: only plain values of Python's own types are looked at.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pytest_errcodes.judging.plain_values import (
    UNKNOWN,
    Names,
    evaluate,
    is_endless,
    is_plain,
    is_scalar,
    list_items,
)
from pytest_errcodes.text.true_kinds import is_one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Loop: TypeAlias = ast.For | ast.AsyncFor | ast.While | ast.comprehension

_MOST_ITEMS = 10_000


class Turn(NamedTuple):
    """Where a loop is. None stands for: nothing tells.

    Attributes:
        is_first: Whether it is in its first turn.
        has_more: Whether turns are left.
    """

    is_first: bool | None = None
    has_more: bool | None = None


def measure_turn(loop: Loop, rest: Sequence[ast.stmt], names: Names) -> Turn:
    """Find out in which turn a loop is.

    One without an end has no turns left: nothing but an exception, or a break, was to end it.

    Args:
        loop: The loop.
        rest: What is left to do in this turn.
        names: The variables as they are in this turn.
    """
    if isinstance(loop, ast.While):
        return Turn(None, _goes_on(loop.test, rest, names))
    if is_endless(loop.iter, names):
        return Turn(None, has_more=False)
    items = list_items(evaluate(loop.iter, names))
    if isinstance(items, int):
        return Turn(None, items > 0)
    if items is None:
        return Turn()
    if len(items) == 1:
        return Turn(is_first=True, has_more=False)
    return _find_turn(loop, items, names)


def _find_turn(
    loop: ast.For | ast.AsyncFor | ast.comprehension, items: Sequence[object], names: Names
) -> Turn:
    body = [] if isinstance(loop, ast.comprehension) else loop.body
    if _list_stored_names(body) & _list_stored_names([loop.target]):
        return Turn()
    numbers: Sequence[int] = range(len(items))
    if len(items) > _MOST_ITEMS:
        numbers = (0, len(items) - 1)
    may_be = {number: _fits(loop.target, items[number], names) for number in numbers}
    able = [number for number, fits in may_be.items() if fits is not False]
    first, last = 0, len(items) - 1
    if not able:
        is_between = len(numbers) < len(items)
        return Turn(is_first=False, has_more=True) if is_between else Turn()
    is_first = None if first in able and len(able) > 1 else first in able
    has_more = None if last in able and len(able) > 1 else last not in able
    if has_more and isinstance(loop, ast.comprehension) and loop.ifs:
        has_more = None  # the condition may filter out all items that are left
    return Turn(is_first, has_more)


def _fits(target: ast.expr, item: object, names: Names) -> bool | None:
    """Return whether the variables have the values that a turn with this item gives them."""
    if item is UNKNOWN:
        return None
    if isinstance(target, ast.Name):
        return _is_same(names(target.id), item)
    if not isinstance(target, ast.Tuple | ast.List) or not _is_list(item):
        return None
    members: Any = item
    if len(target.elts) != len(members):
        return None
    pairs = zip(target.elts, members, strict=True)
    return _join_results([_fits(one, member, names) for one, member in pairs])


def _is_same(value: Any, item: Any) -> bool | None:
    if value is item:
        return None if value is UNKNOWN else True
    if value is UNKNOWN or item is UNKNOWN:
        return None
    if _is_list(value) and _is_list(item):
        if len(value) != len(item):
            return False
        return _join_results([_is_same(*pair) for pair in zip(value, item, strict=True)])
    if is_scalar(value):
        return type(value) is type(item) and bool(value == item)
    return False


def _is_list(value: object) -> bool:
    return is_one_of(type(value), (list, tuple))


def _join_results(results: list[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _list_stored_names(nodes: Sequence[ast.AST]) -> set[str]:
    return {
        one.id
        for node in nodes
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)
    }


def _goes_on(test: ast.expr, rest: Sequence[ast.stmt], names: Names) -> bool | None:
    """Return whether ``while`` would go on; not if nothing but an exception or a break ends it."""
    if isinstance(test, ast.Constant) and test.value:
        return False
    used = {one.id for one in ast.walk(test) if isinstance(one, ast.Name)}
    value = UNKNOWN if used & _list_stored_names(rest) else evaluate(test, names)
    return bool(value) if is_plain(value) else None
