"""Finding the codes in a tree of data, at whatever depth and in whatever shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.importing.codes import looks_like_codes
from pytest_errcodes.catalog.importing.column_names import plain_name, tier_of
from pytest_errcodes.catalog.importing.document import Document, Prose, Row, Table, Unread
from pytest_errcodes.catalog.importing.tags import join_tags
from pytest_errcodes.catalog.model import integer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pytest_errcodes.catalog.importing.nodes import Node
    from pytest_errcodes.catalog.model import CodeType

#: Keys that hold codes or wrap them, and name no section of them.
_WRAPPERS = frozenset(
    {
        "categories",
        "code",
        "codes",
        "data",
        "definitions",
        "entries",
        "enums",
        "errcodes",
        "error",
        "errorcodes",
        "errormessages",
        "errors",
        "groups",
        "items",
        "list",
        "messages",
        "records",
        "response",
        "result",
        "results",
        "rows",
        "sections",
    }
)
_TITLES = ("title", "section_title", "name", "section", "category", "group", "module", "id")
_NAME = re.compile(r"[A-Z][A-Z0-9_]*|[A-Z][A-Za-z0-9]*|[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def document_of(root: Node, *, keys_have_types: bool = False) -> Document:
    """Return the codes of a tree.

    Args:
        root: The tree.
        keys_have_types: Whether a key in quotes is a text on purpose, as it is not in JSON.
    """
    walk = Walk(keys_have_types=keys_have_types)
    walk.visit(root, "")
    return walk.document()


class Walk:
    """One way through a tree, from its top down."""

    def __init__(self, *, keys_have_types: bool) -> None:
        self._keys_have_types = keys_have_types
        self._tables: list[Table] = []
        self._prose: list[Prose] = []
        self._unread: list[Unread] = []

    def document(self) -> Document:
        """Return what was found."""
        return Document(tuple(self._tables), tuple(self._prose), left_out=tuple(self._unread))

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
        rows = [item for item in node.items if _is_row(item)]
        if entries:
            self._add_entries(node, heading, [(None, item) for item in entries])
        elif rows:
            made = [Row(item.line, tuple(cell.text for cell in item.items)) for item in rows]
            types = self._code_type([item.items[0] for item in rows])
            self._tables.append(Table(node.line, heading, (), tuple(made), types, "data"))
        for item in node.items:
            if not is_entry(item) and not (rows and _is_row(item)):
                self.visit(item, _heading_of(item) or heading)
        if scalars := [item for item in node.items if item.is_scalar]:
            text = ", ".join(item.text for item in scalars)
            self._prose.append(Prose(scalars[0].line, scalars[-1].line, text))

    def _visit_map(self, node: Node, heading: str) -> None:
        if is_entry(node):
            self._add_entries(node, heading, [(None, node)])
            return
        pairs = list(node.pairs)
        entries: list[tuple[Node | None, Node]] = [
            (None, value) for _, value in pairs if is_entry(value)
        ]
        texts = [(key, value) for key, value in pairs if value.kind == "text"]
        named = [(key, value) for key, value in pairs if _is_named_code(key, value)]
        maps = [(key, value) for key, value in pairs if value.kind == "map" and not is_entry(value)]
        taken: list[Node] = [value for _, value in entries]
        if entries:
            self._add_entries(node, heading, entries)
        if fits := _test_of_codes([key for key, _ in texts]):
            texts = [(key, value) for key, value in texts if fits(key.text)]
            self._add_messages(node, heading, texts)
            taken += [value for _, value in texts]
        elif len(named) > 1 and len(named) > len(pairs) / 2:
            rows = [Row(key.line, (value.text, key.text)) for key, value in named]
            types = self._code_type([value for _, value in named], are_keys=False)
            names = ("code", "message")
            made = Table(node.line, heading, names, tuple(rows), types, "data", is_doubtful=True)
            self._tables.append(made)
            taken += [value for _, value in named]
        if _test_of_codes([key for key, _ in maps]) and any(
            _has_message(value) for _, value in maps
        ):
            self._add_entries(node, heading, maps)
            taken += [value for _, value in maps]
        self._go_on(node, heading, taken)

    def _go_on(self, node: Node, heading: str, taken: Sequence[Node]) -> None:
        """Visit what is left of a map; remark on its scalars."""
        seen = set(map(id, taken))
        scalars = []
        for key, value in node.pairs:
            if id(value) in seen:
                continue
            if value.is_scalar:
                scalars.append((key, value))
            else:
                own = "" if plain_name(key.text) in _WRAPPERS else key.text
                self.visit(value, _heading_of(value) or own or heading)
        if taken:
            for key, value in scalars:
                text = f"{key.text}: {value.text}"
                self._unread.append(Unread(key.line, text, "no code with a message"))
        elif scalars:
            text = ", ".join(f"{key.text}: {value.text}" for key, value in scalars)
            self._prose.append(Prose(scalars[0][0].line, scalars[-1][0].line, text))

    # -- tables ----------------------------------------------------------------------------

    def _add_messages(self, node: Node, heading: str, pairs: Iterable[tuple[Node, Node]]) -> None:
        """Add a map from codes to messages."""
        pairs = list(pairs)
        rows = tuple(Row(key.line, (key.text, value.text)) for key, value in pairs)
        types = self._code_type([key for key, _ in pairs], are_keys=True)
        self._tables.append(Table(node.line, heading, ("code", "message"), rows, types, "data"))

    def _add_entries(
        self, node: Node, heading: str, entries: Sequence[tuple[Node | None, Node]]
    ) -> None:
        """Add objects, each of one code; the code is a key where the object has none itself."""
        columns: dict[str, None] = {}
        found: list[tuple[int, dict[str, str]]] = []
        codes: list[Node] = []
        for key, entry in entries:
            fields = {} if key is None else {"code": key}
            for name, value in self._fields(entry):
                if name in fields and not (key is not None and name == "code"):
                    why = f"a second {name!r} of one object"
                    self._unread.append(Unread(value.line, f"{name}: {value.text}", why))
                else:
                    fields.setdefault(name, value)
            columns |= dict.fromkeys(fields)
            codes += [value for name, value in fields.items() if tier_of("code", name) == 0]
            line = entry.line if key is None else key.line
            found.append((line, {name: _cell(name, value) for name, value in fields.items()}))
        rows = (Row(line, tuple(cells.get(name, "") for name in columns)) for line, cells in found)
        are_keys = entries[0][0] is not None
        types = self._code_type(codes, are_keys=are_keys)
        self._tables.append(Table(node.line, heading, tuple(columns), tuple(rows), types, "data"))

    def _fields(self, entry: Node) -> Iterable[tuple[str, Node]]:
        """Yield the fields of an object; those of a map in it as ``message.en``."""
        for key, value in entry.pairs:
            if value.kind == "map":
                for inner, deep in value.pairs:
                    if deep.is_scalar:
                        yield f"{key.text}.{inner.text}", deep
            else:
                yield key.text, value

    def _code_type(self, codes: Sequence[Node], *, are_keys: bool = False) -> CodeType | None:
        """Return what the quotes of codes that are numbers say of their type."""
        if are_keys and not self._keys_have_types:
            return None
        kinds = {code.kind for code in codes if integer_of(code.text) is not None}
        if kinds == {"text", "plain"}:
            return "either"
        return "string" if "text" in kinds else "integer" if "plain" in kinds else None


def is_entry(node: Node) -> bool:
    """Whether a map is what is said of one code: it has a code, and a text beside it."""
    if node.kind != "map":
        return False
    codes = [
        value
        for key, value in node.pairs
        if tier_of("code", key.text) == 0 and value.is_scalar and looks_like_code(value)
    ]
    texts = (value.kind in ("text", "map") for value in node.items if value not in codes)
    return bool(codes) and any(texts)


def looks_like_code(node: Node) -> bool:
    """Whether a scalar can be one code, or several."""
    return " " not in node.text.strip() or looks_like_codes(node.text)


def _is_row(node: Node) -> bool:
    """Whether a list is a row of a table: a code, and texts."""
    return (
        node.kind == "list"
        and len(node.items) > 1
        and all(item.is_scalar for item in node.items)
        and looks_like_codes(node.items[0].text)
    )


def _is_named_code(key: Node, value: Node) -> bool:
    """Whether a pair gives a code a name: ``INVALID_SYMBOL: -1121``."""
    return (
        value.kind in ("text", "plain")
        and _NAME.fullmatch(key.text) is not None
        and integer_of(value.text) is not None
    )


def _test_of_codes(keys: Sequence[Node]) -> Callable[[str], bool] | None:
    """Return what tells the codes among keys; None if these are no codes.

    Most of them must be numbers, or all of them words that are no plain names.
    """
    numbers = sum(map(_is_number, (key.text for key in keys)))
    if 2 * numbers > len(keys):
        return _has_digit
    is_all = bool(keys) and all(looks_like_codes(key.text) for key in keys)
    return looks_like_codes if is_all else None


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text)) and looks_like_codes(text)


def _has_message(node: Node) -> bool:
    return any(
        tier_of(role, key.text) is not None and value.kind in ("text", "map")
        for key, value in node.pairs
        for role in ("message", "description")
    )


def _heading_of(node: Node) -> str:
    """Return how a map calls the codes in it: its title, with its label in parentheses."""
    for name in _TITLES:
        title = node.get(name)
        if title is not None and title.kind == "text" and title.text.strip():
            label = node.get("label")
            has_label = label is not None and label.kind == "text" and label.text.strip()
            return f"{title.text} ({label.text})" if label and has_label else title.text
    return ""


def _cell(name: str, node: Node) -> str:
    """Return what a cell of a table says of a value: of a list, one line for each."""
    if node.kind != "list":
        return node.text
    texts = [item.text for item in node.items if item.is_scalar]
    return join_tags(texts) if plain_name(name) == "tags" else "\n".join(texts)
