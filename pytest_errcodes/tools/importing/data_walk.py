"""Finding the codes in a tree of data, at whatever depth and in whatever shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.data_entries import (
    WRAPPERS,
    cell_of,
    code_type_of_nodes,
    codes_among,
    fields_of,
    heading_nodes,
    heading_of,
    is_entry,
    is_named_code,
    is_row,
    says_something,
)
from pytest_errcodes.tools.importing.source_document import Document, Note, Prose, Row, Table
from pytest_errcodes.tools.importing.table_columns import plain_name, tier_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.table_columns import Role


class Walk:
    """One way through a tree, from its top down."""

    def __init__(self, *, keys_have_types: bool) -> None:
        self._keys_have_types = keys_have_types
        self._tables: list[Table] = []
        self._prose: list[Prose] = []
        self._notes: list[Note] = []

    def document(self) -> Document:
        """Return what was found."""
        return Document(tuple(self._tables), tuple(self._prose), notes=tuple(self._notes))

    def visit(self, node: Node, heading: str) -> None:
        """Take the codes of a node and of all below it.

        Args:
            node: The node.
            heading: What it stands under.
        """
        if node.kind == "list":
            self._visit_list(node, heading)
        elif node.kind == "map":
            self._visit_map(node, heading)

    def _visit_list(self, node: Node, heading: str) -> None:
        entries = [item for item in node.items if is_entry(item)]
        rows = [item for item in node.items if is_row(item)]
        if entries:
            self._add_entries(node, heading, [(None, item) for item in entries])
        elif rows:
            made = [Row(item.line, tuple(cell.text for cell in item.items)) for item in rows]
            types = self._code_type([item.items[0] for item in rows])
            self._tables.append(Table(node.line, heading, (), tuple(made), types, "data"))
        for item in node.items:
            if not is_entry(item) and not (rows and is_row(item)):
                self.visit(item, heading_of(item) or heading)
        if scalars := [item for item in node.items if item.is_scalar]:
            text = ", ".join(item.text for item in scalars)
            self._prose.append(Prose(scalars[0].line, scalars[-1].line, text))

    def _visit_map(self, node: Node, heading: str) -> None:
        if is_entry(node):
            self._add_entries(node, heading, [(None, node)])
            return
        pairs = list(node.pairs)
        entries = [value for value in node.items if is_entry(value)]
        coded = [(key, value) for key, value in pairs if says_something(value)]
        named = [(key, value) for key, value in pairs if is_named_code(key, value)]
        taken = list(entries)
        if entries:
            self._add_entries(node, heading, [(None, value) for value in entries])
        if fits := codes_among([key for key, _ in coded]):
            coded = [(key, value) for key, value in coded if fits(key.text)]
            self._add_entries(node, heading, coded)
            taken += [value for _, value in coded]
        elif len(named) > 1 and len(named) > len(pairs) / 2:
            rows = tuple(Row(key.line, (value.text, key.text)) for key, value in named)
            types = code_type_of_nodes([value for _, value in named])
            names = ("code", "message")
            made = Table(node.line, heading, names, rows, types, "data", is_doubtful=True)
            self._tables.append(made)
            taken += [value for _, value in named]
        self._go_on(node, heading, taken)

    def _go_on(self, node: Node, heading: str, taken: Sequence[Node]) -> None:
        """Visit what is left of a map; remark on its scalars."""
        seen = {*map(id, taken), *map(id, heading_nodes(node))}
        scalars = []
        for key, value in node.pairs:
            if id(value) in seen:
                continue
            if value.is_scalar:
                scalars.append((key, value))
            else:
                own = "" if plain_name(key.text) in WRAPPERS else key.text
                self.visit(value, heading_of(value) or own or heading)
        if taken:
            for key, value in scalars:
                text = f"{key.text}: {value.text}"
                self._notes.append(Note(key.line, text, "no code with a message"))
        elif scalars:
            text = ", ".join(f"{key.text}: {value.text}" for key, value in scalars)
            self._prose.append(Prose(scalars[0][0].line, scalars[-1][0].line, text))

    # -- tables ----------------------------------------------------------------------------

    def _add_entries(
        self, node: Node, heading: str, entries: Iterable[tuple[Node | None, Node]]
    ) -> None:
        """Add objects, each of one code; the code is a key where the object has none itself."""
        entries = list(entries)
        columns: dict[str, None] = {}
        found: list[tuple[int, dict[str, str]]] = []
        codes: list[Node] = []
        names = _names_of([entry for _, entry in entries])
        for key, entry in entries:
            fields = {} if key is None else {"code": key}
            for name, value in fields_of(entry, names):
                if name in fields and not (key is not None and name == "code"):
                    why = f"a second {name!r} of one object"
                    self._notes.append(Note(value.line, f"{name}: {value.text}", why))
                else:
                    fields.setdefault(name, value)
            columns |= dict.fromkeys(fields)
            codes += [value for name, value in fields.items() if tier_of("code", name) == 0]
            line = entry.line if key is None else key.line
            found.append((line, {name: cell_of(name, value) for name, value in fields.items()}))
        rows = (Row(line, tuple(cells.get(name, "") for name in columns)) for line, cells in found)
        are_keys = entries[0][0] is not None
        types = self._code_type(codes, are_keys=are_keys)
        self._tables.append(Table(node.line, heading, tuple(columns), tuple(rows), types, "data"))

    def _code_type(self, codes: Sequence[Node], *, are_keys: bool = False) -> CodeType | None:
        """Return what the quotes of codes say; nothing where all keys are in quotes anyway."""
        if are_keys and not self._keys_have_types:
            return None
        return code_type_of_nodes(codes)


def _names_of(entries: Iterable[Node]) -> dict[Role, str]:
    """Return what objects call what they say, so that what has no names joins them."""
    names = dict.fromkeys(key.text for entry in entries for key in entry.keys)
    roles: tuple[Role, ...] = ("message", "http_status", "description", "solution")
    return {
        role: next((name for name in names if tier_of(role, name) is not None), role)
        for role in roles
    }
