"""Libraries that are imported while requests are caught: by a lazy SDK, inside of a test.

Python asks each finder of ``sys.meta_path`` for a module that is not imported yet. One of ours
stands there while routes or a watch are active, and no longer: it finds nothing itself, and tells
of each of our libraries once its module has been run.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class LateImports:
    """Tells of each of some modules when it has been imported.

    Args:
        names: The full names of the modules.
        tell: Called with the name of one that is there, before whoever imports it goes on.
    """

    def __init__(self, names: Container[str], tell: Callable[[str], object]) -> None:
        self._modules = names
        self._tell = tell

    def start(self) -> None:
        """Tell from now on."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def stop(self) -> None:
        """Tell no longer."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what the finders behind this one find, told of when it is run; None for others."""
        if name not in self._modules:
            return None
        finders = sys.meta_path[:]
        behind = finders[finders.index(self) + 1 :] if self in finders else []
        for finder in behind:
            find = getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = None if find is None else find(name, path, target)
            if spec is not None:
                self._attend(spec.loader)
                return spec
        return None

    def _attend(self, loader: Any) -> None:
        """Let this one loader, which is the module's own, tell when it has run its module."""
        if loader is None or isinstance(loader, type) or not hasattr(loader, "exec_module"):
            return
        before = vars(loader).get("exec_module")  # a run around this one may attend too
        vars(loader)["exec_module"] = partial(self._run, loader, before)

    def _run(self, loader: Any, before: Any, module: ModuleType) -> None:
        if before is None:
            del vars(loader)["exec_module"]
        else:
            vars(loader)["exec_module"] = before
        loader.exec_module(module)
        self._tell(module.__name__)
