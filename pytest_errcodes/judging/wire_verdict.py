"""What the wire carried of a code, against what was expected of it. Facts in, facts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.judging.advice import (
    advise_on_handler,
    advise_on_invention,
    advise_on_retry,
    advise_on_type,
    advise_on_unreadable,
    advise_on_unwatched,
)
from pytest_errcodes.judging.comparison import compare
from pytest_errcodes.judging.counting import (
    count_received,
    count_surfaced,
    find_hidden_retry,
    find_uncarried,
    find_unreadable,
    pick,
    pick_received,
)
from pytest_errcodes.judging.mismatch import UnmetExpectation

if TYPE_CHECKING:
    from pytest_errcodes.catalog import ErrorCode
    from pytest_errcodes.judging.expectation import ExpectedEnvelope
    from pytest_errcodes.judging.mismatch import UnmetKind
    from pytest_errcodes.judging.sights import Sights


class Wire(NamedTuple):
    """What is expected of the wire, beside a code that surfaces.

    Attributes:
        times: How often the code must be received; None for as often as it surfaces.
        received: Whether it must have been received, where routes answered.
        helper: What its user wrote: ``expects_code`` or ``raises_code``.
    """

    times: int | None
    received: bool
    helper: str


def judge_wire(
    code: ErrorCode, expected: ExpectedEnvelope, wire: Wire, sights: Sights
) -> UnmetExpectation | None:
    """Return how the wire carried a code that is as expected otherwise, if that is wrong."""
    if wire.received and find_uncarried(sights.seen, code.code):
        hints = advise_on_invention(code, sights.seen)
        return make_unmet("not-received", (code,), sights, *hints)
    if wire.received and find_unreadable(sights.seen, sights.no_envelopes, code.code):
        return make_unmet("not-received", (code,), sights, advise_on_unreadable(code))
    if wire.times is not None:
        return _compare_times(code, expected, wire.times, sights)
    if count_surfaced(pick(sights.seen, code.code)) and code.code not in sights.counted:
        retry = find_hidden_retry(sights.seen, code.code, sights.accounted)
        if retry is not None:
            selected = sights.selected == code.code
            hints = advise_on_retry(code, retry, wire.helper, selected=selected)
            unasserted = sights.find_unasserted(code.code)
            if unasserted:  # what was received once more is what the test itself caught
                hints = (advise_on_handler(unasserted),)
            return make_unmet("retried", (code,), sights, *hints)._replace(retry=retry)
    return None


def _compare_times(
    code: ErrorCode, expected: ExpectedEnvelope, times: int, sights: Sights
) -> UnmetExpectation | None:
    """Return how often a code was received, if that is another number."""
    received = pick_received(sights.seen, code.code)
    # Where a code comes with several messages, those count that the marker is about.
    fitting = [one for one in received if compare(one, expected) is None]
    narrowed = bool(expected.params or expected.message) and bool(fitting)
    came = count_received(fitting if narrowed else received, sights.seen)
    if not sights.is_blind:  # else nobody knows
        came = came or count_surfaced(pick(sights.seen, code.code))
    if came == times:
        return None
    return UnmetExpectation(
        "times",
        (code,),
        tuple(sights.seen),
        times=times,
        came=came,
        how="received" if received or sights.is_blind else "surfaced",
        narrowed=narrowed,
        hints=(*advise_on_type((code,), sights.seen), *_advise_on_blindness(sights)),
    )


def make_unmet(
    kind: UnmetKind, codes: tuple[ErrorCode, ...], sights: Sights, *hints: str
) -> UnmetExpectation:
    """Return an unmet expectation of some codes, with all that was seen and what to do."""
    if kind in ("not-seen", "none-seen"):
        hints = (*hints, *_advise_on_blindness(sights))
    told = dict.fromkeys((*advise_on_type(codes, sights.seen), *hints))
    return UnmetExpectation(kind, codes, tuple(sights.seen), hints=tuple(told))


def _advise_on_blindness(sights: Sights) -> tuple[str, ...]:
    return (advise_on_unwatched(sights.unwatched),) if sights.is_blind else ()
