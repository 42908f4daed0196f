"""What a test expects of the codes it meets, and the verdict on what it saw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.comparison import Expected, compare
from pytest_errcodes.envelope import Envelope, NotAnEnvelopeError
from pytest_errcodes.session import current
from pytest_errcodes.wording import code_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.observation import Observation, Recorder


@dataclass(frozen=True)
class Expectation:
    """What one ``expects_code`` marker says.

    Attributes:
        codes: The codes that must be seen.
        any_of: Whether one of them is enough.
        params: The parameters that the message must hold, as text; None for any.
        message: The exact message, or a message policy; None for the policy in force.
        times: How often each code must come; None for at least once.
        surfaced: Whether the client's caller must have seen it, not only the client.
    """

    codes: tuple[ErrorCode, ...]
    any_of: bool = False
    params: tuple[str, ...] | None = None
    message: str | None = None
    times: int | None = None
    surfaced: bool = False

    def unmet(self, seen: Sequence[Observation]) -> str | None:
        """Return what is missing in one text, or None if the expectation is met."""
        faults = [self._unmet_code(code, seen) for code in self.codes]
        missing = [fault for fault in faults if fault is not None]
        if not missing or (self.any_of and len(missing) < len(faults)):
            return None
        if self.any_of and len(self.codes) > 1:
            return _not_seen("none of the expected codes was seen", self.codes, seen)
        return missing[0]

    def _unmet_code(self, code: ErrorCode, seen: Sequence[Observation]) -> str | None:
        hits = [one for one in seen if _same(one.code, code)]
        if not hits:
            return _not_seen(f"expected code {code_text(code.code)} was not seen", (code,), seen)
        if self.surfaced and not any(one.surfaced for one in hits):
            text = _not_seen(
                f"code {code_text(code.code)} was received and did not surface", (code,), seen
            )
            return f"{text}\nhint: the client swallowed it, or the test asserts nothing about it"
        expected = Expected(code, params=self.params, message=self.message)
        mismatches = [compare(_envelope(one), expected) for one in hits]
        if all(mismatches):
            return str(mismatches[0])
        return self._wrong_count(code, hits, seen)

    def _wrong_count(
        self, code: ErrorCode, hits: Sequence[Observation], seen: Sequence[Observation]
    ) -> str | None:
        if self.times is None:
            return None
        received = [one for one in hits if not one.surfaced]
        count = len(received or hits)
        if count == self.times:
            return None
        return _not_seen(
            f"code {code_text(code.code)} was seen {_times(count)}, expected {_times(self.times)}",
            (code,),
            seen,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a test with expectations ends.

    Attributes:
        failure: The text it fails with, or None.
        untouched: Whether its own exception goes through, because it carries no code.
    """

    failure: str | None = None
    untouched: bool = False


def judge(
    expectations: Sequence[Expectation], recorder: Recorder, error: Exception | None, path: str
) -> Verdict:
    """Judge a test that has ended.

    Args:
        expectations: At least one.
        recorder: What was observed while the test ran; what ``error`` carries is added.
        error: The exception that left the test, or None.
        path: The test's file, to tell where the exception passed it.
    """
    if error is not None:
        carried = list(_carried(error))
        if None in carried or not carried:
            return Verdict(untouched=True)
        place = _place(error, path)
        for envelope in carried:
            assert envelope is not None
            recorder.add(envelope.code, envelope.message, "exception", place)
            failure = _unexpected(envelope, expectations)
            if failure is not None:
                return Verdict(failure=f"{failure}\n{place}")
    for expectation in expectations:
        failure = expectation.unmet(recorder.observations)
        if failure is not None:
            return Verdict(failure=failure)
    return Verdict()


def _carried(error: BaseException) -> Iterator[Envelope | None]:
    """Yield the envelope that an exception carries, or each that a group of them does."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _carried(one)
    elif isinstance(error, AssertionError):  # a failed assertion may hold anything
        yield None
    else:
        try:
            yield Envelope.of(error)
        except NotAnEnvelopeError:
            yield None


def _unexpected(envelope: Envelope, expectations: Sequence[Expectation]) -> str | None:
    """Return the comparison for a code that no expectation names."""
    codes = [code for expectation in expectations for code in expectation.codes]
    if any(_same(envelope.code, code) for code in codes):
        return None
    mismatch = compare(envelope, Expected(codes[0]))
    others = f"\n(or one of {', '.join(code_text(code.code) for code in codes[1:])})"
    return f"{mismatch}{others if len(codes) > 1 else ''}"


def _same(code: object, expected: ErrorCode) -> bool:
    """Return whether a code is the expected one; ``"401009"`` is not 401009."""
    return code == expected.code and isinstance(code, str) == isinstance(expected.code, str)


def _envelope(seen: Observation) -> Envelope:
    return Envelope(seen.code, seen.message, None, current().catalog.shape)


def _place(error: BaseException, path: str) -> str:
    """Return the exception's type, and the line of the test file that it passed."""
    line, traceback = None, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == path:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    at = f" at {PurePath(path).name}:{line}" if line else ""
    return f"raised as {type(error).__name__}{at}"


def _not_seen(title: str, codes: Sequence[ErrorCode], seen: Sequence[Observation]) -> str:
    """Return a title, what was expected, and all that was observed, equal ones once."""
    rows = [("expected", code_text(code.code), code.message, "") for code in codes]
    counted = Counter((one.code, one.message, one.source, one.place) for one in seen)
    for (code, message, source, place), count in counted.items():
        how = "received from" if source in ("route", "client") else "surfaced:"
        where = f"{how} {place}" + (f", {_times(count)}" if count > 1 else "")
        rows.append(("seen", code_text(code), message or "no message", where))
    if not seen:
        rows.append(("seen", "nothing", "", ""))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [title]
    for label, code, message, where in rows:
        lines.append(f"  {label:{widths[0]}}  {code:{widths[1]}}  {message}".rstrip())
        if where:
            lines.append(f"  {'':{widths[0]}}  {'':{widths[1]}}  {where}")
    return "\n".join(lines)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
