"""Python modules: enums, dicts, constants and exceptions, read and never run."""

from __future__ import annotations

import ast
import re
import warnings
from collections import ChainMap
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.column_names import plain_name, tier_of
from pytest_errcodes.tools.importing.data_entries import WRAPPERS, code_type_of_nodes
from pytest_errcodes.tools.importing.data_walk import Walk
from pytest_errcodes.tools.importing.python_comments import comments_of
from pytest_errcodes.tools.importing.python_members import (
    Member,
    code_of,
    describe,
    is_code,
    members_of,
    plain_docstring,
)
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.source_document import Document, Note, Prose, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_errcodes.tools.importing.column_names import Role
    from pytest_errcodes.tools.importing.data_nodes import Node
    from pytest_errcodes.tools.importing.import_source import Source

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_FIELDS: tuple[Role, ...] = ("http_status", "description", "solution")
# How our own export says in the docstring of an exception what section it stands for.
_SECTION = re.compile(r"section ``(.+?)``(?: \(``(.+?)``\))?\.\Z", re.DOTALL)
_NOT_RUN = "only running it would tell its value, and nothing is run"


def read(source: Source) -> Document:
    """Return the codes of a module.

    Raises:
        ErrcodesUsageError: It is no Python (``import-source``).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in somebody else's source
            module = ast.parse(source.text)
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
    reader = _Reader(source.text)
    reader.read(module.body)
    return reader.document()


class _Reader:
    """One pass over a module, from its top down."""

    def __init__(self, text: str) -> None:
        self._comments = comments_of(text)
        self._known: dict[str, Node] = {}
        self._tables: list[Table] = []
        self._named: list[Table] = []  # rows that have no message but the name of a member
        self._notes: list[Note] = []
        self._prose: list[Prose] = []
        self._classes: dict[str, ast.ClassDef] = {}
        self._enums = {"Enum", "IntEnum", "StrEnum", "IntFlag", "Flag", "TextChoices"}
        self._errors: dict[str, list[tuple[Row, Node]]] = {}  # by the class below which they stand

    def document(self) -> Document:
        """Return what was found, in the order of the source."""
        self._merge_errors()
        told = {row.cells[0] for table in self._tables for row in table.rows}
        for table in self._named:
            rows = tuple(row for row in table.rows if row.cells[0] not in told)
            if rows:
                self._tables.append(replace(table, rows=rows))
                what = "has no message, so its name is taken"
                self._notes += [
                    Note(row.line, f"{row.cells[0]} {row.cells[1]}", what, left_out=False)
                    for row in rows
                    if not table.is_doubtful
                ]
        tables = sorted(self._tables, key=lambda table: table.line)
        return Document(tuple(tables), tuple(self._prose), notes=tuple(self._notes))

    def _merge_errors(self) -> None:
        """Add the exceptions; where an enum has their codes, they only tell the sections."""
        known = {row.cells[:2] for table in self._tables if not table.heading for row in table.rows}
        sections: dict[tuple[str, ...], str] = {}
        for base, found in self._errors.items():
            heading = _section_of(self._classes[base]) if base and len(self._errors) > 1 else ""
            sections |= dict.fromkeys((row.cells[:2] for row, _ in found), heading)
            rows = tuple(row for row, _ in found if row.cells[:2] not in known)
            types = code_type_of_nodes([code for _, code in found])
            names = ("code", "message", "http_status")
            if rows:
                self._tables.append(Table(rows[0].line, heading, names, rows, types, "data"))
        self._tables = [
            part for table in self._tables for part in _split_by_sections(table, sections)
        ]

    def read(
        self,
        body: Sequence[ast.stmt],
        heading: str = "",
        prefix: str = "",
        line: int | None = None,
    ) -> None:
        """Take all that a module, or a class, defines.

        Args:
            body: Its statements.
            heading: What its codes stand under.
            prefix: Name of the class, with a dot.
            line: Line on which the class begins; None for a module.
        """
        members = list(members_of(body, line))
        for member in members:
            known = node_of(member.value, self._known)
            if known is not None and known.is_scalar:
                self._known[f"{prefix}{member.name}"] = known
        for statement in body:
            if isinstance(statement, ast.ClassDef):
                self._read_class(statement)
        constants = []
        for member in members:
            if isinstance(member.value, ast.Dict | ast.List | ast.Set | ast.Tuple) and not (
                _is_entry(member, self._known)
            ):
                self._read_data(member)
            elif _CONSTANT.fullmatch(member.name):
                constants.append(member)
        self._read_members(constants, heading, self._known, is_enum=False)

    def _read_class(self, node: ast.ClassDef) -> None:
        self._classes[node.name] = node
        bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        heading = _heading(node.name)
        if bases & self._enums:
            self._enums.add(node.name)
            found = members_of(node.body, node.lineno)
            members = [member for member in found if member.name[:1] != "_"]
            own: dict[str, Node] = {}  # a member may name those above it
            known = ChainMap(own, self._known)
            for member in members:
                if (code := code_of(member, known)) is not None:
                    own[member.name] = self._known[f"{node.name}.{member.name}"] = code
            self._read_members(members, heading, known, is_enum=True)
        elif (code := self._attribute(node, "code")) is not None and is_code(code):
            self._read_error(node, code)
        else:
            self.read(node.body, heading, f"{node.name}.", node.lineno)
            return
        for statement in node.body:
            if isinstance(statement, ast.ClassDef):
                self._read_class(statement)

    def _read_data(self, member: Member) -> None:
        """Take what a dict or a list holds."""
        node = node_of(member.value, self._known)
        if node is not None:
            walk = Walk(keys_have_types=True)
            walk.visit(node, _heading(member.name))
            found = walk.document()
            self._tables += found.tables
            self._notes += found.notes
            self._prose += found.prose if found.tables else ()

    # -- enums and constants ---------------------------------------------------------------

    def _read_members(
        self, members: list[Member], heading: str, known: Mapping[str, Node], *, is_enum: bool
    ) -> None:
        """Add the members of an enum, or constants, under the comments that head them."""
        from_above = self._are_described_from_above(members)
        rows: dict[str, list[Row]] = {}
        named: dict[str, list[Row]] = {}
        codes: list[Node] = []
        for member in members:
            if not from_above:
                heading = self._section_above(member) or heading
            code = code_of(member, known)
            if code is not None:
                codes.append(code)
                cells = describe(member, known, self._comments, from_above=from_above)
                fields = (cells.get(name, "") for name in _FIELDS)
                message = cells.get("message", "")
                row = Row(member.line, (code.text, message or member.name, *fields))
                (rows if message else named).setdefault(heading, []).append(row)
            elif is_enum:
                text = f"{member.name} = {ast.unparse(member.value)}"
                self._notes.append(Note(member.line, text, _NOT_RUN))
        types = code_type_of_nodes(codes)
        names = ("code", "message", *_FIELDS)
        for tables, found in ((self._tables, rows), (self._named, named)):
            is_doubtful = not is_enum and found is named
            tables += [
                Table(group[0].line, title, names, tuple(group), types, "data", is_doubtful)
                for title, group in found.items()
            ]

    def _are_described_from_above(self, members: list[Member]) -> bool:
        """Whether comments above the members are their messages: most have one, and no other."""
        above = [member for member in members if self._comments.above(member.line)]
        if 2 * len(above) <= len(members) or len(members) < 2:
            return False
        return not any(
            member.docstring or member.last in self._comments.behind for member in members
        )

    def _section_above(self, member: Member) -> str:
        """Return the comment that heads a group of members."""
        if member.after is None:  # a comment at the head of a module names no section
            return ""
        found = [said for said in self._comments.between(member.after, member.line) if said]
        return found[-1] if found else ""

    # -- exceptions ------------------------------------------------------------------------

    def _attribute(self, node: ast.ClassDef, role: Role) -> Node | None:
        """Return what a class says of itself, such as ``code = 401009``."""
        for tier in (0, 1):
            for member in members_of(node.body):
                if tier_of(role, member.name.removeprefix("default_")) == tier:
                    value = node_of(member.value, self._known)
                    if value is not None and value.is_scalar and value.kind != "null":
                        return value
        return None

    def _read_error(self, node: ast.ClassDef, code: Node) -> None:
        """Add the code of an exception; its message is an attribute, or its docstring."""
        message = self._attribute(node, "message") or self._attribute(node, "description")
        said = message.text if message is not None else _first_paragraph(node)
        status = self._attribute(node, "http_status")
        row = Row(node.lineno, (code.text, said or node.name, status.text if status else ""))
        bases = [ast.unparse(base) for base in node.bases]
        base = next((base for base in bases if base in self._classes), "")
        self._errors.setdefault(base, []).append((row, code))


def _split_by_sections(table: Table, sections: Mapping[tuple[str, ...], str]) -> Iterator[Table]:
    """Yield a table without a heading in parts, by the sections that are known of its rows."""
    if table.heading:
        yield table
        return
    parts: dict[str, list[Row]] = {}
    for row in table.rows:
        parts.setdefault(sections.get(row.cells[:2], ""), []).append(row)
    for heading, rows in parts.items():
        yield replace(table, line=rows[0].line, heading=heading, rows=tuple(rows))


def _is_entry(member: Member, known: Mapping[str, Node]) -> bool:
    """Whether a constant is a tuple or a list of one code and what is said of it."""
    node = node_of(member.value, known)
    is_flat = node is not None and node.kind == "list" and all(i.is_scalar for i in node.items)
    return is_flat and code_of(member, known) is not None


def _heading(name: str) -> str:
    """Return the name of a class or a dict as a heading; none where it only says: codes."""
    plain = plain_name(name)
    is_general = plain in WRAPPERS or tier_of("code", name) == 0
    return "" if is_general or plain.endswith(("codes", "code", "messages", "msgs")) else name


def _first_paragraph(node: ast.ClassDef) -> str:
    return plain_docstring(ast.get_docstring(node, clean=False) or "")


def _section_of(node: ast.ClassDef) -> str:
    """Return what the codes of a class stand under: the section it names, or its own name."""
    found = _SECTION.search(ast.get_docstring(node, clean=False) or "")
    return found[1] + (f" ({found[2]})" if found[2] else "") if found else node.name
