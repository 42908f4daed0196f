"""Where source says which exception a code becomes: tables, and conditions that raise."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.source_names import says_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CLASS = re.compile(r"_?[A-Z]\w*[a-z]\w*")
_KEYS = frozenset(("class", "cls", "error", "exc", "exception", "message", "msg", "raises", "type"))
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
_BRANCHES = ast.If | ast.Match


@dataclass(frozen=True, slots=True)
class Pair:
    """A code and the class that source puts beside it.

    Attributes:
        code: What may be a code.
        name: The last name of the class.
        message: What may be its message; None for none.
    """

    code: ast.expr
    name: str
    message: ast.expr | None = None


@dataclass(frozen=True, slots=True)
class ErrorMapping:
    """Codes and classes that stand in one place.

    Attributes:
        line: The line on which it begins.
        around: The names around it, the outermost first: of classes, functions, variables, keys.
        owner: The class that it stands in; empty for none.
        pairs: The codes with their classes.
    """

    line: int
    around: tuple[str, ...]
    owner: str
    pairs: tuple[Pair, ...]


def find_mappings(tree: ast.Module) -> Iterator[ErrorMapping]:
    """Yield all that may be a table of codes and exceptions, in a module, class or function."""
    waiting: list[tuple[ast.AST, tuple[str, ...], str]] = [(tree, (), "")]
    while waiting:
        node, around, owner = waiting.pop()
        if isinstance(node, ast.Constant | ast.Name | ast.expr_context | ast.operator):
            continue
        if isinstance(node, ast.ClassDef):
            around, owner = (*around, node.name), node.name
        elif isinstance(node, _FUNCTION):
            around = (*around, node.name)
        pairs = _pairs_of(node)
        if pairs:
            yield ErrorMapping(pairs[0].code.lineno, around, owner, pairs)
        waiting += [(child, (*around, *names), owner) for child, names in _children(node)]


def _children(node: ast.AST) -> Iterator[tuple[ast.AST, tuple[str, ...]]]:
    """Yield what a node holds, each with the names that it is given there; the last one first."""
    found: list[tuple[ast.AST, tuple[str, ...]]]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = tuple(name for target in targets if (name := last_name(target)))
        found = [(node.value, names)] if node.value is not None else []
    elif isinstance(node, ast.Dict):
        found = []
        for key, value in zip(node.keys, node.values, strict=True):
            text = key.value if isinstance(key, ast.Constant) else None
            found.append((value, (text,) if isinstance(text, str) else ()))
    elif isinstance(node, ast.keyword):
        found = [(node.value, (node.arg,) if node.arg else ())]
    else:
        found = [(child, ()) for child in ast.iter_child_nodes(node)]
    return reversed(found)


def _pairs_of(node: ast.AST) -> tuple[Pair, ...]:
    """Return the codes and classes of a node; none where it is something else."""
    if isinstance(node, ast.Dict):
        pairs = [(key, value) for key, value in zip(node.keys, node.values, strict=True) if key]
        found = [pair for key, value in pairs for pair in _pair(key, value)]
        return tuple(found) if len(found) * 2 > len(pairs) else ()
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        rows = [
            row.elts
            for row in node.elts
            if isinstance(row, ast.List | ast.Tuple) and len(row.elts) > 1
        ]
        found = [pair for first, *rest in rows for pair in _pair(first, ast.Tuple(rest))]
        found += [pair for row in node.elts for pair in _named(row)]
        return tuple(found) if len(found) * 2 > len(node.elts) else ()
    if isinstance(node, _BRANCHES):
        return tuple(_find_raised(node))
    return ()


def _pair(key: ast.expr, value: ast.expr) -> Iterator[Pair]:
    """Yield the codes of one entry with their class, whichever of the two is the key."""
    codes = list(key.elts) if isinstance(key, ast.Tuple) else [key]
    if names := _class_in(value):
        message = next(filter(_is_text, _parts(value)), None)
        yield from (Pair(code, names[0], message) for code in codes if _may_be_code(code))
    elif (name := class_name(key)) and not isinstance(value, ast.Dict | ast.Call):
        values = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
        yield from (Pair(code, name) for code in values if _may_be_code(code))


def _named(row: ast.expr) -> Iterator[Pair]:
    """Yield the code of a row that names its parts: ``{"code": 1, "error_type": OrderError}``."""
    if isinstance(row, ast.Dict):
        pairs = zip(row.keys, row.values, strict=True)
        parts = {str(key.value): one for key, one in pairs if isinstance(key, ast.Constant)}
    elif isinstance(row, ast.Call):
        parts = {keyword.arg: keyword.value for keyword in row.keywords if keyword.arg}
    else:
        return
    codes = [one for name, one in parts.items() if says_code(name) and _may_be_code(one)]
    classes = [found for one in parts.values() if (found := class_name(one))]
    texts = (one for name, one in parts.items() if name in _KEYS and _is_text(one))
    if len(codes) == 1 and classes:
        yield Pair(codes[0], classes[0], next(texts, None))


def _class_in(value: ast.expr) -> list[str]:
    """Return the class that a value is, or holds: ``OrderError``, ``(OrderError, "text")``."""
    return [name for part in _parts(value) if (name := class_name(part))][:1]


def _parts(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.List | ast.Tuple):
        return value.elts
    if isinstance(value, ast.Dict):
        pairs = zip(value.keys, value.values, strict=True)
        return [part for key, part in pairs if isinstance(key, ast.Constant) and key.value in _KEYS]
    return [value]


def class_name(node: ast.expr) -> str:
    """Return the last name of what is written like a class, else an empty text."""
    name = last_name(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return name if _CLASS.fullmatch(name) else ""


def last_name(node: ast.expr) -> str:
    """Return the last name of a dotted one; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _may_be_code(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | str) and not isinstance(node.value, bool)
    return isinstance(node, ast.Name | ast.Attribute) and not class_name(node)


