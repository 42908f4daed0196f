"""``import_catalog``: from a source to a catalog, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.foreign_arguments import refuse_type
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.code_collecting import find_told_success
from pytest_errcodes.tools.importing.import_options import ImportOptions
from pytest_errcodes.tools.importing.import_outcome import Imported, Remark, nothing
from pytest_errcodes.tools.importing.import_source import Source, is_tree, list_paths, read_source
from pytest_errcodes.tools.importing.source_document import shorten_line
from pytest_errcodes.tools.importing.source_formats import read
from pytest_errcodes.tools.importing.table_columns import ColumnChoice, code_column, find_columns
from pytest_errcodes.tools.libraries import needed_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.tools.importing.import_outcome import RemarkKind
    from pytest_errcodes.tools.importing.import_source import PathName, PathOrPaths
    from pytest_errcodes.tools.importing.source_document import Document, Note, Prose, Table
    from pytest_errcodes.tools.importing.table_columns import Role
    from pytest_errcodes.tools.progress import Progress


def import_catalog(
    source: PathOrPaths | Source,
    options: ImportOptions | None = None,
    *,
    progress: Progress | None = None,
) -> Imported:
    """Return the catalog that a source documents, and what was left out of it.

    Args:
        source: Path of a file (``-`` for standard input), or what was read of it. A TOML file is
            loaded as the catalog it is, under another name or title if the options have one. A
            folder, or several paths, are the source of a client in Python.
        options: What the source does not say.
        progress: What is told of each file of a folder.

    Raises:
        ErrcodesUsageError: The source cannot be read (``import-source``), its format is not known
            (``import-format``), it holds no codes (``import-nothing``), it is not clear which
            column holds what (``ambiguous-column``, ``unknown-column``), it is a catalog, of which
            the options say more than a name (``import-option``), or what reads its format is not
            installed (``missing-library``).
    """
    options = _check_options(options)
    if type(source) is Source:
        origin = source
    elif is_tree(paths := list_paths(source)):
        return _import_tree(paths, options, progress)
    else:
        path = paths[0]
        if path.lower().endswith(".toml"):
            from pytest_errcodes.tools.importing.catalog_reader import load

            return Imported(load(Path(path), options), ())
        origin = read_source(path, options.encoding)
    with needed_for(f"reading {origin.shown}"):
        if (exported := _read_exported(origin, options)) is not None:
            return Imported(exported, ())
        document = read(origin, options.format)
    return catalog_of(origin, document, options)


def _check_options(options: object) -> ImportOptions:
    """Return the options; refuse what are none."""
    if options is None:
        return ImportOptions()
    if type(options) is not ImportOptions:
        hint = 'pass ImportOptions(name="shop"), or leave it out'
        raise refuse_type("import_catalog(options=...)", "ImportOptions", options, hint)
    return options


def _import_tree(
    paths: Sequence[PathName], options: ImportOptions, progress: Progress | None
) -> Imported:
    """Return the catalog that the modules of a project declare.

    Raises:
        ErrcodesUsageError: An option says how to read a page (``import-option``), or nothing of
            it can be imported.
    """
    from pytest_errcodes.tools.importing.python_reader import read_tree

    if options.format not in (None, "python") or options.encoding is not None:
        given = "--encoding" if options.encoding is not None else f"--format {options.format}"
        raise ErrcodesUsageError(
            "import-option",
            f"{given} says how to read one file, and modules of Python say that themselves",
            "leave it out, or name the file",
        )
    origin, document = read_tree(paths, progress)
    return catalog_of(origin, document, options)


def _read_exported(source: Source, options: ImportOptions) -> Catalog | None:
    """Return the catalog of a file that was exported; None if it was not, or is to be read anew."""
    asked = (options.code_column, options.message_column, options.section, options.code_type)
    if not source.exported or any(option is not None for option in (*asked, options.format)):
        return None
    from pytest_errcodes.tools.importing.catalog_reader import read_export

    export = read_export(source.exported, options.base)
    if export is None:
        return None
    names = {"name": options.name, "title": options.title}
    export.head |= {key: value for key, value in names.items() if value is not None}
    lint_ignore = options.base.lint_ignore if options.base else ()
    return export.catalog(source.name, Path(source.name).stem, lint_ignore)


def catalog_of(origin: Source, document: Document, options: ImportOptions) -> Imported:
    """Return the catalog of what a source was found to hold.

    Args:
        origin: The source.
        document: What it holds.
        options: What it does not say.

    Raises:
        ErrcodesUsageError: It holds no codes, or it is not clear which column holds what.
    """
    from pytest_errcodes.tools.importing.catalog_assembling import Assembly
    from pytest_errcodes.tools.importing.code_collecting import Collection

    collected = Collection(options)
    collected.success.update(dict.fromkeys(find_told_success(document.prose), ""))
    for table, columns in _tables(origin.shown, document, options, collected.remarks):
        collected.add(table, columns)
    assembly = Assembly(collected, options)
    catalog = assembly.catalog(origin.name, document.title)
    if catalog is None:
        raise nothing(origin.shown, document, options, (*collected.remarks, *assembly.remarks))
    notes = map(_of_note, document.notes)
    prose = map(_of_prose, document.prose)
    remarks = [*collected.remarks, *assembly.remarks, *notes, *prose]
    return Imported(catalog, tuple(sorted(remarks, key=lambda remark: remark.order)))


def _tables(
    name: str, document: Document, options: ImportOptions, remarks: list[Remark]
) -> Iterator[tuple[Table, dict[Role, int]]]:
    """Yield the tables that document codes, with their columns; remark on the others.

    Tables whose codes may be something else count only where no other table has any.
    """
    choice = ColumnChoice(options.code_column, options.message_column)
    found = [
        (table, code_column(table, choice, f"{name}:{table.line}")) for table in document.tables
    ]
    is_sure = any(column is not None and column[1] == "sure" for _, column in found)
    for table, column in found:
        if column is None:
            remarks.append(_remark_on(table, "a table without a column of codes"))
        elif is_sure and column[1] == "doubtful":
            why = "a table whose codes may be something else; --code-column takes them"
            remarks.append(_remark_on(table, why))
        else:
            columns = _clear_columns(table, column[0], choice, name)
            if columns is None:
                remarks.append(_remark_on(table, "a table without a column of messages"))
            else:
                yield table, columns


def _clear_columns(
    table: Table, code: int, choice: ColumnChoice, name: str
) -> dict[Role, int] | None:
    """Return the columns of a table; None for one of a project's many that are not clear."""
    try:
        return find_columns(table, code, choice, f"{table.file or name}:{table.line}")
    except ErrcodesUsageError:
        if not table.file:
            raise
        return None


def _remark_on(table: Table, why: str) -> Remark:
    """Return the remark of a table that is not taken."""
    row = table.rows[0].cells if table.rows else ()
    first = row if table.is_doubtful else table.names or row
    text = " | ".join(" ".join(name.split()) for name in first)
    return Remark(table.line, shorten_line(text), why, left_out=True, kind="table", file=table.file)


def _of_note(note: Note) -> Remark:
    kind: RemarkKind = "row" if note.left_out else "other"
    return Remark(note.line, shorten_line(note.text), note.what, note.left_out, kind, note.file)


def _of_prose(part: Prose) -> Remark:
    lines = "a line" if part.line == part.last else f"lines {part.line} to {part.last}"
    what = f"{lines} outside of any table"
    if codes := find_told_success([part]):
        what += f", but for the success code{'s'[: len(codes) > 1]} {', '.join(codes)}"
    return Remark(part.line, shorten_line(part.text), what, left_out=True, kind="prose")
