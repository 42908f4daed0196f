"""Running a test inside a context manager, without a frame of ours in the tracebacks of others."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Judge = AbstractContextManager[None]


def is_unittest(item: Any) -> bool:
    """Return whether a test is a method of ``unittest.TestCase``."""
    if type(item) is pytest.Function:  # methods of a TestCase are items of another type
        return False
    cls = getattr(item, "cls", None)
    unittest = sys.modules.get("unittest")
    return cls is not None and unittest is not None and issubclass(cls, unittest.TestCase)


def wrap(item: Any, judge: Judge) -> Callable[[], None]:
    """Let a test run inside ``judge``; its fixtures, ``setUp`` and ``tearDown`` stay outside.

    Returns:
        A function that gives the item back what was wrapped.
    """
    if is_unittest(item):  # unittest catches its exceptions inside of item.runtest
        _wrap_method(item, judge)
        return lambda: None  # pytest forgets the method together with its instance
    runtest = item.runtest

    def judged() -> None:
        __tracebackhide__ = True
        with judge:
            runtest()

    before = vars(item).get("runtest")
    item.runtest = judged

    def unwrap() -> None:
        del item.runtest
        if before is not None:
            item.runtest = before

    return unwrap


def _wrap_method(item: Any, judge: Judge) -> None:
    method = item.obj
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def judged_async(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            with judge:
                return await method(*args, **kwargs)

        # pytest leaves asynchronous methods to unittest, which takes them from the instance.
        setattr(method.__self__, item.name, judged_async)
    else:

        @functools.wraps(method)
        def judged(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            with judge:
                return method(*args, **kwargs)

        item.obj = judged
