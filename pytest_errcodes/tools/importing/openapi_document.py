"""OpenAPI documents: the enums of their schemas, their examples, and the tables in their texts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.errors import ErrcodesUsageError
from pytest_errcodes.tools.importing.cell_reading import looks_like_codes
from pytest_errcodes.tools.importing.data_entries import WRAPPERS, code_type_of_nodes, is_entry
from pytest_errcodes.tools.importing.data_walk import Walk
from pytest_errcodes.tools.importing.openapi_enums import list_values, read_tables
from pytest_errcodes.tools.importing.source_document import Document, Note, Row, Table
from pytest_errcodes.tools.importing.table_columns import plain_name, tier_of

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.data_tree import Node

_VERSIONS = ("openapi", "swagger", "asyncapi")
_TEXTS = ("description", "summary")
_STATUS = re.compile(r"[1-5][0-9]{2}")


def document_of(root: Node, *, keys_have_types: bool = False) -> Document:
    """Return the codes of a tree of data, which may be an OpenAPI document.

    Args:
        root: The tree.
        keys_have_types: Whether a key in quotes is a text on purpose, as it is not in JSON.
    """
    if is_openapi(root):
        return read_tree(root)
    walk = Walk(keys_have_types=keys_have_types)
    walk.visit(root, "")
    return walk.document()


def is_openapi(root: Node) -> bool:
    """Whether a tree is an OpenAPI document."""
    return any(root.get(name) is not None for name in _VERSIONS)


def read_tree(root: Node) -> Document:
    """Return the codes of an OpenAPI document."""
    finder = _Finder(root)
    finder.visit(root, "", _Surroundings())
    return finder.document(root)


class _Surroundings:
    """What a part of the document stands in.

    Attributes:
        heading: The tag of its operation, or the name of its schema.
        status: The HTTP status of its response.
        text: What the example says of itself.
        messages: All messages of the code of the example, if it has several.
    """

    def __init__(
        self, heading: str = "", status: str = "", text: str = "", messages: tuple[str, ...] = ()
    ) -> None:
        self.heading = heading
        self.status = status
        self.text = text
        self.messages = messages


class _Finder:
    """One way through a document, from its top down."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._seen: set[tuple[str, str]] = set()  # one code stands in many places there
        self._tables: list[Table] = []
        self._notes: list[Note] = []
        self._examples: dict[tuple[str, tuple[str, ...]], list[tuple[Row, Node]]] = {}

    def document(self, root: Node) -> Document:
        """Return what was found, in the order of the source."""
        for (heading, names), found in self._examples.items():
            rows = tuple(row for row, _ in found)
            types = code_type_of_nodes([code for _, code in found])
            self._tables.append(Table(rows[0].line, heading, names, rows, types, "data"))
        tables = sorted(self._tables, key=lambda table: table.line)
        info = root.get("info")
        title = info.get_text("title") if info is not None else ""
        return Document(tuple(tables), title=title, notes=tuple(self._notes))

    def visit(self, node: Node, name: str, around: _Surroundings) -> None:
        """Take the codes of a node and of all below it.

        Args:
            node: The node.
            name: The key it stands under.
            around: What it stands in.
        """
        if node.kind == "list":
            for item in node.items:
                self.visit(item, name, around)
        elif node.kind == "map":
            if is_entry(node):
                self._add_example(node, around)
            else:
                self._visit_map(node, name, around)
        elif node.kind == "text" and name in ("example", "value") and node.text[:1] == "{":
            self._visit_text(node, around)

    def _visit_map(self, node: Node, name: str, around: _Surroundings) -> None:
        if (reference := node.get("$ref")) is not None:
            self._follow(reference.text, name, around)
        described = self._add_enum(node, name, around)
        own = _look_around(node, around)
        for key, value in node.pairs:
            if key.text in _TEXTS:
                if not described:
                    self._add_text(value, own)
            elif key.text.startswith("x-") and not described and value.kind in ("list", "map"):
                self._add_extension(value, own)
            elif name == "responses" and _STATUS.fullmatch(key.text):
                self.visit(value, key.text, _Surroundings(own.heading, key.text))
            elif key.text not in ("enum", "oneOf") or not described:
                inner = own
                if name in ("schemas", "definitions", "properties"):
                    inner = _Surroundings(_make_heading(key.text) or own.heading, own.status)
                self.visit(value, key.text, inner)

    def _follow(self, reference: str, name: str, around: _Surroundings) -> None:
        """Take an example that stands elsewhere, for a response that tells where it belongs."""
        if reference.startswith("#/components/examples/") and reference.count("/") == 3:
            target: Node | None = self._root
            for key in reference.split("/")[1:]:
                target = target.get(key) if target is not None else None
            if target is not None and target.get("value") is not None:
                self.visit(target, name, around)

    def _visit_text(self, node: Node, around: _Surroundings) -> None:
        """Take an example that is JSON in a text."""
        from pytest_errcodes.tools.importing.data_tree import parse_json
        from pytest_errcodes.tools.importing.import_source import Source

        try:
            tree = parse_json(Source("", node.text))
        except ErrcodesUsageError:
            return
        if is_entry(tree):
            self._add_example(replace(tree, line=node.line), around)

    # -- what documents codes --------------------------------------------------------------

    def _add_example(self, node: Node, around: _Surroundings) -> None:
        """Add an envelope that stands as an example, or an object of one code."""
        fields = {key.text: value for key, value in node.pairs if value.is_scalar}
        codes = [value for key, value in fields.items() if tier_of("code", key) == 0]
        cells = {key: value.text for key, value in fields.items()}
        texts = [value.text for value in fields.values() if value.kind == "text"]
        known = {(codes[0].text, text) for text in texts}
        if known & self._seen and not around.messages:
            return
        message = next((key for key in fields if tier_of("message", key) is not None), "")
        said = around.messages if message else ()
        new = [text for text in said if (codes[0].text, text) not in self._seen]
        self._seen |= known | {(codes[0].text, text) for text in said}
        if around.status and not any(tier_of("http_status", key) is not None for key in fields):
            cells["http_status"] = around.status
        if around.text not in ("", *texts) and not any(
            tier_of("description", key) is not None for key in fields
        ):
            cells["description"] = around.text
        for own in [{**cells, message: text} for text in new] if said else [cells]:
            rows = self._examples.setdefault((around.heading, tuple(own)), [])
            rows.append((Row(node.line, tuple(own.values())), codes[0]))

    def _add_enum(self, node: Node, name: str, around: _Surroundings) -> bool:
        """Add the values of a schema that are codes; whether it is such a schema."""
        entries = list(list_values(node))
        values = [entry.node for entry in entries]
        told = [entry for entry in entries if entry.meaning or entry.name]
        if not told or not all(looks_like_codes(value.text) for value in values):
            return False
        names = (name, node.get_text("title"), around.heading)
        is_sure = any(tier_of("code", one) == 0 or _is_of_errors(one) for one in names)
        if not is_sure and any(integer_of(value.text) is None for value in values):
            return False
        for entry in entries:
            if not (entry.meaning or entry.name):
                self._notes.append(Note(entry.node.line, entry.node.text, "no message"))
        pairs = {(one.node.text, one.meaning or one.name): one.node.line for one in told}
        rows = tuple(Row(line, pair) for pair, line in pairs.items() if pair not in self._seen)
        self._seen |= pairs.keys()
        if rows:
            types, columns = code_type_of_nodes(values), ("code", "message")
            table = Table(node.line, around.heading, columns, rows, types, "data", not is_sure)
            self._tables.append(table)
        return True

    def _add_text(self, node: Node, around: _Surroundings) -> None:
        """Add the codes that a description lists in Markdown."""
        tables = read_tables(node) if node.kind == "text" else ()
        self._tables += [replace(one, heading=one.heading or around.heading) for one in tables]

    def _add_extension(self, node: Node, around: _Surroundings) -> None:
        """Add the codes of a field that begins with ``x-``, in whatever shape."""
        walk = Walk(keys_have_types=False)  # keys have quotes there, as in JSON
        walk.visit(node, around.heading)
        self._tables += walk.document().tables


def _look_around(node: Node, around: _Surroundings) -> _Surroundings:
    """Return the surroundings of what stands in a map: an operation, or an example."""
    heading, text = around.heading, around.text
    if node.get("responses") is not None:
        heading = next((tag.text for tag in node.get_list("tags")), "") or heading
    if node.get("value") is not None:
        texts = (node.get_text(name) for name in _TEXTS)
        text = next((one for one in texts if one.strip()), text)
    # Our own export writes the first message into the example, and all of them beside it.
    messages = tuple(one.text for one in node.get_list("x-messages"))
    return _Surroundings(heading, around.status, text, messages or around.messages)


def _make_heading(name: str) -> str:
    """Return the name of a schema as a heading; none where it only says that these are codes."""
    plain = plain_name(name)
    return "" if plain in WRAPPERS or tier_of("code", name) == 0 else name


def _is_of_errors(name: str) -> bool:
    plain = plain_name(name)
    return ("error" in plain or "err" in plain or "business" in plain) and "code" in plain
