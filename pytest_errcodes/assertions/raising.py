"""Expecting an exception that carries a code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.assertions.asserts import make_failure
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import compare, fix_catalog
from pytest_errcodes.judging.exception_classes import compare_class, find_classes, read_class
from pytest_errcodes.judging.expectation import AnyCode, ExpectedEnvelope
from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation
from pytest_errcodes.judging.verdict import Sights, Wire, judge_wire
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.judging.exception_classes import Classes

Raised = TypeVar("Raised", bound=BaseException)


class RaisesCode(Generic[Raised]):
    """A block that must raise an exception that carries a code; made by ``raises_code``."""

    def __init__(
        self,
        expected: ExpectedEnvelope,
        place: str,
        exception: type[Raised] | tuple[type[Raised], ...] | None,
        match: str | re.Pattern[str] | None,
        wire: Wire,
    ) -> None:
        self._expected = expected
        self._place = place
        self._wire = wire
        self._exception = exception
        self._match = match
        self._caught: tuple[Any, Envelope] | None = None
        self._seen: list[Observation] = []

    @property
    def value(self) -> Raised:
        """The exception that was raised."""
        __tracebackhide__ = True
        caught: Raised = self._take_caught("value")[0]
        return caught

    @property
    def envelope(self) -> Envelope:
        """The envelope that the exception carries."""
        __tracebackhide__ = True
        return self._take_caught("envelope")[1]

    def _take_caught(self, name: str) -> tuple[Any, Envelope]:
        __tracebackhide__ = True
        if self._caught is None:
            raise ErrcodesUsageError(
                "nothing-caught",
                f"raises_code({self._expected.title}) has caught nothing yet",
                f"read .{name} after the with block",
            )
        return self._caught

    def __enter__(self) -> RaisesCode[Raised]:
        self._seen = []
        context = current()
        context.subscribe(self._seen.append)
        if self._wire.times is not None:
            context.counted.add(self._code.code)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        __tracebackhide__ = True
        try:
            return self._judge(error)
        finally:
            current().unsubscribe(self._seen.append)

    def _judge(self, error: BaseException | None) -> bool:
        """Return whether the exception is as expected; False lets it through."""
        __tracebackhide__ = True
        if error is None:
            raise make_failure(self._compare_silence())
        if isinstance(error, ErrcodesUsageError):  # our UnknownCodeError has a code too
            return False
        found = read(error, self._expected.judging_catalog)
        if isinstance(found, Refusal):
            found = read_class(error, self._expected.code, self._classes) or found
        if isinstance(found, Refusal):
            return False
        envelope = Envelope.of_reading(found)
        mismatch = (
            compare(envelope, self._expected)
            or self._compare_type(error, envelope)
            or self._compare_text(error, envelope)
        )
        if mismatch:
            raise make_failure(mismatch) from error
        envelope.surface("exception", self._place, error)
        unmet = self._compare_wire()
        if unmet:
            raise make_failure(unmet) from error
        self._caught = (error, envelope)
        return True

    @property
    def _code(self) -> ErrorCode:
        code = self._expected.code
        assert not isinstance(code, AnyCode)  # noqa: S101  # raises_code takes one code
        return code

    def _compare_wire(self) -> UnmetExpectation | None:
        counted = () if self._wire.times is not None else current().counted
        return judge_wire(
            self._code, self._expected, self._wire, Sights(self._seen, counted=counted)
        )

    def _compare_silence(self) -> Mismatch:
        """Return the mismatch of a block that raised nothing, with what was observed in it."""
        seen = tuple(self._seen) if self._seen or current().sees_wire else None
        goal = fix_catalog(self._expected)
        hints: tuple[str, ...] = ()
        if any(show_code(one.code) == goal.title for one in self._seen if not one.surfaced):
            received = f"the client received {goal.title} and raised nothing"
            hints = (f"{received}: it swallowed the error",)
        return Mismatch("nothing-raised", "exception", None, seen, goal, hints=hints)

    def _compare_type(self, error: BaseException, envelope: Envelope) -> Mismatch | None:
        return compare_class(type(error), self._classes, self._expected, envelope)

    @property
    def _classes(self) -> Classes:
        """The classes that the exception may be of: those given, or the catalog's."""
        given = self._exception or ()
        return find_classes(given if isinstance(given, tuple) else (given,), self._expected.code)

    def _compare_text(self, error: BaseException, envelope: Envelope) -> Mismatch | None:
        if self._match is None or re.search(self._match, str(error)):
            return None
        pattern = getattr(self._match, "pattern", self._match)
        goal = fix_catalog(self._expected)
        return Mismatch("exception-text", "exception", pattern, str(error), goal, envelope)


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

    Returns:
        A context manager; after the block, ``.value`` is the exception and ``.envelope`` the
        envelope it carries.

    Raises:
        AssertionError: Nothing was raised, or another code, or the code in an exception of another
            type, or a code that no route sent, or one that was received more often; the text
            compares the two.
        UnknownCodeError: The catalog does not document ``code``.
        ErrcodesUsageError: The number of parameters is wrong, ``exception`` is no exception type,
            ``match`` no regular expression, or ``times`` no whole number from 1.
    """
    __tracebackhide__ = True
    expected = ExpectedEnvelope.of(code, params, message=message, catalog=catalog)
    _check_type(expected, exception)
    _check_pattern(expected, match)
    _check_times(expected, times)
    wire = Wire(times, received, "raises_code")
    return RaisesCode(expected, place_of_caller("raises_code"), exception, match, wire)


def _check_type(expected: ExpectedEnvelope, exception: object) -> None:
    __tracebackhide__ = True
    types = exception if isinstance(exception, tuple) and exception else (exception,)
    for one in types if exception is not None else ():
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise ErrcodesUsageError(
                "exception-type",
                f"raises_code({expected.title}): exception={show_value(one)} is no exception type",
                "pass a class such as ApiError, or a tuple of them",
            )


def _check_times(expected: ExpectedEnvelope, times: object) -> None:
    __tracebackhide__ = True
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 1):
        raise ErrcodesUsageError(
            "times",
            f"raises_code({expected.title}): times={show_value(times)} is no whole number from 1",
            "say how often the client receives the code, or leave it out",
        )


def _check_pattern(expected: ExpectedEnvelope, match: str | re.Pattern[str] | None) -> None:
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
