"""What Python source says of the types of names, wherever it says it."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.python_subjects import (
    Function,
    name_of,
    read_annotation,
    variables_of,
)
from pytest_errcodes.tools.scanning.source_names import says_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_errcodes.tools.scanning.python_subjects import Variables
    from pytest_errcodes.tools.scanning.source_facts import ValueType

_Declared = tuple[str, "ValueType"]


def find_declared_types(tree: ast.Module) -> dict[str, frozenset[ValueType]]:
    """Return the types of the names that say code: ``code: str``, ``self.code = str(code)``.

    A name may have several, of several variables; one that is only passed on has none.
    """
    types: dict[str, set[ValueType]] = defaultdict(set)
    for node in ast.walk(tree):
        for name, type_ in _of_node(node):
            if says_code(name):
                types[name].add(type_)
    return {name: frozenset(found) for name, found in types.items()}


def _of_node(node: ast.AST) -> Iterator[_Declared]:
    """Yield what a module, a class or a function declares."""
    if isinstance(node, Function):
        variables = variables_of(node.body, node)
        yield from _of_variables(variables)
        yield from _of_attributes(node, variables)
        if node.returns is not None:
            yield node.name, read_annotation(node.returns) or "unknown"
    elif isinstance(node, ast.Module | ast.ClassDef):
        yield from _of_variables(variables_of(node.body))


def _of_variables(variables: Variables) -> Iterator[_Declared]:
    """Yield the types of variables and parameters."""
    annotated = dict(variables.declared)
    yield from (found for found in annotated.items() if found[1] != "attribute")
    for name in variables.assigned:
        if name not in annotated and variables.type_of(name) in ("text", "integer"):
            yield name, variables.type_of(name)


def _of_attributes(function: Function, variables: Variables) -> Iterator[_Declared]:
    """Yield the types of the attributes that a function assigns."""
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute):
            yield node.target.attr, read_annotation(node.annotation) or "unknown"
        elif isinstance(node, ast.Assign):
            type_ = variables.subject(node.value).type
            if type_ in ("text", "integer"):
                yield from ((name_of(target), type_) for target in node.targets)
