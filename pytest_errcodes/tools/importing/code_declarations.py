"""What the modules of a project declare of codes, each as a table."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.data_entries import WRAPPERS, code_type_of_nodes
from pytest_errcodes.tools.importing.data_walk import Walk
from pytest_errcodes.tools.importing.python_errors import Errors, is_about_errors
from pytest_errcodes.tools.importing.python_literals import literal_codes
from pytest_errcodes.tools.importing.python_members import (
    code_of,
    comments_of,
    describe,
    members_of,
)
from pytest_errcodes.tools.importing.python_modules import within
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.source_document import Note, Prose, Row, Table
from pytest_errcodes.tools.importing.table_columns import plain_name, tier_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.python_members import Comments, Member
    from pytest_errcodes.tools.importing.python_modules import Classes, Module, Names
    from pytest_errcodes.tools.importing.table_columns import Role

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_FIELDS: tuple[Role, ...] = ("http_status", "description", "solution")
_NOT_RUN = "only running it would tell its value, and nothing is run"


class Declarations:
    """The codes of modules, one module after the other.

    Attributes:
        tables: What was found.
        notes: What was left out.
        prose: What stands beside codes and is none.

    Args:
        classes: The classes of all modules.
        is_project: Whether the modules hold much else: then codes are only what is named so.
    """

    def __init__(self, classes: Classes, *, is_project: bool) -> None:
        self.tables: list[Table] = []
        self.notes: list[Note] = []
        self.prose: list[Prose] = []
        self._classes = classes
        self._is_project = is_project

    def add(self, module: Module, names: Names) -> None:
        """Take all that a module declares.

        Args:
            module: The module.
            names: What names stand for in it.
        """
        reader = _Reader(module, names, self._classes, is_project=self._is_project)
        reader.read_module()
        file = module.file
        title = module.title if self._is_project else ""
        self.tables += [
            replace(
                table,
                heading=table.heading or title,
                file=file,
                merges=True,
                rows=tuple(replace(row, file=file) for row in table.rows),
            )
            for table in reader.tables
        ]
        self.notes += [replace(note, file=file) for note in reader.notes]
        self.prose += reader.prose if not self._is_project else ()


class _Reader:
    """One pass over a module, from its top down."""

    def __init__(self, module: Module, names: Names, classes: Classes, *, is_project: bool) -> None:
        self.tables: list[Table] = []
        self.notes: list[Note] = []
        self.prose: list[Prose] = []
        self._module = module
        self._known = names
        self._classes = classes
        self._is_project = is_project
        self._errors = Errors(names, classes)

    def read_module(self) -> None:
        """Take all that the module defines."""
        self._read(self._module.tree.body)
        for mapping in self._module.mappings:
            self._errors.add_mapping(mapping)
        self.tables = self._errors.join(self.tables)
        self.notes += self._errors.notes

    @cached_property
    def _comments(self) -> Comments:
        return comments_of(self._module.text)

    def _is_meant(self, *around: str) -> bool:
        """Whether names say that codes stand there; in a module that was named itself they do."""
        return not self._is_project or any(map(is_about_errors, (self._module.title, *around)))

    def _read(self, body: Sequence[ast.stmt], owner: str = "", line: int | None = None) -> None:
        """Take all that a module, or a class, defines.

        Args:
            body: Its statements.
            owner: Name of the class; empty for a module.
            line: Line on which the class begins; None for a module.
        """
        members = list(members_of(body, line))
        for statement in body:
            if isinstance(statement, ast.ClassDef):
                self._read_class(statement)
        constants = []
        for member in members:
            if isinstance(member.value, ast.Dict | ast.List | ast.Set | ast.Tuple) and not (
                _is_entry(member, self._known, needs_text=self._is_project)
            ):
                if self._is_meant(owner, member.name):
                    self._read_data(member)
            elif _CONSTANT.fullmatch(member.name) and self._is_code_constant(member, owner):
                constants.append(member)
        self._read_members(constants, _heading(owner), self._known, is_enum=False)
        self._read_literals(body, owner)

    def _is_code_constant(self, member: Member, owner: str) -> bool:
        """Whether a constant may be a code: among others only if it, or its class, is named so."""
        if not self._is_project or is_about_errors(owner):
            return True
        title = self._module.title
        if not owner and is_about_errors(title) and plain_name(title).endswith(("code", "codes")):
            return True
        if not is_about_errors(member.name):
            return False
        code = code_of(member, self._known)  # a word may be a state: FAILURE = "failure"
        return code is not None and (code.kind == "plain" or self._is_meant())

    def _read_class(self, node: ast.ClassDef) -> None:
        if self._classes.is_enum(node):
            if self._is_meant(node.name):
                found = members_of(node.body, node.lineno)
                members = [member for member in found if member.name[:1] != "_"]
                known = within(self._known, node.name)
                self._read_members(members, _heading(node.name), known, is_enum=True)
        elif not (self._is_meant(node.name) or self._classes.is_exception(node.name)) or (
            not self._errors.add_class(node)
        ):
            self._read(node.body, node.name, node.lineno)
            return
        for statement in node.body:
            if isinstance(statement, ast.ClassDef):
                self._read_class(statement)

    def _read_data(self, member: Member) -> None:
        """Take what a dict or a list holds."""
        node = node_of(member.value, self._known)
        if node is None:
            return
        walk = Walk(keys_have_types=True)
        walk.visit(node, _heading(member.name))
        found = walk.document()
        is_named = self._is_project and is_about_errors(member.name)
        for table in found.tables:  # a name and a number may be anything
            stands_in = "name" if table.is_doubtful else ""
            is_doubtful = table.is_doubtful and not is_named
            self.tables.append(replace(table, stands_in=stands_in, is_doubtful=is_doubtful))
        if found.tables or not self._is_project:
            self.notes += found.notes
            self.prose += found.prose if found.tables else ()

    def _read_literals(self, body: Sequence[ast.stmt], owner: str) -> None:
        """Take the codes of ``Literal[...]``, where the name says that they are codes."""
        rows = [
            (code, message or code.text)
            for name, code, message in literal_codes(body, is_class=bool(owner))
            if is_about_errors(name) and (name != "code" or self._is_meant(owner))
        ]
        for is_told in (True, False):
            group = [(code, said) for code, said in rows if (said != code.text) == is_told]
            if group:
                made = tuple(Row(code.line, (code.text, said)) for code, said in group)
                types = code_type_of_nodes([code for code, _ in group])
                names = ("code", "message")
                table = Table(made[0].line, _heading(owner), names, made, types, "data")
                self.tables.append(replace(table, stands_in="" if is_told else "code"))

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
                self.notes.append(Note(member.line, text, _NOT_RUN))
        types = code_type_of_nodes(codes)
        names = ("code", "message", *_FIELDS)
        for found in (rows, named):
            is_doubtful = not is_enum and found is named and not self._is_project
            stands_in = "name" if found is named else ""
            self.tables += [
                Table(
                    group[0].line,
                    title,
                    names,
                    tuple(group),
                    types,
                    "data",
                    is_doubtful,
                    stands_in=stands_in,
                )
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


def _is_entry(member: Member, known: Mapping[str, Node], *, needs_text: bool) -> bool:
    """Whether a constant is a tuple or a list of one code and what is said of it."""
    node = node_of(member.value, known)
    if node is None or node.kind != "list" or not all(item.is_scalar for item in node.items):
        return False
    if needs_text and all(item.kind != "text" for item in node.items):
        return False
    return code_of(member, known) is not None


def _heading(name: str) -> str:
    """Return the name of a class or a dict as a heading; none where it only says: codes."""
    plain = plain_name(name)
    is_general = plain in WRAPPERS or tier_of("code", name) == 0
    return "" if is_general or plain.endswith(("codes", "code", "messages", "msgs")) else name
