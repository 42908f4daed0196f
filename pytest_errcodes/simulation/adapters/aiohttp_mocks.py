"""Mocks of aiohttp beside our routes: they answer what they know, and what they do not is ours.

aioresponses replaces ``ClientSession._request``, above us. Below us are servers: those of
``aiohttp.test_utils``, and aiointercept's, to which it lets host names lead.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from pytest_errcodes.simulation.adapters.patching import Patch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.patching import Place

_UNKNOWN = "passthrough_unmatched"


class AiohttpMocks:
    """Lets mocks pass on to the network what they do not know.

    Args:
        network: Tells whether routes are there to answer.
    """

    def __init__(self, network: Asked) -> None:
        self.network = network
        self._aioresponses: Any = None  # its class, once it is imported
        self._before: Any = None
        self._passing = property(self._read, self._write)
        self._starting: Patch | None = None
        self._servers: WeakSet[Any] = WeakSet()  # servers of aiohttp.test_utils that were started

    def bind(self) -> None:
        """Be asked by those that are imported by now."""
        module = sys.modules.get("aioresponses.core")
        found = getattr(module, "aioresponses", None)
        if self._aioresponses is None and isinstance(found, type):
            self._aioresponses = found
            self._before = vars(found).get(_UNKNOWN)  # a run around this one has set its own
            setattr(found, _UNKNOWN, self._passing)
        tools: Any = sys.modules.get("aiohttp.test_utils")
        if self._starting is None and hasattr(tools, "BaseTestServer"):
            self._starting = Patch(tools.BaseTestServer, "start_server", self._wrap_start)
        if self._starting is not None:
            self._starting.ensure()

    def places(self) -> Iterable[Place]:
        """Return as what the mocks are imported, and where their functions stand."""
        yield sys.modules, "aioresponses.core"
        yield sys.modules, "aiohttp.test_utils"
        if self._starting is not None:
            yield from self._starting.places()

    def unbind(self) -> None:
        """Give them back their own setting."""
        if vars(self._aioresponses or object).get(_UNKNOWN) is self._passing:
            if self._before is None:
                delattr(self._aioresponses, _UNKNOWN)
            else:
                setattr(self._aioresponses, _UNKNOWN, self._before)
        self._aioresponses = None
        if self._starting is not None:
            self._starting.remove()

    # What aioresponses does not know passes on to aiohttp, and so to us, if this setting says so.

    def _read(self, mock: Any) -> bool:
        if self.network.routers:
            return True
        return bool(vars(mock).get(_UNKNOWN) if self._before is None else self._before.fget(mock))

    def _write(self, mock: Any, value: object) -> None:
        vars(mock)[_UNKNOWN] = value

    def _wrap_start(self, original: Any) -> Any:
        servers = self._servers

        async def start_server(self: Any, *args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            started = await original(self, *args, **options)
            servers.add(self)
            return started

        return start_server

    def find_server(self, req: Any) -> str:
        """Return whose server a request is for; empty for one that goes elsewhere."""
        host, port = req.host, req.port
        # To iterate over a WeakSet costs more than all else here, and so does its length.
        servers = self._servers if self._starting is not None and len(self._servers) else ()
        if any(host == one.host and port == one.port for one in servers):
            return "aiohttp.test_utils"
        return "aiointercept" if _is_intercepted(host) else ""


def _is_intercepted(host: str | None) -> bool:
    """Return whether aiointercept's server is there for a host."""
    module = sys.modules.get("aiointercept.core")
    if module is None:
        return False
    active = getattr(module, "_active_snapshot", ())
    return any(
        host in getattr(one, "_host_list", ()) or getattr(one, "_patterns_list", ())
        for one in active
    )
