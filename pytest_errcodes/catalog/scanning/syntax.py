"""The literals of Python source, by its syntax tree."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from pytest_errcodes.catalog.findings import Place
from pytest_errcodes.catalog.scanning.facts import SourceFacts, SourceLiteral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.catalog.model import Code


def parsed(text: str) -> ast.Module:
    """Return the syntax tree.

    Raises:
        ValueError: It is no Python; the text says why, and where.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python thinks of its escapes is not our affair
            return ast.parse(text)
    except SyntaxError as error:
        where = f" on line {error.lineno}" if error.lineno else ""
        raise ValueError(f"{error.msg}{where}") from None
    except (RecursionError, MemoryError):
        raise ValueError("it is nested too deeply") from None


def facts_of_tree(tree: ast.Module, path: str, lines: list[str]) -> SourceFacts:
    """Return what a syntax tree says."""
    found = []
    for node, value in _literals(tree):
        column = len(lines[node.lineno - 1].encode()[: node.col_offset].decode()) + 1
        found.append(SourceLiteral(value, Place(path, node.lineno, column)))
    found.sort(key=lambda literal: (literal.place.line or 0, literal.place.column or 0))
    return SourceFacts(tuple(found))


def _literals(tree: ast.Module) -> Iterator[tuple[ast.expr, Code]]:
    """Yield each integer and each text, in the order of the source."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring, or a comment in its manner
        if isinstance(node, ast.expr) and (value := literal_value(node)) is not None:
            yield node, value
            continue
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.JoinedStr):
            children = [child for child in children if isinstance(child, ast.FormattedValue)]
        elif isinstance(node, ast.FormattedValue):
            children = [node.value]
        waiting += reversed(children)


def literal_value(node: ast.AST) -> Code | None:
    """Return the integer or the text that an expression writes, else None."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = literal_value(node.operand)
        return -value if isinstance(value, int) else None
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return None
    if isinstance(node.value, bytes):
        return node.value.decode("ascii", "replace")
    return node.value if isinstance(node.value, int | str) else None
