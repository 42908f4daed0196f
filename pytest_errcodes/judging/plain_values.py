"""The value of an expression, found without calling anything of the user's.

Only plain values of Python's own types are looked at.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import operator
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from enum import EnumType
from inspect import getattr_static
from typing import Any, TypeAlias

from pytest_errcodes.text.true_kinds import is_one_of

#: Returns the value of a variable; ``UNKNOWN`` if there is none.
Names: TypeAlias = Callable[[str], object]

UNKNOWN: Any = object()
_SCALARS: tuple[type, ...] = (int, str, bytes, bool, float, type(None))
_PLAIN: tuple[type, ...] = (*_SCALARS, list, tuple, dict, set, frozenset, range, deque)
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_SEQUENCES: tuple[type, ...] = (list, tuple, range, str, bytes)
_COLLECTIONS: tuple[type, ...] = (dict, set, frozenset, deque, *_VIEWS, EnumType)
_ITERATORS: tuple[type, ...] = (type(iter([])), type(iter(())), type(iter(range(0))))
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


def is_scalar(value: object) -> bool:
    """Return whether a value is one of Python's own, and no container; its class is not asked."""
    return is_one_of(type(value), _SCALARS)


def is_plain(value: object) -> bool:
    """Return whether a value is one of Python's own, or a container; its class is not asked."""
    return is_one_of(type(value), _PLAIN)


def list_items(value: Any) -> Sequence[object] | int | None:
    """Return what a loop over a value goes through, or how much of it is left; None if unknown."""
    kind = type(value)
    if is_one_of(kind, _SEQUENCES):
        items: Sequence[object] = value
        return items
    if is_one_of(kind, _COLLECTIONS):
        return list(value)
    return operator.length_hint(value) if is_one_of(kind, _ITERATORS) else None


def is_endless(node: ast.expr, names: Names) -> bool:
    """Return whether an expression makes one of the iterators of itertools that never end."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        module = evaluate(node.func.value, names)
        function = getattr_static(module, node.func.attr, None) if module is itertools else None
    else:
        function = names(node.func.id) if isinstance(node.func, ast.Name) else None
    is_repeat = function is itertools.repeat and len(node.args) == 1 and not node.keywords
    return function is itertools.count or function is itertools.cycle or is_repeat


def evaluate(node: ast.expr | None, names: Names) -> Any:
    """Return the value of an expression that calls nothing of the user's; else ``UNKNOWN``."""
    find = _EVALUATORS.get(type(node))
    try:
        return UNKNOWN if find is None else find(node, names)
    except Exception:  # noqa: BLE001  # an index out of range, ...: it has another value by now
        return UNKNOWN


def _evaluate_sequence(node: ast.Tuple | ast.List, names: Names) -> Any:
    items: list[object] = []
    for element in node.elts:
        if not isinstance(element, ast.Starred):
            items.append(evaluate(element, names))
            continue
        inner = list_items(evaluate(element.value, names))
        if inner is None or isinstance(inner, int):
            return UNKNOWN
        items += inner
    return items


def _evaluate_set(node: ast.Set, names: Names) -> Any:
    return [evaluate(node.elts[0], names)] if len(node.elts) == 1 else UNKNOWN


def _evaluate_attribute(node: ast.Attribute, names: Names) -> Any:
    owner = evaluate(node.value, names)
    if owner is UNKNOWN:
        return UNKNOWN
    value = getattr_static(owner, node.attr)
    return value if is_plain(value) or type(value) is EnumType else UNKNOWN


def _evaluate_subscript(node: ast.Subscript, names: Names) -> Any:
    owner = evaluate(node.value, names)
    if not is_one_of(type(owner), (list, tuple, dict, str, range)):
        return UNKNOWN
    if not isinstance(node.slice, ast.Slice):
        key = evaluate(node.slice, names)
        return owner[key] if is_scalar(key) else UNKNOWN
    ends = (node.slice.lower, node.slice.upper, node.slice.step)
    bounds = [None if end is None else evaluate(end, names) for end in ends]
    are_bounds = all(one is None or type(one) is int for one in bounds)
    return owner[slice(*bounds)] if are_bounds else UNKNOWN


def _evaluate_call(node: ast.Call, names: Names) -> Any:
    if isinstance(node.func, ast.Attribute):
        owner = evaluate(node.func.value, names)
        if type(owner) is dict and node.func.attr in ("items", "keys", "values") and not node.args:
            return list(getattr(owner, node.func.attr)())
        return UNKNOWN
    function: Any = names(node.func.id) if isinstance(node.func, ast.Name) else UNKNOWN
    values = [evaluate(argument, names) for argument in node.args]
    named = {one.arg or "**": evaluate(one.value, names) for one in node.keywords}
    if any(one is UNKNOWN for one in (*values, *named.values())):
        return UNKNOWN
    if function is range:
        return range(*values)
    return _call_on_lists(function, values, named)


def _call_on_lists(function: Any, values: list[Any], named: dict[str, Any]) -> Any:
    if not any(function is one for one in (enumerate, zip, list, tuple, reversed)):
        return UNKNOWN
    count = len(values) if function is zip else 1
    lists = [list_items(value) for value in values[:count]]
    if any(one is None or isinstance(one, int) for one in lists):
        return UNKNOWN
    return list(function(*lists, *values[count:], **named))


def _evaluate_comparison(node: ast.Compare, names: Names) -> Any:
    left, right = evaluate(node.left, names), evaluate(node.comparators[0], names)
    compare = _COMPARE.get(type(node.ops[0]))
    if len(node.ops) > 1 or compare is None:
        return UNKNOWN
    return compare(left, right) if is_scalar(left) and is_scalar(right) else UNKNOWN


def _evaluate_not(node: ast.UnaryOp, names: Names) -> Any:
    value = evaluate(node.operand, names)
    if not is_plain(value):
        return UNKNOWN
    if isinstance(node.op, ast.Not):
        return not value
    is_number = type(value) is int or type(value) is float
    return -value if is_number and isinstance(node.op, ast.USub) else UNKNOWN


def _evaluate_sum(node: ast.BinOp, names: Names) -> Any:
    left, right = evaluate(node.left, names), evaluate(node.right, names)
    if type(left) is not type(right) or not is_one_of(type(left), (int, list, tuple)):
        return UNKNOWN
    if isinstance(node.op, ast.Add):
        return left + right
    return left - right if isinstance(node.op, ast.Sub) and type(left) is int else UNKNOWN


_EVALUATORS: dict[type[ast.expr | None], Callable[[Any, Names], Any]] = {
    ast.Constant: lambda node, names: node.value,  # noqa: ARG005  # it is called as the others
    ast.Name: lambda node, names: names(node.id),
    ast.Tuple: _evaluate_sequence,
    ast.List: _evaluate_sequence,
    ast.Set: _evaluate_set,
    ast.Attribute: _evaluate_attribute,
    ast.Subscript: _evaluate_subscript,
    ast.Call: _evaluate_call,
    ast.Compare: _evaluate_comparison,
    ast.UnaryOp: _evaluate_not,
    ast.BinOp: _evaluate_sum,
}


def find_name(*scopes: Mapping[str, object]) -> Names:
    """Return what looks a variable up in several scopes, and then among the built-in ones."""

    def find(name: str) -> object:
        for scope in (*scopes, vars(builtins)):
            if name in scope:
                return scope[name]
        return UNKNOWN

    return find
