"""What is known of one piece of source: its literals, and what is done with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.catalog.findings import Place
    from pytest_errcodes.catalog.model import Code


@dataclass(frozen=True, slots=True)
class SourceLiteral:
    """One integer or text that source holds.

    Attributes:
        value: What stands there.
        place: Where it begins.
    """

    value: Code
    place: Place


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What one file says.

    Attributes:
        literals: Its integers and texts, in the order of the file.
        fault: Why it could not be read by its syntax; empty if it was.
    """

    literals: tuple[SourceLiteral, ...]
    fault: str = ""
