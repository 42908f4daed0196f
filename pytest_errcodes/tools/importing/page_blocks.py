"""What a page is made of, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.source_document import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        line: Line of the source, counted from 1.
        level: 1 for the highest.
        text: What it says.
    """

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, an item of a list, or a term with its definition.

    Attributes:
        line: Line of the source it begins on.
        last: Line it ends on.
        lead: What it begins with, where that is set apart: as code, in bold, as a link or a term.
        text: The rest; all of it where nothing is set apart. Its lines are those of the page.
        goes_on: Whether it belongs to the passage before: a second paragraph, or a list in it.
    """

    line: int
    last: int
    lead: str
    text: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that stands as it was typed.

    Attributes:
        line: Line of the source that its first line stands on.
        text: All of it.
    """

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        line: Line of the source it begins on.
        last: Line it ends on.
        table: The table; its heading is that of the page above it, if it has none of its own.
    """

    line: int
    last: int
    table: Table


Block = Heading | Passage | Verbatim | Grid
