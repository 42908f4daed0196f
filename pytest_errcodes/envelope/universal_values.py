"""Values that are equal to whatever they are compared with, as ``mock.ANY`` is."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from itertools import islice
from types import MemberDescriptorType
from typing import Any

from pytest_errcodes.text.true_kinds import is_mapping

Pair = tuple[Any, Any]

_SEQUENCES = (list, tuple, deque)
#: A mapping of others may have no end, and each of its values may be such a mapping again.
_MOST_KEYS = 100_000
_MOST_FOREIGN = 10_000
_NOTHING: Any = object()


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
        waiting += [one for one in _pair_members(*pair) if not _is_leaf(one[0])]
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


def _pair_members(one: Any, other: Any) -> list[Pair]:
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
    return list(islice(mapping.items(), _MOST_KEYS))


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
