"""What an expression of Python says, as far as it can be read without running it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.data_tree import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRANSLATING = frozenset({"_", "_l", "gettext", "gettext_lazy", "ugettext", "ugettext_lazy"})
_DEEPEST = 50  # levels of nested expressions; more are made by a program


def node_of(value: ast.expr, known: Mapping[str, Node], depth: int = 0) -> Node | None:
    """Return what an expression says; None where only running it would tell.

    Args:
        value: The expression.
        known: What names stand for, also those of members, such as ``ErrorCode.NOT_FOUND``.
        depth: How many expressions it stands in.
    """
    made: Node | None = None
    if depth > _DEEPEST:
        return None
    if (text := text_of(value, depth)) is not None:
        made = Node(value.lineno, "text", text)
    elif isinstance(value, ast.Name | ast.Attribute):
        if (found := known.get(_name_of(value))) is not None:
            made = Node(value.lineno, found.kind, found.text)
    elif isinstance(value, ast.Dict):
        made = _map(value, known, depth)
    elif isinstance(value, ast.List | ast.Tuple | ast.Set):
        made = _list(value, known, depth)
    elif isinstance(value, ast.Call):
        made = _call(value, known, depth)
    else:
        made = _number(value)
    return made


def text_of(value: ast.expr, depth: int = 0) -> str | None:
    """Return the text that an expression is; of one that is filled in, the names in braces."""
    text: str | None = None
    if isinstance(value, ast.Constant):
        text = value.value if isinstance(value.value, str) else None
    elif isinstance(value, ast.JoinedStr):
        text = "".join(map(_of_f_string, value.values))
    elif isinstance(value, ast.BinOp) and depth < _DEEPEST:
        text = _of_operation(value, depth)
    elif isinstance(value, ast.Call) and _is_translation(value) and depth < _DEEPEST:
        text = text_of(value.args[0], depth + 1)
    return text


def _is_translation(value: ast.Call) -> bool:
    """Whether a call only translates its one argument: ``_("Order not found")``."""
    name = _name_of(value.func).rpartition(".")[2]
    return name in _TRANSLATING and len(value.args) == 1 and not value.keywords


def _of_operation(value: ast.BinOp, depth: int) -> str | None:
    """Return a text that is joined of two, or filled in with ``%``."""
    left = text_of(value.left, depth + 1)
    if isinstance(value.op, ast.Add):
        right = text_of(value.right, depth + 1)
        return None if left is None or right is None else left + right
    return left if isinstance(value.op, ast.Mod) else None


def _call(value: ast.Call, known: Mapping[str, Node], depth: int) -> Node:
    """Return the arguments of a call: a map where all have names, else a list.

    In a list, an argument with a name is a map of this one pair.
    """
    named = []
    for keyword in value.keywords:
        node = node_of(keyword.value, known, depth + 1)
        if keyword.arg is not None and node is not None:
            named.append((Node(keyword.value.lineno, "text", keyword.arg), node))
    keys, values = tuple(key for key, _ in named), tuple(node for _, node in named)
    if not value.args:
        return Node(value.lineno, "map", items=values, keys=keys)
    items = [node_of(argument, known, depth + 1) for argument in value.args]
    maps = [Node(key.line, "map", items=(node,), keys=(key,)) for key, node in named]
    found = (item for item in items if item is not None)
    return Node(value.lineno, "list", items=(*found, *maps))


def _map(value: ast.Dict, known: Mapping[str, Node], depth: int) -> Node:
    pairs = []
    for key, item in zip(value.keys, value.values, strict=True):
        if key is None:
            continue
        key_node, node = node_of(key, known, depth + 1), node_of(item, known, depth + 1)
        if key_node is not None and node is not None and key_node.is_scalar:
            pairs.append((key_node, node))
    items, keys = tuple(node for _, node in pairs), tuple(key for key, _ in pairs)
    return Node(value.lineno, "map", items=items, keys=keys)


def _list(value: ast.List | ast.Tuple | ast.Set, known: Mapping[str, Node], depth: int) -> Node:
    items = (node_of(item, known, depth + 1) for item in value.elts)
    return Node(value.lineno, "list", items=tuple(item for item in items if item is not None))


def _number(value: ast.expr) -> Node | None:
    """Return a number, or any other constant that is no text."""
    sign = ""
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        sign, value = "-", value.operand
    if not isinstance(value, ast.Constant) or isinstance(value.value, bytes):
        return None
    if value.value is None:
        return Node(value.lineno, "null")
    try:
        return Node(value.lineno, "plain", f"{sign}{value.value}".lower())
    except ValueError:  # an integer too long for Python to write
        return None


def _name_of(value: ast.expr) -> str:
    """Return a dotted name; of ``ErrorCode.NOT_FOUND.value`` that of the member."""
    parts: list[str] = []
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name):
        return ""
    if parts and parts[0] == "value":
        del parts[0]
    return ".".join((value.id, *reversed(parts)))


def _of_f_string(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        name = part.value
        return "{" + (name.id if isinstance(name, ast.Name) else "") + "}"
    return text_of(part) or ""
