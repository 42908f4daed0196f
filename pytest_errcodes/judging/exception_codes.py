"""The codes that surface with an exception that a test caught, or that ends it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import Observation
from pytest_errcodes.envelope.broken_objects import name_class, tell_error
from pytest_errcodes.envelope.exception_parts import (
    find_cause,
    find_traceback,
    is_group,
    iterate_leaves,
)
from pytest_errcodes.envelope.foreign_objects import has_foreign_text, is_builtin
from pytest_errcodes.envelope.reading import Reading, read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesError
from pytest_errcodes.judging.exception_classes import find_codes_of_class

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pytest_errcodes.catalog import Code

    ReadClass = Callable[[BaseException], Reading | None]
    #: A file and a line of it.
    Line = tuple[str, int]

_HOOK = "pytest_errcodes_envelope"


def observe_exception(
    error: BaseException,
    path: str,
    traceback: TracebackType | None = None,
    read_class: ReadClass | None = None,
    *,
    is_caught: bool = False,
) -> list[Observation]:
    """Return what surfaces with an exception; nothing if it carries no code.

    Args:
        error: The exception. A group that ends a test carries something only if each member does.
        path: The test's file, to tell where the exception passed it.
        traceback: Where it came from; None for the traceback that it holds.
        read_class: Reads a code off the class of an exception that says none itself.
        is_caught: Whether the test has caught it, and judged the other members of a group.
    """
    identify = current().carriers.identify
    found = []
    for one, reading in _read_all(error, read_class, is_caught=is_caught):
        if reading.recorded:  # a mock kept it: that shows nothing of the client
            continue
        place = _find_place(one, error, path, traceback)
        carrier = identify(one)
        evidence = reading.evidence
        code, message, data, shape, status = reading[:5]
        seen = Observation(
            code,
            message,
            data,
            shape,
            status,
            "exception",
            place,
            None,
            None,
            carrier,
            evidence,
            reading.succeeded,
        )
        found.append(seen)
    return found


def note_broken_reader(error: BaseException, broken: Exception) -> None:
    """Say on the exception that ends a test that reading it raised: it stays the test's own."""
    with suppress(Exception):  # an exception that takes no note is left as it is
        BaseException.add_note(error, f"reading it by {_HOOK} raised {tell_error(broken)}")


_MOST_CAUSES = 10


class Codeless(NamedTuple):
    """An exception that might have carried a code, and does not.

    Attributes:
        name: The name of its class.
        place: Its class and where it came from: ``AuthError at client.py:7``.
        is_foreign: Whether it is Python's own or a library's: no client means a code by one of
            those.
        stands_for: The codes that the catalog gives its class to.
        cause: The class of its cause that does carry a code; empty where none does.
        cause_path: Where that stands: ``__cause__``, or that of a cause.
        beside: The class of another exception in its group that does carry a code; empty where
            none does.
    """

    name: str
    place: str
    is_foreign: bool
    stands_for: tuple[Code, ...] = ()
    cause: str = ""
    cause_path: str = "__cause__"
    beside: str = ""


def find_codeless(
    error: BaseException, path: str, traceback: TracebackType | None
) -> list[Codeless]:
    """Return which exceptions carry no code and might have.

    Args:
        error: An exception of which ``observe_exception`` saw nothing.
        path: The test's file.
        traceback: Where it came from.
    """
    if is_group(error):
        leaves = list(iterate_leaves(error))
        found = [one for leaf in leaves for one in find_codeless(leaf, path, None)]
        carrying = next((name_class(leaf) for leaf in leaves if found and _read_all(leaf)), "")
        return [one._replace(beside=carrying) for one in found]
    if not may_carry(error) or _read_all(error):
        return []
    place = _find_place(error, error, path, traceback)().removeprefix("raised as ")
    stands_for = find_codes_of_class(type(error), current().catalog)
    is_foreign = is_builtin(type(error)) or has_foreign_text(error)
    return [Codeless(name_class(error), place, is_foreign, stands_for, *_find_carrying(error))]


def _find_carrying(error: BaseException) -> tuple[str, str]:
    """Return the class of the nearest cause that carries a code, and where it stands."""
    steps: list[BaseException] = [error]
    while len(steps) < _MOST_CAUSES:
        cause = find_cause(steps[-1])
        if cause is None or any(cause is one for one in steps):
            break
        if _read_all(cause):
            return name_class(cause), ".".join(["__cause__"] * len(steps))
        steps.append(cause)
    return "", ""


def _read_all(
    error: BaseException, read_class: ReadClass | None = None, *, is_caught: bool = False
) -> list[tuple[BaseException, Reading]]:
    """Return what an exception carries; of a group that is not caught, all members must."""
    if not is_group(error):
        return _read_one(error, read_class)
    of_each = [_read_one(one, read_class) for one in iterate_leaves(error)]
    is_whole = is_caught or all(of_each)
    return [one for found in of_each for one in found] if is_whole else []


def _read_one(
    error: BaseException, read_class: ReadClass | None
) -> list[tuple[BaseException, Reading]]:
    if not may_carry(error):
        return []
    found: Reading | Refusal | None = read(error, current().catalog)
    if isinstance(found, Refusal):
        found = read_class(error) if read_class else None
    return [(error, found)] if found is not None else []


#: Failures of a test. A tuple, as a union is made anew each time.
_FAILURES = (AssertionError, ErrcodesError)


def may_carry(error: BaseException) -> bool:
    """Return whether an exception may be a client's: no skip, and no failed assertion."""
    kind = type(error)
    return issubclass(kind, Exception) and not issubclass(kind, _FAILURES)


def _find_place(
    error: BaseException, whole: BaseException, path: str, traceback: TracebackType | None
) -> Callable[[], str]:
    """Find the line an exception comes from, and that of the test it passed.

    Args:
        error: The exception.
        whole: It, or the group in which it left the test.
        path: The test's file.
        traceback: Where the whole came from; None for the traceback that it holds.

    Returns:
        What tells both. It holds no frame: what a test left in one must not live longer for us.
    """
    traceback = traceback or find_traceback(whole)
    whence = traceback if whole is error else find_traceback(error)
    raised, passed = _find_lines(whence, path)
    kind = name_class(error)
    if whole is not error:
        in_group = _find_lines(traceback, path)
        # A member that was never raised by itself comes from where its group does.
        if raised is None:
            kind, raised = f"{kind} in {name_class(whole)}", in_group[0]
        passed = passed or in_group[1]
    return partial(_tell_place, kind, raised, passed)


def _find_lines(traceback: TracebackType | None, path: str) -> tuple[Line | None, Line | None]:
    """Return the line that raised an exception, and the last one of the test that it passed."""
    step = last = traceback
    in_test = None
    while step is not None:
        last = step
        if step.tb_frame.f_code.co_filename == path:
            in_test = step
        step = step.tb_next
    raised = None if last is None else (last.tb_frame.f_code.co_filename, last.tb_lineno)
    passed = None if in_test is None else (path, in_test.tb_lineno)
    return raised, passed


def _tell_place(kind: str, raised: Line | None, passed: Line | None) -> str:
    """Return ``raised as ApiError at client.py:24, from test_orders.py:5``."""
    lines = [f"{PurePath(file).name}:{number}" for file, number in filter(None, (raised, passed))]
    places = dict.fromkeys(lines)  # once, where the test itself raised it
    joints = (" at ", ", from ")
    told = (f"{joint}{place}" for joint, place in zip(joints, places, strict=False))
    return "".join([f"raised as {kind}", *told])
