"""The directives that tables stand in while docutils reads a page; imported by its reader alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, tableparser

from pytest_errcodes.tools.importing.rst_tables import (
    csv_rows,
    holds_blocks,
    is_plain,
    list_rows,
    without_roles,
)
from pytest_errcodes.tools.importing.table_grids import Cell, Line

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.rst_tables import Rows

_OPTIONS = (
    *("header-rows", "stub-columns", "width", "widths", "align", "class", "name", "header"),
    *("delim", "quote", "escape", "keepspace", "encoding", "file", "url"),
)


class TableNode(nodes.General, nodes.Element):
    """A table that is read already; or what docutils made of it, where ``lines`` is None."""


class TableDirective(Directive):
    """What the directives share."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the one node that stands for the table."""
        lines = self.lines()
        other = self.options.get("file") or self.options.get("url") or ""
        heading = self.arguments[0] if self.arguments else ""
        made = TableNode("", lines=lines, heading=heading, other=other)
        made.line = self.lineno
        if lines is None:
            self.state.nested_parse(self.content, self.content_offset, made)
            made["headers"] = self.headers()
        return [made]

    def headers(self) -> int:
        """Return how many rows are headers, as the options say."""
        digits = str(self.options.get("header-rows", "0")).strip()
        headers = int(digits) if digits.isdigit() and len(digits) < 4 else 0
        return headers + ("header" in self.options)

    def text(self, source: str, line: int) -> str:
        """Return the text of some markup."""
        if is_plain(source):
            return source.strip()
        found, _ = self.state.inline_text(source.strip(), line)
        return without_roles("".join(node.astext() for node in found))

    def lines(self) -> list[Line] | None:
        """Return the rows; None where docutils is to read them."""
        raise NotImplementedError


class WrittenTable(TableDirective):
    """What the two tables have in common that are written as something else."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = dict.fromkeys(_OPTIONS, directives.unchanged)

    def lines(self) -> list[Line] | None:
        """Return the rows that the content writes."""
        rows, headers = self.rows(list(self.content), self.content_offset + 1), self.headers()
        if rows is None:
            return None
        return [
            Line(number, at < headers, [Cell(self.text(text, number)) for text in row])
            for at, (number, row) in enumerate(rows)
        ]

    def rows(self, content: list[str], first_line: int) -> Rows:
        """Return the texts of the rows, each row with its line."""
        raise NotImplementedError


class CsvTable(WrittenTable):
    """Cells between commas."""

    def rows(self, content: list[str], first_line: int) -> Rows:
        """Return the records."""
        return list(csv_rows(content, first_line, self.options))


class ListTable(WrittenTable):
    """A list of rows, each a list of cells."""

    def rows(self, content: list[str], first_line: int) -> Rows:
        """Return the inner lists."""
        return list_rows(content, first_line)


class DrawnTable(TableDirective):
    """Cells between lines that are drawn around them."""

    def lines(self) -> list[Line] | None:
        """Return the rows between the lines."""
        is_grid = self.content[0].startswith("+")
        parser = tableparser.GridTableParser() if is_grid else tableparser.SimpleTableParser()
        block = self.content[:]
        block.pad_double_width(parser.double_width_pad_char)
        try:
            _, heads, body = parser.parse(block)
        except (tableparser.TableMarkupError, IndexError, AssertionError):
            return None  # a line is missing or too short, which docutils checks elsewhere
        return [self.line(row, is_header=at < len(heads)) for at, row in enumerate([*heads, *body])]

    def line(self, row: list[Any], *, is_header: bool) -> Line:
        """Return a row; the parser gives for each cell what it spans, its line, its text."""
        cells = [cell for cell in row if cell is not None]  # None: another cell spans the place
        number = self.content_offset + 1 + min((cell[2] for cell in cells), default=0)
        return Line(
            number,
            is_header,
            [
                Cell(self.cell(text, number), rows=rows + 1, columns=columns + 1)
                for rows, columns, _, text in cells
            ],
        )

    def cell(self, lines: Any, number: int) -> str:
        """Return the text of a cell, whatever it holds."""
        text = "\n".join(lines)
        if not holds_blocks(text):
            return self.text(text, number)
        inner = nodes.Element("")
        self.state.nested_parse(lines, number, inner)
        return without_roles(inner.astext())


def register() -> None:
    """Let docutils know the directives, under names that no one else uses."""
    directives.register_directive("errcodes-csv-table", CsvTable)
    directives.register_directive("errcodes-list-table", ListTable)
    directives.register_directive("errcodes-drawn-table", DrawnTable)
