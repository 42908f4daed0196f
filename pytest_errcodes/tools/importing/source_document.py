"""What every reader makes of a source: tables with headings, the text around them; then codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.text.wording import shorten

if TYPE_CHECKING:
    from pytest_errcodes.catalog.model import CodeType, Section

#: What the white space of a text means: ``page``, where it flows; ``data``, where it is part of it.
Kind = Literal["page", "data"]
_WIDTH = 59


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as a source documents it.

    Attributes:
        line: Line of the source.
        code: The code as it is written.
        message: The message.
        section: The section it stands in.
        http_status: The HTTP status it comes with; None where the source says none.
        description: What the source says beyond the message.
        solution: What the source advises.
        tags: The tags.
        open_ended: Whether the message goes on; None where the source does not say.
        exception: The class that a client raises for it; empty where the source names none.
        file: The file that the line is one of; empty where the source is a single file.
        stands_in: What the message is for want of any; empty for a message.
        alternatives: Further messages that the source documents it with.
    """

    line: int
    code: str
    message: str
    section: Section
    http_status: int | None
    description: str
    solution: str
    tags: tuple[str, ...]
    open_ended: bool | None
    exception: str = ""
    file: str = ""
    stands_in: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands, as a remark on another place names it."""
        return f"at {self.file}:{self.line}" if self.file else f"on line {self.line}"

    @property
    def order(self) -> tuple[list[str], int]:
        """Where it stands among all others: by file, as a folder lists them, then by line."""
        return place_order(self.file, self.line)

    @property
    def shown(self) -> str:
        """Code and message on one line, shortened."""
        return shorten_line(f"{self.code} {self.message}")


def place_order(file: str, line: int) -> tuple[list[str], int]:
    """Return what sorts places: by file, as a folder lists them, then by line."""
    return re.split(r"[\\/]", file), line


def shorten_line(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    whole = text[: 10 * _WIDTH].encode("utf-8", "replace").decode()  # no lone surrogates
    return shorten(" ".join(whole.split()), _WIDTH)
