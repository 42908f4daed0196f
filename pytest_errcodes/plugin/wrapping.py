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
    if is_unittest(item):  # its exceptions never leave item.runtest
        _wrap_method(item, judge)
        return lambda: None  # pytest forgets the method together with its instance
    runtest = item.runtest

    def judged() -> None:
        __tracebackhide__ = True
        with judge:
            runtest()

    return _replace(item, "runtest", judged)


def end_with_fixtures(item: Any, end: Callable[[], object]) -> Callable[[], None]:
    """Call ``end`` when all fixtures of a test's own scope are torn down, and no wider one is.

    To be called before the first of them is set up: right before, pytest takes ``item.teardown``,
    which it calls after the last of them.

    Returns:
        A function that gives the item back what was wrapped.
    """
    teardown = item.teardown

    def teardown_and_end() -> None:
        __tracebackhide__ = True
        try:
            teardown()
        finally:
            end()

    return _replace(item, "teardown", teardown_and_end)


def end_before_wider_fixtures(item: Any, end: Callable[[], object]) -> None:
    """Call ``end`` before any fixture is torn down that is set up by now and of a wider scope.

    For a test whose own fixtures are set up already. What is added to a node last is called first.
    """
    for node in item.listchain()[:-1]:
        node.addfinalizer(end)


def _replace(item: Any, name: str, function: Callable[[], None]) -> Callable[[], None]:
    """Replace a method of one item; return a function that puts back what was there."""
    own = vars(item)
    before = own.get(name)
    own[name] = function

    def put_back() -> None:
        if own.get(name) is not function:  # somebody has replaced it again
            return
        del own[name]
        if before is not None:
            own[name] = before

    return put_back


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
