"""The libraries that are imported, and the adapters by which their requests reach the network."""

from __future__ import annotations

import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from pytest_errcodes.simulation.adapters.adapter import Adapter
from pytest_errcodes.simulation.adapters.patching import Outlook
from pytest_errcodes.simulation.adapters.table import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.table import Row

#: What adapters import, and what imports the libraries of some itself.
_NEEDED = ("httpx", "respx")


class LateImports:
    """Tells of each of some modules when it has been imported: by a lazy SDK, inside of a test.

    Python asks each finder of ``sys.meta_path`` for a module that is not imported yet. This one
    stands there while routes or a watch are active, and no longer: it finds nothing itself, and
    tells of each of our libraries once its module has been run.

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


class PatchedLibraries:
    """The part of a network that patches libraries, as they are imported.

    Args:
        share_tls: Whether equal TLS contexts are loaded once while routes are in use.
        rows: The adapters of others, beside our own.

    Attributes:
        routers: The active routers, the latest one first; not to be changed by others.
        watched: Whether what clients receive is observed now.
        unfit: The libraries whose releases do not fit their adapters, and what is missing.
    """

    def __init__(self, *, share_tls: bool, rows: Sequence[Row]) -> None:
        self.routers: list[Any] = []
        self.watched = False
        self.unfit: dict[str, str] = {}
        self._share_tls = share_tls
        self._rows = (*TABLE, *rows)
        self._late = LateImports(
            {"respx", *(row.library for row in self._rows)}, self._find_libraries
        )
        self._adapters: list[Adapter] = []
        self._libraries: dict[str, ModuleType] = {}  # those that have an adapter, by name
        self._prepared = 0  # how often it was prepared and not released
        self._outlook = Outlook()
        self._fixtures_outlook = Outlook()  # on those of them alone that look again
        self._modules_seen = 0  # how many were imported when libraries were last looked for
        self._is_adding = False
        self._has_prepared = False
        self._has_watched = False
        self._stands_back = False

    def bind(self) -> None:
        """Patch each library that is imported by now, and see that earlier patches are in place.

        To be called before anything of a test's own may have replaced what is patched.
        """
        if not self._outlook.is_unchanged():
            self._stands_back = False
            for adapter in self._adapters:
                adapter.bind()
            self._find_libraries()
        self._modules_seen = len(sys.modules)

    def bind_imported(self) -> None:
        """Patch the libraries that were imported meanwhile, as each test begins.

        Later, a fixture may have put a fake file system up, under which no adapter can be imported.
        What others have replaced is bound when a router is started, or the network is watched.
        """
        if len(sys.modules) != self._modules_seen:
            self.bind()

    def _find_libraries(self, ready: str = "") -> None:
        """Patch the libraries that were imported meanwhile.

        Args:
            ready: The name of one that has just been run, and is not marked as imported yet.
        """
        # While httpx is being imported no adapter can be loaded, and none of httpcore's while respx
        # is, which imports it; and loading one may import others.
        is_early = self._is_adding or any(_is_half_there(name, ready) for name in _NEEDED)
        for row in () if is_early else self._rows:
            library = sys.modules.get(row.library)
            if library is None or library is self._libraries.get(row.library):
                continue
            if _is_half_there(row.library, ready):
                is_early = True
            else:
                self._add(row)
        if is_early:
            self._forget_outlook()
        else:
            self._keep_outlook()

    def look_again(self) -> None:
        """See to what a test's fixtures have replaced, before it runs with routes."""
        if self._fixtures_outlook.is_unchanged():
            return
        for adapter in self._adapters:
            adapter.look_again()
        self._forget_outlook()

    def stand_back(self) -> None:
        """Give back what tests without routes and expectations may look for, until it is bound."""
        if self._stands_back or self.watched or self.routers:
            return
        self._stands_back = True
        for adapter in self._adapters:
            adapter.stand_back()
        self._has_watched = False
        self._forget_outlook()
        self._modules_seen = 0  # and the next test of ours binds before its fixtures

    def _keep_outlook(self) -> None:
        places = [(sys.modules, row.library) for row in self._rows]
        self._outlook.keep(chain(places, *[adapter.places() for adapter in self._adapters]))
        looking = [one for one in self._adapters if type(one).look_again is not Adapter.look_again]
        self._fixtures_outlook.keep(chain(*[adapter.places() for adapter in looking]))

    def _forget_outlook(self) -> None:
        """Keep no places to compare, so that the next bind looks at all of them."""
        self._outlook.keep(())
        self._fixtures_outlook.keep(())

    def _add_first(self, rows: Iterable[Row]) -> None:
        """Import libraries that are not imported yet, and patch them and what they import."""
        new = [row for row in rows if row.library not in self._libraries]
        for row in new:
            self._add(row)
        if new:
            self._find_libraries()

    def _add(self, row: Row) -> None:
        self._is_adding = True
        try:
            make_adapter = row.load()  # imports the library too, if nobody has
            self._libraries[row.library] = library = sys.modules[row.library]
            adapter = make_adapter(cast("Asked", self), library)
        # The library is of another release than the adapter was made for.
        except (LookupError, AttributeError, ImportError) as missing:
            if row.library in sys.modules:  # noted as known, so that it is not tried again
                self._libraries[row.library] = sys.modules[row.library]
            self.unfit[row.library] = str(missing)
            return
        finally:
            self._is_adding = False
        self._adapters.append(adapter)
        adapter.bind()
        if self._has_prepared and self._share_tls:
            adapter.prepare()
        if self.watched:
            adapter.watch()

    def prepare(self) -> None:
        """Let clients be cheap to build, until ``release`` was called as often as this."""
        self._prepared += 1
        if not self._has_prepared:
            self._add_first(row for row in self._rows if row.for_routes)
            self._has_prepared = True
            for adapter in self._adapters if self._share_tls else ():
                adapter.prepare()

    def release(self) -> None:
        """Take one ``prepare`` back; without any, clients are built as ever."""
        self._prepared = max(self._prepared - 1, 0)

    @property
    def shares_tls(self) -> bool:
        """Whether equal TLS contexts are loaded once now: they are not without any ``prepare``."""
        return self._share_tls and self._prepared > 0

    def watch(self) -> None:
        """Observe the envelopes that clients receive from now on, whatever answers."""
        self.watched = True
        self._late.start()
        if self._has_watched and self._outlook.is_unchanged():
            return
        self._has_watched = True
        self._add_first(row for row in self._rows if row.for_watching)
        for adapter in self._adapters:
            adapter.watch()
        self._forget_outlook()

    def unwatch(self) -> None:
        """Observe them no longer."""
        self.watched = False
        self.attend()

    def attend(self) -> None:
        """Be told of libraries that are imported, as long as there is something to do then."""
        if self.routers or self.watched:
            self._late.start()
        else:
            self._late.stop()

    def close(self) -> None:
        """Give everything back."""
        self.unwatch()
        self._late.stop()
        # In reverse order: two adapters may have wrapped the same function.
        for adapter in reversed(self._adapters):
            adapter.unbind()
        self._adapters.clear()
        self._libraries.clear()
        self._has_prepared = self._has_watched = False


def _is_half_there(name: str, ready: str) -> bool:
    """Return whether a module is being imported now; one that has just been run is there."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    return name != ready and bool(getattr(spec, "_initializing", False))
