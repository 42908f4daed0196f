"""What is wrong with the arguments of ``raises_code``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.text.wording import show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code, ErrorCode
    from pytest_errcodes.judging.expectation import ExpectedEnvelope


def refuse_functions(code: Code | ErrorCode, params: tuple[object, ...]) -> None:
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


def check_type(expected: ExpectedEnvelope, exception: object) -> None:
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


def check_times(expected: ExpectedEnvelope, times: object) -> None:
    """Refuse what is no number of times."""
    __tracebackhide__ = True
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 1):
        raise ErrcodesUsageError(
            "times",
            f"raises_code({expected.title}): times={show_value(times)} is no whole number from 1",
            "say how often the client receives the code, or leave it out",
        )


def check_pattern(expected: ExpectedEnvelope, match: str | re.Pattern[str] | None) -> None:
    """Refuse what is no regular expression."""
    __tracebackhide__ = True
    pattern: object = match.pattern if isinstance(match, re.Pattern) else match or ""
    reason = "" if isinstance(pattern, str) else "it is not text"
    try:
        re.compile(str(pattern))
    except re.error as error:
        reason = str(error)
    if reason:
        raise ErrcodesUsageError(
            "match-pattern",
            f"raises_code({expected.title}): match={show_value(match)} is no regular expression: "
            f"{reason}",
            "escape a plain text with re.escape(...)",
        ) from None
