"""The enums of an OpenAPI document, and what it says of their values, in fields or in Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pytest_errcodes.tools.importing.source_document import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.importing.data_tree import Node

_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-keys")
_MEANINGS = (
    *("x-enum-descriptions", "x-enumDescriptions", "x-enum-description", "x-enum-comments"),
    *("enumDescriptions", "x-enum-messages", "x-descriptions"),
)
# What may hold a list or a table of codes, in Markdown.
_LISTED = re.compile(r"^\s*(?:[-*+]\s|\||#|[`'\"]?-?[0-9]+[`'\"]?\s*[:=–—-])", re.MULTILINE)


class EnumValue(NamedTuple):
    """One value of a schema.

    Attributes:
        node: The value.
        name: What code generators call it; empty where the document does not say.
        meaning: What it says of it; likewise.
    """

    node: Node
    name: str
    meaning: str


def list_values(schema: Node) -> Iterator[EnumValue]:
    """Yield the values of a schema: of its ``enum``, and the constants of its ``oneOf``."""
    if values := schema.get_list("enum"):
        names, meanings = _read_beside(schema, _NAMES), _read_beside(schema, _MEANINGS)
        if (microsoft := schema.get("x-ms-enum")) is not None:
            for item in microsoft.get_list("values"):
                names.setdefault(item.get_text("value"), item.get_text("name"))
                meanings.setdefault(item.get_text("value"), item.get_text("description"))
        if not meanings and (description := schema.get("description")) is not None:
            rows = (row.cells for table in read_tables(description) for row in table.rows)
            meanings = {cells[0]: cells[1].strip() for cells in rows if len(cells) > 1}
        for one in values:
            if one.is_scalar and one.kind != "null":
                yield EnumValue(one, names.get(one.text, ""), meanings.get(one.text, ""))
    for one in schema.get_list("oneOf"):
        const = one.get("const")
        if const is not None and const.is_scalar:
            yield EnumValue(const, one.get_text("title"), one.get_text("description"))


def _read_beside(schema: Node, fields: tuple[str, ...]) -> dict[str, str]:
    """Return what a list beside an enum, or a map by its values, says of each value."""
    for field in fields:
        told = schema.get(field)
        if told is not None and told.kind == "map":
            return {key.text: value.text for key, value in told.pairs}
        if told is not None and told.kind == "list":
            values = (value.text for value in schema.get_list("enum"))
            return dict(zip(values, (item.text for item in told.items), strict=False))
    return {}


def read_tables(text: Node) -> tuple[Table, ...]:
    """Return the tables and lists in a text of Markdown, with the lines of the source."""
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.markdown_reader import read as read_markdown

    if not _LISTED.search(text.text):
        return ()
    return tuple(
        replace(
            table,
            line=text.line + table.line,
            rows=tuple(Row(text.line + row.line, row.cells) for row in table.rows),
        )
        for table in read_markdown(Source("", text.text)).tables
    )
