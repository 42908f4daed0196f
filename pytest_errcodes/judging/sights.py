"""All that a test saw, to be judged when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
        counted: The codes of which an assertion said how often they are received.
        selected: The code that ``every_code`` gave the test, or None.
        recorded: What was asserted of the answers that a mock kept.
        no_envelopes: The answers that clients got and that are none.
        unasserted: What the test itself caught and nothing asserts.
        unwatched: What may have sent requests that nothing saw; empty where there is nothing.
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

    def find_unasserted(self, code: Code) -> Unasserted | None:
        """Return what the test itself caught of a code and nothing asserts, else of any other."""
        of_code = (one for one in self.unasserted if code in one.codes)
        return next(of_code, next(iter(self.unasserted), None))

    @property
    def is_blind(self) -> bool:
        """Whether nothing was seen of the wire, and something may have sent requests unseen."""
        is_silent = not self.no_envelopes and all(one.surfaced for one in self.seen)
        return bool(self.unwatched) and is_silent
