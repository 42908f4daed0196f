"""What ``pytest.raises`` and unittest's ``assertRaises`` catch, told to whom it concerns."""

from __future__ import annotations

import contextlib
import sys
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pytest_errcodes.envelope.exception_parts import find_traceback
from pytest_errcodes.simulation.adapters.patching import Outlook, Patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType


class Told(Protocol):
    """Who is told of exceptions that reach a ``with`` block which may catch them."""

    def take_caught(
        self, error: BaseException, traceback: TracebackType | None, caller: FrameType | None
    ) -> None:
        """Take one that was caught as its block expects; the frame is the one that left it."""

    def take_passed(self, error: BaseException, awaited: str) -> None:
        """Take one that a block lets pass, and what that waits for."""

    def take_suppressed(self, error: BaseException, caller: FrameType) -> None:
        """Take one that ``contextlib.suppress`` swallowed, and the frame that left its block."""


class Catching:
    """Patches the classes whose ``with`` blocks catch exceptions for a test.

    Args:
        told: Who is told of them.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._patches = [Patch(one, "__exit__", self._wrap) for one in _find_classes()]
        if not hasattr(pytest, "RaisesExc"):  # before pytest 8.4 a call has no block
            patch = Patch(pytest.ExceptionInfo, "from_exception", self._wrap_call)
            self._patches.append(patch)
        self._patches.append(Patch(contextlib.suppress, "__exit__", self._wrap_suppress))
        self._has_unittest = False
        self._outlook = Outlook()

    def bind(self) -> None:
        """Patch what is there by now, and see that earlier patches are in place."""
        if self._outlook.is_unchanged():
            return
        unittest = sys.modules.get("unittest")
        if unittest is not None and not self._has_unittest:
            self._has_unittest = True
            kind = type(unittest.TestCase().assertRaises(Exception))  # noqa: PT027  # its class
            self._patches.append(Patch(kind, "__exit__", self._wrap))
        for patch in self._patches:
            patch.ensure()
        places = [place for patch in self._patches for place in patch.places()]
        self._outlook.keep([(sys.modules, "unittest"), *places])

    def close(self) -> None:
        """Give back what was patched."""
        for patch in self._patches:
            patch.remove()

    def _wrap(self, leave: Callable[..., Any]) -> Callable[..., Any]:
        told = self._told

        @wraps(leave)
        def leave_and_tell(
            block: Any,
            kind: type[BaseException] | None,
            error: BaseException | None,
            traceback: TracebackType | None,
        ) -> Any:
            __tracebackhide__ = True
            caught = leave(block, kind, error, traceback)
            if caught and error is not None:
                told.take_caught(error, traceback, sys._getframe(1))  # noqa: SLF001  # told by nothing else
            elif error is not None:
                told.take_passed(error, _name_awaited(block))
            return caught

        return leave_and_tell

    def _wrap_suppress(self, leave: Callable[..., Any]) -> Callable[..., Any]:
        told = self._told

        @wraps(leave)
        def leave_and_tell(block: Any, kind: Any, error: Any, traceback: Any) -> Any:
            swallowed = leave(block, kind, error, traceback)
            if swallowed and error is not None:
                told.take_suppressed(error, sys._getframe(1))  # noqa: SLF001  # told by nothing else
            return swallowed

        return leave_and_tell

    def _wrap_call(self, make: Any) -> Any:
        told, call = self._told, pytest.raises.__code__

        def make_and_tell(error: BaseException, *rest: Any) -> Any:
            if sys._getframe(1).f_code is call:  # noqa: SLF001  # who calls is told by nothing else
                told.take_caught(error, find_traceback(error), None)
            return make(error, *rest)

        return make_and_tell


def _name_awaited(block: object) -> str:
    """Return what a block waits for: ``pytest.raises waits for KeyError``."""
    names = ("expected_exceptions", "expected_exception", "expected")
    found = next((vars(block)[name] for name in names if name in vars(block)), ())
    classes = found if isinstance(found, tuple) else (found,)
    words = [one.__name__ for one in classes if isinstance(one, type)]
    helper = "assertRaises" if type(block).__module__.startswith("unittest") else "pytest.raises"
    return f"{helper} waits for {' or '.join(words) or 'another'}"


def _find_classes() -> list[type]:
    """Return the classes of pytest's blocks; nobody may import those that are private."""
    groups = getattr(pytest, "RaisesGroup", None)
    block = pytest.raises(Exception)  # noqa: PT011  # nothing is raised: its class is asked for
    return [type(block), *([groups] if groups else [])]
