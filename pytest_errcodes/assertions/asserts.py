"""Assertions that know the catalog; they take anything that ``Envelope.of`` reads."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.active.observation import place_of_caller
from pytest_errcodes.assertions.swallowed_failures import forget_failure, note_failure
from pytest_errcodes.envelope.broken_objects import make_plain
from pytest_errcodes.envelope.envelope import Envelope
from pytest_errcodes.envelope.reading import read
from pytest_errcodes.envelope.refusal import Refusal
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.judging.comparison import compare, compare_refusal
from pytest_errcodes.judging.exception_classes import compare_object, read_class, read_undocumented
from pytest_errcodes.judging.expectation import AnyCode, ExpectedEnvelope
from pytest_errcodes.text.true_kinds import is_a
from pytest_errcodes.text.wording import shorten, show_value

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.envelope.parts import Reading
    from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation

_LONGEST_ANSWER = 60


def assert_code(
    obj: object,
    code: Code | ErrorCode,
    *params: object,
    data: Any = ...,
    message: str | None = None,
    catalog: Catalog | None = None,
    undocumented: bool = False,
) -> Envelope:
    """Assert that an envelope carries ``code``, with a message that fits its template.

    Args:
        obj: A response, an exception, JSON, a mapping: anything that ``Envelope.of`` reads.
        code: The code, or an ``ErrorCode``; a success code too.
        params: What must stand in the message where its template has placeholders, compared as
            text; none for anything.
        data: What the data must equal; ``...`` for anything.
        message: ``template``, ``warn`` or ``ignore`` to judge this message so; any other text is
            the exact message.
        catalog: The catalog to judge by; None for the one in force.
        undocumented: Whether the catalog lacks ``code``, on purpose; its message is judged only if
            ``message`` gives it to the letter.

    Returns:
        The envelope.

    Raises:
        AssertionError: It is another envelope, or none; the text compares the two.
        UnknownCodeError: The catalog does not document ``code``.
        ErrcodesUsageError: The template of ``code`` does not take ``params``, the catalog has a
            code that is said to be undocumented, or ``obj`` and ``code`` are swapped.
    """
    __tracebackhide__ = True
    _check_order(obj, code)
    expected = ExpectedEnvelope.of(
        code, params, message=message, data=data, catalog=catalog, undocumented=undocumented
    )
    return _check(obj, expected, place_of_caller("assert_code"))


def assert_success(
    obj: object,
    *,
    data: Any = ...,
    message: str | None = None,
    catalog: Catalog | None = None,
) -> Envelope:
    """Assert that an envelope means success.

    Its message is judged only if ``message`` is given: APIs word their successes freely.

    Args:
        obj: A response, JSON, a mapping: anything that ``Envelope.of`` reads.
        data: What the data must equal; ``...`` for anything.
        message: ``template`` or ``warn`` to judge the message by the catalog's; any other text is
            the exact message.
        catalog: The catalog to judge by; None for the one in force.

    Returns:
        The envelope.

    Raises:
        AssertionError: It is an error, or no envelope; the text compares the two.
        ErrcodesUsageError: ``message`` is no text, or ``catalog`` no catalog.
    """
    __tracebackhide__ = True
    expected = ExpectedEnvelope.of_kind(AnyCode.SUCCESS, message, data, catalog)
    return _check(obj, expected, place_of_caller("assert_success"))


def assert_documented(
    obj: object,
    *,
    data: Any = ...,
    message: str | None = None,
    catalog: Catalog | None = None,
) -> Envelope:
    """Assert that the catalog has whatever code came, success included, and its message fits.

    Args:
        obj: A response, an exception, JSON, a mapping: anything that ``Envelope.of`` reads.
        data: What the data must equal; ``...`` for anything.
        message: ``template``, ``warn`` or ``ignore`` to judge this message so; any other text is
            the exact message.
        catalog: The catalog to judge by; None for the one in force.

    Returns:
        The envelope.

    Raises:
        AssertionError: The catalog lacks the code, the message does not fit, or there is no
            envelope.
        ErrcodesUsageError: ``message`` is no text, or ``catalog`` no catalog.
    """
    __tracebackhide__ = True
    expected = ExpectedEnvelope.of_kind(AnyCode.DOCUMENTED, message, data, catalog)
    return _check(obj, expected, place_of_caller("assert_documented"))


def _check_order(obj: object, code: object) -> None:
    """Refuse a code that stands where the answer belongs."""
    __tracebackhide__ = True
    from pytest_errcodes.catalog import ErrorCode

    is_code = is_a(obj, int | ErrorCode) or (
        issubclass(type(obj), str) and "{" not in str(make_plain(obj))
    )
    is_answer = not is_a(code, int | str | ErrorCode | Enum) or (
        issubclass(type(code), str) and str(make_plain(code)).lstrip().startswith("{")
    )
    if is_code and is_answer and code is not None:
        shown = obj.code if isinstance(obj, ErrorCode) else obj
        answer = shorten(show_value(code), _LONGEST_ANSWER)
        raise ErrcodesUsageError(
            "swapped-arguments",
            f"assert_code({show_value(shown)}, {answer}) has its arguments swapped",
            f"the answer comes first: assert_code(response, {show_value(shown)})",
        )


def _check(obj: object, expected: ExpectedEnvelope, place: str) -> Envelope:
    """Return the envelope in ``obj`` if it is as expected.

    Args:
        obj: Anything that ``Envelope.of`` reads.
        expected: What it must be.
        place: Where the assertion stands, for the observation.

    Raises:
        AssertionError: It is no envelope, or another one; the text compares the two.
    """
    __tracebackhide__ = True
    found = read_expected(obj, expected)
    if isinstance(found, Refusal):
        found = read_class(obj, expected.code) or found
    if isinstance(found, Refusal):
        raise _fail(compare_refusal(found, expected), place) from None
    envelope = Envelope.of_reading(found)
    mismatch = compare(envelope, expected) or compare_object(obj, envelope, expected)
    if mismatch:
        if envelope.code is not None:
            current().doubted.add(envelope.code)
        raise _fail(mismatch, place)
    surfaced = envelope.surface("assertion", place, obj)
    if expected.has_words:
        current().settle(surfaced, "message")
    forget_failure(place, current().unchecked)
    return envelope


def _fail(mismatch: Mismatch, place: str) -> AssertionError:
    """Return the error with which an assertion fails, noted where a test catches whatever comes."""
    failure = make_failure(mismatch)
    note_failure(place, failure, str(failure), current().unchecked)
    return failure


def read_expected(obj: object, expected: ExpectedEnvelope) -> Reading | Refusal:
    """Read an object by the catalog; where a code is expected that it lacks, by that as well."""
    catalog = expected.judging_catalog
    found = read(obj, catalog)
    if not isinstance(found, Refusal):
        return found
    return read_undocumented(obj, expected.code, catalog) or found


def make_failure(mismatch: Mismatch | UnmetExpectation) -> AssertionError:
    """Return the error with which an assertion fails."""
    from pytest_errcodes.judging.rendering import render

    return AssertionError(render(mismatch))
