"""The start of threads: each belongs to the test whose thread or task starts it.

A task takes that with its context, a plain thread does not, and a pool's worker belongs to nobody:
it works for whoever hands work in. What asyncio, trio and anyio run in threads brings its context
with it; what is handed to a ``ThreadPoolExecutor`` belongs to the test that did.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.ownership import find_owner, note_owner, set_owner
from pytest_errcodes.simulation.adapters.patching import Patch, Patching, find_caller

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.active.ownership import Owner

#: The modules that start workers, which serve one test after the other.
_POOLS = frozenset(
    {
        "anyio._backends._asyncio",
        "concurrent.futures.thread",
        "multiprocessing.dummy",
        "multiprocessing.pool",
        "trio._core._thread_cache",
    }
)


class StartedThreads(Patching):
    """Notes whom threads belong to that are started from now on."""

    def __init__(self) -> None:
        self.patches = [
            Patch(Thread, "start", _wrap_start),
            Patch(ThreadPoolExecutor, "submit", _wrap_submit),
        ]


def _wrap_start(original: Any) -> Any:
    def start(self: Any) -> None:
        __tracebackhide__ = True
        owner = find_owner()
        if owner is not None and _find_starter() not in _POOLS:
            note_owner(self, owner)
        original(self)

    return start


def _find_starter() -> object:
    """Return the name of the module that starts a thread."""
    frame = find_caller(__name__)
    return None if frame is None else frame.f_globals.get("__name__")


def _wrap_submit(original: Any) -> Any:
    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return original(self, _work, find_owner(), fn, *args, **kwargs)

    return submit


def _work(owner: Owner | None, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Do a piece of work for a test, in a worker of a pool."""
    __tracebackhide__ = True
    set_owner(owner)
    try:
        return function(*args, **kwargs)
    finally:
        set_owner(None)
