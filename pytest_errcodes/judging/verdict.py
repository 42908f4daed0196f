"""The verdict on a test: what it saw, against what it expected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.envelope.envelope import Envelope, NotAnEnvelopeError
from pytest_errcodes.errors import ErrcodesError
from pytest_errcodes.judging.comparison import Expected, compare
from pytest_errcodes.text.wording import join_words, show_code, show_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation, Recorder
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.expectation import Expectation

_NOTHING = ("nothing", "", "")
_MOST_ROWS = 20
_MOST_SHOWN = 200


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
        carried = _carried(error)
        if not carried:
            return Verdict(untouched=True)
        place = _place(error, path)
        for envelope in carried:
            recorder.add(envelope.code, envelope.message, "exception", place)
            failure = _unexpected(envelope, expectations)
            if failure is not None:
                return Verdict(failure=f"{failure}\n{place}")
    return Verdict(failure="\n\n".join(_unmet(expectations, recorder.observations)) or None)


def _carried(error: BaseException) -> list[Envelope]:
    """Return the envelopes that an exception carries; none unless all of a group carry one."""
    if isinstance(error, BaseExceptionGroup):
        of_each = [_carried(one) for one in error.exceptions]
        return [envelope for carried in of_each for envelope in carried] if all(of_each) else []
    if isinstance(error, AssertionError | ErrcodesError):
        return []  # a failed assertion may hold anything, and our own UnknownCodeError has a code
    try:
        return [Envelope.of(error)]
    except NotAnEnvelopeError:
        return []


def _unexpected(envelope: Envelope, expectations: Sequence[Expectation]) -> str | None:
    """Return the comparison for a code that no expectation names."""
    codes = [code for expectation in expectations for code in expectation.codes]
    if any(_same(envelope.code, code) for code in codes):
        return None
    mismatch = compare(envelope, Expected(codes[0]))
    others = list(dict.fromkeys(show_code(code.code) for code in codes if code != codes[0]))
    return f"{mismatch}\n(expected as well: {join_words(others)})" if others else str(mismatch)


def _unmet(expectations: Sequence[Expectation], seen: Sequence[Observation]) -> list[str]:
    """Return what is missing: first all codes that were not seen, then what else is wrong."""
    absent: dict[ErrorCode, None] = {}
    texts: dict[str, None] = {}
    for wanted in expectations:
        present = [code for code in wanted.codes if any(_same(one.code, code) for one in seen)]
        faults = [_fault(wanted, code, seen) for code in present]
        if wanted.any_of and None in faults:
            continue
        texts |= dict.fromkeys(fault for fault in faults if fault is not None)
        if not wanted.any_of or len(wanted.codes) == 1:
            absent |= dict.fromkeys(code for code in wanted.codes if code not in present)
        elif not present:
            title = "none of the expected codes was seen"
            texts[_not_seen(title, wanted.codes, seen)] = None
    if not absent:
        return list(texts)
    codes = join_words([show_code(code.code) for code in absent])
    noun, verb = ("code", "was") if len(absent) == 1 else ("codes", "were")
    return [_not_seen(f"expected {noun} {codes} {verb} not seen", list(absent), seen), *texts]


def _fault(wanted: Expectation, code: ErrorCode, seen: Sequence[Observation]) -> str | None:
    """Return what is wrong with how a code was seen, or None."""
    everywhere = [one for one in seen if _same(one.code, code)]
    hits = [one for one in everywhere if one.surfaced or not wanted.surfaced]
    if not hits:
        title = f"code {show_code(code.code)} was received and did not surface"
        text = _not_seen(title, (code,), seen)
        return f"{text}\nhint: the client swallowed it, or the test asserts nothing about it"
    expected = Expected(code, params=wanted.params, message=wanted.message)
    mismatches = [compare(_envelope(one), expected) for one in hits]
    if all(mismatches):
        return str(mismatches[0])
    fitting = [one for one, mismatch in zip(hits, mismatches, strict=True) if not mismatch]
    return _wrong_count(wanted, code, fitting, seen)


def _wrong_count(
    wanted: Expectation,
    code: ErrorCode,
    fitting: Sequence[Observation],
    seen: Sequence[Observation],
) -> str | None:
    """Return what is wrong with how often a code was seen as the expectation wants it."""
    if wanted.times is None:
        return None
    # What was received and then surfaced came once. What was raised and then asserted may have
    # come once or twice: nothing tells which, so either number is right.
    received = [one for one in fitting if not one.surfaced]
    most = len(received or fitting)
    least = max(Counter(one.source for one in fitting).values()) if not received else most
    if least <= wanted.times <= most:
        return None
    count = least if wanted.times < least else most
    how = "surfaced" if wanted.surfaced else "was seen"
    if wanted.params or wanted.message:
        how += " as expected"
    return _not_seen(
        f"code {show_code(code.code)} {how} {_times(count)}, expected {_times(wanted.times)}",
        (code,),
        seen,
    )


def _same(code: object, expected: ErrorCode) -> bool:
    """Return whether a code is the expected one; ``"401009"`` is not 401009."""
    return code == expected.code and isinstance(code, str) == isinstance(expected.code, str)


def _envelope(seen: Observation) -> Envelope:
    return Envelope(seen.code, seen.message, None, current().catalog.shape)


def _place(error: BaseException, path: str) -> str:
    """Return the exception's type, the line it comes from, and that of the test it passed."""
    passed, raised, traceback = "", "", error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        raised = f"{PurePath(file).name}:{traceback.tb_lineno}"
        if file == path:
            passed = raised
        traceback = traceback.tb_next
    text = f"raised as {type(error).__name__}"
    if raised:
        text += f" at {raised}"
    return f"{text}, from {passed}" if passed not in ("", raised) else text


