"""Reading back an exported CSV file."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pytest_errcodes.tools.exporting.code_facts import head_facts
from pytest_errcodes.tools.exporting.csv_writer import COLUMNS
from pytest_errcodes.tools.importing.exported_catalog import Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.catalog import Catalog


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
                _add(export, cells, line)
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


def _add(export: Export, cells: list[str], line: int) -> None:
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
