"""An exception that ended a test, or a block that caught it, above its last statement.

What stands below was never run, so that the test proves less than it says.
"""

from __future__ import annotations

import ast
from inspect import CO_ASYNC_GENERATOR, CO_GENERATOR
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from pytest_errcodes.envelope.exception_parts import find_traceback
from pytest_errcodes.judging.code_below import (
    Below,
    find_below,
    find_statement,
    find_turns_left,
    is_asserted,
    keep_assertions,
    may_leave,
)
from pytest_errcodes.judging.function_source import (
    find_spot,
    make_spot,
    read_lines,
    read_scope,
)
from pytest_errcodes.judging.instructions import is_last_of_block, is_last_of_function, is_raise
from pytest_errcodes.judging.plain_values import find_name
from pytest_errcodes.judging.raise_places import Place, list_codes_inside, list_places

if TYPE_CHECKING:
    from types import CodeType, FrameType, TracebackType

_GENERATES = CO_GENERATOR | CO_ASYNC_GENERATOR
_COMPREHENSIONS = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")


class Line(NamedTuple):
    """A line of a source file.

    Attributes:
        number: Its number, counted from 1.
        text: What stands there, without indentation.
    """

    number: int
    text: str


class EarlyEnd(NamedTuple):
    """How an exception ended something early.

    Attributes:
        ended: What it ended: the ``test``, a ``block`` of ``raises_code``, or a ``catching block``,
            such as that of ``pytest.raises``.
        file: The source file.
        raised: The line that raised; without a text if the source cannot be read.
        below: Where each statement begins that did not run.
        loops: Where each loop begins that has turns left. Where there is neither, the line that
            raised is an assertion that was never made.
        is_certain: Whether they did not run, have turns left; else nothing tells that they did.
    """

    ended: Literal["test", "block", "catching block"]
    file: str
    raised: Line
    below: tuple[Line, ...]
    loops: tuple[Line, ...]
    is_certain: bool

    @property
    def is_unread(self) -> bool:
        """Whether the source cannot be read, so that nothing tells what stands below."""
        return not (self.raised.text or self.below or self.loops)


def find_early_end_of_test(error: BaseException, own: TracebackType) -> EarlyEnd | None:
    """Find what of a test did not run for an exception that left it; None if all that matters did.

    Args:
        error: The exception.
        own: The part of its traceback that begins with the test: see ``find_own_part``.
    """
    frame = own.tb_frame
    if is_last_of_function(frame.f_code, own.tb_lasti):
        return None
    scope = read_scope(frame.f_code)
    if scope is None:
        return _make_unread("test", own)
    end = _conclude("test", _look_everywhere(error, frame, scope))
    return end or _find_unmade_assertion(scope, Place(frame, own.tb_lasti))


def _make_unread(ended: Literal["test", "block"], left: TracebackType) -> EarlyEnd | None:
    code = left.tb_frame.f_code
    if is_raise(code, left.tb_lasti):
        return None
    return EarlyEnd(ended, code.co_filename, Line(left.tb_lineno, ""), (), (), is_certain=False)


def _find_unmade_assertion(scope: ast.AST, place: Place) -> EarlyEnd | None:
    """Find the assertion of a test that was never made: what it was to look at has raised."""
    spot = find_spot(place.frame.f_code, place.instruction)
    if spot is None or not is_asserted(find_statement(scope, spot), spot):
        return None
    file = place.frame.f_code.co_filename
    raised = Line(spot.line, read_lines(file)[spot.line - 1].strip())
    return EarlyEnd("test", file, raised, (), (), is_certain=True)


def find_early_end_of_block(error: BaseException, caller: FrameType) -> EarlyEnd | None:
    """Find what of a ``with`` block did not run for an exception that left it.

    Args:
        error: The exception, as it reached ``__exit__``.
        caller: The frame that called ``__exit__``.
    """
    traceback = find_traceback(error)
    found: list[tuple[Place, Below]] = []
    left: list[FrameType] = []
    while traceback is not None:
        frame = traceback.tb_frame
        left.append(frame)
        is_helper = bool(frame.f_code.co_flags & CO_GENERATOR)
        is_last = is_last_of_block(frame.f_code, traceback.tb_lasti)
        if not (is_last or is_helper) and read_scope(frame.f_code) is None:
            return _make_unread("block", traceback)
        if not (frame is caller and is_last):
            found += _look_into_block(error, left, caller)
        if not is_helper:
            break
        # A generator made into a context manager: the block is that of whoever uses it.
        traceback = traceback.tb_next
    return _conclude("block", found)


