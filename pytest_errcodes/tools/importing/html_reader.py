"""HTML pages: their tables, lists, definitions and headings, or the bare text of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.cell_reading import looks_like_codes
from pytest_errcodes.tools.importing.html_blocks import HtmlBlocks
from pytest_errcodes.tools.importing.page_blocks import Grid, Heading, Passage, Verbatim
from pytest_errcodes.tools.importing.source_document import Document, Prose, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.page_blocks import Block

_LITTLE = 200  # characters of text; a page with fewer, and with scripts, gets its content from them


def read(source: Source) -> Document:
    """Return the codes of a page.

    Raises:
        ErrcodesUsageError: It is a login page (``import-source``), or one that scripts make
            (``import-nothing``).
    """
    from pytest_errcodes.tools.importing.page_tables import document_of

    page = _parse(source.text, 1)
    document = document_of(page.blocks, page.title)
    if any(map(_has_codes, document.tables)):
        return document
    bare = _of_text(page.blocks, document.title)
    if bare.tables:
        return replace(bare, tables=(*document.tables, *bare.tables))
    _check(page, source.shown)
    return document


def _has_codes(table: Table) -> bool:
    """Whether anything in a table can be a code; tables also lay pages out."""
    return any(looks_like_codes(cell) for row in table.rows for cell in row.cells)


def blocks_of(text: str, first_line: int) -> list[Block]:
    """Return the blocks of HTML that stands in another page, from a line on."""
    return _parse(text, first_line).blocks


def _parse(text: str, first_line: int) -> HtmlBlocks:
    """Parse line by line, since the parser itself counts 65,535 lines at most."""
    from lxml import etree

    lines = text.split("\n")
    page = HtmlBlocks(lines, first_line)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=page)  # type: ignore[arg-type]  # it gets texts, never bytes
    try:
        for number, line in enumerate(lines, first_line):
            page.line = number
            parser.feed(f"{line}\n".encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:  # pragma: no cover  # no page is known that the parser gives up
        page.close()
    return page


def _of_text(blocks: Sequence[Block], title: str) -> Document:
    """Return the codes of the bare text, where a page has neither tables nor lists of them."""
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.text_reader import read as read_plain

    lines: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Grid):
            continue
        text = block.text
        if isinstance(block, Passage) and block.lead:
            text = f"{block.lead} {text}"
        if isinstance(block, Heading):
            lines.append((block.line, ""))
        step = 1 if isinstance(block, Verbatim) else 0
        lines += [
            (block.line + step * number, line.strip())
            for number, line in enumerate(text.split("\n"))
        ]
    found = read_plain(Source("", "\n".join(text for _, text in lines)))
    numbers = [line for line, _ in lines]
    tables = (
        Table(
            numbers[table.line - 1],
            table.heading,
            table.names,
            tuple(Row(numbers[row.line - 1], row.cells) for row in table.rows),
        )
        for table in found.tables
    )
    prose = (
        Prose(numbers[part.line - 1], numbers[part.last - 1], part.text) for part in found.prose
    )
    return Document(tuple(tables), tuple(prose), title)


def _check(page: HtmlBlocks, name: str) -> None:
    """Say why a page without any code is none, where it can be told."""
    if page.has_password:
        raise ErrcodesUsageError(
            "import-source",
            f"{name} is a login page: it asks for a password, and documents no codes",
            "save the page from a browser that is logged in",
        )
    texts = (block.text for block in page.blocks if not isinstance(block, Grid))
    if page.has_scripts and sum(map(len, texts)) < _LITTLE:
        raise ErrcodesUsageError(
            "import-nothing",
            f"{name} documents no codes: it is a page that scripts fill in the browser",
            "save it from the browser once it is filled, or copy its text into a file",
        )
