"""Answers that an HTTP client returned to the test itself, which is that client's caller."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from inspect import unwrap
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pytest_errcodes.judging.function_source import is_made_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from pytest_errcodes.active.carriers import Carrier, Carriers
    from pytest_errcodes.active.observation import Observation


#: The attributes of a function that runs another one.
_WRAPPING = frozenset(["__wrapped__", "hypothesis"])
_MOST_DECORATORS = 3


class _Response(NamedTuple):
    """A response that the test has got, and whose body nobody has seen yet."""

    method: str
    url: str
    carrier: Carrier


class ReturnedAnswers:
    """Finds what was observed of the responses that the test itself has got.

    Args:
        seen: All that is observed; what surfaces so is added.
        carriers: Tells the responses apart.
    """

    def __init__(self, seen: list[Observation], carriers: Carriers) -> None:
        self._seen = seen
        self._carriers = carriers
        self._unread: list[_Response] = []
        self._taken: set[int] = set()  # indexes into ``seen``

    def clear(self) -> None:
        """Begin anew."""
        self._unread.clear()
        self._taken.clear()

    def take(self, response: Any, request: Any = None) -> None:
        """Take a response that a client has returned to the test.

        Args:
            response: The response.
            request: What it answers, with a method and a URL; the response knows it if None.
        """
        request = request or response.request
        got = _Response(request.method, str(request.url), self._carriers.identify(response))
        for place in reversed(range(len(self._seen))):
            if self._is_of(got, place):
                self._surface(got, place)
                return
        self._unread.append(got)

    def look(self) -> None:
        """Look at what was observed last: the body of a stream comes after its response."""
        place = len(self._seen) - 1
        for got in self._unread:
            if self._is_of(got, place):
                self._unread.remove(got)
                self._surface(got, place)
                return

    def _is_of(self, got: _Response, place: int) -> bool:
        one = self._seen[place]
        if one.surfaced or place in self._taken:
            return False
        return one.method == got.method and one.url == got.url

    def _surface(self, got: _Response, place: int) -> None:
        self._taken.add(place)
        one = self._seen[place]
        seen_at = partial(_tell_place, one)
        self._seen.append(one._replace(source="returned", seen_at=seen_at, carrier=got.carrier))


def _tell_place(one: Observation) -> str:
    return f"returned from {one.place}"


def find_codes(item: Any) -> tuple[CodeType, ...]:
    """Return the code objects of a test's own function, of what wraps it, and of its examples."""
    test, function = getattr(item, "obj", None), getattr(item, "function", None)
    if test is function and type(test) is FunctionType and _is_bare(test):  # as nearly all are
        return (test.__code__,)
    name = getattr(item, "originalname", None) or item.name
    found = [*_list_codes(test, function), *_list_enclosed(function, name)]
    return tuple(dict.fromkeys(found))


def find_homes(item: Any) -> tuple[Any, Any]:
    """Return the module of a test and its class, each None without one: where helpers stand.

    The module is that which the test was written in: it may be inherited, or imported.
    """
    parent, owner = item.parent, None
    if type(parent) is pytest.Module:  # as nearly all are; an item's own look-up walks its parents
        module = parent.obj
    else:
        module, owner = getattr(item, "module", None), getattr(item, "cls", None)
    name = getattr(getattr(item, "obj", None), "__module__", None)
    if name != getattr(module, "__name__", None):
        module = sys.modules.get(name, module) if type(name) is str else module
    return module, owner


def _is_bare(function: FunctionType) -> bool:
    if function.__closure__ is not None or is_made_up(function.__code__):
        return False
    return _WRAPPING.isdisjoint(vars(function))


def _list_codes(test: Any, function: Any) -> Iterator[CodeType]:
    for one in (test,) if test is function else (test, function):
        yield from _list_code(one)
        yield from _list_code(getattr(getattr(one, "hypothesis", None), "inner_test", None))


def _list_code(function: Any) -> Iterator[CodeType]:
    """Yield the code of what a function wraps, if it has any."""
    with suppress(ValueError):  # it wraps itself
        inner = unwrap(function) if hasattr(function, "__wrapped__") else function
        if (code := getattr(inner, "__code__", None)) is not None:
            yield code


def _list_enclosed(function: Any, name: str, depth: int = 0) -> Iterator[CodeType]:
    """Yield the code of a test that a decorator keeps, which does not tell what it wraps."""
    for kept in _list_kept(function) if depth < _MOST_DECORATORS else ():
        if kept.__code__.co_name == name:
            yield kept.__code__
        yield from _list_enclosed(kept, name, depth + 1)


def _list_kept(function: Any) -> Iterator[FunctionType]:
    """Yield the functions in a function's cells; what ``exec`` made has them in its globals."""
    for cell in getattr(function, "__closure__", None) or ():
        with suppress(ValueError):  # nothing is in it yet
            if type(cell.cell_contents) is FunctionType:
                yield cell.cell_contents
    if type(function) is FunctionType and is_made_up(function.__code__):
        found = (function.__globals__.get(name) for name in function.__code__.co_names)
        yield from (one for one in found if type(one) is FunctionType)
