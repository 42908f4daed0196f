"""The formats that can be imported: how each is told, and which module reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_errcodes.errors import ErrcodesUsageError

if TYPE_CHECKING:
    from pytest_errcodes.catalog.importing.document import Document
    from pytest_errcodes.catalog.importing.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """One format of sources.

    Attributes:
        name: What ``--format`` calls it; the module of this name reads it.
        suffixes: Endings of file names that stand for it.
        looks: What a text of it holds, where the file name says nothing.
    """

    name: str
    suffixes: tuple[str, ...]
    looks: re.Pattern[str]


def _format(name: str, *suffixes: str, looks: str) -> Format:
    return Format(name, suffixes, re.compile(looks, re.MULTILINE | re.IGNORECASE))


#: In the order in which a text without a telling name is tried; the last fits anything.
FORMATS = (_format("text", ".txt", ".text", looks=r""),)


def format_of(source: Source, name: str | None = None) -> str:
    """Return the name of a source's format: the one that was asked for, or the one it looks like.

    Raises:
        ErrcodesUsageError: No format has this name (``import-format``).
    """
    names = [one.name for one in FORMATS]
    if name is not None and name not in names:
        from pytest_errcodes.catalog.suggest import nearest_words

        near = nearest_words(name, names)
        raise ErrcodesUsageError(
            "import-format",
            f"no format is named {name!r}; there are {', '.join(names)}",
            f"did you mean {near[0]}?" if near else "leave it out: the format is found out",
        )
    if name is not None:
        return name
    for one in FORMATS:
        if source.suffix in one.suffixes:
            return one.name
    return next(one.name for one in FORMATS if one.looks.search(source.text))


def read(source: Source, name: str | None = None) -> Document:
    """Return what a source holds.

    Args:
        source: What is to be read.
        name: Name of its format; found out if None.

    Raises:
        ErrcodesUsageError: No format has this name, or the source is not of its format.
    """
    from importlib import import_module

    module = import_module(f"pytest_errcodes.catalog.importing.{format_of(source, name)}")
    document: Document = module.read(source)
    return document
