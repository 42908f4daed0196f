"""Reading back an exported table: a CSV file, or Markdown."""

from __future__ import annotations

import csv
import io
import re
import sys
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_errcodes.tools.exporting.csv_writer import COLUMNS
from pytest_errcodes.tools.exporting.json_writer import head_facts
from pytest_errcodes.tools.exporting.markdown_writer import HEADING, VERSION
from pytest_errcodes.tools.importing.exported_catalog import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from pytest_errcodes.catalog.catalog import Catalog

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_MARK = re.compile(r"[\\`*_\[\]<>&~!]|\n")
_KEY = re.compile(r"U\+([0-9A-F]{4,6})")


def read_csv(text: str, base: Catalog) -> Export | None:
    """Return what the file says; None if its first row is not that of an exported one."""
    if not text.startswith(",".join(COLUMNS)):
        return None
    export = Export(head_facts(base))
    with _long_cells():
        rows = csv.reader(io.StringIO(text, newline=""))
        if tuple(next(rows)) != COLUMNS:
            return None
        line = rows.line_num + 1
        for cells in rows:
            if cells:
                _add_row(export, cells, line)
            line = rows.line_num + 1
    return export


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let a cell be as long as a message is; 128 KiB otherwise."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _add_row(export: Export, cells: list[str], line: int) -> None:
    """Note the code of one row, and its section."""
    if len(cells) != len(COLUMNS):
        message = f"the row has {len(cells)} cells, and the first row {len(COLUMNS)}"
        export.refuse(("sections",), message, "put cells with commas in double quotes", line)
        return
    row = dict(zip(COLUMNS, cells, strict=True))
    id_ = row["section"]
    if id_ not in export.sections:
        facts = {"title": row["section_title"], "label": row["section_label"]}
        export.add_section(id_, facts, line)
    fields: dict[str, Any] = {
        "message": row["message"],
        "http_status": number(row["http_status"]),
        "open_ended": flag(row["open_ended"]),
        "tags": tags(row["tags"]),
        "description": row["description"],
        "solution": row["solution"],
        "exception": row["exception"],
    }
    told = {name: value for name, value in fields.items() if value != "" or name == "message"}
    export.add_code(id_, row["code"], told, line)


def number(text: str) -> int | str:
    """Return the number that a cell writes; anything else as it is, to be refused."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def flag(text: str) -> bool | str:
    """Return what ``true`` or ``FALSE`` say; anything else as it is, to be refused."""
    return {"true": True, "false": False}.get(text.lower(), text)


def tags(text: str) -> list[str]:
    """Return the tags of a cell: ``retryable, "one, two"``."""
    try:
        return next(csv.reader([text], skipinitialspace=True), [])
    except csv.Error:  # a line break outside of quotes
        return [text]


def read_markdown(text: str) -> Export | None:
    """Return what the file says; None if its front matter is not that of an exported one."""
    import yaml
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    try:
        head = _with_texts_as_keys(yaml.safe_load(front[1])) if front else None
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that is none
        return None
    if front is None or not isinstance(head, dict) or head.pop("errcodes", None) != VERSION:
        return None
    parser = MarkdownIt("commonmark").enable("table")
    blocks = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
    reader = _Reader(Export(head), front[0].count("\n"), parser)
    reader.read(blocks.parse(text[front.end() :]))
    return reader.export


def _with_texts_as_keys(value: Any) -> Any:
    """Return a value of YAML, where a key may be anything, as it would be in a catalog file."""
    if isinstance(value, dict):
        return {str(key): _with_texts_as_keys(inner) for key, inner in value.items()}
    return value


class _Reader:
    """One pass over the tokens of one file."""

    def __init__(self, export: Export, line: int, parser: MarkdownIt) -> None:
        self.export = export
        self.parser = parser
        self.first_line = line + 1
        self.section: str | None = None
        self.columns: list[str] = []
        self.cells: list[str] = []

    def read(self, tokens: list[Token]) -> None:
        """Read headings and tables; the text between them says nothing to us."""
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            if token.type == "heading_open" and token.tag == "h2" and following is not None:
                self.heading(following)
            elif token.type in ("th_open", "td_open") and following is not None:
                self.cells.append(self.text(following))
            elif token.type == "tr_close":
                self.row()
            elif token.type == "tr_open":
                self.line = self.first_line + (token.map[0] if token.map else 0)
            elif token.type == "table_open":
                self.columns = []

    def text(self, inline: Token) -> str:
        """Return what a cell says; most hold nothing that Markdown has a meaning for."""
        content = inline.content
        return _text(self.inline(inline)) if _MARK.search(content) else content

    def inline(self, inline: Token) -> list[Token]:
        """Return the tokens in a cell or a heading."""
        (parsed,) = self.parser.parseInline(inline.content)
        return parsed.children or []

    def heading(self, inline: Token) -> None:
        """Read the heading of a section: its title, its label, and its id in an anchor."""
        line = self.first_line + (inline.map[0] if inline.map else 0)
        tokens = self.inline(inline)
        text, anchor = _text(tokens), _anchor(tokens)
        if anchor is None:
            self.section = None
            hint = 'write ## Trading (4010xx) <a id="trading"></a>'
            self.export.refuse(
                (text,), "the heading has no anchor with the section's id", hint, line
            )
            return
        text = text.removesuffix(" ")
        found = HEADING.fullmatch(text)
        title, label = found.groups() if found else (text, "")
        if "title" in anchor:
            title = anchor["title"]
            label = text.removeprefix(title).removeprefix(" (").removesuffix(")")
        self.section = anchor["id"]
        self.export.add_section(self.section, {"title": title, "label": label}, line)

    def row(self) -> None:
        """Read a row: the names of the columns, or a code."""
        cells, self.cells = self.cells, []
        if not self.columns:
            self.columns = cells
            return
        row = dict(zip(self.columns, cells, strict=False))
        if self.section is None or "Code" not in row:
            return
        fields: dict[str, Any] = {"message": row.get("Message", "")}
        if status := row.get("HTTP status"):
            fields["http_status"] = number(status)
        if opened := row.get("Open-ended"):
            fields["open_ended"] = True if opened == "yes" else opened
        if words := row.get("Tags"):
            fields["tags"] = tags(words)
        for name in ("Description", "Solution", "Exception"):
            if row.get(name):
                fields[name.lower()] = row[name]
        self.export.add_code(self.section, row["Code"], fields, self.line)


def _text(tokens: list[Token]) -> str:
    """Return what a cell or a heading says, as it was before it was escaped."""
    pieces: list[str] = []
    in_key = False
    for token in tokens:
        if token.type == "html_inline":
            in_key = token.content == "<kbd>"
            if token.content == "<br>":
                pieces.append("\n")
        elif in_key and (key := _KEY.fullmatch(token.content)):
            pieces.append(chr(int(key[1], 16)))
        else:
            pieces.append("\n" if token.type in ("softbreak", "hardbreak") else token.content)
    return "".join(pieces)


class _Anchor(HTMLParser):
    """Finds the anchor of a heading."""

    found: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: unquote(value or "") for name, value in attrs}
        if tag == "a" and "id" in values:
            self.found = values


def _anchor(tokens: list[Token]) -> dict[str, str] | None:
    """Return the attributes of the anchor in a heading; None if it has none."""
    parser = _Anchor()
    for token in tokens:
        if token.type == "html_inline":
            parser.feed(token.content)
    return parser.found
