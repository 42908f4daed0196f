"""Expecting an exception that carries a code."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pytest_errcodes.active.context import current, observe
from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.assertions.asserts import make_failure
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import compare, fix_catalog
from pytest_errcodes.judging.expectation import ExpectedEnvelope
from pytest_errcodes.judging.mismatch import Mismatch
from pytest_errcodes.text.wording import show_code, show_value

if TYPE_CHECKING:
    from types import TracebackType

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode

Raised = TypeVar("Raised", bound=BaseException)


class RaisesCode(Generic[Raised]):
    """A block that must raise an exception that carries a code; made by ``raises_code``."""

    def __init__(
        self,
        expected: ExpectedEnvelope,
        place: str,
        exception: type[Raised] | tuple[type[Raised], ...] | None,
        match: str | re.Pattern[str] | None,
        *,
        early: bool = False,
    ) -> None:
        self._expected = expected
        self._place = place
        self._exception = exception
        self._match = match
        self._early = early
        self._caught: tuple[Any, Envelope] | None = None
        self._seen: list[Observation] = []
        self._unchecked = current().unchecked  # of the test that made it
        self._unchecked[id(self)] = self._tell_unentered

    def _tell_unentered(self) -> ErrcodesUsageError:
        title = self._expected.title
        place = self._place.removeprefix("raises_code")
        return ErrcodesUsageError(
            "never-entered",
            f"raises_code({title}){place} was never entered, so it checked nothing",
            f"write `with raises_code({title}):`, and below it what must raise",
        )

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
        self._unchecked.pop(id(self), None)
        self._seen = []
        current().subscribe(self._seen.append)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        __tracebackhide__ = True
        current().unsubscribe(self._seen.append)
        if error is None:
            raise make_failure(self._compare_silence())
        if isinstance(error, ErrcodesUsageError):  # our UnknownCodeError has a code too
            return False
        found = read(error, self._expected.judging_catalog)
        if isinstance(found, Refusal):
            from pytest_errcodes.assertions.codeless import note_codeless

            note_codeless(error, self._expected, self._seen)
            return False
        envelope = Envelope.of_reading(found)
        observe(envelope.observation("exception", self._place))
        mismatch = (
            compare(envelope, self._expected)
            or self._compare_type(error, envelope)
            or self._compare_text(error, envelope)
        )
        if mismatch:
            raise make_failure(mismatch) from error
        if not self._early:
            from pytest_errcodes.judging.early_end_text import explain_early_end_of_block

            caller = sys._getframe(1)  # noqa: SLF001  # the block stands in the frame that leaves it
            unrun = explain_early_end_of_block(error, caller, self._expected.title)
            if unrun:
                raise AssertionError(unrun) from error
        self._caught = (error, envelope)
        return True

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
        if self._exception is None or isinstance(error, self._exception):
            return None
        types = self._exception if isinstance(self._exception, tuple) else (self._exception,)
        names, came = tuple(one.__name__ for one in types), type(error).__name__
        goal = fix_catalog(self._expected)
        return Mismatch("exception-type", "exception", names, came, goal, envelope)

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
    early: bool = False,
) -> RaisesCode[BaseException]: ...
@overload
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Raised] | tuple[type[Raised], ...],
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
    early: bool = False,
) -> RaisesCode[Raised]: ...
def raises_code(
    code: Code | ErrorCode,
    *params: object,
    exception: type[Any] | tuple[type[Any], ...] | None = None,
    match: str | re.Pattern[str] | None = None,
    message: str | None = None,
    catalog: Catalog | None = None,
    early: bool = False,
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
        early: Whether the exception may end the block anywhere; else it fails above the last
            statement of the block, or in a loop with turns left.

    Returns:
        A context manager; after the block, ``.value`` is the exception and ``.envelope`` the
        envelope it carries.

    Raises:
        AssertionError: Nothing was raised, or another code, or the code in an exception of another
            type; the text compares the two.
        UnknownCodeError: The catalog does not document ``code``.
        ErrcodesUsageError: The number of parameters is wrong, or one is a function, ``exception``
            is no exception type, or ``match`` no regular expression.
    """
    __tracebackhide__ = True
    _refuse_functions(code, params)
    expected = ExpectedEnvelope.of(code, params, message=message, catalog=catalog)
    _check_type(expected, exception)
    _check_pattern(expected, match)
    return RaisesCode(expected, place_of_caller("raises_code"), exception, match, early=early)


def _refuse_functions(code: Code | ErrorCode, params: tuple[object, ...]) -> None:
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
    __tracebackhide__ = True
    types = exception if isinstance(exception, tuple) and exception else (exception,)
    for one in types if exception is not None else ():
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise ErrcodesUsageError(
                "exception-type",
                f"raises_code({expected.title}): exception={show_value(one)} is no exception type",
                "pass a class such as ApiError, or a tuple of them",
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
