"""Names that asyncio looks up in its threads, for a task that may be let pass.

asyncio hands a look-up to a worker without the task's context. What the guard has to know of it
goes with it: whether the task may reach the network, and which library asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.patching import Patch, find_caller
from pytest_errcodes.simulation.adapters.permits import Permit, find_asker, may_pass

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

#: asyncio's functions that are handed to a worker; the guard's own have its module instead.
_GUARD = "pytest_errcodes.simulation.adapters.sockets"
_DEBUGGED = "_getaddrinfo_debug"


class ExecutorLookups(PatchingAdapter):
    """Lets a worker of asyncio's know for whom it looks a name up."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self.patches = [Patch(self.library.BaseEventLoop, "run_in_executor", self._wrap)]

    def _wrap(self, original: Any) -> Any:
        adapter = self

        def run_in_executor(self: Any, executor: Any, func: Any, *args: Any) -> Any:
            if not (adapter.network.guarded and _looks_up(func)):
                return original(self, executor, func, *args)
            told = find_asker() or _find_asker()
            return original(
                self, executor, _look_up, Permit(is_open=may_pass(), asker=told), func, *args
            )

        return run_in_executor


def _looks_up(function: object) -> bool:
    is_ours = getattr(function, "__module__", None) == _GUARD
    return is_ours or getattr(function, "__name__", None) == _DEBUGGED


def _find_asker() -> str:
    from pytest_errcodes.simulation.findings.refused_connection import find_library

    return find_library(find_caller(__name__))


def _look_up(permit: Permit, function: Callable[..., Any], *args: Any) -> Any:
    """Look a name up in a worker, as the task that asks for it."""
    __tracebackhide__ = True
    with permit:
        return function(*args)
