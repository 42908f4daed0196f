"""All that a test saw, to be judged when it ends."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.judging.counting import pick_received
from pytest_errcodes.judging.expectation import is_code

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_errcodes.active.carriers import Carrier
    from pytest_errcodes.active.context import Aspect
    from pytest_errcodes.active.observation import NoEnvelope, Observation
    from pytest_errcodes.catalog import Code
    from pytest_errcodes.judging.exception_codes import Codeless
    from pytest_errcodes.judging.own_handlers import Unasserted


class Sights(NamedTuple):
    """What a test saw.

    Attributes:
        seen: All that was observed while it ran, in order.
        raised: What of it surfaced with the exception that left the test.
        codeless: What was raised and carries no code.
        counted: The codes of which a marker, or a block around, says how often they are received.
        selected: The code that ``every_code`` gave the test, or None.
        recorded: What was asserted of the answers that a mock kept.
        no_envelopes: The answers that clients got and that are none.
        unasserted: What the test itself caught and nothing asserts.
        unwatched: What may have sent requests that nothing saw; empty where there is nothing.
        accounted: What blocks saw that said how often a code is received, and that got as many.
        settled: What a helper has said and judged itself of an object that carried a code.
    """

    seen: Sequence[Observation]
    raised: Sequence[Observation] = ()
    codeless: Sequence[Codeless] = ()
    counted: Collection[Code] = ()
    selected: Code | None = None
    recorded: Sequence[Observation] = ()
    no_envelopes: Sequence[NoEnvelope] = ()
    unasserted: Sequence[Unasserted] = ()
    unwatched: str = ""
    accounted: Sequence[Observation] = ()
    settled: Collection[tuple[Carrier | None, Aspect]] = frozenset()

    def leave_settled(self, told: Sequence[Observation], aspect: Aspect) -> list[Observation]:
        """Return what surfaced, without that of which a helper has said this itself."""
        settled = self.settled
        return [one for one in told if one.carrier is None or (one.carrier, aspect) not in settled]

    def find_unasserted(self, code: Code) -> Unasserted | None:
        """Return what the test itself caught of a code and nothing asserts.

        Else what may have come of it: what carries no other code that was received.
        """
        of_code = (one for one in self.unasserted if any(is_code(each, code) for each in one.codes))
        others = (one for one in self.unasserted if not self._has_received(one.codes))
        return next(chain(of_code, others), None)

    def _has_received(self, codes: Sequence[Code | None]) -> bool:
        return any(pick_received(self.seen, code) for code in codes if code is not None)

    @property
    def is_blind(self) -> bool:
        """Whether nothing was seen of the wire, and something may have sent requests unseen."""
        is_silent = not self.no_envelopes and all(one.surfaced for one in self.seen)
        return bool(self.unwatched) and is_silent


def list_valid(
    seen: Sequence[Observation],
    expected: Collection[Code],
    withdrawn: Sequence[Observation],
    doubted: Collection[Code],
    *,
    is_contradicted: bool,
) -> list[Observation]:
    """Return what was seen, without what turned out not to hold.

    That the test has got a response is weak evidence: it counts where nothing that the test
    raised, caught or asserted speaks against it.

    Args:
        seen: All that was observed.
        expected: The codes of the test's expectations.
        withdrawn: What was observed and does not hold, such as a part of a failed comparison.
        doubted: The codes of which the test asserted that a response has them not.
        is_contradicted: Whether anything was raised that carries no code, or an assertion failed
            and was caught.
    """
    is_weak = is_contradicted or any(
        one.source == "exception" and one.code not in expected for one in seen
    )
    asserted = {one.carrier for one in seen if one.source == "assertion"}
    return [
        one
        for one in seen
        if not (
            one.source == "returned" and (is_weak or one.code in doubted or one.carrier in asserted)
        )
        and not any(one is other for other in withdrawn)
    ]
