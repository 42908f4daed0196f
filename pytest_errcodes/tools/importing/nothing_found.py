"""Why a source documents no codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.table_columns import plain_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_errcodes.tools.importing.import_options import ImportOptions
    from pytest_errcodes.tools.importing.imported import Remark
    from pytest_errcodes.tools.importing.source_document import Document


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
