"""The exceptions that a test itself catches, lets pass or swallows, given to what judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.exception_parts import find_traceback
from pytest_errcodes.judging.raise_places import find_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

    from pytest_errcodes.active.context import Context
    from pytest_errcodes.plugin.running_test import RunningTest


class CaughtExceptions:
    """Takes them for the test that runs now.

    Args:
        context: That of the run. One inside of it has tests and a context of its own.
        find_test: Returns the test, or None where none runs.
    """

    def __init__(self, context: Context, find_test: Callable[[], RunningTest | None]) -> None:
        self._context = context
        self._find_test = find_test

    def take_caught(
        self, error: BaseException, traceback: TracebackType | None, caller: FrameType | None
    ) -> None:
        """Take one that was caught as its block expects; the frame is the one that left it."""
        context, test = self._context, self._find_test()
        if current() is not context:
            return
        if context.take_raised is not None:
            context.take_raised(error)
        if test is not None:
            test.observe_caught(error, traceback, caller)

    def take_passed(self, error: BaseException, awaited: str) -> None:
        """Take one that a block lets pass, and what that waits for."""
        test = self._find_test()
        if current() is self._context and test is not None:
            test.note_passed(error, awaited)

    def take_suppressed(self, error: BaseException, caller: FrameType) -> None:
        """Take one that ``contextlib.suppress`` swallowed, and the frame that left its block."""
        context, test = self._context, self._find_test()
        # A client may suppress what it likes; what counts is what the test itself does.
        is_own = current() is context and caller.f_code in context.test_codes
        if is_own and test is not None:
            test.note_unasserted("suppress", caller.f_lineno, error)


def note_left_subtest(test: RunningTest, error: BaseException) -> None:
    """Note an exception that left a subtest: pytest has caught it, and the test goes on."""
    line = find_line(find_traceback(error), current().test_codes)
    test.note_unasserted("subtest", line, error)
