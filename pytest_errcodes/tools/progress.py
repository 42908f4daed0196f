"""How far long work came, for whoever shows it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What is told of each step of long work."""

    def advance(self, what: str) -> None:
        """Note one more step.

        Args:
            what: What the step was about, such as the path of a file.
        """
