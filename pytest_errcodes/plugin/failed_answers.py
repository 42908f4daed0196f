"""Functions that answer for a route and fail: a client that catches everything swallows that too.

What such a function raises on purpose is the client's to handle: an error of the transport, or what
a ``raise`` of its own says. A failed assertion in it, and what it stumbled over, are the test's.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest

from pytest_errcodes.active.context import current
from pytest_errcodes.assertions.swallowed_failures import note_failure
from pytest_errcodes.envelope.broken_objects import write_error
from pytest_errcodes.envelope.exception_parts import find_traceback
from pytest_errcodes.judging.instructions import is_raise
from pytest_errcodes.text.wording import show_name, show_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from types import TracebackType

#: What is a failure of the test, whoever raises it.
_FAILED = (AssertionError, pytest.fail.Exception)
#: What code stumbles over.
_STUMBLED = (NameError, AttributeError, TypeError, LookupError, ValueError)
#: What calls such a function.
_CALLERS = frozenset(["respx", "pytest_errcodes"])
_MOCK = "unittest.mock"
_WIDTH = 100
_HINT = (
    "the client caught it: let the function keep the request, and assert below the client's call"
)


def note_failed_answer(error: BaseException, request: str) -> None:
    """Note what a function that answers for a route failed for, if that is no answer.

    Args:
        error: What came of the call.
        request: What the function was to answer.
    """
    origin = getattr(error, "origin", error)  # respx wraps what the function raised
    failed = issubclass(type(origin), _FAILED)
    steps = list(_list_steps(find_traceback(origin)))
    if not (failed or issubclass(type(origin), _STUMBLED)):
        return
    if not steps or not _is_of(steps[0], _CALLERS):
        return  # nobody raised it here: the route gives it as it is
    own = next((step for step in steps if not _is_of(step, _CALLERS)), None)
    if failed and _is_of(steps[-1], _CALLERS):
        return  # one of our assertions, which has noted that itself
    if not failed and _is_on_purpose(own, steps[-1]):
        return
    text = write_error(origin).partition("\n")[0]
    if not failed:
        text = f"{show_name(type(origin))}: {text}"
    place = f"what answers {request}" if own is None else f"{_describe(own)} {request},"
    note_failure(place, origin, show_text(text, _WIDTH), current().unchecked, _HINT)


def _list_steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _is_of(step: TracebackType, packages: Container[str]) -> bool:
    return _name_module(step).partition(".")[0] in packages


def _name_module(step: TracebackType) -> str:
    return str(step.tb_frame.f_globals.get("__name__", ""))


def _is_on_purpose(own: TracebackType | None, last: TracebackType) -> bool:
    """Return whether a ``raise`` of the test's own says it, or a mock that was told to.

    A helper in the folder of the function is the test's own: a server that is faked.
    """
    if own is None or not is_raise(last.tb_frame.f_code, last.tb_lasti):
        return False
    folder, another = (PurePath(one.tb_frame.f_code.co_filename).parent for one in (own, last))
    return folder == another or _name_module(last) == _MOCK


def _describe(own: TracebackType) -> str:
    code = own.tb_frame.f_code
    file = code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{show_name(code.co_name)} at {show_name(file)}:{own.tb_lineno}, which answers"