def find_early_end_of_try(
    error: BaseException, code: CodeType, tried: ast.Module
) -> EarlyEnd | None:
    """Find what of a ``try`` did not run for an exception that an ``except`` of it caught.

    Args:
        error: The exception.
        code: The code of the function that the ``try`` stands in.
        tried: What stands in it, with the lines of its file.
    """
    traceback = find_traceback(error)
    while traceback is not None and traceback.tb_frame.f_code is not code:
        traceback = traceback.tb_next
    if traceback is None:
        return None
    return _conclude("block", _look_everywhere(error, traceback.tb_frame, tried))


def _look_into_block(
    error: BaseException, left: list[FrameType], caller: FrameType
) -> list[tuple[Place, Below]]:
    """Return what did not run of the block that the last frame leaves now.

    The frames before it have caught the exception in blocks of their own, and go on below those:
    what stands there still runs.
    """
    frame = left[-1]
    leaving: FrameType | None = caller
    while leaving is not None and leaving is not frame:
        leaving = leaving.f_back
    scope = read_scope(frame.f_code) if leaving else None
    spot = find_spot(frame.f_code, frame.f_lasti)
    block = find_statement(scope, spot) if scope and spot else None
    if not isinstance(block, ast.With | ast.AsyncWith):
        return []
    found = _look_everywhere(error, frame, block)
    return [(place, below) for place, below in found if place.frame not in left[:-1]]


def _look_everywhere(
    error: BaseException, frame: FrameType, owner: ast.AST
) -> list[tuple[Place, Below]]:
    """Return what did not run in a frame, and in what was defined in its code."""
    inside = list_codes_inside(frame.f_code)
    found = []
    for place in list_places(error, frame, owner):
        if place.frame is frame:
            found.append((place, _look_below(owner, place)))
        elif place.frame.f_code in inside:
            found.append((place, _look_inside(owner, place, frame)))
    return found


def _conclude(ended: Literal["test", "block"], found: list[tuple[Place, Below]]) -> EarlyEnd | None:
    """Return the fact of all that was found, of what is certain if anything is."""
    for is_certain in (True, False):
        kept = [
            (place, below[:2] if is_certain else below[2:])
            for place, below in found
            if any(below[:2] if is_certain else below[2:])
        ]
        if kept:
            place = kept[-1][0]
            file = place.frame.f_code.co_filename
            lines = read_lines(file)
            below, loops = (
                sorted({_find_line(node) for _, parts in kept for node in parts[part]})
                for part in (0, 1)
            )
            spot = find_spot(place.frame.f_code, place.instruction)
            shown = [
                tuple(Line(number, lines[number - 1].strip()) for number in numbers)
                for numbers in ([spot.line if spot else 0], below, loops)
            ]
            return EarlyEnd(ended, file, shown[0][0], shown[1], shown[2], is_certain)
    return None


def _find_line(node: ast.AST) -> int:
    if isinstance(node, ast.comprehension):
        return node.target.lineno
    line: int = node.lineno  # type: ignore[attr-defined]  # all statements have one
    return line


def _look_below(owner: ast.AST, place: Place) -> Below:
    """Return what did not run of what stands below a place in its own frame."""
    code = place.frame.f_code
    spot = find_spot(code, place.instruction)
    if spot is None:
        return Below([], [], [], [])
    statement = find_statement(owner, spot)
    entered = isinstance(statement, ast.With | ast.AsyncWith) and _has_passed(
        code, place.instruction, statement.body[0]
    )
    names = find_name(place.frame.f_locals, place.frame.f_globals)
    return find_below(owner, spot, names, entered=entered)


def _has_passed(code: CodeType, instruction: int, statement: ast.stmt) -> bool:
    """Return whether code of a statement stands before an instruction."""
    before = islice(code.co_positions(), instruction // 2)
    spots = [make_spot(*position) for position in before]
    return any(spot is not None and spot.is_in(statement) for spot in spots)


def _look_inside(owner: ast.AST, place: Place, outer: FrameType) -> Below:
    """Return what did not run of what is defined in the code of another frame.

    What a function asserts belongs to the test it stands in. All else may be the code of a helper,
    which an exception may leave anywhere; a ``raise`` leaves it on purpose.
    """
    code = place.frame.f_code
    spot = find_spot(code, place.instruction)
    if spot is None:
        return Below([], [], [], [])
    if code.co_name in _COMPREHENSIONS:
        names = find_name(place.frame.f_locals, outer.f_locals, outer.f_globals)
        return find_turns_left(owner, spot, names)
    scope = read_scope(code)
    if scope is None or isinstance(find_statement(scope, spot), ast.Raise):
        return Below([], [], [], [])
    found = _look_below(scope, place)
    # A client polls until something comes, and yields page by page.
    loops = [] if code.co_flags & _GENERATES else [one for one in found.loops if not may_leave(one)]
    return Below(keep_assertions(found.statements), loops, found.perhaps_statements, [])
