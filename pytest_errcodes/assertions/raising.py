"""Expecting an exception that carries a code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, overload

from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.assertions.raising_block import Raised, RaisesCode
from pytest_errcodes.catalog.foreign_arguments import blame_argument
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.expectation import ExpectedEnvelope
from pytest_errcodes.judging.wire_verdict import Wire
from pytest_errcodes.text.true_kinds import read_times
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode


@overload
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: None = None,
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
    times: int | None = None,
    received: bool = True,
    early: bool = False,
    undocumented: bool = False,
) -> RaisesCode[BaseException]: ...
@overload
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Raised] | tuple[type[Raised], ...],
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
    times: int | None = None,
    received: bool = True,
    early: bool = False,
    undocumented: bool = False,
) -> RaisesCode[Raised]: ...
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Any] | tuple[type[Any], ...] | None = None,
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
    times: int | None = None,
    received: bool = True,
    early: bool = False,
    undocumented: bool = False,
) -> RaisesCode[Any]:
    """Expect the block of a ``with`` to raise an exception that carries ``code``.

    An exception that carries no code goes through untouched, unless it is of type ``exception``,
    which then stands for the code. One that carries the code and is of another type fails.

    Args:
        code: The code, or an ``ErrorCode``.
        params: What must stand in the message where its template has placeholders; none for
            anything.
        exception: The type that the exception must have, or several; None for that of the catalog,
            if it names one.
        match: Regular expression that must be found in ``str(exception)``.
        message: ``template``, ``warn`` or ``ignore`` to judge this message so; any other text is
            the exact message.
        catalog: The catalog to judge by; None for the one in force.
        times: How often the client must receive the code in the block, from 1; None for once from
            each method and path, or as the test's marker says.
        received: Whether the client must have received the code, where routes answered in the
            block; False for one that it raises by itself.
        early: Whether the exception may end the block anywhere; else it fails above the last
            statement of the block, or in a loop with turns left.
        undocumented: Whether the catalog lacks ``code``, on purpose; its message is judged only if
            ``message`` gives it to the letter.

    Returns:
        A context manager; after the block, ``.value`` is the exception and ``.envelope`` the
        envelope it carries.

    Raises:
        AssertionError: Nothing was raised, or another code, or the code in an exception of another
            type, or a code that no route sent, or one that was received more often; the text
            compares the two.
        UnknownCodeError: The catalog does not document ``code``.
        ErrcodesUsageError: The number of parameters is wrong, or one is a function, ``exception``
            is no exception type, ``match`` no regular expression, or ``times`` no whole number
            from 1.
    """
    __tracebackhide__ = True
    place = place_of_caller("raises_code")
    try:
        _refuse_functions(code, params)
        expected = ExpectedEnvelope.of(
            code,
            params,
            message=message,
            catalog=catalog,
            undocumented=undocumented,
            verb="raises_code",
        )
        _check_type(expected, exception)
        match = _read_pattern(expected, match)
        times = None if times is None else _read_times(expected, times)
        wire, early = Wire(times, bool(received), "raises_code"), bool(early)
    except ErrcodesUsageError:
        raise
    except Exception as error:  # noqa: BLE001  # an argument of others may raise anything
        given = (code, *params, exception, match, times, received, early)
        raise blame_argument("raises_code", given, error) from None
    return RaisesCode(expected, place, exception, match, wire, early=early)


def _refuse_functions(code: Code | ErrorCode, params: tuple[object, ...]) -> None:
    """Refuse a function among the parameters: it was to be called in the block."""
    __tracebackhide__ = True
    for one in filter(callable, params):
        name, title = getattr(one, "__name__", type(one).__name__), getattr(code, "code", code)
        is_exception = isinstance(one, type) and issubclass(one, BaseException)
        raise ErrcodesUsageError(
            "function-as-parameter",
            f"raises_code({title}, {name}): {name} stands where a parameter of the message does",
            f"pass exception={name}"
            if is_exception
            else f"write `with raises_code({title}):`, and call {name} below it",
        )


def _check_type(expected: ExpectedEnvelope, exception: object) -> None:
    """Refuse what is no exception type."""
    __tracebackhide__ = True
    types = exception if isinstance(exception, tuple) and exception else (exception,)
    for one in types if exception is not None else ():
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise ErrcodesUsageError(
                "exception-type",
                f"raises_code({expected.title}): exception={show_value(one)} is no exception type",
                "pass a class such as ApiError, or a tuple of them",
            )


def _read_times(expected: ExpectedEnvelope, times: object) -> int:
    """Return a number of times as a plain one; refuse what is none."""
    __tracebackhide__ = True
    number = read_times(times)
    if number is None:
        raise ErrcodesUsageError(
            "times",
            f"raises_code({expected.title}): times={show_value(times)} is no whole number from 1",
            "say how often the client receives the code, or leave it out",
        )
    return number


def _read_pattern(
    expected: ExpectedEnvelope, match: str | re.Pattern[str] | None
) -> str | re.Pattern[str] | None:
    """Return a regular expression, as plain text if it is text; refuse what is none."""
    __tracebackhide__ = True
    if match is None:
        return None
    pattern: object = match.pattern if type(match) is re.Pattern else match
    reason = "it is not text"
    if issubclass(type(pattern), str):
        pattern = str.__str__(pattern)  # a derived class may say anything
        try:
            re.compile(pattern)
        except re.error as error:
            reason = str(error)
        else:
            return match if type(match) is re.Pattern else pattern
    raise ErrcodesUsageError(
        "match-pattern",
        f"raises_code({expected.title}): match={show_value(match)} is no regular expression: "
        f"{reason}",
        "escape a plain text with re.escape(...)",
    )
