"""Python: the enums, dicts, constants and exceptions of a module, or of a project; never run."""

from __future__ import annotations

import os
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.code_declarations import Declarations
from pytest_errcodes.tools.importing.import_source import Source
from pytest_errcodes.tools.importing.python_modules import Classes, Names, add_names, parse_module
from pytest_errcodes.tools.importing.source_document import Document, Note, place_order
from pytest_errcodes.tools.scanning.source_files import PYTHON, language_of, source_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.python_modules import Module
    from pytest_errcodes.tools.importing.source_document import Table
    from pytest_errcodes.tools.progress import Progress
    from pytest_errcodes.tools.scanning.source_files import SourceFile

_STATUSES = frozenset(str(status.value) for status in HTTPStatus)
# What of a project is not the project: its tests, and the projects of others in it.
_LEFT_OUT = frozenset(
    {
        "_vendor",
        "benchmark",
        "benchmarks",
        "doc",
        "docs",
        "example",
        "examples",
        "migrations",
        "test",
        "testing",
        "tests",
        "third_party",
        "vendor",
        "vendored",
    }
)


def read(source: Source) -> Document:
    """Return the codes of a module.

    Raises:
        ErrcodesUsageError: It is no Python (``import-source``).
    """
    try:
        module = parse_module(source.text)
    except SyntaxError as error:
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown}:{error.lineno or 1}: this is not Python: {error.msg}",
            "mend the line, or say with --format what it is",
        ) from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise ErrcodesUsageError(
            "import-source",
            f"{source.shown} cannot be read as Python: {str(error) or 'it is nested too deeply'}",
            "save only the part that documents the codes",
        ) from None
    return read_modules([module])


def read_modules(modules: Sequence[Module], *, is_project: bool = False) -> Document:
    """Return the codes that modules declare together.

    Args:
        modules: The modules, in order.
        is_project: Whether they hold much else: then codes are only what is named so.
    """
    classes = Classes()
    shared: dict[str, Node | None] = {}
    for module in modules:
        classes.add(module.tree.body)
    known = [Names(shared) for _ in modules]
    for module, names in zip(modules, known, strict=True):
        add_names(names, module.tree.body, classes)
        names.share()
    found = Declarations(classes, is_project=is_project)
    for module, names in zip(modules, known, strict=True):
        found.add(module, names)
    tables = sorted(map(_doubt_statuses, found.tables), key=_order)
    tables = list(_drop_told(tables))
    notes = (*found.notes, *_note_statuses(tables))
    return Document(tuple(tables), tuple(found.prose), notes=notes)


def _order(table: Table) -> tuple[int, tuple[list[str], int]]:
    """Sort the tables that have messages before those that have names, and these before others.

    What only says of a code what it becomes comes last: its class is not what the code is called.
    """
    return ("", "name", "code", "class").index(table.stands_in), place_order(table.file, table.line)


def _doubt_statuses(table: Table) -> Table:
    """Return a table as a doubtful one if it holds nothing but HTTP statuses."""
    codes = [row.cells[0] for row in table.rows]
    return replace(table, is_doubtful=True) if _STATUSES.issuperset(codes) else table


def _drop_told(tables: Sequence[Table]) -> Iterator[Table]:
    """Yield the tables, of doubtful ones without messages only what no other table has."""
    told = {row.cells[0] for table in tables if not table.is_doubtful for row in table.rows}
    for table in tables:
        if table.stands_in and table.is_doubtful and not _is_of_statuses(table):
            rows = tuple(row for row in table.rows if row.cells[0] not in told)
            if rows:
                yield replace(table, rows=rows)
        else:
            yield table


def _is_of_statuses(table: Table) -> bool:
    return _STATUSES.issuperset(row.cells[0] for row in table.rows)


def _note_statuses(tables: Sequence[Table]) -> Iterator[Note]:
    """Say of HTTP statuses that are taken, for want of anything else, that they may be ones."""
    first = next(filter(_is_of_statuses, tables), None)
    if first is not None and all(map(_is_of_statuses, tables)):
        what = "all codes look like HTTP statuses; they are taken, as there are no others"
        text = f"{first.rows[0].cells[0]} {first.rows[0].cells[1]}"
        yield Note(first.rows[0].line, text, what, left_out=False, file=first.file)


def read_tree(
    paths: Sequence[str | os.PathLike[str]], progress: Progress | None = None
) -> tuple[Source, Document]:
    """Return what the modules at some paths, and in the folders there, declare.

    Args:
        paths: Files of Python, and folders.
        progress: What is told how far it came.

    Raises:
        ErrcodesUsageError: A path is missing (``source-missing``), or is no Python; a folder holds
            none (``import-source``).
    """
    for path in map(Path, paths):
        if not path.is_dir() and path.exists() and language_of(path.name) != PYTHON:
            raise ErrcodesUsageError(
                "import-source",
                f"{path} is no Python, and only that is read together with other files",
                "import it alone, or name folders and files of Python",
            )
    shown = " ".join(map(str, paths))
    modules: list[Module] = []
    notes: list[Note] = []
    for file in source_files(paths, is_wanted=_is_wanted):
        module = _parse(file, notes)
        if progress is not None:
            progress.advance(file.path)
        if module is not None:
            modules.append(module)
    if not modules and not notes:
        raise ErrcodesUsageError(
            "import-source",
            f"there is no Python in {shown or 'no path'}",
            "name the folder of the client's source, or the file that documents the codes",
        )
    found = read_modules(modules, is_project=True)
    document = Document(found.tables, notes=(*found.notes, *notes))
    return Source(_name_of(paths), ""), document


def _parse(file: SourceFile, notes: list[Note]) -> Module | None:
    """Return a module; None with a note where it cannot be read."""
    fault = file.fault
    if not fault:
        try:
            return parse_module(file.text, file.path)
        except SyntaxError as error:
            fault = f"is not readable as Python: {error.msg} on line {error.lineno or 1}"
        except (RecursionError, MemoryError, ValueError):
            fault = "is nested too deeply"
    notes.append(Note(1, "", f"the file {fault}", file=file.path))
    return None


def _is_wanted(path: Path) -> bool:
    """Whether a file below a folder that was named is a module of the project itself."""
    *folders, name = path.parts
    if language_of(name) != PYTHON or not _LEFT_OUT.isdisjoint(map(str.lower, folders)):
        return False
    return not (name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py")


def _name_of(paths: Sequence[str | os.PathLike[str]]) -> str:
    """Return what the source is called, after which the catalog is: the first path."""
    first = os.fspath(paths[0])
    name = Path(first).name
    return first if name not in ("", ".", "..") else str(Path(first).resolve())
