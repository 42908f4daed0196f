"""Whether two values are equal, also where ``==`` raises, gives an array, or never ends."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import tell_error
from pytest_errcodes.envelope.foreign_attributes import get_attribute
from pytest_errcodes.envelope.universal_values import equals_anything, is_universal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_a

if TYPE_CHECKING:
    from collections.abc import Callable

    Compare = Callable[[Any, Any], Any]

#: A mapping of others may have no end.
_MOST_KEYS = 1_000_000


def are_equal(one: Any, other: Any) -> bool:
    """Return whether two values are equal.

    As ``==`` says, where it says yes or no. Arrays and tables are equal if their shapes and all
    their values are; structures that hold themselves, if no difference is found in them. What
    raises when it is compared is not equal.
    """
    try:
        result = one == other
        if type(result) is bool:
            return result
    except ErrcodesUsageError:  # a matcher of ours tells of a mistake
        raise
    except Exception:  # noqa: BLE001  # the __eq__ of a foreign object may raise anything
        return _compare_members(one, other, operator.eq)
    return _judge(one, other, result, operator.eq)


def differ(one: Any, other: Any) -> bool:
    """Return whether two values are not equal, as ``!=`` says: a matcher observes nothing then."""
    try:
        result = one != other
        if type(result) is bool:
            return result
    except ErrcodesUsageError:  # as above
        raise
    except Exception:  # noqa: BLE001  # as above
        return not _compare_members(one, other, operator.ne)
    return not _judge(one, other, result, operator.ne)


def tell_failed_comparison(one: Any, other: Any) -> str:
    """Return what is odd about comparing what came, ``other``, in words; empty for nothing."""
    if is_universal(other):
        return "what came is equal to anything, which shows nothing"
    try:
        if not one != other and equals_anything(other, one):  # noqa: SIM202  # a matcher observes what ``==`` finds
            return "something in what came is equal to anything, which shows nothing"
    except Exception as error:  # noqa: BLE001  # as above
        is_array = any(get_attribute(type(value), "shape") is not ABSENT for value in (one, other))
        return "" if is_array else f"comparing them raised {tell_error(error)}"
    return ""


def _compare_members(one: Any, other: Any, compare: Compare) -> bool:
    """Return whether two values are equal, taken apart: members are equal if they are the same."""
    waiting: list[tuple[Any, Any]] = [(one, other)]
    seen: set[tuple[int, int]] = set()
    try:
        while waiting:
            left, right = waiting.pop()
            pairs = _pair_members(left, right)
            if pairs is None:
                if not _are_equal_leaves(left, right, compare):
                    return False
            elif (id(left), id(right)) not in seen:
                seen.add((id(left), id(right)))
                if any(len(pair) != 2 for pair in pairs):
                    return False
                waiting += [pair for pair in pairs if pair[0] is not pair[1]]
    except ErrcodesUsageError:  # as above
        raise
    except Exception:  # noqa: BLE001  # as above
        return False
    return True


def _pair_members(left: Any, right: Any) -> list[tuple[Any, ...]] | None:
    """Return the members side by side; a lone one where they differ in number; None for leaves."""
    if is_a(left, Mapping) and is_a(right, Mapping):
        keys = list(islice(left, _MOST_KEYS))
        if len(keys) != len(right) or any(key not in right for key in keys):
            return [(left,)]
        return [(left[key], right[key]) for key in keys]
    for kind in (list, tuple):
        if is_a(left, kind) and is_a(right, kind):
            if len(left) != len(right):
                return [(left,)]
            return list(zip(left, right, strict=False))
    return None


def _are_equal_leaves(left: Any, right: Any, compare: Compare) -> bool:
    if type(left) is type(right) and callable(getattr(type(left), "equals", None)):
        return bool(left.equals(right))
    result = compare(left, right)
    if type(result) is bool:
        return result is (compare is operator.eq)
    return _judge(left, right, result, compare)


def _judge(one: Any, other: Any, result: Any, compare: Compare) -> bool:
    """Return whether two values are equal whose comparison is no bool, such as an array of them."""
    try:
        if type(one) is type(other) and callable(getattr(type(one), "equals", None)):
            return bool(one.equals(other))
        if not hasattr(type(result), "shape"):
            return bool(result) is (compare is operator.eq)
        shapes = [getattr(value, "shape", None) for value in (one, other)]
        if None not in shapes and shapes[0] != shapes[1]:
            return False
        if None in shapes and result.shape != ():  # an array, and a list or a number
            plain = [
                value.tolist() if hasattr(value, "tolist") else value for value in (one, other)
            ]
            is_listed = all(isinstance(value, list) for value in plain)
            return is_listed and _compare_members(plain[0], plain[1], operator.eq)
        return bool(result.all() if compare is operator.eq else not result.any())
    except Exception:  # noqa: BLE001  # as above
        return False
