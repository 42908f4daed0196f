"""Whether two values are equal, also where ``==`` raises, gives an array, or never ends.

And whether one is equal to whatever it is compared with, as ``mock.ANY`` is: that says nothing.
"""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.field_paths import ABSENT
from pytest_errcodes.envelope.broken_objects import get_attribute, tell_error
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.true_kinds import is_a, is_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    Compare = Callable[[Any, Any], Any]

#: A mapping of others may have no end.
_MOST_KEYS = 1_000_000
#: Each value of one may be such a mapping again, so that fewer are looked at in search of a value
#: that is equal to anything.
_MOST_FOREIGN_KEYS = 100_000
_MOST_FOREIGN = 10_000
_SEQUENCES = (list, tuple, deque)
_NOTHING: Any = object()

Pair = tuple[Any, Any]


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


def equals_anything(came: Any, wanted: Any) -> bool:
    """Return whether what came, or something in it, is equal to whatever it is compared with.

    Where it is expected, that says something; where it came, it shows nothing.
    """
    waiting: list[Pair] = [(came, wanted)]
    seen: dict[tuple[int, int], Pair] = {}  # kept: what is made anew could have the id of another
    foreign = 0
    while waiting and foreign < _MOST_FOREIGN:
        one, other = pair = waiting.pop()
        if one is other or (id(one), id(other)) in seen or is_universal(other):
            continue
        if is_universal(one):
            return True
        seen[id(one), id(other)] = pair
        foreign += type(one) is not dict and is_mapping(one)
        waiting += [one for one in _pair_with_rivals(*pair) if not _is_leaf(one[0])]
    return False


def is_universal(value: Any) -> bool:
    """Return whether a value says of itself that it is equal to anything."""
    kind = type(value)
    if kind is dict or kind is list or kind is tuple or _is_leaf(value):
        return False
    try:
        return (value == object()) is True
    except Exception:  # noqa: BLE001  # the __eq__ of a foreign object may raise anything
        return False


def _is_leaf(value: object) -> bool:
    """Return whether a value is equal to its like alone, and holds nothing."""
    kind = type(value)  # compared one by one: data may be of millions of them
    return kind is str or kind is int or kind is float or kind is bool or value is None


def _pair_with_rivals(one: Any, other: Any) -> list[Pair]:
    """Return what a value holds, each member with the one that it is compared with."""
    try:
        if is_mapping(one):
            others = other if is_mapping(other) else {}
            return [(value, others.get(key, _NOTHING)) for key, value in _list_items(one)]
        if issubclass(type(one), _SEQUENCES):
            members, rivals = _list_members(one), _list_members(other)
            rivals += [_NOTHING] * (len(members) - len(rivals))
            return list(zip(members, rivals, strict=False))
        if type(one) is type(other):
            fields, others = _list_fields(one), _list_fields(other)
            return [(value, others.get(name, _NOTHING)) for name, value in fields.items()]
    except Exception:  # noqa: BLE001  # a foreign container may raise anything
        return []
    return []


def _list_items(mapping: Any) -> list[Pair]:
    """Return the items of a mapping: Python's own ones, past the methods of a derived class."""
    if issubclass(type(mapping), dict):
        return list(dict.items(mapping))
    return list(islice(mapping.items(), _MOST_FOREIGN_KEYS))


def _list_members(obj: Any) -> list[Any]:
    """Return what a sequence of Python's own holds, past the methods of a derived class."""
    for kind in _SEQUENCES:
        if issubclass(type(obj), kind):
            return list(kind.__iter__(obj))
    return []


def _list_fields(obj: object) -> dict[str, Any]:
    """Return the attributes that an object holds itself, past its ``__getattribute__``."""
    fields: dict[str, Any] = {}
    for kind in type.mro(type(obj)):
        for name, member in type.__dict__["__dict__"].__get__(kind).items():
            if type(member) is MemberDescriptorType:  # one of its __slots__
                try:
                    fields[name] = member.__get__(obj)
                except AttributeError:  # it was never set
                    continue
    with suppress(AttributeError):  # it has slots alone
        fields |= object.__getattribute__(obj, "__dict__")
    return fields
