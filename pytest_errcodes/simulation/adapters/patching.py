"""One attribute of another library, replaced once and given back at the end.

Other tools replace the same attributes while they are active (respx, pytest-httpx, a user's
``monkeypatch``) and put back what they found. So a patch looks at what stands there now: where
its own wrapper is gone or covered it wraps again, and each wrapper keeps what it wrapped.
"""

from __future__ import annotations

import sys
from operator import itemgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence
    from types import FrameType, ModuleType
    from typing import Protocol

    #: A class or module, or a dict of names such as ``sys.modules``, and one name in it.
    Place = tuple[object, str]

    class Wrapping(Protocol):
        """One or several attributes that are wrapped together."""

        def ensure(self) -> None:
            """Wrap what is not wrapped."""

        def places(self) -> Iterable[Place]:
            """Return where others may replace what is wrapped."""
            ...

        def remove(self) -> None:
            """Give back what stood there."""


_OWNER = "_pytest_errcodes_patch"


def find_classes(library: ModuleType, *names: str) -> list[type]:
    """Return classes of a library, though a test may have put something else in their place.

    Raises:
        LookupError: The library has no such class.
    """
    return [_find_class(library, name) for name in names]


def _find_class(library: ModuleType, name: str) -> type:
    package = library.__name__.partition(".")[0]
    for found in _list_namesakes(library, name):
        for one in found.__mro__ if isinstance(found, type) else ():
            if one.__name__ == name and is_class_of(one, package):
                return one
    # A class of others stands there that is not made from it, as VCR.py's in http.client.
    for one in walk_subclasses(object):
        if one.__name__ == name and _is_defined_in(one, library):
            return one
    raise LookupError(f"{library.__name__} has no class {name}")


def is_class_of(kind: type, package: str) -> bool:
    """Return whether a class was written in a package, whatever module it says that it is of.

    An SDK that exports a class of a library may set its ``__module__`` to the SDK's own name, as
    those do that Stainless generates. The functions of the class still say where they stand.
    """
    if kind.__module__.partition(".")[0] == package:
        return True
    homes = (str(one.__globals__.get("__name__")) for one in _list_functions(kind))
    return any(home.partition(".")[0] == package for home in homes)


def _is_defined_in(kind: type, library: ModuleType) -> bool:
    """Return whether a class was written in this very module, of which there may be a copy."""
    return any(one.__globals__ is vars(library) for one in _list_functions(kind))


def _list_functions(kind: type) -> Iterator[FunctionType]:
    return (one for one in vars(kind).values() if isinstance(one, FunctionType))


