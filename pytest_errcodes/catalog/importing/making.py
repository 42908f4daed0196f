"""``import_catalog``: from a source to a catalog, step by step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.importing.columns import ColumnChoice, find_columns
from pytest_errcodes.catalog.importing.formats import read
from pytest_errcodes.catalog.importing.imported import Imported, Remark
from pytest_errcodes.catalog.importing.source import Source, read_source
from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.importing.document import Document, Table
    from pytest_errcodes.catalog.model import CodeType


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the source does not say, or says in an unusual way; None to find out.

    Attributes:
        format: Name of the source's format, such as ``markdown``.
        encoding: Name of its encoding; UTF-8 if None.
        code_column: The column of the codes: its name, or its number from 1.
        message_column: The column of the messages, likewise.
        section: Title of the one section that all codes go to.
        name: The catalog's name; that of the file if None.
        title: The catalog's title for people.
        code_type: What a code is on the wire.
        base: A catalog that says what the source does not: name, title, envelope, ids of
            sections with the same title, tags, and whether a message is open-ended.
    """

    format: str | None = None
    encoding: str | None = None
    code_column: str | None = None
    message_column: str | None = None
    section: str | None = None
    name: str | None = None
    title: str | None = None
    code_type: CodeType | None = None
    base: Catalog | None = None


def import_catalog(
    source: str | os.PathLike[str] | Source, options: ImportOptions | None = None
) -> Imported:
    """Return the catalog that a source documents, and what was left out of it.

    Args:
        source: Path of a file (``-`` for standard input), or what was read of it. A TOML file is
            loaded as the catalog it is.
        options: What the source does not say.

    Raises:
        ErrcodesUsageError: The source cannot be read (``import-source``), its format is not known
            (``import-format``), it holds no codes (``import-nothing``), or it is not clear which
            column holds what (``ambiguous-column``, ``unknown-column``).
    """
    from pytest_errcodes.catalog.importing.assembling import Assembly

    options = options or ImportOptions()
    if not isinstance(source, Source) and os.fspath(source).lower().endswith(".toml"):
        from pytest_errcodes.catalog.loading import load_catalog

        return Imported(load_catalog(Path(source)), ())
    origin = source if isinstance(source, Source) else read_source(source, options.encoding)
    document = read(origin, options.format)
    assembly = Assembly(origin.name, document, options)
    passed_over = []
    for table in document.tables:
        choice = ColumnChoice(options.code_column, options.message_column)
        columns = find_columns(table, choice, f"{origin.name}:{table.line}")
        if columns is None:
            passed_over.append(_passed_over(table))
        else:
            assembly.add(table, columns)
    if not assembly.count:
        raise _nothing(origin.name, document, options)
    return assembly.imported(passed_over)


def _passed_over(table: Table) -> Remark:
    """Return the remark of a table that holds no codes."""
    first = table.names or (table.rows[0].cells if table.rows else ())
    text = " | ".join(" ".join(name.split()) for name in first)
    return Remark(table.line, text[:60], "a table without a column of codes", left_out=True)


def _nothing(name: str, document: Document, options: ImportOptions) -> ErrcodesUsageError:
    """Say that a source documents no code, and why that may be."""
    chosen = {"code": options.code_column, "message": options.message_column}
    for role, column in chosen.items():
        if column is not None and document.tables:
            names = [name for table in document.tables for name in table.names if name.strip()]
            listed = ", ".join(dict.fromkeys(names)) or "no names"
            return ErrcodesUsageError(
                "unknown-column",
                f"{name} has no table with a {role} column {column!r}; its columns are {listed}",
                f"name one of them with --{role}-column, or its number from 1",
            )
    if document.tables:
        tables = len(document.tables)
        found = f"{tables} table{'s'[: tables > 1]} but no column of codes"
    else:
        found = "no table and no line that begins with a code"
    return ErrcodesUsageError(
        "import-nothing",
        f"{name} documents no codes: it holds {found}",
        "save the page that lists the codes, or name the columns with --code-column and "
        "--message-column",
    )
