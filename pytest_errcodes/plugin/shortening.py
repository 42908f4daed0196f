"""Shortening what pytest shows of a request that no route matches.

The explanation stands under the failure. What an HTTP library does between the client's call and
the place where the request was caught is two pages of source that say nothing of the client.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from pytest_errcodes.envelope.exception_parts import (
    find_cause,
    find_context,
    find_traceback,
    hides_context,
    set_traceback,
)
from pytest_errcodes.simulation.adapters.table import TABLE
from pytest_errcodes.simulation.unmatched_request import UnmatchedRequestError

if TYPE_CHECKING:
    import pytest

#: Whose frames say nothing of the client: the libraries that have an adapter, those with which they
#: turn an error of another into their own, and ours.
_LIBRARIES = {
    *(row.library.partition(".")[0] for row in TABLE),
    *("contextlib", "pytest_errcodes", "urllib"),
}


def shorten(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Let a failure for want of a route end where the client's code ends, if it is one."""
    chain = _list_chain(excinfo.value)
    if not chain:
        return
    if (traceback := _cut_libraries(excinfo.tb)) is not None:
        excinfo.traceback = type(excinfo.traceback)(traceback)
    for cause in chain[1:]:
        # Without a traceback pytest shows the text alone; a transport's error has no other frames.
        set_traceback(cause, _cut_libraries(find_traceback(cause)))


def _list_chain(error: BaseException) -> list[BaseException]:
    """Return an exception and what led to it as pytest shows it, down to ours; else nothing."""
    chain = [error]
    while not isinstance(chain[-1], UnmatchedRequestError):
        last = chain[-1]
        before = find_cause(last)
        if before is None and not hides_context(last):
            before = find_context(last)
        if before is None or any(before is one for one in chain):
            return []
        chain.append(before)
    return chain


def _cut_libraries(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the frames of these libraries at its end."""
    steps = []
    while traceback is not None:
        steps.append(traceback)
        traceback = traceback.tb_next
    while steps and _is_of_library(steps[-1]):
        steps.pop()
    for step in reversed(steps):
        traceback = TracebackType(traceback, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return traceback


def _is_of_library(step: TracebackType) -> bool:
    module = str(step.tb_frame.f_globals.get("__name__", ""))
    return module.partition(".")[0] in _LIBRARIES