def walk_subclasses(base: type) -> Iterator[type]:
    """Yield each class that is made from another one, once."""
    seen: set[type] = set()
    waiting = [base]
    one: type
    while waiting:
        # Of a metaclass, the bound method would be that of its instances.
        for one in type.__subclasses__(waiting.pop()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
                yield one


def _list_namesakes(library: ModuleType, name: str) -> Iterator[object]:
    """Yield what stands under a name in a library, then in each of its modules.

    Mostly the first is the one that is looked for, and a process may have thousands of modules.
    """
    yield getattr(library, name, None)
    prefix = f"{library.__name__}."
    for place, module in list(sys.modules.items()):
        if place.startswith(prefix):
            yield getattr(module, name, None)


def find_caller(module: str) -> FrameType | None:
    """Return the frame that called into a module of ours; None where there is none.

    A wrapper may stand upon another one of its own kind, as where a run is inside of a run: whoever
    asks for the frame right above it would find the other wrapper.

    Args:
        module: The module's name, whose frames are passed over.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # the only cheap way to a caller
    while frame is not None and frame.f_globals.get("__name__") == module:
        frame = frame.f_back
    return frame


class Outlook:
    """Tells whether anything has changed in some places since they were last looked at."""

    def __init__(self) -> None:
        #: Where one name is looked at of a class or module, and where several are, at once.
        self._single: list[tuple[ItemsView[str, object], tuple[str, object]]] = []
        self._several: list[tuple[itemgetter[object], Mapping[str, object], object]] = []
        #: The names of each class or module that are not there, by its identity.
        self._missing: dict[int, tuple[KeysView[str], set[str]]] = {}

    def keep(self, places: Iterable[Place]) -> None:
        """Keep what stands in these places now, and in no others."""
        self._single, self._several, self._missing = [], [], {}
        present: dict[int, tuple[Mapping[str, object], dict[str, object]]] = {}
        for owner, name in places:
            # By the owner: each ``vars`` of a class returns another view.
            names: Mapping[str, object] = owner if isinstance(owner, dict) else vars(owner)
            if name in names:
                present.setdefault(id(owner), (names, {}))[1][name] = names[name]
            else:
                self._missing.setdefault(id(owner), (names.keys(), set()))[1].add(name)
        for names, found in present.values():
            if len(found) == 1:
                self._single += [(names.items(), one) for one in found.items()]
            else:
                self._several.append((itemgetter(*found), names, tuple(found.values())))

    def is_unchanged(self) -> bool:
        """Return whether all of it still stands there; each test asks, and mostly does no more."""
        try:
            for pick, names, found in self._several:
                if pick(names) != found:
                    return False
        except KeyError:  # one of them is gone
            return False
        for items, pair in self._single:  # a plain loop: all() takes twice as long
            if pair not in items:
                return False
        for present, missing in self._missing.values():
            if not present.isdisjoint(missing):
                return False
        return bool(self._single or self._several)


class Patching:
    """What does all it does by patches.

    Attributes:
        patches: What it patches, to be filled in when it is made.
    """

    patches: Sequence[Wrapping] = ()

    def bind(self) -> None:
        """Patch what is not patched."""
        for patch in self.patches:
            patch.ensure()

    def places(self) -> Iterable[Place]:
        """Return where others may replace what is patched."""
        return [place for patch in self.patches for place in patch.places()]

    def unbind(self) -> None:
        """Give back what was patched."""
        for patch in self.patches:
            patch.remove()


class Patch:
    """Wraps ``owner.name`` for as long as it is installed."""

    def __init__(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        self._owner = owner
        self._name = name
        self._wrap = wrap
        self._inherited = name not in vars(owner)
        self._latest: Any = None
        #: Each wrapper with what it wrapped, the lowest first.
        self._layers: list[tuple[Any, Any]] = []

    def places(self) -> list[Place]:
        """Return where it stands."""
        return [(self._owner, self._name)]

    def ensure(self) -> None:
        """Wrap what stands there, unless our wrapper is what stands there."""
        present = getattr(self._owner, self._name)
        if present is self._latest:
            return
        self._forget_above(present)
        if getattr(present, _OWNER, None) is self:
            self._latest = present
            return
        self._latest = wrapper = self._wrap(present)
        setattr(wrapper, _OWNER, self)
        wrapper.__wrapped__ = present  # for inspect.signature, as another run's adapter asks it
        setattr(self._owner, self._name, wrapper)
        self._layers.append((wrapper, present))

    def _forget_above(self, present: Any) -> None:
        """Drop the layers above what stands there now, which may hold a mock of an ended test."""
        for number, (wrapper, wrapped) in enumerate(self._layers):
            if present is wrapped or present is wrapper:
                del self._layers[number + (present is wrapper) :]
                return

    def stand_back(self) -> None:
        """Give back what stood there, unless somebody else has covered it: then it stays."""
        if len(self._layers) == 1 and getattr(self._owner, self._name) is self._latest:
            self.remove()

    def remove(self) -> None:
        """Give back what stood there, as far as nobody else has covered it."""
        while self._layers:
            wrapper, wrapped = self._layers.pop()
            if getattr(self._owner, self._name) is not wrapper:
                continue
            if self._inherited and not self._layers:
                delattr(self._owner, self._name)
            else:
                setattr(self._owner, self._name, wrapped)
