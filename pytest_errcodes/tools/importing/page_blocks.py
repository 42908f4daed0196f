"""What a page is made of, whatever it is written in; tables are laid out from cells that span."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.source_document import Row, Table
from pytest_errcodes.tools.importing.table_columns import ROLES, tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator


_WIDEST = 1000  # columns, and rows that one cell spans; a page that says more means all


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


@dataclass(slots=True)
class Cell:
    """One cell of a table in the making.

    Attributes:
        text: What stands in it.
        is_header: Whether it is marked as a header.
        columns: How many columns it spans.
        rows: How many rows it spans.
    """

    text: str = ""
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Line:
    """One row of a table in the making.

    Attributes:
        number: Line of the source it begins on.
        is_header: Whether it stands in the head of the table.
        cells: Its cells.
    """

    number: int
    is_header: bool = False
    cells: list[Cell] = field(default_factory=list)


def span_of(text: str | None) -> int:
    """Return how much a cell spans, as an attribute says; 1 where it says nothing of use."""
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 6
    return min(max(int(digits), 1), _WIDEST) if is_number else 1


def tables_of(lines: list[Line], heading: str) -> list[Table]:
    """Return a table; a row with one cell across all columns is the heading of those below it.

    Args:
        lines: Its rows.
        heading: What its caption says.
    """
    grid = list(_laid_out(lines))
    names = _names(grid)
    tables: list[Table] = []
    rows: list[Row] = []
    for line, cells in grid:
        if line.is_header:
            continue
        if (banner := _banner(line, cells)) is not None:
            _add(tables, heading, names, rows)
            heading, rows = banner, []
        else:
            rows.append(Row(line.number, tuple(cells)))
    _add(tables, heading, names, rows)
    return tables


def _add(tables: list[Table], heading: str, names: tuple[str, ...], rows: list[Row]) -> None:
    if rows:
        tables.append(Table(rows[0].line, heading, names, tuple(rows)))


def _laid_out(lines: list[Line]) -> Iterator[tuple[Line, list[str]]]:
    """Yield each row with a text for each column; a cell that spans several stands in each."""
    above: dict[int, tuple[int, str]] = {}  # by column: rows still to fill, and with what
    for line in lines:
        row: list[str] = []
        for cell in line.cells:
            _fill(row, above)
            for _ in range(cell.columns):
                if cell.rows > 1:
                    above[len(row)] = (cell.rows - 1, cell.text)
                row.append(cell.text)
                if len(row) >= _WIDEST:
                    break
        _fill(row, above)
        yield line, row


def _fill(row: list[str], above: dict[int, tuple[int, str]]) -> None:
    """Add the texts of cells that began in a row above."""
    while len(row) in above:
        left, text = above.pop(len(row))
        if left > 1:
            above[len(row)] = (left - 1, text)
        row.append(text)


def _names(grid: list[tuple[Line, list[str]]]) -> tuple[str, ...]:
    """Return the names of the columns; the rows that hold them are marked as headers."""
    for line, _ in grid:
        if line.cells and all(cell.is_header for cell in line.cells) and len(line.cells) > 1:
            line.is_header = True
    heads = [cells for line, cells in grid if line.is_header]
    if not heads and grid:
        line, cells = grid[0]
        # Editors that have no header cells make the first row bold, or nothing at all.
        if sum(_is_name(cell) for cell in cells) > 1:
            line.is_header = True
            heads = [cells]
    if not heads:
        return ()
    width = max(map(len, heads))
    return tuple(
        next((cells[at].strip() for cells in reversed(heads) if at < len(cells)), "")
        for at in range(width)
    )


def _is_name(text: str) -> bool:
    return any(tier_of(role, text) is not None for role in ROLES)


def _banner(line: Line, cells: list[str]) -> str | None:
    """Return the text of a row that has one cell across several columns."""
    if len(line.cells) == 1 and line.cells[0].columns > 1 and len(cells) == line.cells[0].columns:
        return " ".join(cells[0].split())
    return None
