"""Of what kind an object is, whatever it says of itself: its ``__class__`` may raise, or lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

#: Nothing is sent more often; a number may have thousands of digits, which no text can show.
_MOST_TIMES = 1_000_000_000


def is_a(obj: Any, kinds: Any) -> bool:
    """Return ``isinstance(obj, kinds)``, by its class alone where that raises."""
    try:
        return isinstance(obj, kinds)
    except Exception:  # noqa: BLE001  # a __class__ that is a property, a metaclass without a hash
        if kinds is Mapping:
            return is_mapping(obj)
        return isinstance(kinds, type) and is_one_of(kinds, type.mro(type(obj)))


def is_mapping(obj: object) -> TypeGuard[Mapping[Any, Any]]:
    """Return whether the class of an object is one of mappings: no mock is, whatever its spec."""
    kind = type(obj)
    if kind is dict:
        return True
    try:
        return issubclass(kind, Mapping)
    except Exception:  # noqa: BLE001  # its metaclass may raise anything, where it is hashed too
        return issubclass(kind, dict)


def is_one_of(kind: type, kinds: Iterable[type]) -> bool:
    """Return whether a class is one of some, itself: ``in`` would ask its metaclass."""
    return any(kind is one for one in kinds)


def make_plain_code(value: object) -> object:
    """Return a number or a text of a derived class as Python's own, and anything else as it is."""
    kind = type(value)
    if kind is int or kind is str or kind is bool:
        return value
    if issubclass(kind, str):
        return str.__str__(value)
    return int.__int__(value) if issubclass(kind, int) else value  # type: ignore[arg-type]  # it is one


def read_times(value: object) -> int | None:
    """Return how often something is to be sent or received, as a plain number; None for no such.

    It is a whole number from 1; a derived class may say anything where it is compared.
    """
    if type(value) is bool or not issubclass(type(value), int):
        return None
    number = int.__int__(value)  # type: ignore[arg-type]  # it is one
    return number if 1 <= number <= _MOST_TIMES else None
