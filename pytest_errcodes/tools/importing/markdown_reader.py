"""Markdown: tables, lists, definitions and headings of a page, as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_errcodes.tools.importing.page_blocks import Grid, Heading, Passage, Verbatim
from pytest_errcodes.tools.importing.source_document import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.page_blocks import Block
    from pytest_errcodes.tools.importing.source_document import Document

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?P<text>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
# A text that cannot hold markup. Most cells are so, and a parser needs 30 us for each.
_PLAIN = re.compile(r"[\w .,;:/'\"()%=+{}?#@^–—-]*")
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_FORMATTING = frozenset(
    {
        *("a", "abbr", "b", "big", "cite", "code", "del", "div", "em", "font", "i", "ins", "kbd"),
        *("mark", "p", "pre", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("tt", "u", "var"),
    }
)
_ALONE = {"br": "\n", "hr": "\n", "img": "", "wbr": ""}


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


class Inline:
    """Reads what stands in blocks.

    Args:
        parser: The parser of the blocks.
        environment: What it knows of the document, such as the targets of links.
    """

    def __init__(self, parser: MarkdownIt, environment: dict[str, Any]) -> None:
        self._parser = parser
        self._environment = environment

    def text(self, content: str) -> str:
        """Return the text of some Markdown; a line break is one."""
        if _PLAIN.fullmatch(content) and not _UNDERSCORE.search(content):
            return content
        return "".join(text for text, _ in self._pieces(content))

    def lead_and_text(self, content: str) -> tuple[str, str]:
        """Return what a text begins with, if that is set apart, and the rest of it."""
        if content[:1].isalnum() and _PLAIN.fullmatch(content):
            return "", self.text(content)
        pieces = self._pieces(content)
        lead = ""
        while pieces and (pieces[0][1] or not pieces[0][0].strip()):
            text, is_apart = pieces.pop(0)
            lead += text
            if is_apart:
                break
        return lead.strip(), "".join(text for text, _ in pieces)

    def _pieces(self, content: str) -> list[tuple[str, bool]]:
        """Return the pieces of text, each with whether it is set apart from the rest."""
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._environment, tokens)
        closed = _find_closed_tags(tokens)
        pieces: list[tuple[str, bool]] = []
        apart: list[str] = []  # the pieces of what is set apart now
        depth = 0
        for token in tokens:
            if token.type in ("strong_open", "link_open", "em_open"):
                depth += 1
            elif token.type in ("strong_close", "link_close", "em_close"):
                depth -= 1
                if depth == 0:
                    pieces.append(("".join(apart), True))
                    apart = []
            elif depth:
                apart.append(_write(token, closed))
            else:
                pieces.append((_write(token, closed), token.type == "code_inline"))
        return pieces


def _write(token: Token, closed: frozenset[str]) -> str:
    """Return the text of one token; a tag that is no formatting is one, such as ``<value>``."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type != "html_inline":
        return token.content
    found = _TAG.match(token.content)
    name = found[1].lower() if found else ""
    if name in _ALONE:
        return _ALONE[name]
    is_comment = token.content.startswith(("<!", "<?"))
    return "" if is_comment or name in closed else token.content


def _find_closed_tags(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names of the tags that format text: those that are closed again."""
    closing = {
        token.content[2:].strip("> \t\n").lower()
        for token in tokens
        if token.type == "html_inline" and token.content.startswith("</")
    }
    return frozenset(closing & _FORMATTING)
