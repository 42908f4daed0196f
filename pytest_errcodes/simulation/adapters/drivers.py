"""One body for synchronous and asynchronous callers.

A body that both share is a generator. What it yields is there already for a synchronous caller,
and can be awaited for an asynchronous one: ``response = yield send(request)`` is right for either,
as long as ``send`` is of the caller's own kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")


def run(body: Generator[Any, Any, T]) -> T:
    """Run a body for a synchronous caller."""
    __tracebackhide__ = True
    value = None
    try:
        while True:
            value = body.send(value)
    except StopIteration as end:
        result: T = end.value
        return result
    except RuntimeError as error:
        # Python lets no StopIteration out of a generator; that of a user's code is the user's.
        if isinstance(error.__cause__, StopIteration):
            raise error.__cause__ from None
        raise


async def run_async(body: Generator[Any, Any, T]) -> T:
    """Run a body for an asynchronous caller."""
    __tracebackhide__ = True
    try:
        awaited = body.send(None)
        while True:
            try:
                value = await awaited
            except BaseException as error:  # noqa: BLE001  # the body decides
                awaited = body.throw(error)
            else:
                awaited = body.send(value)
    except StopIteration as end:
        result: T = end.value
        return result