def _not_seen(title: str, codes: Sequence[ErrorCode], seen: Sequence[Observation]) -> str:
    """Return a title, what was expected, and all that was observed, equal ones once."""
    rows = [("expected", show_code(code.code), code.message, "") for code in codes]
    counted = Counter((one.code, one.message, one.source, one.place) for one in seen)
    for (code, message, source, place), count in islice(counted.items(), _MOST_ROWS):
        how = "received from" if source in ("route", "client") else "surfaced:"
        where = f"{how} {place}" + (f", {_times(count)}" if count > 1 else "")
        rows.append(("seen", show_code(code), short_message(message), where))
    if not seen:
        rows.append(("seen", *_NOTHING))
    label_width = max(len(row[0]) for row in rows)
    code_width = max(len(row[1]) for row in rows if row[1:] != _NOTHING)
    lines = [title]
    for label, code, message, where in rows:
        lines.append(f"  {label:{label_width}}  {code:{code_width}}  {message}".rstrip())
        if where:
            lines.append(f"  {'':{label_width}}  {'':{code_width}}  {where}")
    if len(counted) > _MOST_ROWS:
        lines.append(f"  … and {len(counted) - _MOST_ROWS} more")
    return "\n".join([*lines, *_type_hint(codes, seen)])


def _type_hint(codes: Sequence[ErrorCode], seen: Sequence[Observation]) -> list[str]:
    """Return the advice for a code that was seen in the other type, such as "401009"."""
    for code in codes:
        if any(
            type(one.code) is not type(code.code)
            and show_code(one.code).strip('"') == show_code(code.code).strip('"')
            for one in seen
        ):
            wanted, came = (
                ("integers", "a string")
                if isinstance(code.code, int)
                else ("strings", "an integer")
            )
            return [f"hint: codes of the catalog are {wanted}, and {came} came"]
    return []


def short_message(message: str | None) -> str:
    """Return a message as it stands in our tables: on one line, short, without secrets."""
    if message is None:
        return "(no message)"
    return show_text(message, _MOST_SHOWN)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
