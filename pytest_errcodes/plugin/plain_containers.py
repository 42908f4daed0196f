"""What stands in structures of plain containers and records, found without asking it anything."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar, cast

Found = TypeVar("Found")

#: A structure with more containers than this is not searched to its end.
_MOST_CONTAINERS = 10_000


def find_in_containers(kind: type[Found], *values: object) -> list[Found]:
    """Return the objects of a type that stand somewhere in structures of plain containers.

    Records are containers too: objects of a dataclass, or of a class of attrs.

    Nothing of the objects themselves is called: what they do with it is their owner's.
    """
    found: list[Found] = []
    seen: set[int] = set()  # a tree may hold itself
    waiting = list(values)
    while waiting and len(seen) < _MOST_CONTAINERS:
        one = waiting.pop()
        if issubclass(type(one), kind):
            found.append(cast("Found", one))
        if id(one) in seen:
            continue
        if issubclass(type(one), dict):
            waiting += dict.values(cast("dict[object, object]", one))
        elif issubclass(type(one), list):
            waiting += list.__iter__(cast("list[object]", one))
        elif issubclass(type(one), tuple):
            waiting += tuple.__iter__(cast("tuple[object, ...]", one))
        elif names := _name_fields(type(one)):
            with suppress(AttributeError):  # one that was never set
                waiting += [object.__getattribute__(one, name) for name in names]
        else:
            continue
        seen.add(id(one))
    return found


def _name_fields(kind: type) -> list[str]:
    """Return the names of the fields of a dataclass, or of a class of attrs; none of others."""
    for one in type.mro(kind):
        own = type.__dict__["__dict__"].__get__(one)
        if "__dataclass_fields__" in own:
            return [*own["__dataclass_fields__"]]
        if "__attrs_attrs__" in own:
            return [field.name for field in own["__attrs_attrs__"]]
    return []
