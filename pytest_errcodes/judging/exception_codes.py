"""The codes that surface with an exception which leaves a test."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.envelope.reading import Reading, read
from pytest_errcodes.errors import ErrcodesError

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
    readings = _read_all(error)
    if not readings:
        return []
    place = _find_place(error, path)
    return [Observation(*one[:5], "exception", place) for one in readings]


def _read_all(error: BaseException) -> list[Reading]:
    """Return what an exception carries; nothing unless all members of a group carry something."""
    if isinstance(error, BaseExceptionGroup):
        of_each = [_read_all(one) for one in error.exceptions]
        return [reading for found in of_each for reading in found] if all(of_each) else []
    if isinstance(error, AssertionError | ErrcodesError):
        return []  # a failed assertion may hold anything, and our own UnknownCodeError has a code
    found = read(error, current().catalog)
    return [found] if isinstance(found, Reading) else []


def _find_place(error: BaseException, path: str) -> Callable[[], str]:
    """Find the line an exception comes from, and that of the test it passed.

    Returns:
        What tells both. It holds no frame: what a test left in one must not live longer for us.
    """
    step = last = error.__traceback__
    in_test = None
    while step is not None:
        last = step
        if step.tb_frame.f_code.co_filename == path:
            in_test = step
        step = step.tb_next
    raised, passed = (
        step and (step.tb_frame.f_code.co_filename, step.tb_lineno) for step in (last, in_test)
    )
    return partial(_tell_place, type(error).__name__, raised, passed)


def _tell_place(kind: str, raised: Line | None, passed: Line | None) -> str:
    """Return ``raised as ApiError at client.py:24, from test_orders.py:5``."""
    lines = [f"{PurePath(file).name}:{number}" for file, number in filter(None, (raised, passed))]
    places = dict.fromkeys(lines)  # once, where the test itself raised it
    joints = (" at ", ", from ")
    told = (f"{joint}{place}" for joint, place in zip(joints, places, strict=False))
    return "".join([f"raised as {kind}", *told])
