"""What of a tree of data is said of one code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.model import integer_of
from pytest_errcodes.tools.importing.cell_reading import join_tags, looks_like_codes
from pytest_errcodes.tools.importing.table_columns import plain_name, tier_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pytest_errcodes.catalog.model import CodeType
    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.table_columns import Role

#: Keys that hold codes or wrap them, and name no section of them.
WRAPPERS = frozenset(
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


def code_type_of_nodes(codes: Iterable[Node]) -> CodeType | None:
    """Return what the quotes of codes that are numbers say of their type."""
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


def says_something(node: Node) -> bool:
    """Whether a value may be what is said of the code that is its key, with a message."""
    if node.kind == "list":
        return any(item.kind == "text" for item in node.items) and all(
            item.is_scalar for item in node.items
        )
    return node.kind == "text" or (node.kind == "map" and not is_entry(node) and has_message(node))


def is_row(node: Node) -> bool:
    """Whether a list is a row of a table: a code, and texts."""
    return (
        node.kind == "list"
        and len(node.items) > 1
        and all(item.is_scalar for item in node.items)
        and looks_like_codes(node.items[0].text)
    )


def is_named_code(key: Node, value: Node) -> bool:
    """Whether a pair gives a code a name: ``INVALID_SYMBOL: -1121``."""
    return (
        value.kind in ("text", "plain")
        and _NAME.fullmatch(key.text) is not None
        and integer_of(value.text) is not None
    )


def codes_among(keys: Sequence[Node]) -> Callable[[str], bool] | None:
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


def has_message(node: Node) -> bool:
    """Whether a map has a field for a message."""
    return any(
        tier_of(role, key.text) is not None and value.kind in ("text", "map")
        for key, value in node.pairs
        for role in ("message", "description")
    )


def heading_of(node: Node) -> str:
    """Return how a map calls the codes in it: its title, with its label in parentheses."""
    texts = [found.text for found in heading_nodes(node)]
    return f"{texts[0]} ({texts[1]})" if len(texts) > 1 else "".join(texts)


def heading_nodes(node: Node) -> list[Node]:
    """Return the title of a map, and its label; nothing where it has no title."""
    for name in _TITLES:
        found = [one for one in (node.get(name), node.get("label")) if one and _is_told(one)]
        if found and found[0] is node.get(name):
            return found
    return []


def _is_told(node: Node) -> bool:
    return node.kind == "text" and bool(node.text.strip())


def cell_of(name: str, node: Node) -> str:
    """Return what a cell of a table says of a value: of a list, one line for each."""
    if node.kind != "list":
        return node.text
    texts = [item.text for item in node.items if item.is_scalar]
    return join_tags(texts) if plain_name(name) == "tags" else "\n".join(texts)


def fields_of(entry: Node, names: Mapping[Role, str]) -> Iterator[tuple[str, Node]]:
    """Yield what an object says of a code; the fields of a map in it as ``message.en``.

    Args:
        entry: The object; a text, which is the message; or a list, whose first text is, and whose
            first number is the HTTP status.
        names: What to call what a text and a list say.
    """
    if entry.is_scalar:
        yield names["message"], entry
    elif entry.kind == "list":
        texts = [item for item in entry.items if item.kind == "text"]
        numbers = [item for item in entry.items if item.kind == "plain"]
        told = (names["message"], names["description"], names["solution"])
        yield from zip(told, texts, strict=False)
        yield from zip((names["http_status"],), numbers, strict=False)
    else:
        yield from _flat_fields(entry)


def _flat_fields(entry: Node) -> Iterator[tuple[str, Node]]:
    for key, value in entry.pairs:
        if value.kind == "map":
            for inner, deep in value.pairs:
                if deep.is_scalar:
                    yield f"{key.text}.{inner.text}", deep
        else:
            yield key.text, value
