"""How far long work came, and how much was looked at, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """What is told of each step of long work."""

    def advance(self, what: str) -> None:
        """Note one more step.

        Args:
            what: What the step was about, such as the path of a file.
        """


@dataclass(slots=True)
class Extent:
    """How much a check looked at; it fills in what it has.

    Attributes:
        codes: How many codes of a catalog.
        files: How many files of source.
        values: How many values of these that could be codes.
        documented: How many of those the catalog has.
    """

    codes: int = 0
    files: int = 0
    values: int = 0
    documented: int = 0
