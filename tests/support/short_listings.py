"""What each run of pytest asks anew, though it does not change, answered at once.

Each run looks twice at all names of each of its plugins, for hooks and for fixtures; and it reads
the descriptions of all that is installed, for plugins, their names and their files. That is half of
what a run of one test takes, and our suite has some 1,200 runs inside of it and in forks.
"""

from __future__ import annotations

import importlib.metadata
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.metadata import Distribution

    import pytest

OURS = "pytest_errcodes"
PYTEST = "_pytest."


def shorten_listings(manager: pytest.PytestPluginManager) -> None:
    """Let ``dir`` list of each plugin what may be a hook or a fixture alone.

    Of plugins that are modules all but ours are listed so, which is left as it is; of others those
    whose class is pytest's, and has a hundred names.
    """
    for plugin in manager.get_plugins():
        kind = type(plugin)
        if isinstance(plugin, ModuleType):
            if plugin.__name__.partition(".")[0] != OURS:
                vars(plugin)["__dir__"] = _returning(_list_what_may_count(plugin))
        elif kind.__module__.startswith(PYTEST):
            names = _list_what_may_count(kind)
            kind.__dir__ = lambda _, names=names: names


def _list_what_may_count(plugin: ModuleType | type) -> list[str]:
    return [name for name in dir(plugin) if _may_count(name, getattr(plugin, name))]


def _may_count(name: str, value: object) -> bool:
    """Tell whether a name may be that of a hook or a fixture.

    A hook has such a name, or is a function with a mark of pluggy's. A fixture is an object of a
    class of pytest's; up to pytest 8.3, a function with a mark.
    """
    if isinstance(value, FunctionType):
        return name.startswith("pytest_") or bool(vars(value))
    is_of_pytest = type(value).__module__.startswith(PYTEST) and not isinstance(value, type)
    return name.startswith("pytest_") or is_of_pytest


def keep_distributions() -> None:
    """Let all that is installed be described by what is read now, which nothing of ours changes."""
    read = importlib.metadata.distributions
    kept = [_KeptDistribution(found) for found in read()]

    def distributions(**context: object) -> Iterable[object]:
        return read(**context) if context else kept

    vars(importlib.metadata)["distributions"] = distributions
    vars(pluggy).setdefault("__version__", pluggy.__version__)


class _KeptDistribution:
    """A distribution whose descriptions are read once; those that a run asks for, at once."""

    def __init__(self, found: Distribution) -> None:
        self._found = found
        self.metadata = found.metadata
        self.version = found.version
        self.entry_points = found.entry_points
        has_plugin = any(point.group == "pytest11" for point in self.entry_points)
        if has_plugin:  # whose files pytest asks for, to rewrite their assertions
            self.files = found.files

    def __getattr__(self, name: str) -> object:
        return getattr(self._found, name)


def _returning(names: list[str]) -> Callable[[], list[str]]:
    return lambda: names
