"""What every reader makes of a source: tables with headings, and the text around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import CodeType

#: What the white space of a text means: ``page``, where it flows; ``data``, where it is part of it.
Kind = Literal["page", "data"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        line: Line of the source it begins on, counted from 1.
        cells: What stands in its cells, as text without markup; white space at the ends and line
            breaks are still there where the source has them.
        file: The file that the line is one of; empty where the source is a single file.
    """

    line: int
    cells: tuple[str, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, or whatever reads as one: a list, an enum, an object of JSON.

    Attributes:
        line: Line of the source it begins on, counted from 1.
        heading: The nearest heading above it, such as ``Trading (4010xx)``; empty for none.
        names: The names of its columns, as the source writes them; empty without a header.
        rows: Its rows, without the header.
        code_type: What the source says of its codes: ``string`` where it puts them in quotes
            although they are numbers; None where it says nothing.
        kind: What white space in its cells means.
        is_doubtful: Whether it may be something else that only looks like codes.
        merges: Whether a code that another table has too is the same one, so that each adds what
            the other does not say; on a page the first one counts.
        stands_in: What its messages are for want of any: ``name``, ``code`` or ``class``; empty
            where they are messages.
        file: As of a row.
    """

    line: int
    heading: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    code_type: CodeType | None = None
    kind: Kind = "page"
    is_doubtful: bool = False
    merges: bool = False
    stands_in: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of lines that belong to no table.

    Attributes:
        line: Its first line, counted from 1.
        last: Its last line.
        text: What they say.
    """

    line: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader left out or decided.

    Attributes:
        line: Line of the source, counted from 1.
        text: What stands there.
        what: What became of it, and why.
        left_out: Whether nothing of it is in any table.
        file: As of a row.
    """

    line: int
    text: str
    what: str
    left_out: bool = True
    file: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All that a reader found.

    Attributes:
        tables: The tables, in order.
        prose: The text that belongs to none, in order.
        title: The document's own title; empty for none.
        notes: What a reader itself left out or decided.
    """

    tables: tuple[Table, ...]
    prose: tuple[Prose, ...] = field(default=())
    title: str = ""
    notes: tuple[Note, ...] = ()
