"""The verdict on a test: what it saw, against what it expected. Facts in, facts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.active.context import current
from pytest_errcodes.judging.advice import (
    advise_on_codeless,
    advise_on_handler,
    advise_on_invention,
    advise_on_silence,
    tell_group,
    tell_other_error,
)
from pytest_errcodes.judging.application_sides import find_endpoint
from pytest_errcodes.judging.changed_message import (
    find_changed_message,
    find_other_message,
    takes_values,
)
from pytest_errcodes.judging.comparison import compare, find_in_catalog
from pytest_errcodes.judging.counting import (
    count_received,
    find_exchanged,
    is_swallowed_later,
    pick,
    pick_received,
)
from pytest_errcodes.judging.exception_classes import compare_carriers
from pytest_errcodes.judging.expectation import ExpectedEnvelope, is_code
from pytest_errcodes.judging.mismatch import Mismatch, UnmetExpectation
from pytest_errcodes.judging.wire_verdict import Wire, judge_wire, make_unmet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.active.observation import Observation
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.expectation import Expectation
    from pytest_errcodes.judging.sights import Sights

    Unmet = Mismatch | UnmetExpectation

_CHANGED = "the answer had it as expected: the client changed it"
_TO_BE_HANDLED = "leave surfaced=False out if the client's caller is to see the code"
_TOO_EARLY = "it had surfaced before the client received it, and then not again"
_LEFT = "the client swallowed it; if it is right to, say surfaced=None"


def judge(expectations: Sequence[Expectation], sights: Sights) -> list[Unmet]:
    """Judge a test that has ended.

    Args:
        expectations: At least one.
        sights: What the test saw.

    Returns:
        How it differs from what was expected; nothing for a test that passes. Several markers may
        be unmet in the same way.
    """
    named = any(expectation.codes for expectation in expectations)
    for one in (*sights.raised, *sights.seen) if named else ():
        if one.evidence.contradiction is not None:
            return [_make_contradiction(one, expectations)]
    for one in sights.raised:
        unexpected = _find_unexpected(one, expectations)
        if unexpected is not None:
            return [unexpected]
    return _find_unmet(expectations, sights)


def is_raised_at_once(expectations: Sequence[Expectation], sights: Sights) -> bool:
    """Return whether a code was received once and raised as expected, and nothing else was seen.

    Nearly all tests are like that. ``judge`` has nothing to say of them, which a test holds; to ask
    it takes longer.
    """
    if len(expectations) != 1 or len(sights.seen) != 2 or sights.codeless or sights.no_envelopes:
        return False
    wanted, (received, raised) = expectations[0], sights.seen
    if received.source != "route" or raised.source != "exception" or wanted.surfaced is False:
        return False
    if len(wanted.codes) != 1 or wanted.times is not None or wanted.exceptions:
        return False
    code = wanted.codes[0]
    if code.exception or received.evidence.contradiction or not is_code(received.code, code.code):
        return False
    if raised.message != received.message and takes_values(code):
        return False
    return compare(raised, wanted.envelope(code)) is None


def explain_codeless(expectations: Sequence[Expectation], sights: Sights) -> str:
    """Return what to say beside an exception without a code; empty if that explains nothing.

    It does where the client received an expected code that did not surface, or another error.
    """
    from pytest_errcodes.text.wording import show_code

    if not sights.codeless:
        return ""
    if sights.codeless[-1].beside:
        return tell_group(sights.codeless[-1])
    codes = dict.fromkeys(code for expectation in expectations for code in expectation.codes)
    lost = [
        show_code(code.code)
        for code in codes
        if pick_received(sights.seen, code.code)
        and not any(one.surfaced for one in pick(sights.seen, code.code))
    ]
    advice = advise_on_codeless(sights.codeless[-1], sights.seen)
    if lost:
        return f"{lost[0]} was received and did not surface\nhint: {advice}"
    return tell_other_error(codes, sights.seen, sights.codeless[-1])


def _make_contradiction(one: Observation, expectations: Sequence[Expectation]) -> Mismatch:
    """Return the mismatch of what says one code and carries another."""
    codes = [code for expectation in expectations for code in expectation.codes]
    expected = next((code for code in codes if is_code(one.code, code.code)), codes[0])
    mismatch = compare(one, ExpectedEnvelope(expected))
    if mismatch is None:
        raise ValueError("there is no contradiction")
    return mismatch._replace(seen_at=one.place)


def _find_unexpected(raised: Observation, expectations: Sequence[Expectation]) -> Mismatch | None:
    """Return the mismatch of a code that no expectation names."""
    codes = [code for expectation in expectations for code in expectation.codes]
    if not codes or any(is_code(raised.code, code.code) for code in codes):
        return None
    compared = (compare(raised, ExpectedEnvelope(code)) for code in dict.fromkeys(codes))
    first, *others = (mismatch for mismatch in compared if mismatch)
    return first._replace(nested=tuple(others), seen_at=raised.place)


def _find_unmet(expectations: Sequence[Expectation], sights: Sights) -> list[Unmet]:
    """Return what is missing: first all codes that were not seen, then what else is wrong."""
    absent: dict[ErrorCode, None] = {}
    unmet: list[Unmet] = []
    for wanted in expectations:
        if not wanted.codes:
            unmet += _find_errors(wanted, expectations, sights)
            continue
        present = [code for code in wanted.codes if pick(sights.seen, code.code)]
        found = [
            _judge_code(wanted, code, sights) or _find_odd(code, wanted, expectations, sights)
            for code in present
        ]
        is_met = wanted.any_of and None in found
        unmet += [one for one in found if one is not None and not (is_met and _is_idle(one))]
        if is_met:
            continue
        if not wanted.any_of or len(wanted.codes) == 1:
            absent |= dict.fromkeys(code for code in wanted.codes if code not in present)
        elif not present:
            unmet.append(make_unmet("none-seen", wanted.codes, sights))
    if absent:
        return [make_unmet("not-seen", tuple(absent), sights), *unmet]
    return unmet or _find_exchanged(expectations, sights)


def _find_exchanged(expectations: Sequence[Expectation], sights: Sights) -> list[Unmet]:
    """Return the code that the client raised in place of one received, if nobody expects it.

    Where a code need not surface, or must not, the client may still not make another out of it.
    """
    codes = [code.code for one in expectations for code in one.codes]
    exchanged = find_exchanged(sights.seen, codes) if codes else None
    code = exchanged and find_in_catalog(exchanged, current().catalog)
    if code is None:
        return []
    hints = advise_on_invention(code, sights.seen, is_expected=False)
    return [make_unmet("not-received", (code,), sights, *hints)]


def _is_idle(unmet: Unmet) -> bool:
    """Return whether it says that too little came, where another code was enough.

    What came otherwise than any of them may is wrong all the same.
    """
    return isinstance(unmet, UnmetExpectation) and unmet.kind in ("not-surfaced", "times")


def _find_errors(
    wanted: Expectation, expectations: Sequence[Expectation], sights: Sights
) -> list[Unmet]:
    """Return the error that came where an expectation without codes says that none does.

    One that was received, and then a success from the same endpoint, is one that the client dealt
    with.
    """
    elsewhere = [code for other in expectations for code in other.codes]
    errors = [
        one
        for one in sights.seen
        if not one.is_success and not any(is_code(one.code, code.code) for code in elsewhere)
    ]
    surfaced = tuple(one for one in errors if one.surfaced and one.source != "returned")
    if surfaced:
        return [UnmetExpectation("error", (), surfaced, how="surfaced")]
    last = {find_endpoint(one): one for one in sights.seen if not one.surfaced}
    left = tuple(one for one in last.values() if one in errors)
    if not left or not wanted.surfaced:
        return []
    return [UnmetExpectation("error", (), left, how="received", hints=(_LEFT,))]


def _judge_code(wanted: Expectation, code: ErrorCode, sights: Sights) -> Unmet | None:
    """Return how a code that was seen is not as it was expected, or None."""
    everywhere = pick(sights.seen, code.code)
    surfaced = [one for one in everywhere if one.surfaced]
    received = [one for one in everywhere if not one.surfaced]
    if wanted.surfaced is False and any(one.source != "returned" for one in surfaced):
        return make_unmet("surfaced", (code,), sights, _TO_BE_HANDLED)
    unwatched = [one for one in sights.unasserted if one.is_unwatched]
    if wanted.surfaced is False and unwatched:
        return make_unmet("untold", (code,), sights, advise_on_handler(unwatched[0]))
    silence = _explain_silence(code, sights, is_silent=not surfaced) if wanted.surfaced else ()
    if silence and code not in wanted.successes:
        return make_unmet("not-surfaced", (code,), sights, *silence)
    # What the caller sees is judged; a reply is what the test itself wrote, and so is a response
    # that a client has merely handed on to it.
    expected = wanted.envelope(code)
    told = [one for one in surfaced if one.source != "returned"]
    judged = _list_judged(told, wanted, sights)
    seen = () if told and not judged else judged or surfaced or received
    mismatches = [compare(one, expected) for one in seen]
    first = next(iter(mismatches), None)
    if first is not None and all(mismatches):
        worded = surfaced and first.kind in ("message", "parameters")
        # An answer without a message had none that the client could have changed.
        said = [one for one in received if one.message is not None]
        if worded and any(compare(one, expected) is None for one in said):
            return first._replace(hints=(_CHANGED,))
        return first
    classed = surfaced if wanted.exceptions else sights.leave_settled(surfaced, "exception")
    asks = wanted.received and not (told and not sights.leave_settled(told, "received"))
    return (
        compare_carriers(classed, wanted.exceptions, expected)
        or (find_changed_message(judged, received, code, expected) if asks else None)
        or judge_wire(code, expected, Wire(wanted.times, asks, "expects_code"), sights)
    )


def _list_judged(
    told: Sequence[Observation], wanted: Expectation, sights: Sights
) -> list[Observation]:
    """Return what surfaced and is to have the message that a marker asks for.

    What a helper has judged by words of its own is as it should be, if the marker has none.
    """
    if wanted.message is not None or wanted.params is not None:
        return list(told)
    return sights.leave_settled(told, "message")


def _find_odd(
    code: ErrorCode, wanted: Expectation, expectations: Sequence[Expectation], sights: Sights
) -> Mismatch | None:
    """Return how a code surfaced otherwise than any marker says, beside one that is as expected."""
    everywhere = pick(sights.seen, code.code)
    told = [one for one in everywhere if one.surfaced and one.source != "returned"]
    if len(told) < 2:
        return None
    expected = wanted.envelope(code)
    widest = expected._replace(params=None)
    if expected.exact_message is not None:
        widest = widest._replace(message=None)
    goals = [other.envelope(code) for other in expectations if code in other.codes]
    received = [one for one in everywhere if not one.surfaced]
    judged = _list_judged(told, wanted, sights)
    odd = find_other_message(told, count_received(received, sights.seen), (*goals, widest), judged)
    is_changed = any(compare(one, widest) is None for one in received if one.message is not None)
    return odd and odd._replace(hints=(_CHANGED,) if is_changed else ())


def _explain_silence(code: ErrorCode, sights: Sights, *, is_silent: bool) -> tuple[str, ...]:
    """Return the hints for a code that did not surface once it was received; nothing if it did."""
    if is_silent:
        unasserted = sights.find_unasserted(code.code)
        if unasserted and not sights.codeless:
            return (advise_on_handler(unasserted),)
        return advise_on_silence(code, sights.seen, sights.codeless, sights.recorded)
    return (_TOO_EARLY,) if is_swallowed_later(sights.seen, code.code) else ()
