"""Markdown: tables, lists, definitions and headings of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.markdown_inline import Inline
from pytest_errcodes.tools.importing.page_blocks import Grid, Heading, Passage, Verbatim
from pytest_errcodes.tools.importing.source_document import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.page_blocks import Block
    from pytest_errcodes.tools.importing.source_document import Document

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?P<text>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def read(source: Source) -> Document:
    """Return the codes of a page; front matter is passed over."""
    from pytest_errcodes.tools.importing.page_tables import document_of

    found = _FRONT_MATTER.match(source.text)
    # Blank lines take its place, so that all others keep their numbers.
    skipped = source.text.count("\n", 0, found.end()) if found else 0
    text = "\n" * skipped + (source.text[found.end() :] if found else source.text)
    return document_of(Blocks(text).read())


class Blocks:
    """The blocks of a text without front matter."""

    def __init__(self, text: str) -> None:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"html": True}).enable("table")
        # What stands in a block is read where it is needed: most cells hold plain text.
        parser.core.ruler.disable("inline")
        environment: dict[str, object] = {}
        self._tokens = parser.parse(text, environment)
        self._inline = Inline(parser, environment)
        self._at = 0
        self._depth = 0  # of lists
        self._is_first = False  # whether nothing of the item came yet

    def read(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            yield from self._block(token)

    def _block(self, token: Token) -> Iterator[Block]:
        kind = token.type
        line, last = _lines(token)
        if kind == "heading_open":
            yield Heading(line, int(token.tag[1]), self._inline.text(self._next().content))
        elif kind == "table_open":
            yield self._table(line, last)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._depth += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._depth -= 1
        elif kind == "list_item_open":
            self._is_first = self._depth == 1
        elif kind == "inline":
            lead, text = self._inline.lead_and_text(token.content)
            yield Passage(line, last, lead, text, goes_on=self._depth > 0 and not self._is_first)
            self._is_first = False
        elif kind in ("fence", "code_block"):
            yield Verbatim(line + (kind == "fence"), token.content)
        elif kind == "html_block":
            from pytest_errcodes.tools.importing.html_reader import blocks_of

            yield from blocks_of(token.content, line)

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _table(self, line: int, last: int) -> Grid:
        """Return the table whose tokens follow."""
        rows: list[Row] = []
        cells: list[str] = []
        for token in iter(self._next, None):
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells = []
                row_line = _lines(token)[0]
            elif token.type == "inline":
                cells.append(self._inline.text(token.content))
            elif token.type == "tr_close":
                rows.append(Row(row_line, tuple(cells)))
        return Grid(line, last, Table(line, "", rows[0].cells, tuple(rows[1:])))


def _lines(token: Token) -> tuple[int, int]:
    """Return the first and the last line of a token, counted from 1."""
    first, after = token.map or (0, 1)
    return first + 1, max(after, first + 1)
