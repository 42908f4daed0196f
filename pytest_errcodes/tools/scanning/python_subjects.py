"""What a Python expression stands for: its name, and the type of its value, declared or not."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_errcodes.tools.scanning.source_names import says_code, says_foreign_code, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_errcodes.tools.scanning.source_facts import ValueType

Function = ast.FunctionDef | ast.AsyncFunctionDef
_READERS = frozenset({"get", "pop", "getattr", "setdefault"})
_TEXT_METHODS = frozenset({"casefold", "lower", "lstrip", "rstrip", "strip", "upper", "format"})
_OWN_VARIABLES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_ANNOTATIONS: dict[str, ValueType] = {"str": "text", "int": "integer"}
_ANYTHING = ast.Name("")  # stands for an expression that is not looked into
_Declared = tuple[str, "ValueType"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an expression stands for.

    Attributes:
        name: The last name in it that says something: of an attribute, a key, a variable.
        type: The type of its value.
    """

    name: str = ""
    type: ValueType = "unknown"


@dataclass(slots=True)
class Variables:
    """The variables of one function or module, with all that is assigned to each."""

    assigned: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    declared: dict[str, ValueType] = field(default_factory=dict)

    def subject(self, node: ast.expr) -> Subject:
        """Return what an expression stands for."""
        found = Subject()
        match node:
            case ast.Name():
                found = Subject(self._origin(node.id), self.type_of(node.id))
            case ast.Attribute():
                found = Subject(node.attr, "attribute")
            case ast.Subscript(slice=ast.Constant(value=str(key))):
                found = Subject(key, "wire")
            case ast.Call():
                found = self._call(node)
            case ast.Await(value=inner) | ast.BoolOp(values=[inner, *_]):
                found = self.subject(inner)
            case ast.NamedExpr():
                found = Subject(node.target.id, self.subject(node.value).type)
            case ast.JoinedStr() | ast.Constant(value=str()):
                found = Subject("", "text")
            case ast.Constant(value=int()):
                found = Subject("", "integer")
        return found

    def _origin(self, name: str) -> str:
        """Return the name of a variable, or of what it has always, if that is no business code."""
        values = [value for value in self.assigned.get(name, ()) if not _is_placeholder(value)]
        sources = [_last_name(value) for value in values]
        if says_code(name) and sources and all(map(says_foreign_code, sources)):
            return sources[0]
        return name

    def type_of(self, name: str) -> ValueType:
        """Return the type of a variable: what all that is assigned to it has in common."""
        if name not in self.declared:
            self.declared[name] = "unknown"  # so that x = x.strip() does not go on for ever
            values = (value for value in self.assigned.get(name, ()) if not _is_placeholder(value))
            types = {self.subject(value).type for value in values}
            self.declared[name] = types.pop() if len(types) == 1 else "unknown"
        return self.declared[name]

    def _call(self, node: ast.Call) -> Subject:
        """Return what a call stands for: ``str(x)``, ``x.get("code")``, ``x.lower()``, others."""
        function, keys = name_of(node.func), list(_texts(node.args))
        if function in ("str", "int", "repr") and node.args:
            type_: ValueType = "integer" if function == "int" else "text"
            return Subject(self.subject(node.args[0]).name, type_)
        if function in _READERS and keys:
            return Subject(keys[0], "attribute" if function == "getattr" else "wire")
        if function in _TEXT_METHODS and isinstance(node.func, ast.Attribute):
            return Subject(self.subject(node.func.value).name, "text")
        key = next((key for key in reversed(keys) if says_code(key)), function)
        words = set(words_of(function))
        if words & {"str", "string", "text"}:
            return Subject(key, "text")
        return Subject(key, "integer" if words & {"int", "integer"} else "unknown")


def _last_name(value: ast.expr) -> str:
    """Return the last name of what is assigned: of ``int(process.wait())`` that of the call."""
    while isinstance(value, ast.Await | ast.Call):
        if isinstance(value, ast.Await):
            value = value.value
        elif name_of(value.func) in ("int", "str") and value.args:
            value = value.args[0]
        else:
            return name_of(value.func)
    return name_of(value) if isinstance(value, ast.Attribute) else ""


def name_of(node: ast.expr) -> str:
    """Return the last name of a function or an annotation: ``expects_code`` of a dotted one."""
    match node:
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
        case ast.Constant(value=str(text)):  # an annotation in quotes
            return text
    return ""


def read_annotation(annotation: ast.expr | None) -> ValueType | None:
    """Return the type that an annotation declares; None where there is no annotation."""
    if annotation is None:
        return None
    if isinstance(annotation, ast.BinOp):  # str | None
        sides = [name_of(annotation.left), name_of(annotation.right)]
        names = [side for side in sides if side]
        return read_annotation(ast.Name(names[0])) if len(names) == 1 else "unknown"
    return _ANNOTATIONS.get(name_of(annotation), "unknown")


def variables_of(body: Iterable[ast.AST], function: Function | None = None) -> Variables:
    """Return the variables of a function or a module, without those of functions in it."""
    variables = Variables()
    if function is not None:
        arguments = function.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            type_ = read_annotation(argument.annotation)
            variables.declared[argument.arg] = type_ or "attribute"
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _OWN_VARIABLES):
            _note(variables, node)
            waiting += ast.iter_child_nodes(node)
    return variables


def _note(variables: Variables, node: ast.AST) -> None:
    """Note what one node assigns or declares."""
    match node:
        case ast.Assign():
            for target in node.targets:
                _assign(variables, target, node.value)
        case ast.AnnAssign(target=ast.Name(id=name)):
            variables.declared[name] = read_annotation(node.annotation) or "unknown"
        case ast.NamedExpr():
            _assign(variables, node.target, node.value)
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            _assign(variables, node.target, _ANYTHING)
        case ast.MatchMapping():
            _capture(variables, node)


def _assign(variables: Variables, target: ast.expr, value: ast.expr) -> None:
    """Note what is assigned to a name, or to each name of a tuple."""
    if isinstance(target, ast.Name):
        variables.assigned[target.id].append(value)
    elif isinstance(target, ast.Tuple):
        values = value.elts if isinstance(value, ast.Tuple) else []
        if len(values) != len(target.elts):
            values = [_ANYTHING] * len(target.elts)
        for part, own in zip(target.elts, values, strict=True):
            _assign(variables, part, own)


def _capture(variables: Variables, node: ast.MatchMapping) -> None:
    """Note the names that ``case {"code": code}`` and ``case {"code": int(code)}`` capture."""
    for key, pattern in zip(node.keys, node.patterns, strict=True):
        match pattern:
            case ast.MatchAs(pattern=None, name=str(name)):
                variables.assigned[name].append(ast.Subscript(ast.Name("match"), key))
            case ast.MatchClass(cls=ast.Name(id="int" | "str" as type_)) as made:
                for part in made.patterns:
                    if isinstance(part, ast.MatchAs) and part.name:
                        call = ast.Call(ast.Name(type_), [ast.Name(part.name)], [])
                        variables.assigned[part.name].append(call)


def _is_placeholder(value: ast.expr) -> bool:
    """Whether a value is what stands in a variable until there is another: None, "", 0."""
    return isinstance(value, ast.Constant) and value.value in (None, "", 0)


def _texts(nodes: Iterable[ast.expr]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


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
