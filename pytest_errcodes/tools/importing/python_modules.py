"""The modules of a project in Python: parsed, and what they define: values, enums, exceptions."""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.python_mappings import find_mappings
from pytest_errcodes.tools.importing.python_members import code_of, members_of, returned_by_property
from pytest_errcodes.tools.importing.python_values import node_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_errcodes.tools.importing.data_tree import Node
    from pytest_errcodes.tools.importing.python_mappings import ErrorMapping
    from pytest_errcodes.tools.importing.python_members import Member

_ABOUT_ERRORS = re.compile(r"(?i)err|exc|fault|fail")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
_ENUMS = frozenset(
    {"Enum", "IntEnum", "StrEnum", "IntFlag", "Flag", "TextChoices", "IntegerChoices"}
)
_EXCEPTIONS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_SOUNDS_LIKE_ONE = re.compile(r"[A-Z]\w*(?:Error|Exception|Err|Fault|Failure)")
_DEEPEST = 50  # classes above a class; more go round in a circle


@dataclass(frozen=True, slots=True)
class Module:
    """One module.

    Attributes:
        file: Its path; empty where it is all there is.
        tree: Its statements; of functions only those named ``__init__``, and properties
            that return a constant, still have a body.
        text: Its text.
        mappings: What in it may be tables of codes and exceptions.
    """

    file: str
    tree: ast.Module
    text: str
    mappings: tuple[ErrorMapping, ...]

    @property
    def title(self) -> str:
        """The name of the module, or of the folder whose ``__init__`` it is; may be empty."""
        path = PurePath(self.file)
        return path.parent.name if path.stem == "__init__" else path.stem


def parse_module(text: str, file: str = "") -> Module:
    """Return a module that a text is.

    Raises:
        SyntaxError: It is no Python.
        RecursionError: It is nested too deeply.
        MemoryError: Likewise.
        ValueError: It holds what no source may hold.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about escapes in somebody else's source
        tree = ast.parse(text)
    mappings = tuple(find_mappings(tree)) if _ABOUT_ERRORS.search(text) else ()
    _drop_functions(tree.body)
    return Module(file, tree, text, mappings)


def _drop_functions(body: list[ast.stmt]) -> None:
    """Let go of what functions do: of a large project that is nearly all of the memory."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            _drop_functions(statement.body)
        elif (
            isinstance(statement, _FUNCTION)
            and statement.name != "__init__"
            and returned_by_property(statement) is None
        ):
            statement.body = []


class Names(Mapping[str, "Node"]):
    """What the names of one module stand for: its own, then those of all modules.

    Args:
        shared: The names of all modules; with two values, a name stands for nothing.
    """

    def __init__(self, shared: dict[str, Node | None]) -> None:
        self.shared = shared
        self._own: dict[str, Node] = {}

    def __getitem__(self, name: str) -> Node:
        """Return what a name stands for: of ``errors.Code.A`` also what ``Code.A`` is known as."""
        if name in self._own:
            return self._own[name]
        while name:
            found = self._own.get(name) or self.shared.get(name)
            if found is not None:
                return found
            name = name.partition(".")[2]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the module's own names."""
        return iter(self._own)

    def __len__(self) -> int:
        """Return how many names the module has itself."""
        return len(self._own)

    def add(self, name: str, node: Node) -> None:
        """Note what a name of the module stands for."""
        self._own[name] = node

    def share(self) -> None:
        """Let the other modules know them."""
        for name, node in self._own.items():
            known = self.shared.setdefault(name, node)
            if known is not None and (known.kind, known.text) != (node.kind, node.text):
                self.shared[name] = None


@dataclass(slots=True)
class Classes:
    """The classes of a project, by their names.

    Attributes:
        known: The classes; of two with one name the first.
    """

    known: dict[str, ast.ClassDef] = field(default_factory=dict)
    _are: dict[tuple[str, str], bool] = field(default_factory=dict)

    def add(self, body: Sequence[ast.stmt]) -> None:
        """Note the classes of a module, also those in classes."""
        for statement in body:
            if isinstance(statement, ast.ClassDef):
                self.known.setdefault(statement.name, statement)
                self.add(statement.body)

    def is_enum(self, node: ast.ClassDef) -> bool:
        """Whether a class is an enum, by what it derives from."""
        return any(self._is("enum", base) for base in bases_of(node))

    def is_exception(self, name: str) -> bool:
        """Whether a class is an exception: by what it derives from, or, if unknown, by its name."""
        if self._is("exception", name):
            return True
        return _SOUNDS_LIKE_ONE.fullmatch(name) is not None and self._may_be_one(name)

    def _may_be_one(self, name: str) -> bool:
        """Whether something that a class derives from is not known, or it is not itself."""
        node = self.known.get(name)
        if node is None:
            return True
        classes = (node, *self.ancestors(node))
        bases = {base for one in classes for base in bases_of(one)}
        return not bases <= {*self.known, "object", "str", "dict", "Enum", "BaseModel", "TypedDict"}

    def ancestors(self, node: ast.ClassDef) -> Iterator[ast.ClassDef]:
        """Yield the classes above a class, the nearest first, as far as they are known."""
        seen, waiting = {node.name}, bases_of(node)
        while waiting:
            name = waiting.pop(0)
            if name in self.known and name not in seen:
                seen.add(name)
                yield self.known[name]
                waiting += bases_of(self.known[name])

    def _is(self, kind: str, name: str, depth: int = 0) -> bool:
        """Whether a class is of a kind, or derives from one that is."""
        if name in (_ENUMS if kind == "enum" else _EXCEPTIONS):
            return True
        if (kind, name) in self._are or name not in self.known or depth > _DEEPEST:
            return self._are.get((kind, name), False)
        self._are[kind, name] = False  # what derives from itself is nothing
        found = any(self._is(kind, base, depth + 1) for base in bases_of(self.known[name]))
        self._are[kind, name] = found
        return found


def bases_of(node: ast.ClassDef) -> list[str]:
    """Return the last names of what a class derives from."""
    return [ast.unparse(base).rpartition(".")[2] for base in node.bases]


def add_names(names: Names, body: Sequence[ast.stmt], classes: Classes, prefix: str = "") -> None:
    """Note all that a module, or a class, gives a name to.

    Args:
        names: Where to note it.
        body: The statements.
        classes: The classes of the project.
        prefix: Name of the class, with a dot.
    """
    members = list(members_of(body))
    for member in members:
        known = node_of(member.value, names)
        if known is not None and known.is_scalar:
            names.add(f"{prefix}{member.name}", known)
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            if classes.is_enum(statement):
                add_enum(names, statement.name, list(members_of(statement.body)))
            else:
                add_names(names, statement.body, classes, f"{statement.name}.")


def add_enum(names: Names, name: str, members: Sequence[Member]) -> None:
    """Note the members of an enum, which may name those above them."""
    for member in members:
        if (code := code_of(member, within(names, name))) is not None:
            names.add(f"{name}.{member.name}", code)


def within(names: Names, name: str) -> Mapping[str, Node]:
    """Return the names as the body of a class sees them: its own without its name."""
    return _Within(names, name)


class _Within(Mapping[str, "Node"]):
    def __init__(self, names: Names, name: str) -> None:
        self._names = names
        self._prefix = f"{name}."

    def __getitem__(self, name: str) -> Node:
        found = self._names.get(f"{self._prefix}{name}")
        return self._names[name] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
