"""The modules of a project in Python: parsed, and without what is not looked at."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from pytest_errcodes.tools.importing.python_mappings import find_mappings
from pytest_errcodes.tools.importing.python_members import returned_by_property

if TYPE_CHECKING:
    from pytest_errcodes.tools.importing.python_mappings import Mapping

_ABOUT_ERRORS = re.compile(r"(?i)err|exc|fault|fail")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


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
    mappings: tuple[Mapping, ...]

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
