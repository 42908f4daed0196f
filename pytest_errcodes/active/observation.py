"""What one test saw: each envelope, and where it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.catalog import Code

Source = Literal["route", "client", "exception", "assertion"]


class Observation(NamedTuple):
    """One envelope seen during one test.

    Attributes:
        code: The business code, as it came.
        message: The message that came with it, or None.
        source: ``route`` and ``client`` saw it on the wire; ``exception`` and ``assertion``
            saw it where the client's caller can.
        seen_at: Where, for a reader, or what tells it when it is asked for: most observations
            are never shown.
    """

    code: Code
    message: str | None
    source: Source
    seen_at: str | Callable[[], str]

    @property
    def place(self) -> str:
        """Where it was seen: ``POST https://api.example.com/order``."""
        return self.seen_at if isinstance(self.seen_at, str) else self.seen_at()

    @property
    def surfaced(self) -> bool:
        """Whether the client's caller could see the code."""
        return self.source in ("exception", "assertion")


class Recorder:
    """The observations of one test, in the order they were made."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []

    def add(
        self, code: Code, message: str | None, source: Source, place: str | Callable[[], str]
    ) -> None:
        """Record one envelope."""
        self.observations.append(Observation(code, message, source, place))
