"""Being told which lines of some functions run, beside whatever else watches them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import CodeType, FrameType

    #: Is called with the code and the number of each line that is about to run.
    Look = Callable[[CodeType, int], object]

_NAME = "pytest-errcodes"
#: Numbers of tools that Python leaves to nobody; 3 and 4 of them have no name.
_NUMBERS = (4, 3)


class MonitoredLines:
    """Tells of lines by ``sys.monitoring``, which Python has since 3.12.

    Args:
        codes: The code objects of the functions.
        look: Is called with each line of theirs.
        monitoring: The module ``sys.monitoring``.
    """

    def __init__(self, codes: Collection[CodeType], look: Look, monitoring: Any) -> None:
        self._codes = codes
        self._look = look
        self._monitoring = monitoring
        self._number: int | None = None  # None: other tools have all that there are

    @property
    def is_lost(self) -> bool:
        """Whether lines may have run that were not told."""
        return self._number is None

    def start(self) -> None:
        """Tell of lines from now on."""
        monitoring = self._monitoring
        free = (one for one in _NUMBERS if monitoring.get_tool(one) is None)
        self._number = number = next(free, None)
        if number is None:
            return
        line = monitoring.events.LINE
        monitoring.use_tool_id(number, _NAME)
        # Before Python 3.14 whoever gave the number back may have left its events switched on, as
        # hypothesis does: every line of the process would be told.
        monitoring.set_events(number, 0)
        monitoring.register_callback(number, line, self._look)
        for code in self._codes:
            monitoring.set_local_events(number, code, line)

    def close(self) -> None:
        """Tell no longer, and give the number of the tool back."""
        monitoring, number = self._monitoring, self._number
        if number is not None:
            self._number = None
            for code in self._codes:
                monitoring.set_local_events(number, code, 0)
            monitoring.register_callback(number, monitoring.events.LINE, None)
            monitoring.free_tool_id(number)


class TracedLines:
    """Tells of lines by ``sys.settrace``, which lets one tool alone trace a thread.

    A debugger or coverage that traced it before is told of all that it would have been told of.

    Args:
        codes: The code objects of the functions.
        look: Is called with each line of theirs.
    """

    def __init__(self, codes: Collection[CodeType], look: Look) -> None:
        self._codes = codes
        self._look = look
        self._before: Any = None
        self._trace = self._begin_frame  # one object, to be found again

    @property
    def is_lost(self) -> bool:
        """Whether lines may have run that were not told: a debugger was started meanwhile."""
        return sys.gettrace() is not self._trace

    def start(self) -> None:
        """Tell of lines from now on."""
        self._before = sys.gettrace()
        sys.settrace(self._trace)

    def close(self) -> None:
        """Tell no longer, and let whoever traced before go on."""
        if not self.is_lost:
            sys.settrace(self._before)

    def _begin_frame(self, frame: FrameType, event: str, argument: object) -> Any:
        local = None
        if self._before is not None:
            local = self._before(frame, event, argument)
            if sys.gettrace() is not self._trace:
                # Coverage's, which is written in C, takes the place of whoever calls it.
                sys.settrace(self._trace)
        if frame.f_code not in self._codes:
            return local
        frame.f_trace_lines = True  # where nobody measures the tests, coverage switches it off
        return _FrameTrace(local, self._look)


class _FrameTrace:
    """Tells of the lines of one frame.

    Args:
        local: What the tool that traced before wants to be told of the frame by; None for nothing.
        look: Is called with each line.
    """

    def __init__(self, local: Any, look: Look) -> None:
        self._local = local
        self._look = look

    def __call__(self, frame: FrameType, event: str, argument: object) -> _FrameTrace:
        if self._local is not None:
            self._local = self._local(frame, event, argument) or self._local
        if event == "line":
            self._look(frame.f_code, frame.f_lineno)
        return self


def make_line_events(codes: Collection[CodeType], look: Look) -> MonitoredLines | TracedLines:
    """Return what tells of the lines of some functions, not started yet."""
    monitoring = getattr(sys, "monitoring", None)
    return MonitoredLines(codes, look, monitoring) if monitoring else TracedLines(codes, look)
