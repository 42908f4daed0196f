"""Watching which lines of a test run, to see what its own ``except`` clauses catch.

Nothing but the lines of the test's own function is told, and only where it has such a clause.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pytest_errcodes.judging.function_source import find_spot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType, FrameType, TracebackType

    from pytest_errcodes.judging.own_handlers import OwnHandler

    #: Is called with what a clause caught that asserts it, and with the clause.
    Tell = Callable[[BaseException, CodeType, OwnHandler], object]

_NAME = "pytest-errcodes"
#: Numbers of tools that Python leaves to nobody; 3 and 4 of them have no name.
_NUMBERS = (4, 3)


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
        self._give_back: Callable[[], object] | None = None

    def start(self) -> bool:
        """Watch from now on; return whether that can be done."""
        monitoring: Any = getattr(sys, "monitoring", None)  # since Python 3.12
        self._give_back = self._monitor(monitoring) if monitoring else self._trace()
        return self._give_back is not None

    def close(self) -> None:
        """Watch no longer, and forget what was caught."""
        if self._give_back is not None:
            self._give_back()
            self._give_back = None
        self.forget()

    def forget(self) -> None:
        """Forget what was caught, as an attempt begins."""
        self._caught.clear()
        self._told.clear()

    # -- where lines are told ----------------------------------------------------------------

    def _monitor(self, monitoring: Any) -> Callable[[], object] | None:
        free = (one for one in _NUMBERS if monitoring.get_tool(one) is None)
        number = next(free, None)
        if number is None:
            return None
        line = monitoring.events.LINE
        monitoring.use_tool_id(number, _NAME)
        # Before Python 3.14 whoever gave the number back may have left its events switched on, as
        # hypothesis does: every line of the process would be told.
        monitoring.set_events(number, 0)
        monitoring.register_callback(number, line, self._look)
        for code in self._handlers:
            monitoring.set_local_events(number, code, line)

        def give_back() -> None:
            for code in self._handlers:
                monitoring.set_local_events(number, code, 0)
            monitoring.register_callback(number, line, None)
            monitoring.free_tool_id(number)

        return give_back

    def _trace(self) -> Callable[[], object] | None:
        if sys.gettrace() is not None:  # a debugger, or coverage: it would see nothing any more
            return None

        def trace_lines(frame: FrameType, event: str, _: object) -> Any:
            if event == "line":
                self._look(frame.f_code, frame.f_lineno)
            return trace_lines

        def trace(frame: FrameType, _: str, __: object) -> Any:
            return trace_lines if frame.f_code in self._handlers else None

        def give_back() -> None:
            if sys.gettrace() is trace:
                sys.settrace(None)

        sys.settrace(trace)
        return give_back

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
