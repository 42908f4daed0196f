"""reStructuredText: tables of each kind, lists, definitions, fields and sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from pytest_errcodes.tools.importing.page_blocks import (
    Cell,
    Grid,
    Heading,
    Line,
    Passage,
    Verbatim,
    tables_of,
)
from pytest_errcodes.tools.importing.rst_tables import (
    TableNode,
    register,
    with_our_directives,
    without_roles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.page_blocks import Block
    from pytest_errcodes.tools.importing.source_document import Document

_OPTION = re.compile(r"\s*:[\w-]+:")
_DEEPEST = 5  # unknown directives in each other


def read(source: Source) -> Document:
    """Return the codes of a page; nothing that it names is read, no directive runs anything.

    Raises:
        ErrcodesUsageError: It is nested more deeply than docutils can follow.
    """
    from pytest_errcodes.tools.importing.page_tables import document_of

    try:
        return document_of(_blocks(source.text, 0, 0))
    except RecursionError:
        from pytest_errcodes.tools.importing.data_tree import too_deep

        raise too_deep(source.shown) from None


def _blocks(text: str, moved: int, depth: int) -> Iterator[Block]:
    """Yield the blocks of a text.

    Args:
        text: The text.
        moved: How many lines stand above it.
        depth: In how many unknown directives it stands.
    """
    yield from _Walk(moved, depth).blocks(_parse(text), 0)


def _parse(text: str) -> nodes.document:
    """Return the tree of a text, without the transforms that only a reader of it needs."""
    register()
    settings = get_default_settings(Parser)
    settings.file_insertion_enabled = False
    settings.raw_enabled = False
    settings.syntax_highlight = "none"
    settings.report_level = settings.halt_level = 5  # nothing is printed, nothing raised
    settings.warning_stream = False
    text = with_our_directives(text)
    settings.line_length_limit = max(map(len, text.split("\n")))
    document = new_document("", settings)
    Parser().parse(text, document)
    return document


class _Walk:
    """One way through a tree, from its top down."""

    def __init__(self, moved: int, depth: int) -> None:
        self._moved = moved
        self._depth = depth
        self._line = 1 + moved

    def blocks(self, node: Any, level: int, *, goes_on: bool = False) -> Iterator[Block]:
        """Yield the blocks below a node.

        Args:
            node: The node.
            level: How deep its section is.
            goes_on: Whether they belong to an item that has begun.
        """
        for child in node.children:
            self._line = (child.line or self._line - self._moved) + self._moved
            if isinstance(child, nodes.title | nodes.subtitle):
                yield Heading(self._line, max(level, 1), _text(child))
            elif isinstance(child, nodes.section):
                yield from self.blocks(child, level + 1)
            elif isinstance(child, nodes.table):
                yield from self._table(child)
            elif isinstance(child, TableNode):
                yield from self._read_table(child, level)
            elif isinstance(child, nodes.system_message):
                yield from self._unknown(child)
            elif isinstance(child, nodes.comment | nodes.substitution_definition | nodes.target):
                continue
            else:
                yield from self._body(child, level, goes_on=goes_on)

    def _body(self, node: Any, level: int, *, goes_on: bool) -> Iterator[Block]:
        if isinstance(node, nodes.definition_list_item | nodes.field | nodes.option_list_item):
            lead, said = _text(node.children[0]), _text(node.children[-1])
            yield Passage(self._line, self._line + said.count("\n"), lead, said)
        elif isinstance(node, nodes.list_item):
            first = True
            for block in self.blocks(node, level, goes_on=goes_on):
                is_passage = isinstance(block, Passage)
                yield block if first or not is_passage else _mark_as_going_on(block)
                first = False
        elif isinstance(node, nodes.literal_block | nodes.doctest_block):
            yield Verbatim(self._line, node.astext())
        elif isinstance(node, nodes.TextElement):
            lead, rest = _lead_and_rest(node)
            last = self._line + rest.count("\n")
            yield Passage(self._line, last, lead, rest, goes_on=goes_on)
        elif isinstance(node, nodes.line_block):
            said = "\n".join(_text(line) for line in node.findall(nodes.line))
            yield Passage(self._line, self._line + said.count("\n"), "", said)
        else:
            yield from self.blocks(node, level, goes_on=goes_on)

    def _table(self, table: Any) -> Iterator[Block]:
        """Yield a table with lines drawn around its cells."""
        begin = self._line
        title = next((child for child in table.children if isinstance(child, nodes.title)), None)
        lines: list[Line] = []
        for row in table.findall(nodes.row):
            is_header = isinstance(row.parent, nodes.thead)
            cells = [
                Cell(
                    _text(entry),
                    columns=entry.get("morecols", 0) + 1,
                    rows=entry.get("morerows", 0) + 1,
                )
                for entry in row.children
            ]
            self._line = _first_line(row) + self._moved
            lines.append(Line(self._line, is_header, cells))
        for one in tables_of(lines, "" if title is None else _text(title)):
            yield Grid(begin, self._line, one)

    def _read_table(self, node: Any, level: int) -> Iterator[Block]:
        """Yield a table that our directives have read, or what they could not read."""
        begin = self._line
        if node["other"]:
            yield Passage(begin, begin, "", f"table of another file, {node['other']}")
        found = list(_lists(node)) if node["lines"] is None else node["lines"]
        if not found:
            yield from self.blocks(node, level)
        lines = [Line(line.number + self._moved, line.is_header, line.cells) for line in found]
        last = lines[-1].number if lines else begin
        for one in tables_of(lines, node["heading"]):
            yield Grid(begin, last, one)

    def _unknown(self, node: Any) -> Iterator[Block]:
        """Yield what stands in a directive that docutils does not know, such as one of Sphinx."""
        for literal in node.findall(nodes.literal_block):
            first, *lines = literal.astext().split("\n")
            options = 0
            while options < len(lines) and _OPTION.match(lines[options]):
                options += 1
            inner = lines[options:]
            indents = [len(line) - len(line.lstrip()) for line in inner if line.strip()]
            text = "\n".join(line[min(indents, default=0) :] for line in inner)
            if not text.strip() or not first.startswith("..") or self._depth >= _DEEPEST:
                yield Passage(self._line, self._line, "", literal.astext())
            else:
                yield from _blocks(text, self._line + options, self._depth + 1)


def _lists(node: Any) -> Iterator[Line]:
    """Yield the rows of a list of lists, whose cells hold more than a text."""
    for rows in node.findall(nodes.bullet_list):
        for at, row in enumerate(rows.children):
            cells = [cell for inner in row.children for cell in inner.children]
            is_header = at < node["headers"]
            yield Line(_first_line(row), is_header, [Cell(_text(cell)) for cell in cells])
        return


def _first_line(node: Any) -> int:
    return min((one.line for one in node.findall(nodes.Element) if one.line), default=1)


def _mark_as_going_on(block: Block) -> Block:
    from dataclasses import replace

    return replace(block, goes_on=True) if isinstance(block, Passage) else block


def _text(node: Any) -> str:
    """Return the text of a node; of a role that docutils does not know, what it is given."""
    if isinstance(node, nodes.TextElement):
        return without_roles(node.astext())
    texts = [_text(child) for child in node.children if not isinstance(child, nodes.system_message)]
    return "\n".join(text for text in texts if text)


def _lead_and_rest(node: Any) -> tuple[str, str]:
    """Return what a paragraph begins with, if it is set apart, and the rest."""
    first = node.children[0] if node.children else None
    if first is None or isinstance(first, nodes.Text):
        return "", without_roles(node.astext())
    rest = "".join(child.astext() for child in node.children[1:])
    return without_roles(first.astext()), without_roles(rest)
