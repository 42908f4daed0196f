"""Modules, and names of a package, that are imported when they are first used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load_module(name: str) -> Any:
    """Return the module of this full name, which a table wrote out."""
    from importlib import import_module

    return import_module(name)


def import_late(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package that imports nothing before it must.

    Args:
        package: Its ``__name__``.
        homes: The module of each name, relative to the package.
    """

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(load_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get
