"""The codes that exception classes have: as attributes, or as what their ``__init__`` passes on."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.python_mappings import last_name
from pytest_errcodes.tools.importing.python_members import is_code, members_of, properties_of
from pytest_errcodes.tools.importing.python_values import node_of
from pytest_errcodes.tools.importing.table_columns import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.python_modules import Classes, Names
    from pytest_errcodes.tools.importing.table_columns import Role

_NONE = ("", "none", "...")


@dataclass(frozen=True, slots=True)
class RaisedCode:
    """What an exception class says of its code.

    Attributes:
        code: The code.
        message: The message; empty for none.
        http_status: The HTTP status; empty for none.
        description: The first paragraph of its docstring; empty for none.
    """

    code: Node
    message: str
    http_status: str
    description: str


def raised_code(node: ast.ClassDef, names: Names, classes: Classes) -> RaisedCode | None:
    """Return the code that a class says it has; None if it has none of its own."""
    is_exception = classes.is_exception(node.name)
    own = _attribute(node, "code", names)
    passed = _find_passed_on(node, names) if is_exception else {}
    code = own if own is not None and is_code(own) else passed.get("code")
    if code is None:
        return None
    message = _find_inherited(node, ("message", "description"), names, classes) or passed.get(
        "message"
    )
    status = _find_inherited(node, ("http_status",), names, classes) or passed.get("http_status")
    if status is code:
        status = None
    return RaisedCode(
        code,
        message.text if message is not None else "",
        status.text if status is not None else "",
        ast.get_docstring(node, clean=False) or "",
    )


def _find_inherited(
    node: ast.ClassDef, roles: tuple[Role, ...], names: Names, classes: Classes
) -> Node | None:
    """Return an attribute of a class, or else of the nearest class above it that has one."""
    for owner in (node, *classes.ancestors(node)):
        for role in roles:
            found = _attribute(owner, role, names)
            if found is not None and found.text not in _NONE:
                return found
    return None


def _attribute(node: ast.ClassDef, role: Role, names: Names) -> Node | None:
    """Return what a class says of itself, such as ``code = 401009``, or a property that does."""
    said = [(member.name, member.value) for member in members_of(node.body)]
    said += properties_of(node.body)
    for tier in (0, 1):
        for name, expression in said:
            if tier_of(role, name.lstrip("_").removeprefix("default_")) == tier:
                value = node_of(expression, names)
                if value is not None and value.is_scalar and value.kind != "null":
                    return value
    return None


def _find_passed_on(node: ast.ClassDef, names: Names) -> dict[Role, Node]:
    """Return code and message that ``__init__`` has as defaults, sets, or hands to its base."""
    found: dict[Role, Node] = {}
    init = next((part for part in node.body if _is_init(part)), None)
    if not isinstance(init, ast.FunctionDef):
        return found
    set_: dict[str, list[ast.expr]] = {}
    for statement in ast.walk(init):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute):
            set_.setdefault(statement.targets[0].attr, []).append(statement.value)
        elif isinstance(statement, ast.Call) and _calls_base(statement):
            found |= {
                role: value for role, value in _arguments(statement, names) if role not in found
            }
    for name, values in set_.items():
        if len(values) == 1:  # of several, one is what stands there until there is another
            _note(found, name, node_of(values[0], names))
    for name, default in _defaults(init):
        _note(found, name, node_of(default, names))
    return found


def _is_init(part: ast.stmt) -> bool:
    return isinstance(part, ast.FunctionDef) and part.name == "__init__"


def _calls_base(call: ast.Call) -> bool:
    """Whether a call is ``super().__init__(...)`` or ``Base.__init__(self, ...)``."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"


def _arguments(call: ast.Call, names: Mapping[str, Node]) -> Iterator[tuple[Role, Node]]:
    """Yield code and message of a call: a number, or a word before a text, is the code."""
    told: dict[Role, Node] = {}
    for keyword in call.keywords:
        _note(told, keyword.arg or "", node_of(keyword.value, names))
    arguments = call.args
    if arguments and last_name(arguments[0]) == "self":
        arguments = arguments[1:]
    values = [node_of(argument, names) for argument in arguments]
    scalars = [value for value in values if value is not None and value.kind in ("plain", "text")]
    code = next((value for value in scalars if value.kind == "plain" and is_code(value)), None)
    texts = [value for value in scalars if value.kind == "text"]
    if code is None and (len(texts) > 1 or any(text.text.isdigit() for text in texts)):
        code = next((text for text in texts[:2] if is_code(text)), None)
    if code is not None:
        told.setdefault("code", code)
    message = next((text for text in texts if text is not code), None)
    if message is not None:
        told.setdefault("message", message)
    yield from told.items()


def _note(found: dict[Role, Node], name: str, value: Node | None) -> None:
    """Note a value whose name tells what it is."""
    if value is None or value.kind not in ("plain", "text") or value.text in _NONE:
        return
    plain = name.lstrip("_").removeprefix("default_")
    if tier_of("code", plain) == 0:
        if is_code(value):
            found.setdefault("code", value)
    elif tier_of("message", plain) == 0 and value.kind == "text":
        found.setdefault("message", value)
    elif tier_of("http_status", plain) is not None and value.text.isdigit():
        found.setdefault("http_status", value)


def _defaults(init: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """Yield the parameters that have a default, with it."""
    arguments = init.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = arguments.defaults
    for argument, default in zip(
        positional[len(positional) - len(defaults) :], defaults, strict=True
    ):
        yield argument.arg, default
    for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_default is not None:
            yield argument.arg, keyword_default
