"""What came of an import: a catalog, with what was left out or decided on the way, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.source_document import place_order
from pytest_errcodes.tools.importing.table_columns import plain_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.tools.importing.import_options import ImportOptions
    from pytest_errcodes.tools.importing.source_document import Document

RemarkKind = Literal[
    "prose",
    "table",
    "column",
    "row",
    "duplicate",
    "exception",
    "several",
    "success",
    "placeholders",
    "style",
    "status",
    "open-ended",
    "other",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of the source that did not go into the catalog as it stands.

    Attributes:
        line: Line of the source, counted from 1; None for what concerns all of it.
        text: What stands there, shortened; may be empty.
        what: What became of it, and why.
        left_out: Whether nothing of it is in the catalog.
        kind: What sort of remark it is; those of one kind can be shown together.
        file: The file that the line is one of; empty where the source is a single file.
    """

    line: int | None
    text: str
    what: str
    left_out: bool = False
    kind: RemarkKind = "other"
    file: str = ""

    @property
    def order(self) -> tuple[list[str], int]:
        """Where it stands among all others: by file, as a folder lists them, then by line."""
        return place_order(self.file, self.line or 0)

    def as_text(self, source: str) -> str:
        """Return the remark in one line that begins with the place: ``page.html:12: ...``."""
        place = self.file or source
        if self.line is not None:
            place = f"{place}:{self.line}"
        verdict = f"left out, {self.what}" if self.left_out else self.what
        return f"{place}: {self.text}: {verdict}" if self.text else f"{place}: {verdict}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A catalog made from a source.

    Attributes:
        catalog: The catalog; ``write_catalog`` writes it as a file.
        remarks: What was left out or decided, in the order of the source.
    """

    catalog: Catalog
    remarks: tuple[Remark, ...]

    @property
    def left_out(self) -> tuple[Remark, ...]:
        """The remarks of what is not in the catalog."""
        return tuple(remark for remark in self.remarks if remark.left_out)


def nothing(
    name: str, document: Document, options: ImportOptions, remarks: Sequence[Remark]
) -> ErrcodesUsageError:
    """Return the error of a source that documents no code (``import-nothing``).

    Where a column was asked for that no table has, that is the reason (``unknown-column``).
    """
    if document.tables and (unknown := _unknown_column(name, document, options)) is not None:
        return unknown
    hint = (
        "save the page that lists the codes, or name the columns with --code-column and "
        "--message-column"
    )
    rows = [remark for remark in remarks if remark.kind in ("row", "success")]
    tables = len(document.tables)
    if rows:
        first = rows[0]
        place = "" if first.line is None else f", on line {first.line}"
        found = f"{_count(len(rows), 'row')} that cannot be taken; the first{place}: {first.what}"
    elif any(remark.what.endswith("column of messages") for remark in remarks):
        found = f"{_count(tables, 'table')} but no column of messages"
    elif tables:
        found = f"{_count(tables, 'table')} but no column of codes"
    elif document.notes:
        note = document.notes[0]
        found = f"nothing that can be read; on line {note.line}: {note.what}"
    elif name.endswith((".py", "/", "\\")):
        found = "no enum, constants, table or exceptions that say codes"
        hint = "name the module that lists them; pytest --errcodes-harvest reads them out of a run"
    else:
        found = "no table and no line that begins with a code"
    return ErrcodesUsageError(
        "import-nothing", f"{name} documents no codes: it holds {found}", hint
    )


def _unknown_column(
    name: str, document: Document, options: ImportOptions
) -> ErrcodesUsageError | None:
    names = [name for table in document.tables for name in table.names if name.strip()]
    plain = set(map(plain_name, names))
    for role, column in (("code", options.code_column), ("message", options.message_column)):
        if column is None or column in names or plain_name(column) in plain - {""}:
            continue
        width = max((len(row.cells) for table in document.tables for row in table.rows), default=0)
        if column.isdigit() and 0 < int(column[:4]) <= width:
            continue
        listed = f"are {', '.join(dict.fromkeys(names))}" if names else "have no names"
        return ErrcodesUsageError(
            "unknown-column",
            f"{name} has no table with a {role} column {column!r}; its columns {listed}",
            f"name one of them with --{role}-column, or its number from 1",
        )
    return None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s'[: number != 1]}"
