"""Judging the methods of ``unittest.TestCase``, whose exceptions never leave ``item.runtest``."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def is_unittest(item: Any) -> bool:
    """Return whether a test is a method of ``unittest.TestCase``."""
    cls = getattr(item, "cls", None)
    unittest = sys.modules.get("unittest")
    return cls is not None and unittest is not None and issubclass(cls, unittest.TestCase)


def wrap_method(item: Any, judge: AbstractContextManager[None]) -> None:
    """Let the test's method run inside ``judge``; ``setUp`` and ``tearDown`` stay outside."""
    method = item.obj
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def judged_async(*args: Any, **kwargs: Any) -> None:
            __tracebackhide__ = True
            with judge:
                await method(*args, **kwargs)

        # pytest leaves asynchronous methods to unittest, which takes them from the instance.
        setattr(method.__self__, item.name, judged_async)
    else:

        @functools.wraps(method)
        def judged(*args: Any, **kwargs: Any) -> None:
            __tracebackhide__ = True
            with judge:
                method(*args, **kwargs)

        item.obj = judged
