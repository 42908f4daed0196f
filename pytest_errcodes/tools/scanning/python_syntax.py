"""Reading Python source by its syntax tree."""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pytest_errcodes.tools.findings import Place
from pytest_errcodes.tools.scanning.python_subjects import (
    Variables,
    find_declared_types,
    name_of,
    variables_of,
)
from pytest_errcodes.tools.scanning.python_uses import UsesOfLiterals, literal_value
from pytest_errcodes.tools.scanning.source_facts import MODULE, Scope, SourceFacts, SourceLiteral

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.catalog.model import Code

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def facts_of_python(text: str, path: str) -> SourceFacts:
    """Return what Python source says.

    Raises:
        ValueError: It is no Python; the text says why, and where.
    """
    return _Reader(path, text.split("\n")).read(_parse(text))


def _parse(text: str) -> ast.Module:
    """Return the syntax tree."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in somebody else's source
            return ast.parse(text)
    except SyntaxError as error:
        where = f" on line {error.lineno}" if error.lineno else ""
        raise ValueError(f"{error.msg}{where}") from None
    except (RecursionError, MemoryError):
        raise ValueError("it is nested too deeply") from None


@dataclass(frozen=True, slots=True)
class _Context:
    """What is around a node.

    Attributes:
        scope: The function it stands in.
        names: The names of the classes and functions around it.
        variables: The variables of that function.
        owner: The class whose body it stands in; empty elsewhere.
        owner_line: The line on which that class begins.
        decides: Whether it is no part of an assertion.
    """

    scope: Scope
    names: tuple[str, ...]
    variables: Variables
    owner: str = ""
    owner_line: int = 0
    decides: bool = True


class _Reader:
    """One pass over one tree, without recursion: a chain of 10,000 additions is a deep tree."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.uses = UsesOfLiterals()
        self.literals: list[SourceLiteral] = []
        self.called: dict[Scope, set[str]] = defaultdict(set)
        self.paths: dict[str, str] = {}

    def read(self, tree: ast.Module) -> SourceFacts:
        """Visit each node once, a parent before its children."""
        variables = variables_of(tree.body)
        self.paths = _path_constants(variables)
        scope = replace(MODULE, catalog=_catalog_of_marks(variables.assigned.get("pytestmark", [])))
        waiting: list[tuple[ast.AST, _Context]] = [(tree, _Context(scope, (), variables))]
        while waiting:
            node, context = waiting.pop()
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue  # a docstring, or another value that nothing uses
            if isinstance(node, _Definition):
                waiting += reversed(self._definition(node, context))
                continue
            self.uses.note(node, context.variables, context.owner, context.owner_line)
            self._note_call(node, context)
            if isinstance(node, ast.expr) and (value := literal_value(node)) is not None:
                self._literal(node, value, context)
                continue
            inner = context
            if isinstance(node, ast.Assert):
                inner = replace(context, decides=False)
            waiting += [(child, inner) for child in reversed(list(_children(node)))]
        self.literals.sort(key=_position)
        return SourceFacts(
            tuple(self.literals),
            tuple(self.uses.ranges),
            find_declared_types(tree),
            {scope: frozenset(words) for scope, words in self.called.items()},
        )

    def _definition(self, node: _Definition, context: _Context) -> list[tuple[ast.AST, _Context]]:
        """Return what a function or class holds, each with its context."""
        names = (*context.names, node.name)
        catalog = _catalog_of_marks(node.decorator_list) or context.scope.catalog
        outside = replace(context, scope=replace(context.scope, catalog=catalog))
        parts: list[tuple[ast.AST, _Context]] = [
            (decorator, outside) for decorator in node.decorator_list
        ]
        if isinstance(node, ast.ClassDef):
            own = variables_of(node.body)
            catalog = _catalog_of_marks(own.assigned.get("pytestmark", [])) or catalog
            scope = replace(context.scope, catalog=catalog)
            inner = replace(
                context, scope=scope, names=names, owner=node.name, owner_line=node.lineno
            )
            return parts + [(child, inner) for child in (*node.bases, *node.keywords, *node.body)]
        parts.append((node.args, context))
        scope = Scope(".".join(names), node.lineno, catalog)
        inner = _Context(scope, names, variables_of(node.body, node))
        return parts + [(child, inner) for child in node.body]

    def _literal(self, node: ast.expr, value: Code, context: _Context) -> None:
        """Note a literal with its place and its use."""
        before = self.lines[node.lineno - 1].encode()[: node.col_offset]
        place = Place(self.path, node.lineno, len(before.decode("utf-8", "replace")) + 1)
        use = self.uses.of(node)
        if not context.decides:
            use = replace(use, decides=False)
        self.literals.append(SourceLiteral(value, place, use, context.scope))
        if isinstance(value, str) and "/" in value:
            self.called[context.scope] |= _segments(value)

    def _note_call(self, node: ast.AST, context: _Context) -> None:
        """Note the words of what is called, and of the paths that names stand for."""
        if isinstance(node, ast.Name) and node.id in self.paths:
            self.called[context.scope] |= _segments(self.paths[node.id])
        elif isinstance(node, ast.JoinedStr):
            texts = (part.value for part in node.values if isinstance(part, ast.Constant))
            self.called[context.scope] |= _segments("".join(map(str, texts)))
        elif isinstance(node, ast.Call):
            function: ast.expr = node.func
            while isinstance(function, ast.Attribute):
                function = function.value
                if isinstance(function, ast.Attribute):
                    self.called[context.scope].add(function.attr.lower())


def _children(node: ast.AST) -> Iterable[ast.AST]:
    """Return the children of a node that may hold literals."""
    if isinstance(node, ast.JoinedStr):
        return [part for part in node.values if isinstance(part, ast.FormattedValue)]
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    return ast.iter_child_nodes(node)


def _position(literal: SourceLiteral) -> tuple[int, int]:
    return literal.place.line or 0, literal.place.column or 0


def _path_constants(variables: Variables) -> dict[str, str]:
    """Return the paths that names of a module stand for."""
    return {
        name: value.value
        for name, values in variables.assigned.items()
        for value in values
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and "/" in value.value
    }


def _segments(path: str) -> set[str]:
    """Return the segments of a path; none of a text that is no path."""
    if "/" not in path or any(character.isspace() for character in path):
        return set()
    return {segment.lower() for segment in path.partition("?")[0].split("/") if segment}


def _catalog_of_marks(marks: Iterable[ast.expr]) -> str:
    """Return the catalog that a marker ``errcodes(catalog=...)`` names; empty if none does."""
    waiting = list(marks)
    while waiting:
        mark = waiting.pop(0)
        if isinstance(mark, ast.List | ast.Tuple):
            waiting += mark.elts
        elif isinstance(mark, ast.Call) and name_of(mark.func) == "errcodes":
            for keyword in mark.keywords:
                if keyword.arg == "catalog" and isinstance(keyword.value, ast.Constant):
                    return str(keyword.value.value)
    return ""
