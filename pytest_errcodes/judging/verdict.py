"""The verdict on a test: what it saw, against what it expected. Facts in, facts out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pytest_errcodes.judging.comparison import compare, name_code_type
from pytest_errcodes.judging.expectation import ExpectedEnvelope, is_code
from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.expectation import Expectation

    Unmet = Mismatch | UnmetExpectation

_SWALLOWED = "the client swallowed it, or the test asserts nothing about it"


def judge(
    expectations: Sequence[Expectation],
    seen: Sequence[Observation],
    raised: Sequence[Observation] = (),
) -> list[Unmet]:
    """Judge a test that has ended.

    Args:
        expectations: At least one.
        seen: All that was observed while the test ran.
        raised: What of it surfaced with the exception that left the test.

    Returns:
        How it differs from what was expected; nothing for a test that passes. Several markers may
        be unmet in the same way.
    """
    for one in raised:
        unexpected = _find_unexpected(one, expectations)
        if unexpected is not None:
            return [unexpected]
    return _find_unmet(expectations, seen)


def _find_unexpected(raised: Observation, expectations: Sequence[Expectation]) -> Mismatch | None:
    """Return the mismatch of a code that no expectation names."""
    codes = [code for expectation in expectations for code in expectation.codes]
    if not codes or any(is_code(raised.code, code.code) for code in codes):
        return None
    compared = (compare(raised, ExpectedEnvelope(code)) for code in dict.fromkeys(codes))
    first, *others = (mismatch for mismatch in compared if mismatch)
    return first._replace(nested=tuple(others), seen_at=raised.place)


def _find_unmet(expectations: Sequence[Expectation], seen: Sequence[Observation]) -> list[Unmet]:
    """Return what is missing: first all codes that were not seen, then what else is wrong."""
    absent: dict[ErrorCode, None] = {}
    unmet: list[Unmet] = []
    for wanted in expectations:
        if not wanted.codes:
            unmet += _find_errors(expectations, seen)
            continue
        present = [code for code in wanted.codes if _pick(seen, code)]
        found = [_compare_seen(wanted, code, seen) for code in present]
        if wanted.any_of and None in found:
            continue
        unmet += [one for one in found if one is not None]
        if not wanted.any_of or len(wanted.codes) == 1:
            absent |= dict.fromkeys(code for code in wanted.codes if code not in present)
        elif not present:
            hints = _advise_on_type(wanted.codes, seen)
            unmet.append(UnmetExpectation("none-seen", wanted.codes, tuple(seen), hints=hints))
    if not absent:
        return unmet
    hints = _advise_on_type(tuple(absent), seen)
    return [UnmetExpectation("not-seen", tuple(absent), tuple(seen), hints=hints), *unmet]


def _find_errors(expectations: Sequence[Expectation], seen: Sequence[Observation]) -> list[Unmet]:
    """Return the error that came where an expectation without codes says that none does.

    One that was received, and then a success from the same method and path, is one that the
    client dealt with.
    """
    elsewhere = [code for other in expectations for code in other.codes]
    errors = [
        one
        for one in seen
        if not one.shape.is_success(one.code)
        and not any(is_code(one.code, code.code) for code in elsewhere)
    ]
    surfaced = [one for one in errors if one.surfaced]
    if surfaced:
        return [UnmetExpectation("error", (), tuple(surfaced), how="surfaced")]
    received = [one for one in seen if not one.surfaced]
    last = {(one.method, (one.url or "").partition("?")[0]): one for one in received}
    left = [one for one in last.values() if one in errors]
    return [UnmetExpectation("error", (), tuple(left), hints=(_SWALLOWED,))] if left else []


def _compare_seen(
    wanted: Expectation, code: ErrorCode, seen: Sequence[Observation]
) -> Unmet | None:
    """Return how a code that was seen is not as it was expected, or None."""
    everywhere = _pick(seen, code)
    hits = [one for one in everywhere if one.surfaced] if wanted.surfaced else everywhere
    if not hits:
        hints = (*_advise_on_type((code,), seen), _SWALLOWED)
        return UnmetExpectation("not-surfaced", (code,), tuple(seen), hints=hints)
    expected = wanted.envelope(code)
    mismatches = [compare(one, expected) for one in hits]
    if all(mismatches):
        return mismatches[0]
    fitting = [one for one, mismatch in zip(hits, mismatches, strict=True) if not mismatch]
    return None if wanted.times is None else _count(wanted, wanted.times, code, fitting, seen)


def _count(
    wanted: Expectation,
    times: int,
    code: ErrorCode,
    fitting: Sequence[Observation],
    seen: Sequence[Observation],
) -> UnmetExpectation | None:
    """Return how often a code was seen as the expectation wants it, if that is wrong."""
    # What was received and then surfaced came once. What was raised and then asserted may have
    # come once or twice: nothing tells which, so either number is right.
    received = [one for one in fitting if not one.surfaced]
    most = len(received or fitting)
    least = max(Counter(one.source for one in fitting).values()) if not received else most
    if least <= times <= most:
        return None
    return UnmetExpectation(
        "times",
        (code,),
        tuple(seen),
        times=times,
        came=least if times < least else most,
        how="surfaced" if wanted.surfaced else "seen",
        narrowed=bool(wanted.params or wanted.message),
        hints=_advise_on_type((code,), seen),
    )


def _pick(seen: Sequence[Observation], code: ErrorCode) -> list[Observation]:
    """Return the observations of one code."""
    return [one for one in seen if is_code(one.code, code.code)]


def _advise_on_type(codes: tuple[ErrorCode, ...], seen: Sequence[Observation]) -> tuple[str, ...]:
    """Return the advice for a code that was seen in the other type, such as "401009"."""
    from pytest_errcodes.text.wording import show_code

    for code in codes:
        for one in seen:
            if type(one.code) is not type(code.code) and (
                show_code(one.code).strip('"') == show_code(code.code).strip('"')
            ):
                wanted = "integers" if isinstance(code.code, int) else "strings"
                return (f"codes of the catalog are {wanted}, and {name_code_type(one.code)} came",)
    return ()
