"""How modules of this package are loaded once the plugin is there: as Python loads any module.

pytest rewrites the asserts of plugins, and so reads their modules itself, by functions that a test
may replace while it runs: with ``pathlib.Path.read_bytes`` mocked, a module of ours that is first
needed then would be empty, and stay so. We have no asserts to rewrite, and not to be read by pytest
saves a third of what the plugin adds to its start.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader
from importlib.machinery import PathFinder, SourceFileLoader
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_PACKAGE = "pytest_errcodes."


class _Loader(SourceFileLoader):
    """Loads a module, and tells pytest not to miss it among those that it rewrites."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, and say in its docstring what pytest documents for such modules."""
        super().exec_module(module)
        module.__doc__ = f"{module.__doc__}\n\nPYTEST_DONT_REWRITE"


class _TellingLoader(Loader):
    """Loads respx as ever; where that fails for a release that we do not know, says so.

    respx is a plugin of pytest's: it is imported at its start, and there the traceback of an
    unknown httpx would be all that anybody sees.
    """

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Make the module as its own loader does."""
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        """Run the module.

        Raises:
            pytest.UsageError: It fails, and a library is of a release that we do not know.
        """
        if module.__spec__ is not None:
            module.__loader__ = module.__spec__.loader = self._loader  # hide that we stood between
        try:
            self._loader.exec_module(module)
        except Exception as error:
            import pytest

            from pytest_errcodes.plugin.releases import explain

            told = explain("respx, as pytest-errcodes uses it,", error)
            if told is None or told.slug == "missing-library":
                raise
            raise pytest.UsageError(f"{told}, or run pytest with -p no:respx") from error


def _find_told(
    name: str, path: Sequence[str] | None, target: ModuleType | None
) -> ModuleSpec | None:
    """Return where the other finders have a module, with a loader that tells what fails."""
    finders = sys.meta_path[:]
    behind = finders[finders.index(_Finder) + 1 :] if _Finder in finders else finders
    for finder in behind:  # one before it, as ours for late imports, is who asks
        if not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            if spec.loader is not None:
                spec.loader = _TellingLoader(spec.loader)
            return spec
    return None


class _Finder:
    """Finds the modules of this package, and sees to what it says where respx fails."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of ours is; None for any other, and where it is in no file."""
        if not name.startswith(_PACKAGE):
            return _find_told(name, path, target) if name == "respx" else None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def load_plainly() -> None:
    """Load modules of this package so from now on."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


def load_routes() -> None:
    """Import what routes need.

    Raises:
        ErrcodesUsageError: A library of theirs is missing, or of a release that we do not know.
    """
    if "pytest_errcodes.simulation.router" not in sys.modules:
        from pytest_errcodes.plugin.releases import known_releases

        with known_releases("the fixture errcodes"):
            import pytest_errcodes.simulation.router  # noqa: F401  # to be there
