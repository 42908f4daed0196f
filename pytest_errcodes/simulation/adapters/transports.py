"""Every transport of a library, httpx's own and those of others, wrapped in its class.

A retrying transport asks another one, and each of them may be anybody's. So the method is wrapped
in each class that has one, in those too that a test defines while it runs. There is no list of
them: a class that nobody else keeps is not kept by us, and a mock that was put over a wrapper goes
as it came.
"""

from __future__ import annotations

from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.patching import (
    find_classes,
    is_class_of,
    walk_subclasses,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.patching import Place

    #: Takes a class and its method, and returns what stands in its place; None for the method.
    Wrap = Callable[[type, Any], Any]

_WRAPPED = "_pytest_errcodes_wrapped"
_NEW = "__init_subclass__"


class Transports:
    """Wraps the method of each transport class by which it answers a request.

    Args:
        library: The library whose classes transports are made from.
        base: The name of the class that all are made from.
        method: The name of the method.
        wrap: Wraps it.
    """

    def __init__(self, library: ModuleType, base: str, method: str, wrap: Wrap) -> None:
        self._base: Any = find_classes(library, base)[0]
        self._library = library.__name__.partition(".")[0]
        self._own: list[type] = []
        self._method = method
        self._wrap = wrap
        #: Tells of each class that is made from the base, and what did before.
        self._notice: Any = None
        self._before: Any = None

    def ensure(self) -> None:
        """Wrap each of them, and those that are defined from now on.

        Once that is so, only the library's own are looked at again: theirs are the methods that
        others replace.
        """
        if self._notice is not None:
            for one in self._own:
                self._ensure(one)
            return
        for one in walk_subclasses(self._base):
            self._ensure(one)
            if is_class_of(one, self._library):
                self._own.append(one)
        self._before = vars(self._base).get(_NEW)
        self._notice = self._make_notice(self._before)
        setattr(self._base, _NEW, self._notice)

    def places(self) -> list[Place]:
        """Return where methods stand that others may replace."""
        return [(one, self._method) for one in self._own]

    def remove(self) -> None:
        """Give each its method back, unless somebody else has covered it."""
        for one in walk_subclasses(self._base):
            found = vars(one).get(self._method)
            if self._is_ours(found):
                setattr(one, self._method, getattr(found, _WRAPPED)[1])
        if self._notice is None or vars(self._base).get(_NEW) is not self._notice:
            return
        if self._before is None:
            delattr(self._base, _NEW)
        else:  # that of a run around this one
            setattr(self._base, _NEW, self._before)
        self._notice = None

    def _ensure(self, one: type) -> None:
        found = vars(one).get(self._method)
        if type(found) is not FunctionType or self._is_ours(found):
            return
        wrapper = self._wrap(one, found)
        if wrapper is not None:
            wrapper = wraps(found)(wrapper)
            setattr(wrapper, _WRAPPED, (self, found))
            setattr(one, self._method, wrapper)

    def _is_ours(self, found: object) -> bool:
        return getattr(found, _WRAPPED, (None,))[0] is self

    def _make_notice(self, before: Any) -> Any:
        base, ensure = self._base, self._ensure

        def __init_subclass__(cls: Any, /, **options: Any) -> None:  # noqa: N807  # its name in Python
            if before is None:
                super(base, cls).__init_subclass__(**options)
            else:
                before.__get__(None, cls)(**options)
            ensure(cls)

        return classmethod(__init_subclass__)
