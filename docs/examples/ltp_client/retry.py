"""When a call is repeated: a read that met 100429, a few times; a write never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ltp_client.calls import Call
    from ltp_client.errors import RateLimitedError


@dataclass(frozen=True, slots=True)
class Retry:
    """How often and how soon a read is repeated.

    Attributes:
        pauses: Seconds before each repetition; as many as there are pauses.
        longest: Seconds that are waited at most, whatever the API asks for.
    """

    pauses: tuple[float, ...] = (0.5, 1.0)
    longest: float = 30.0

    def planned(self, call: Call[Any]) -> tuple[float, ...]:
        """Return the pauses of one call: none for a write, which may have been carried out."""
        return self.pauses if call.reads else ()

    def seconds(self, error: RateLimitedError, planned: float) -> float:
        """Return how long to wait after ``error``: what it asks for, else what is planned."""
        return min(error.retry_after or planned, self.longest)


STANDARD = Retry()