# -- conditions ------------------------------------------------------------------------------


def _find_raised(node: ast.If | ast.Match) -> Iterator[Pair]:
    """Yield the codes of ``if code == 401009: raise OrderError``, and of ``match code: ...``."""
    if isinstance(node, ast.If):
        if (name := _name_raised(node.body)) and isinstance(node.test, ast.Compare):
            yield from (Pair(code, name) for code in _find_compared(node.test))
        return
    if says_code(_subject(node.subject)):
        for case in node.cases:
            if (name := _name_raised(case.body)) and case.guard is None:
                patterns = (
                    case.pattern.patterns
                    if isinstance(case.pattern, ast.MatchOr)
                    else [case.pattern]
                )
                for pattern in patterns:
                    if isinstance(pattern, ast.MatchValue) and _may_be_code(pattern.value):
                        yield Pair(pattern.value, name)


def _name_raised(body: Iterable[ast.stmt]) -> str:
    """Return the class that a block raises, or returns to be raised, without looking further."""
    for statement in body:
        if isinstance(statement, ast.Raise) and statement.exc is not None:
            made = statement.exc
        elif isinstance(statement, ast.Return) and statement.value is not None:
            made = statement.value
        else:
            continue
        return class_name(made.func if isinstance(made, ast.Call) else made)
    return ""


def _find_compared(test: ast.Compare) -> list[ast.expr]:
    """Return what a code is compared with, for equality or among others."""
    if len(test.ops) != 1 or not says_code(_subject(test.left)):
        return []
    (right,) = test.comparators
    if isinstance(test.ops[0], ast.Eq):
        return [right] if _may_be_code(right) else []
    if isinstance(test.ops[0], ast.In) and isinstance(right, ast.List | ast.Tuple | ast.Set):
        return [code for code in right.elts if _may_be_code(code)]
    return []


def _subject(node: ast.expr) -> str:
    """Return the name of what is compared: a variable, an attribute, a key, what is converted."""
    if isinstance(node, ast.Subscript):
        node = node.slice
    elif isinstance(node, ast.Call) and node.args:
        function = last_name(node.func)
        if function not in ("get", "getattr"):
            return _subject(node.args[0])
        node = node.args[1 if function == "getattr" and len(node.args) > 1 else 0]
    if isinstance(node, ast.Constant):
        return str(node.value)
    return last_name(node)
