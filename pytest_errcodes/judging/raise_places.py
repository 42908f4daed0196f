"""Where an exception went through frames: those of the test, and of what it came of."""

from __future__ import annotations

import ast
from inspect import unwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_errcodes.envelope.exception_parts import (
    find_context,
    find_traceback,
    is_group,
    list_members,
)
from pytest_errcodes.judging.code_below import find_statement
from pytest_errcodes.judging.function_source import find_spot, is_made_up, list_nested_codes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from types import CodeType, FrameType, TracebackType

#: Chains of exceptions, and what is defined inside what, are followed so far.
_DEEPEST = 10


class Place(NamedTuple):
    """A frame that an exception went through, and where."""

    frame: FrameType
    instruction: int


def find_own_part(
    traceback: TracebackType | None, function: Any, name: str
) -> TracebackType | None:
    """Return the part of a traceback that begins with a test's own function; None without one.

    Args:
        traceback: Where an exception came from that left the test.
        function: The test, as it was collected.
        name: How it is called in its source.
    """
    try:
        inner = unwrap(function) if hasattr(function, "__wrapped__") else function
        code = getattr(inner, "__code__", None)
    except ValueError:  # its __wrapped__ leads back to itself
        code = None
    # True of nearly all tests, and the faster way.
    if code is not None and code.co_name == name and not is_made_up(code):
        step = traceback
        while step is not None:
            if step.tb_frame.f_code is code:
                return step
            step = step.tb_next
    of_code = of_name = None
    while traceback is not None:
        ran = traceback.tb_frame.f_code
        if ran.co_name == name:
            of_name = traceback  # the last one is the test: a decorator may take its name
        elif ran is code:
            of_code = traceback
        traceback = traceback.tb_next
    return of_name or of_code


def find_line(traceback: TracebackType | None, codes: Container[CodeType]) -> int:
    """Return the line of the first of these codes that an exception went through; 0 without one."""
    while traceback is not None:
        if traceback.tb_frame.f_code in codes:
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return 0


def list_places(error: BaseException, frame: FrameType, owner: ast.AST) -> Iterator[Place]:
    """Yield where an exception went through frames, and the members of its group.

    What it came of is followed where a frame itself turned it into another: by a ``raise``, or at
    the end of a ``with``. Else the frame has handled it, and went another way.
    """
    waiting: list[tuple[BaseException, int]] = [(error, 0)]
    seen: set[int] = set()
    while waiting:
        one, depth = waiting.pop()
        if id(one) in seen or depth > _DEEPEST:
            continue
        seen.add(id(one))
        traceback, is_turned = find_traceback(one), False
        while traceback is not None:
            place = Place(traceback.tb_frame, traceback.tb_lasti)
            yield place
            if place.frame is frame:
                spot = find_spot(frame.f_code, place.instruction)
                statement = find_statement(owner, spot) if spot else None
                is_turned = isinstance(statement, ast.Raise | ast.With | ast.AsyncWith)
            traceback = traceback.tb_next
        context = find_context(one)
        if context is not None and is_turned:
            waiting.append((context, depth + 1))
        if is_group(one):
            waiting += [(member, depth + 1) for member in list_members(one)]


def list_codes_inside(code: CodeType, depth: int = 0) -> set[CodeType]:
    """Return the codes of all that is defined inside of a function, at any depth."""
    inside = set(list_nested_codes(code))
    if depth < _DEEPEST:
        for one in list(inside):
            inside |= list_codes_inside(one, depth + 1)
    return inside
