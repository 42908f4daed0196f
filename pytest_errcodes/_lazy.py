"""Names of a package that are imported from their modules when they are first used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def load_module(name: str) -> Any:
    """Return the module of this full name, which a table wrote out."""
    from importlib import import_module

    return import_module(name)


def import_late(package: str, homes: Mapping[str, str], name: str) -> object:
    """Return a name of a package, for its ``__getattr__``, and keep it there.

    Args:
        package: Its ``__name__``.
        homes: The module of each name, relative to the package.
        name: The name that is asked for.

    Raises:
        AttributeError: The package has no such name.
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    value: object = getattr(load_module(f"{package}.{homes[name]}"), name)
    setattr(sys.modules[package], name, value)
    return value
