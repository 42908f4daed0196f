"""The codes that types list: ``ErrorCode = Literal["no_funds"]``, ``code: Literal[401009]``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.python_mappings import last_name
from pytest_errcodes.tools.importing.python_members import is_code
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.table_columns import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node


def literal_codes(body: Sequence[ast.stmt], *, is_class: bool) -> Iterator[tuple[str, Node, str]]:
    """Yield what the literal types of a module or a class list.

    Args:
        body: The statements.
        is_class: Whether they are fields of a class: then the one named like a message is that of
            the one named like a code.

    Yields:
        The name, the code, and its message; empty for none.
    """
    found = [(name, values) for name, values in map(_literal, body) if values]
    if not is_class:
        yield from ((name, code, "") for name, values in found for code in values if is_code(code))
        return
    messages = [values for name, values in found if tier_of("message", name) == 0]
    message = messages[0][0].text if messages and len(messages[0]) == 1 else ""
    for name, values in found:
        if tier_of("code", name) == 0:
            for code in filter(is_code, values):
                yield name, code, message if len(values) == 1 else ""


def _literal(statement: ast.stmt) -> tuple[str, list[Node]]:
    """Return the name that a statement gives to a literal type, and what that lists."""
    name, type_ = "", None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        name, type_ = last_name(statement.targets[0]), statement.value
    elif isinstance(statement, ast.AnnAssign):
        name, type_ = last_name(statement.target), statement.annotation
        if last_name(type_) == "TypeAlias":
            type_ = statement.value
    elif type(statement).__name__ == "TypeAlias":  # from Python 3.12 on
        name = last_name(getattr(statement, "name"))  # noqa: B009  # mypy of 3.11 knows no such class
        type_ = getattr(statement, "value")  # noqa: B009  # as above
    if not isinstance(type_, ast.Subscript) or last_name(type_.value) != "Literal":
        return name, []
    listed = type_.slice
    values = listed.elts if isinstance(listed, ast.Tuple) else [listed]
    nodes = (node_of(value, {}) for value in values)
    return name, [node for node in nodes if node is not None and node.is_scalar]
