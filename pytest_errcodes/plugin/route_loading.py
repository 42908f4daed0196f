"""Importing what routes need: where that fails for a release that we do not know, it is said."""

from __future__ import annotations

import sys
from importlib.abc import Loader
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


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


def find_told(
    name: str, path: Sequence[str] | None, target: ModuleType | None, behind: Any
) -> ModuleSpec | None:
    """Return where other finders have a module, with a loader that tells what fails.

    Args:
        name: The module.
        path: Where its package has modules.
        target: What is loaded anew.
        behind: Our finder: one before it, as ours for late imports, is who asks.
    """
    finders = sys.meta_path[:]
    for finder in finders[finders.index(behind) + 1 :] if behind in finders else finders:
        if not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            if spec.loader is not None:
                spec.loader = _TellingLoader(spec.loader)
            return spec
    return None


def load_routes() -> None:
    """Import what routes need.

    Raises:
        ErrcodesUsageError: A library of theirs is missing, or of a release that we do not know.
    """
    if "pytest_errcodes.simulation.router" not in sys.modules:
        from pytest_errcodes.plugin.releases import known_releases

        with known_releases("the fixture errcodes"):
            import pytest_errcodes.simulation.router  # noqa: F401  # to be there
