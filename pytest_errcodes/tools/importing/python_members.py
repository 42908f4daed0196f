"""What a class or a module of Python assigns to names, and what comments say beside it."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.cell_reading import looks_like_codes
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.table_columns import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.table_columns import Role

_ROLES: tuple[Role, ...] = ("message", "http_status", "description", "solution")


@dataclass(frozen=True, slots=True)
class Member:
    """A name and what is assigned to it.

    Attributes:
        name: The name.
        line: Line of the source it begins on.
        last: Line it ends on.
        after: Line on which the statement before it ends; None for the first of a module.
        value: What is assigned.
        docstring: The text on the lines below; empty for none.
    """

    name: str
    line: int
    last: int
    after: int | None
    value: ast.expr
    docstring: str


def members_of(body: Iterable[ast.stmt], after: int | None = None) -> Iterator[Member]:
    """Yield the names that statements assign to, each with the text below it.

    Args:
        body: The statements.
        after: The line on which a class begins; None for a module.
    """
    statements = list(body)
    for statement, following in zip(statements, [*statements[1:], None], strict=False):
        value = None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign):
            target, value = statement.target, statement.value
        last = statement.end_lineno or statement.lineno
        if value is not None and isinstance(target, ast.Name):
            docstring = _text_of(following)
            yield Member(target.id, statement.lineno, last, after, value, docstring)
        after = last


def properties_of(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the properties of a class that return a value and do nothing else, with it."""
    for statement in body:
        value = returned_by_property(statement)
        if value is not None and isinstance(statement, ast.FunctionDef):
            yield statement.name, value


def returned_by_property(statement: ast.stmt) -> ast.expr | None:
    """Return what a property always returns: a constant, or a name; None for any other method."""
    if not isinstance(statement, ast.FunctionDef) or not statement.body:
        return None
    named = [getattr(one, "id", getattr(one, "attr", "")) for one in statement.decorator_list]
    *before, last = statement.body
    if not all(isinstance(one, ast.Expr) for one in before) or not isinstance(last, ast.Return):
        return None
    is_read = isinstance(last.value, ast.Constant | ast.UnaryOp | ast.Name | ast.Attribute)
    return last.value if is_read and any(name.endswith("property") for name in named) else None


def _text_of(statement: ast.stmt | None) -> str:
    """Return the text that a statement is and does nothing else, as below an assignment."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        said = statement.value.value
        return plain_docstring(said) if isinstance(said, str) else ""
    return ""


def plain_docstring(said: str) -> str:
    """Return what a docstring says; one that is all literal, between backticks, to the letter."""
    inner = said[2:-2]
    if said.startswith("``") and said.endswith("``") and inner.strip() and "``" not in inner:
        return inner
    return " ".join(said.partition("\n\n")[0].split())


def code_of(member: Member, known: Mapping[str, Node]) -> Node | None:
    """Return the code that a member is, or holds in a tuple, a call or a dict."""
    node = node_of(member.value, known)
    if node is None:
        return None
    if node.is_scalar:
        return node if is_code(node) else None
    if node.kind == "map":
        pairs = ((key, value) for key, value in node.pairs if value.is_scalar)
        return next((value for key, value in pairs if tier_of("code", key.text) == 0), None)
    return next((item for item in node.items if item.is_scalar and is_code(item)), None)


def describe(
    member: Member, known: Mapping[str, Node], comments: Comments, *, from_above: bool
) -> dict[Role, str]:
    """Return what is said of a member: in its value, behind it, below it, or above it.

    Args:
        member: The member.
        known: What names stand for.
        comments: The comments of the file.
        from_above: Whether a comment above it says what it means.
    """
    node = node_of(member.value, known)
    cells: dict[Role, str] = {}
    if node is not None and not node.is_scalar:
        cells = cells_of(node)
    if cells.get("message"):
        return cells
    said = (
        comments.behind.get(member.last)
        or comments.behind.get(member.line)
        or member.docstring
        or (comments.above(member.line) if from_above else "")
    )
    return cells | {"message": said} if said else cells


def cells_of(node: Node) -> dict[Role, str]:
    """Return the cells of a tuple, a call or a dict that holds a code and what is said of it."""
    if node.kind == "map":
        return _of_pairs(node)
    cells: dict[Role, str] = {}
    has_code = False
    for item in node.items:
        if item.kind == "map":
            cells |= _of_pairs(item)
        elif not has_code and item.is_scalar and is_code(item):
            has_code = True
        elif item.kind == "text" and "message" not in cells:
            cells["message"] = item.text
        elif item.kind == "plain":
            cells.setdefault("http_status", item.text)
        elif item.kind == "text":
            cells.setdefault("description", item.text)
    return cells


def _of_pairs(node: Node) -> dict[Role, str]:
    """Return the cells of arguments with names, or of a dict."""
    cells: dict[Role, str] = {}
    for key, value in node.pairs:
        role = next((role for role in _ROLES if tier_of(role, key.text) is not None), None)
        if role is not None and value.is_scalar:
            cells.setdefault(role, value.text)
    return cells


def is_code(node: Node) -> bool:
    """Whether a value can be a code: an integer, or a text that is no sentence."""
    if node.kind == "plain":
        return node.text.removeprefix("-").isdigit()
    return node.kind == "text" and (looks_like_codes(node.text) or node.text.isalpha())


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of one file, without their signs.

    Attributes:
        behind: By line, a comment behind code.
        alone: By line, a comment on a line of its own.
    """

    behind: dict[int, str]
    alone: dict[int, str]

    def above(self, line: int) -> str:
        """Return the comment on the lines right above a line."""
        found = []
        while (line := line - 1) in self.alone:
            found.append(self.alone[line])
        return " ".join(reversed(found)).strip()

    def between(self, after: int, before: int) -> list[str]:
        """Return the comments on lines of their own between two lines."""
        return [self.alone[line] for line in range(after + 1, before) if line in self.alone]


def comments_of(text: str) -> Comments:
    """Return the comments of a text that is Python."""
    comments = Comments({}, {})
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                is_alone = not token.line[:column].strip()
                said = token.string.lstrip("#:!").strip().strip("-=*~#").strip()
                (comments.alone if is_alone else comments.behind)[line] = said
    except (tokenize.TokenError, SyntaxError, ValueError):
        return comments  # what ast has read, tokenize may refuse: a carriage return alone, say
    return comments
