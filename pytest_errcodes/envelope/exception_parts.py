"""The parts of an exception as Python itself keeps them, whatever its class says of itself.

A class may read attributes in its own way, and raise; it may be equal to all, or neither true nor
false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

_Chained = BaseException | None

_OWN = vars(BaseException)

find_traceback: Callable[[BaseException], TracebackType | None] = _OWN["__traceback__"].__get__
set_traceback: Callable[[BaseException, TracebackType | None], None]
set_traceback = _OWN["__traceback__"].__set__
find_cause: Callable[[BaseException], _Chained] = _OWN["__cause__"].__get__
find_context: Callable[[BaseException], _Chained] = _OWN["__context__"].__get__
hides_context: Callable[[BaseException], bool] = _OWN["__suppress_context__"].__get__
#: The members of a group, which may be groups again.
list_members: Callable[[Any], tuple[BaseException, ...]]
list_members = vars(BaseExceptionGroup)["exceptions"].__get__


def is_group(error: BaseException) -> bool:
    """Return whether an exception is a group of some."""
    return issubclass(type(error), BaseExceptionGroup)


def iterate_leaves(error: BaseException) -> Iterator[BaseException]:
    """Yield the exceptions in a group, at any depth and in their order; of another, itself."""
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if is_group(one):
            waiting += reversed(list_members(one))
        else:
            yield one
