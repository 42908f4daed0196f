"""The codes that surface with an exception which leaves a test."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.envelope.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable

    #: A file and a line of it.
    Line = tuple[str, int]


def observe_exception(error: BaseException, path: str) -> list[Observation]:
    """Return what surfaces with an exception that leaves a test; nothing if it carries no code.

    Args:
        error: The exception. A group carries something only if each member does.
        path: The test's file, to tell where the exception passed it.
    """
    found = []
    for one, reading in _read_all(error):
        place = _find_place(one, error, path)
        found.append(Observation(*reading[:5], "exception", place, evidence=reading.evidence))
    return found


def _read_all(error: BaseException) -> list[tuple[BaseException, Reading]]:
    """Return what an exception carries; nothing unless all members of a group carry something."""
    if isinstance(error, BaseExceptionGroup):
        of_each = [_read_all(one) for one in error.exceptions]
        return [reading for found in of_each for reading in found] if all(of_each) else []
    found = read(error, current().catalog)
    return [(error, found)] if isinstance(found, Reading) else []


def _find_place(error: BaseException, whole: BaseException, path: str) -> Callable[[], str]:
    """Find the line an exception comes from, and that of the test it passed.

    Args:
        error: The exception.
        whole: It, or the group in which it left the test.
        path: The test's file.

    Returns:
        What tells both. It holds no frame: what a test left in one must not live longer for us.
    """
    raised, passed = _find_lines(error, path)
    kind = type(error).__name__
    if whole is not error:
        in_group = _find_lines(whole, path)
        # A member that was never raised by itself comes from where its group does.
        if raised is None:
            kind, raised = f"{kind} in {type(whole).__name__}", in_group[0]
        passed = passed or in_group[1]
    return partial(_tell_place, kind, raised, passed)


def _find_lines(error: BaseException, path: str) -> tuple[Line | None, Line | None]:
    """Return the line that raised an exception, and the last one of the test that it passed."""
    step = last = error.__traceback__
    in_test = None
    while step is not None:
        last = step
        if step.tb_frame.f_code.co_filename == path:
            in_test = step
        step = step.tb_next
    raised, passed = (
        (step.tb_frame.f_code.co_filename, step.tb_lineno) if step else None
        for step in (last, in_test)
    )
    return raised, passed


def _tell_place(kind: str, raised: Line | None, passed: Line | None) -> str:
    """Return ``raised as ApiError at client.py:24, from test_orders.py:5``."""
    lines = [f"{PurePath(file).name}:{number}" for file, number in filter(None, (raised, passed))]
    places = dict.fromkeys(lines)  # once, where the test itself raised it
    joints = (" at ", ", from ")
    told = (f"{joint}{place}" for joint, place in zip(joints, places, strict=False))
    return "".join([f"raised as {kind}", *told])
