"""Watching which lines of a test run, to see what its own ``except`` clauses catch.

Nothing but the lines of the test's own function is told, and only where it has such a clause.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_errcodes.judging.function_source import find_spot
from pytest_errcodes.plugin.line_events import make_line_events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType, TracebackType

    from pytest_errcodes.judging.own_handlers import OwnHandler

    #: Is called with what a clause caught that asserts it, and with the clause.
    Tell = Callable[[BaseException, CodeType, OwnHandler], object]


class HandlerWatch:
    """Tells of each exception that a clause of a test caught, as the test asserts it.

    Args:
        handlers: The clauses, by the code that they stand in.
        tell: Called with each exception.
    """

    def __init__(self, handlers: Mapping[CodeType, Sequence[OwnHandler]], tell: Tell) -> None:
        self._handlers = handlers
        self._tell = tell
        self._caught: dict[OwnHandler, list[BaseException]] = {}
        self._told: list[BaseException] = []
        self._lines = make_line_events(handlers, self._look)

    @property
    def is_blind(self) -> bool:
        """Whether something may have been caught unseen, between start and close."""
        return self._lines.is_lost

    def start(self) -> None:
        """Watch from now on."""
        self._lines.start()

    def close(self) -> None:
        """Watch no longer, and forget what was caught."""
        self._lines.close()
        self.forget()

    def forget(self) -> None:
        """Forget what was caught, as an attempt begins."""
        self._caught.clear()
        self._told.clear()

    # -- what a line tells -------------------------------------------------------------------

    def _look(self, code: CodeType, line: int) -> None:
        error = sys.exception()
        for handler in self._handlers.get(code, ()):
            caught = self._caught.get(handler, [])
            if error is not None and line in handler.entered and handler.catches(error):
                caught = self._caught.setdefault(handler, [])
                if not any(one is error for one in caught):
                    caught.append(error)
                if handler.is_guarded:
                    self._tell_once(error, code, handler)
            if line in handler.asserted:
                for one in caught[:]:
                    self._tell_once(one, code, handler)

    def _tell_once(self, error: BaseException, code: CodeType, handler: OwnHandler) -> None:
        if not self._is_told(error):
            self._told.append(error)
            self._tell(error, code, handler)

    def _is_told(self, error: BaseException) -> bool:
        return any(one is error for one in self._told)

    def find_passed(
        self, error: BaseException, traceback: TracebackType | None
    ) -> tuple[int, str] | None:
        """Return the line and the classes of a clause that asserts, and let an exception pass."""
        if any(one is error for caught in self._caught.values() for one in caught):
            return None  # and raised it once more
        while traceback is not None:
            code = traceback.tb_frame.f_code
            spot = find_spot(code, traceback.tb_lasti) if code in self._handlers else None
            for handler in self._handlers.get(code, ()):
                asserts = handler.is_guarded or handler.asserted
                if asserts and spot and any(map(spot.is_in, handler.tried.body)):
                    return handler.line, " or ".join(handler.classes)
            traceback = traceback.tb_next
        return None

    def list_unasserted(self) -> list[tuple[int, BaseException]]:
        """Return what was caught and nothing asserts, with the line of the clause."""
        return [
            (handler.line, error)
            for handler, caught in self._caught.items()
            for error in caught
            if not self._is_told(error)
        ]
