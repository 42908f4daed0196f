"""The exceptions of a module: their codes, and the codes that tables and conditions give them."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.data_entries import code_type_of_nodes
from pytest_errcodes.tools.importing.python_exceptions import raised_code
from pytest_errcodes.tools.importing.python_members import is_code, plain_docstring
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.source_document import Note, Row, Table
from pytest_errcodes.tools.scanning.source_names import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.python_mappings import ErrorMapping
    from pytest_errcodes.tools.importing.python_modules import Classes, Names

# How our own export says in the docstring of an exception what section it stands for.
_SECTION = re.compile(r"section ``(.+?)``(?: \(``(.+?)``\))?\.\Z", re.DOTALL)
_COLUMNS = ("code", "message", "http_status", "description", "exception_class")
_CODES = frozenset({"code", "codes"})
_ERRORS = frozenset(
    (
        "ecode", "err", "errcode", "errcodes", "errno", "error", "errorcode", "errorcodes",
        "errors", "errs", "exc", "exception", "exceptions", "failure", "failures", "fault",
        "faults", "rejection", "rejections", "retcode",
    )
)  # fmt: skip  # one word a line would hide the list
_OF_A_BUSINESS = frozenset(
    (
        "all", "api", "biz", "business", "known", "list", "map", "names", "resp", "response",
        "result", "ret", "return", "rsp", "server", "service", "sub",
    )
)  # fmt: skip  # as above
_TRANSPORT = frozenset({"http", "https", "status"})


def is_about_errors(name: str) -> bool:
    """Whether a name says that it holds codes, errors or exceptions, of a business.

    ``ErrorCode``, ``EXCEPTIONS``, ``ReturnCode`` and ``codes`` do, ``LeaveCode`` does not.
    """
    words = set(words_of(name))
    if words & _CODES and words <= _CODES | _OF_A_BUSINESS:
        return True
    return bool(words & _ERRORS) and not words & _TRANSPORT


class Errors:
    """The exceptions of one module.

    Attributes:
        notes: What was left out.

    Args:
        names: What names stand for.
        classes: The classes of all modules.
    """

    def __init__(self, names: Names, classes: Classes) -> None:
        self.notes: list[Note] = []
        self._names = names
        self._classes = classes
        self._raised: dict[str, list[tuple[Row, Node, str]]] = {}  # by the class above
        self._mapped: dict[tuple[str, ...], list[tuple[Row, Node, str]]] = {}  # by what is around

    def add_class(self, node: ast.ClassDef) -> bool:
        """Take the code of an exception; False if it has none."""
        found = raised_code(node, self._names, self._classes)
        if found is None:
            return False
        message, description = found.message, plain_docstring(found.description)
        if not message and found.description.startswith("``"):
            message = description  # so our own export writes it
        stands_in = "" if message else "name"
        cells = (found.code.text, message or node.name, found.http_status, description, node.name)
        row = Row(node.lineno, cells)
        above = next((one.name for one in self._classes.ancestors(node)), "")
        self._raised.setdefault(above, []).append((row, found.code, stands_in))
        return True

    def add_mapping(self, mapping: ErrorMapping) -> None:
        """Take the codes of a table, or of a condition, whose classes are exceptions."""
        is_meant = any(map(is_about_errors, mapping.around))
        phrases = 0
        for pair in mapping.pairs:
            code = node_of(pair.code, self._names)
            if code is None or not (is_meant or self._classes.is_exception(pair.name)):
                continue
            if not is_code(code):
                phrases += code.kind == "text"
                continue
            said = node_of(pair.message, self._names) if pair.message is not None else None
            message = said.text if said is not None else ""
            cells = (code.text, message or pair.name, "", "", pair.name)
            row = Row(pair.code.lineno, cells)
            found = self._mapped.setdefault((mapping.owner,), [])
            found.append((row, code, "" if message else "class"))
        if phrases:
            noun = "key that is a phrase" if phrases == 1 else "keys that are phrases"
            self.notes.append(Note(mapping.line, f"{phrases} {noun}", "no codes"))

    def join(self, tables: Sequence[Table]) -> list[Table]:
        """Return tables with those of the exceptions, which also tell the sections of others."""
        sections: dict[str, str] = {}
        made: list[Table] = []
        for above, found in self._raised.items():
            heading = ""
            if above and len(self._raised) > 1:
                heading = _section_of(self._classes.known[above])
            sections |= dict.fromkeys((row.cells[0] for row, _, _ in found), heading)
            made += _tables_of(found, heading)
        for (owner,), found in self._mapped.items():
            heading = "" if is_about_errors(owner) else owner
            made += _tables_of(found, heading)
        split = [part for table in tables for part in _split_by_sections(table, sections)]
        return split + made


def _tables_of(found: Sequence[tuple[Row, Node, str]], heading: str) -> Iterator[Table]:
    """Yield the rows that have messages, and those that have none."""
    for wanted in ("", "name", "class"):
        group = [(row, code) for row, code, stands_in in found if stands_in == wanted]
        if group:
            rows = tuple(row for row, _ in group)
            types = code_type_of_nodes([code for _, code in group])
            table = Table(rows[0].line, heading, _COLUMNS, rows, types, "data")
            yield replace(table, stands_in=wanted)


def _split_by_sections(table: Table, sections: Mapping[str, str]) -> Iterator[Table]:
    """Yield a table without a heading in parts, by the sections that are known of its rows."""
    if table.heading:
        yield table
        return
    parts: dict[str, list[Row]] = {}
    for row in table.rows:
        parts.setdefault(sections.get(row.cells[0], ""), []).append(row)
    for heading, rows in parts.items():
        yield replace(table, line=rows[0].line, heading=heading, rows=tuple(rows))


def _section_of(node: ast.ClassDef) -> str:
    """Return what the codes of a class stand under: the section it names, or its own name."""
    found = _SECTION.search(ast.get_docstring(node, clean=False) or "")
    return found[1] + (f" ({found[2]})" if found[2] else "") if found else node.name
