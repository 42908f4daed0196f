"""Stubs: a module whose types know the codes, so that a type checker refuses a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_errcodes.tools.exporting.python_source import fits, literal, show_in_docstring
from pytest_errcodes.tools.exporting.stubs_template import HEAD, TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_errcodes.catalog.catalog import Catalog
    from pytest_errcodes.catalog.model import Code


def write(catalog: Catalog) -> str:
    """Return a module that tests import markers and helpers from.

    While tests run, its names are those of pytest and of the package themselves; what the types
    say is for the type checker alone.
    """
    unions = _union("Code", catalog) + _union("SuccessCode", catalog.shape.success)
    marks = {"Literal": "= Literal[", "Never": "= Never\n"}
    typing = "".join(f"{name}, " for name, mark in marks.items() if mark in unions)
    return HEAD.substitute(title=show_in_docstring(catalog.title), typing=typing) + unions + TYPES


def _union(name: str, codes: Collection[Code]) -> str:
    """Return a name for the type of all ``codes``, one a line."""
    if not codes:
        return f"{name}: TypeAlias = Never\n"
    if len(codes) == 1:  # without a comma: to the formatter, Literal[1,] holds a tuple
        line = f"{name}: TypeAlias = Literal[{literal(*codes)}]"
        if fits(line):
            return f"{line}\n"
    comma = "," if len(codes) > 1 else ""
    lines = "".join(f"    {literal(code)}{comma}\n" for code in codes)
    return f"{name}: TypeAlias = Literal[\n{lines}]\n"
