"""The blocks of an HTML page, as a parser tells of its tags one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.open_elements import OpenTable, OpenText
from pytest_errcodes.tools.importing.page_blocks import Grid, Heading, Passage, Verbatim, tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_errcodes.tools.importing.page_blocks import Block

# What holds no documentation: what runs, what is drawn, what leads to other pages.
_IGNORED = frozenset(
    {"aside", "button", "footer", "nav", "noscript", "script", "select", "style", "svg"}
    | {"template", "textarea", "iframe", "object", "math", "canvas"}
)
_APART = frozenset({"a", "b", "code", "em", "i", "kbd", "samp", "span", "strong", "tt"})
_INLINE = _APART | {
    *("abbr", "acronym", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "font", "img", "input"),
    *("ins", "label", "mark", "map", "q", "ruby", "rt", "rp", "s", "small", "strike"),
    *("sub", "sup", "time", "u", "var", "wbr", "area", "nobr", "picture", "source", "output"),
}
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "br", "caption", "center", "col", "colgroup"}
    | {"dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"}
    | {"form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr"}
    | {"html", "legend", "li", "link", "main", "menu", "meta", "ol", "optgroup", "option", "p"}
    | {"param", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "title", "tr", "ul", "video", "audio", "track", "embed", "base", "hgroup"}
)
_OF_TABLES = frozenset({"caption", "tbody", "td", "tfoot", "th", "thead", "tr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"[ \t\n\f\r]+")
_PERMALINK = re.compile(r"\s*[¶#🔗]\ufe0f?\s*\Z")


class HtmlBlocks:
    """Takes what a parser tells: ``start``, ``data``, ``end`` for each tag and text.

    Attributes:
        blocks: The blocks so far.
        line: Line of the source that the parser has come to.
        title: What ``<title>`` says.
        has_password: Whether the page asks for a password.
        has_scripts: Whether it runs scripts.

    Args:
        lines: The lines of the source.
        first_line: The number of the first of them.
    """

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.blocks: list[Block] = []
        self.line = first_line
        self.title = ""
        self.has_password = False
        self.has_scripts = False
        self._lines = lines
        self._first_line = first_line
        self._ignored: list[str] = []
        self._text = OpenText(first_line)
        self._tables: list[OpenTable] = []
        self._pre = 0
        self._lists = 0
        self._is_first_of_item = True
        self._term: OpenText | None = None
        self._in_definition = False

    # -- what the parser calls --------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a tag that opens."""
        self.has_scripts = self.has_scripts or tag == "script"
        self.has_password = self.has_password or (
            tag == "input" and attributes.get("type", "").lower() == "password"
        )
        if self._ignored or tag in _IGNORED:
            if tag in _IGNORED:
                self._ignored.append(tag)
        elif tag in _BLOCKS:
            self._start_block(tag, attributes)
        elif tag in _APART:
            self._text.begin_apart()
        elif tag not in _INLINE and "-" not in tag and not attributes:
            self._text.add(self._spell_tag(tag))  # no HTML: a placeholder such as <value>

    def end(self, tag: str) -> None:
        """Take a tag that closes."""
        if self._ignored:
            if tag in self._ignored:
                while self._ignored.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag in _APART:
            self._text.end_apart()

    def data(self, data: str) -> None:
        """Take a text."""
        if not self._ignored:
            self._text.add(data if self._pre else _SPACE.sub(" ", data), self.line)

    def comment(self, text: str) -> None:
        """Pass a comment over."""

    def close(self) -> HtmlBlocks:
        """Take the end of the page."""
        while self._tables:
            self._end_table()
        self._flush()
        return self

    # -- blocks ----------------------------------------------------------------------------

    def _start_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        table = self._tables[-1] if self._tables else None
        if tag in ("dd", "dt") and self._in_definition and table is None:
            self._end_definition()  # its own end may be left out
        if tag == "br":
            self._text.add("\n")
        elif tag == "table":
            if table is None:
                self._flush()
            self._tables.append(OpenTable(self.line, self._text))
            self._text = OpenText(self.line)
        elif table is not None and tag in _OF_TABLES:
            table.start(tag, attributes, self.line)
            self._text = table.text
        elif (table is not None and table.cell is not None) or self._in_definition:
            self._text.add("\n")
        else:
            self._flush()
            self._start_passage(tag)

    def _start_passage(self, tag: str) -> None:
        if tag == "pre":
            self._pre += 1
        elif tag in ("ul", "ol"):
            self._lists += 1
        elif tag == "li":
            self._is_first_of_item = self._lists <= 1
        elif tag == "dd":
            self._in_definition = True

    def _end_block(self, tag: str) -> None:
        table = self._tables[-1] if self._tables else None
        if tag == "br":
            return
        if tag == "table":
            if table is not None:
                self._end_table()
        elif table is not None:
            if tag in _OF_TABLES:
                table.end(tag)
                self._text = table.text
            else:
                self._text.add("\n")
        elif tag == "dd" or not self._in_definition:
            self._end_passage(tag)
        else:
            self._text.add("\n")

    def _end_passage(self, tag: str) -> None:
        if tag == "title":
            self.title = self.title or self._take().whole().strip()
        elif tag in _HEADINGS:
            text = self._take()
            shown = " ".join(_PERMALINK.sub("", text.whole()).split())
            if shown:
                self.blocks.append(Heading(text.line, int(tag[1]), shown))
        elif tag == "dt":
            self._term = self._take()
        elif tag == "dd":
            self._end_definition()
        elif tag == "pre":
            self._pre = max(self._pre - 1, 0)
            text = self._take()
            if not text.is_blank():
                self.blocks.append(Verbatim(text.line, text.whole().strip("\n")))
        else:
            self._flush()
            if tag in ("ul", "ol"):
                self._lists = max(self._lists - 1, 0)

    def _end_definition(self) -> None:
        """Take what a term means; a second definition goes on with the first."""
        self._in_definition = False
        if self._term is None:
            self._flush(goes_on=True)
            return
        term, self._term = self._term, None
        text = self._take().whole().strip()
        self.blocks.append(Passage(term.line, self.line, term.whole().strip(), text))

    def _take(self) -> OpenText:
        """Return the text so far, and begin a new one."""
        text, self._text = self._text, OpenText(self.line)
        return text

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.end("table")
        self._text = table.before
        found = tables_of(table.lines, " ".join(table.caption.split()))
        self.blocks += [Grid(one.line, self.line, one) for one in found]

    def _flush(self, *, goes_on: bool = False) -> None:
        """End a passage."""
        text = self._take()
        if not text.is_blank():
            lead, rest = text.lead_and_rest()
            goes_on = goes_on or (self._lists > 0 and not self._is_first_of_item)
            self.blocks.append(Passage(text.line, self.line, lead, rest, goes_on=goes_on))
            self._is_first_of_item = False

    def _spell_tag(self, tag: str) -> str:
        """Return a tag as the source writes it, which parsers put into lower case."""
        at = self.line - self._first_line
        line = self._lines[at] if at < len(self._lines) else ""
        found = re.search(f"<{re.escape(tag)}>", line, re.IGNORECASE)
        return found[0] if found else f"<{tag}>"
