"""What one test saw: each envelope, and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_errcodes.catalog import Code

Source = Literal["route", "client", "exception", "assertion"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One envelope seen during one test.

    Attributes:
        code: The business code, as it came.
        message: The message that came with it, or None.
        source: ``route`` and ``client`` saw it on the wire; ``exception`` and ``assertion``
            saw it where the client's caller can.
        place: Where, for a reader: ``POST https://api.example.com/order``.
    """

    code: Code
    message: str | None
    source: Source
    place: str

    @property
    def surfaced(self) -> bool:
        """Whether the client's caller could see the code."""
        return self.source in ("exception", "assertion")


class Recorder:
    """The observations of one test, in the order they were made."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []

    def add(self, code: Code, message: str | None, source: Source, place: str) -> None:
        """Record one envelope."""
        self.observations.append(Observation(code, message, source, place))

    def received(self) -> list[Observation]:
        """Return the observations made on the wire."""
        return [seen for seen in self.observations if not seen.surfaced]
