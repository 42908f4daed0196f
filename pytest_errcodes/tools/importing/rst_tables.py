"""The tables of reStructuredText, which docutils needs long for.

A cell costs docutils 0.1 to 0.2 ms, since each is parsed like a page, and of a csv-table it does
not tell the line. So tables stand in directives of our own, and only a cell that may hold markup
is parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, tableparser

from pytest_errcodes.tools.importing.page_blocks import Cell, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

# A text that cannot hold markup.
_PLAIN = re.compile(r"[^`*_|:\\<\[]*|[^`*_|:\\<\[]*:\s[^`*_|:\\<\[]*")
# What makes more of a cell than a text: a list, a paragraph of its own, a directive.
_BLOCK = re.compile(r"^\s*(?:[-*+] |[#0-9]+\. |\.\. |$)|::\s*$", re.MULTILINE)
_WRITTEN = re.compile(r"^([ \t]*\.\. )((?:csv|list)-table::)", re.MULTILINE)
_DRAWN = re.compile(
    r"^[ \t]*\n(?P<table>=+(?: +=+)+[ \t]*\n(?:[^\n]*\n)*?=+(?: +=+)+[ \t]*\n(?=[ \t]*\n|\Z)"
    r"|(?:[+|][^\n]*[+|][ \t]*\n){3,}(?=[ \t]*\n|\Z))",
    re.MULTILINE,
)
_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)\s*(?:<[^`>]*>)?`")
_CELL = re.compile(r"(?P<indent>(?:\* )? *)- ?(?P<text>.*)")


#: The rows of a table, each with its line; None where they cannot be told.
Rows = list[tuple[int, list[str]]] | None
_OPTIONS = (
    *("header-rows", "stub-columns", "width", "widths", "align", "class", "name", "header"),
    *("delim", "quote", "escape", "keepspace", "encoding", "file", "url"),
)


def with_our_directives(text: str) -> str:
    """Return a text whose tables stand in our directives, each line where it was.

    Of the tables that are drawn these are the ones at the margin, below a blank line: in other
    directives they are what these expect.
    """
    text = _WRITTEN.sub(r"\1errcodes-\2", text)
    return _DRAWN.sub(_in_directive, text)


def _in_directive(found: re.Match[str]) -> str:
    lines = found["table"].splitlines()
    return "\n".join((".. errcodes-drawn-table::", *(f"   {line}".rstrip() for line in lines), ""))


def is_plain(text: str) -> bool:
    """Whether a text holds nothing that could be markup."""
    return _PLAIN.fullmatch(text) is not None


def holds_blocks(text: str) -> bool:
    """Whether a cell may hold more than one text, such as a list."""
    return _BLOCK.search(text) is not None


def without_roles(text: str) -> str:
    """Return a text in which a role that docutils does not know is what it is given."""
    return _ROLE.sub(r"\1", text) if "`" in text else text


def csv_rows(
    content: list[str], first_line: int, options: dict[str, Any]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a csv-table, the header that an option gives first, with their lines.

    Args:
        content: The lines below the options.
        first_line: The number of the first of them.
        options: The options.
    """
    import csv
    from itertools import chain

    delimiter = str(options.get("delim") or ",")
    delimiter = {"tab": "\t", "space": " "}.get(delimiter, delimiter)
    escape = str(options.get("escape") or "")
    header = str(options.get("header") or "")
    parts = ([header], first_line), (content, first_line)
    for lines, line in parts[0 if header else 1 :]:
        reader = csv.reader(
            chain(text + "\n" for text in lines),
            delimiter=delimiter[:1],
            quotechar=str(options.get("quote") or '"')[:1],
            escapechar=escape[:1] or None,
            skipinitialspace=True,
        )
        number = line
        try:
            for row in reader:
                if row:
                    yield number, row
                number = line + reader.line_num
        except csv.Error:  # a cell of more than 128 KiB
            return


def list_rows(content: list[str], first_line: int) -> list[tuple[int, list[str]]] | None:
    """Return the rows of a list-table with their lines; None for one that holds more than texts.

    Args:
        content: The lines below the options.
        first_line: The number of the first of them.
    """
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(content, first_line):
        if not line.strip():
            continue
        found = _CELL.match(line)
        indent = len(line) - len(line.lstrip())
        if found and _begins_block(found["text"]):
            return None
        if found and found["indent"].startswith("* ") and indent == 0:
            rows.append((number, [found["text"]]))
        elif found and rows and indent == 2 and not line.startswith("*"):
            rows[-1][1].append(found["text"])
        elif rows and indent >= 4 and not _begins_block(line):
            rows[-1][1][-1] += f"\n{line.strip()}"
        else:
            return None
    return rows


def _begins_block(line: str) -> bool:
    """Whether a line is no text, but begins a list, a directive or the like."""
    return line.lstrip()[:2] in ("* ", "- ", "+ ", "..", "| ", "::", ">>", "#.")


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
