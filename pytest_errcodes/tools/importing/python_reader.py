"""Python modules: enums, dicts, constants and exceptions, read and never run."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.code_declarations import Declarations
from pytest_errcodes.tools.importing.code_entry import place_order
from pytest_errcodes.tools.importing.python_modules import Classes, Names, add_names, parse_module
from pytest_errcodes.tools.importing.source_document import Document, Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.import_source import Source
    from pytest_errcodes.tools.importing.python_modules import Module
    from pytest_errcodes.tools.importing.source_document import Table

_STATUSES = frozenset(str(status.value) for status in HTTPStatus)


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
