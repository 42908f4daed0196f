"""How modules of this package are loaded once the plugin is there: as Python loads any module.

pytest rewrites the asserts of plugins, and so reads their modules itself, by functions that a test
may replace while it runs: with ``pathlib.Path.read_bytes`` mocked, a module of ours that is first
needed then would be empty, and stay so. We have no asserts to rewrite, and not to be read by pytest
saves a third of what the plugin adds to its start.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder, SourceFileLoader
from typing import TYPE_CHECKING

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


class _Finder:
    """Finds the modules of this package, and sees to what it says where respx fails."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of ours is; None for any other, and where it is in no file."""
        if not name.startswith(_PACKAGE):
            if name != "respx":
                return None
            from pytest_errcodes.plugin.route_loading import find_told

            return find_told(name, path, target, behind=_Finder)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def load_plainly() -> None:
    """Load modules of this package so from now on."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
