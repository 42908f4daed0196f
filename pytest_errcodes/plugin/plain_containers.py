"""What stands in structures of plain containers, found without asking anything of it."""

from __future__ import annotations

from typing import TypeVar, cast

Found = TypeVar("Found")

#: A structure with more containers than this is not searched to its end.
_MOST_CONTAINERS = 10_000


def find_in_containers(kind: type[Found], *values: object) -> list[Found]:
    """Return the objects of a type that stand somewhere in structures of plain containers.

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
        else:
            continue
        seen.add(id(one))
    return found
