"""The directives ``csv-table`` and ``list-table``, which docutils needs long for.

A cell of a list-table costs docutils 0.2 ms, and of a csv-table it does not tell the line. So these
two stand under names of our own, and are read by what reads other tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.importing.grids import Cell, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nothing in it is markup.
_PLAIN = re.compile(r"[^`*_|:\\<\[]*|[^`*_|:\\<\[]*:\s[^`*_|:\\<\[]*")
_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)\s*(?:<[^`>]*>)?`")
_CELL = re.compile(r"(?P<indent>(?:\* )? *)- ?(?P<text>.*)")


_OPTIONS = (
    *("header-rows", "stub-columns", "width", "widths", "align", "class", "name", "header"),
    *("delim", "quote", "escape", "keepspace", "encoding", "file", "url"),
)
#: The rows of a table, each with its line; None where they cannot be told.
_Rows = list[tuple[int, list[str]]] | None


@lru_cache(maxsize=1)
def register() -> None:
    """Let docutils know our directives, under names that no one else uses."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives

    class errcodes_table(nodes.General, nodes.Element):  # noqa: N801  # docutils names nodes so
        """A table that is read already."""

    class TableDirective(Directive):
        """What both directives share."""

        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = dict.fromkeys(_OPTIONS, directives.unchanged)  # as docutils does

        def run(self) -> list[nodes.Node]:
            digits = str(self.options.get("header-rows", "0")).strip()
            headers = int(digits) if digits.isdigit() and len(digits) < 4 else 0
            headers += "header" in self.options
            rows = self.rows()
            lines = (
                None
                if rows is None
                else [
                    Line(
                        number,
                        at < headers,
                        [Cell(self.text(cell.strip(), number)) for cell in row],
                    )
                    for at, (number, row) in enumerate(rows)
                ]
            )
            made = errcodes_table(
                "",
                lines=lines,
                headers=headers,
                heading=self.arguments[0] if self.arguments else "",
                other=self.options.get("file") or self.options.get("url") or "",
            )
            if lines is None:
                self.state.nested_parse(self.content, self.content_offset, made)
            made.line = self.lineno
            return [made]

        def text(self, source: str, line: int) -> str:
            if _PLAIN.fullmatch(source):
                return source
            found, _ = self.state.inline_text(source, line)
            return without_roles("".join(node.astext() for node in found))

        def rows(self) -> _Rows:
            raise NotImplementedError

    class CsvTable(TableDirective):
        """Cells between commas."""

        def rows(self) -> _Rows:
            return list(csv_rows(list(self.content), self.content_offset + 1, self.options))

    class ListTable(TableDirective):
        """A list of rows, each a list of cells."""

        def rows(self) -> _Rows:
            return list_rows(list(self.content), self.content_offset + 1)

    directives.register_directive("errcodes-csv-table", CsvTable)
    directives.register_directive("errcodes-list-table", ListTable)


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
