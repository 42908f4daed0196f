"""Which object carried an envelope: one that is caught and then asserted surfaced once."""

from __future__ import annotations

import weakref
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Object = TypeVar("Object")


class Carrier:
    """One object that carried an envelope to the client's caller; it is not held.

    Attributes:
        number: The same for the same object, in one test.
        kind: Its class.
    """

    def __init__(self, number: int, kind: type) -> None:
        self.number = number
        self.kind = kind


class Carriers:
    """Tells the objects apart that carried envelopes in one test."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Callable[[], object], Carrier]] = {}
        self._numbers = count()

    def identify(self, obj: object) -> Carrier:
        """Return which object this is."""
        known = self._known.get(id(obj))
        if known is not None and known[0]() is obj:  # else one that is gone had the same id
            return known[1]
        try:
            find: Callable[[], object] = weakref.ref(obj)
        except TypeError:  # a dict, a list, an exception of Python's own: held until the test ends
            find = partial(_give_back, obj)
        carrier = Carrier(next(self._numbers), type(obj))
        self._known[id(obj)] = find, carrier
        return carrier

    def clear(self) -> None:
        """Forget them all, as when the next test begins."""
        self._known.clear()


def _give_back(obj: Object) -> Object:
    return obj
