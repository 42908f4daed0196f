"""Expecting an exception that carries a code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pytest_errcodes.active.context import current
from pytest_errcodes.assertions.checking import observe, place_of_caller
from pytest_errcodes.envelope.envelope import NotAnEnvelopeError
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import Expected, compare
from pytest_errcodes.judging.contrast import Row, drawn
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.envelope.envelope import Envelope

Raised = TypeVar("Raised", bound=BaseException)
_MOST_OBSERVATIONS = 10


class RaisesCode(Generic[Raised]):
    """A block that must raise an exception that carries a code; made by ``raises_code``."""

    def __init__(
        self,
        expected: Expected,
        place: str,
        exception: type[Raised] | tuple[type[Raised], ...] | None,
        match: str | re.Pattern[str] | None,
    ) -> None:
        self._expected = expected
        self._place = place
        self._exception = exception
        self._match = match
        self._caught: tuple[Any, Envelope] | None = None
        self._seen_before = 0

    @property
    def value(self) -> Raised:
        """The exception that was raised."""
        __tracebackhide__ = True
        caught: Raised = self._after_the_block("value")[0]
        return caught

    @property
    def envelope(self) -> Envelope:
        """The envelope that the exception carries."""
        __tracebackhide__ = True
        return self._after_the_block("envelope")[1]

    def _after_the_block(self, name: str) -> tuple[Any, Envelope]:
        __tracebackhide__ = True
        if self._caught is None:
            raise ErrcodesUsageError(
                "nothing-caught",
                f"raises_code({self._expected.title}) has caught nothing yet",
                f"read .{name} after the with block",
            )
        return self._caught

    def __enter__(self) -> RaisesCode[Raised]:
        recorder = current().recorder
        self._seen_before = len(recorder.observations) if recorder else 0
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        __tracebackhide__ = True
        if error is None:
            raise AssertionError(self._nothing_raised())
        if isinstance(error, ErrcodesUsageError):  # our UnknownCodeError has a code too
            return False
        try:
            envelope = read(error, self._expected.judging_catalog).envelope
        except NotAnEnvelopeError:
            return False
        observe(envelope, "exception", self._place)
        mismatch = compare(envelope, self._expected)
        if mismatch:
            raise AssertionError(mismatch.text) from error
        if self._exception is not None and not isinstance(error, self._exception):
            raise AssertionError(self._of_another_type(error)) from error
        if self._match is not None and not re.search(self._match, str(error)):
            raise AssertionError(self._unmatched(error)) from error
        self._caught = (error, envelope)
        return True

    def _nothing_raised(self) -> str:
        title = f"expected {self._expected.title} to be raised, came no exception"
        rows = [self._expected.row]
        recorder = current().recorder
        if recorder is None:
            return "\n".join([title, *drawn(rows)])
        seen = recorder.observations[self._seen_before :]
        rows += [_row(one) for one in seen[:_MOST_OBSERVATIONS]] or [Row("received", "nothing", "")]
        lines = [title, *drawn(rows)]
        if len(seen) > _MOST_OBSERVATIONS:
            lines.append(f"  … and {len(seen) - _MOST_OBSERVATIONS} more")
        if any(show_code(one.code) == self._expected.title for one in seen if not one.surfaced):
            received = f"the client received {self._expected.title} and raised nothing"
            lines.append(f"hint: {received}: it swallowed the error")
        return "\n".join(lines)

    def _of_another_type(self, error: BaseException) -> str:
        types = self._exception if isinstance(self._exception, tuple) else (self._exception,)
        wanted = " or ".join(one.__name__ for one in types if one is not None)
        title = (
            f"expected {self._expected.title} raised as {wanted}, came as {type(error).__name__}"
        )
        return "\n".join([title, *drawn([self._expected.row])])

    def _unmatched(self, error: BaseException) -> str:
        pattern = getattr(self._match, "pattern", self._match)
        title = f"expected {self._expected.title} in an exception whose text matches, came another"
        rows = [
            self._expected.row,
            Row("pattern", "", show_value(pattern)),
            Row("text", "", show_value(str(error))),
        ]
        return "\n".join([title, *drawn(rows)])


def _row(one: Observation) -> Row:
    return Row("surfaced" if one.surfaced else "received", show_code(one.code), one.place)


@overload
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: None = None,
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
) -> RaisesCode[BaseException]: ...
@overload
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Raised] | tuple[type[Raised], ...],
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
) -> RaisesCode[Raised]: ...
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Any] | tuple[type[Any], ...] | None = None,
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
) -> RaisesCode[Any]:
    """Expect the block of a ``with`` to raise an exception that carries ``code``.

    An exception that carries no envelope goes through untouched. One that carries the code and is
    not of type ``exception`` fails: the marker ``expects_code`` would let it pass.

    Args:
        code: The code, or an ``ErrorCode``.
        params: What must stand in the message where its template has placeholders; none for
            anything.
        exception: The type that the exception must have, or several.
        match: Regular expression that must be found in ``str(exception)``.
        message: ``template``, ``warn`` or ``ignore`` to judge this message so; any other text is
            the exact message.
        catalog: The catalog to judge by; None for the one in force.

    Returns:
        A context manager; after the block, ``.value`` is the exception and ``.envelope`` the
        envelope it carries.

    Raises:
        AssertionError: Nothing was raised, or another code, or the code in an exception of another
            type; the text compares the two.
        UnknownCodeError: The catalog does not document ``code``.
        ErrcodesUsageError: The number of parameters is wrong, ``exception`` is no exception type,
            or ``match`` no regular expression.
    """
    __tracebackhide__ = True
    expected = Expected.of(code, params, message=message, catalog=catalog)
    _refuse_what_is_no_type(expected, exception)
    _refuse_what_is_no_pattern(expected, match)
    return RaisesCode(expected, place_of_caller("raises_code"), exception, match)


def _refuse_what_is_no_type(expected: Expected, exception: object) -> None:
    __tracebackhide__ = True
    types = exception if isinstance(exception, tuple) and exception else (exception,)
    for one in types if exception is not None else ():
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise ErrcodesUsageError(
                "exception-type",
                f"raises_code({expected.title}): exception={show_value(one)} is no exception type",
                "pass a class such as ApiError, or a tuple of them",
            )


def _refuse_what_is_no_pattern(expected: Expected, match: str | re.Pattern[str] | None) -> None:
    __tracebackhide__ = True
    pattern: object = match.pattern if isinstance(match, re.Pattern) else match or ""
    fault = "" if isinstance(pattern, str) else "it is not text"
    try:
        re.compile(str(pattern))
    except re.error as error:
        fault = str(error)
    if fault:
        raise ErrcodesUsageError(
            "match-pattern",
            f"raises_code({expected.title}): match={show_value(match)} is no regular expression: "
            f"{fault}",
            "escape a plain text with re.escape(...)",
        ) from None
