"""Requests of aiohttp: caught where its connectors would connect, below all that it does itself.

A connector gets a connection that leads nowhere (``MemoryTransport``). So aiohttp's own writer and
parser, its limits, timeouts, cookies, redirects, middlewares and trace hooks run for real.
"""

from __future__ import annotations

from asyncio import get_running_loop
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.aiohttp_answer import note_attempt
from pytest_errcodes.simulation.adapters.aiohttp_exchange import AiohttpErrors, AiohttpExchange
from pytest_errcodes.simulation.adapters.aiohttp_mocks import AiohttpMocks
from pytest_errcodes.simulation.adapters.aiohttp_responses import AiohttpResponses
from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.permits import Permit, was_let_pass
from pytest_errcodes.simulation.adapters.transports import Transports
from pytest_errcodes.simulation.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.patching import Place


class AiohttpAdapter(PatchingAdapter):
    """Catches what aiohttp's connectors send."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        connector: Any = find_classes(library, "BaseConnector")[0]
        _check_names(connector)
        self.patches = [
            Patch(connector, "connect", self._wrap_connect),
            Transports(library, "BaseConnector", "_create_connection", self._wrap_create),
        ]
        self._responses = AiohttpResponses(network, library)
        self.mocks = AiohttpMocks(network)
        self.errors = AiohttpErrors(library)

    def bind(self) -> None:
        """Patch the connectors, the library's own and those of others; and what stands beside."""
        super().bind()
        self._responses.bind()
        self.mocks.bind()

    def look_again(self) -> None:
        """Look for mocks that a test's fixtures have imported."""
        self.mocks.bind()

    def places(self) -> Iterable[Place]:
        """Return where others may replace what is bound, and what mocks are imported as."""
        yield from super().places()
        yield from self._responses.places()
        yield from self.mocks.places()

    def unbind(self) -> None:
        """Give aiohttp its functions back."""
        super().unbind()
        self._responses.unbind()
        self.mocks.unbind()

    # -- connecting --------------------------------------------------------------------------

    def _wrap_connect(self, original: Any) -> Any:
        adapter = self

        async def connect(self: Any, req: Any, *args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, req)
            note_attempt()
            if was_let_pass(req):  # a wrapper of ours above this one has let it pass
                return await original(self, req, *args, **options)
            adapter.errors.raise_again(req)
            owner = adapter.mocks.find_server(req) if adapter.network.routers else ""
            if owner:
                adapter.note_server(req, owner)
                with Permit(req):
                    return await original(self, req, *args, **options)
            if self._conns:
                adapter.sort_out(self, req.connection_key)
            connection = await original(self, req, *args, **options)
            transport = connection.transport
            if type(transport) is MemoryTransport and (
                adapter.network.routers or transport.is_free
            ):
                connect = partial(self._create_connection, req, *args, **options)
                exchange = AiohttpExchange(adapter.network, adapter.errors, req, connect)
                transport.begin(exchange.serve)
            return connection

        return connect

    def sort_out(self, connector: Any, key: Any) -> None:
        """Close what a connector keeps for another time than this one, with routes or without.

        A real connection would be used without asking us, one of ours after its test has ended.
        """
        kept = connector._conns.get(key, ())  # noqa: SLF001  # aiohttp says no other way what it keeps
        for pair in list(kept):
            transport = pair[0].transport
            is_ours = type(transport) is MemoryTransport
            if is_ours and transport.maker is not self:
                continue  # of a run around this one, which closes its own
            if is_ours is not bool(self.network.routers):
                kept.remove(pair)
                pair[0].close()

    def _wrap_create(self, owner: type, original: Any) -> Any:  # noqa: ARG002  # the same for all of them
        adapter = self

        async def _create_connection(self: Any, req: Any, *args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.network.routers or was_let_pass(req):
                return await original(self, req, *args, **options)
            protocol = self._factory()
            peer = (req.host, req.port)
            transport = MemoryTransport(get_running_loop(), protocol, peer, adapter)
            protocol.connection_made(transport)
            return protocol

        return _create_connection

    def note_server(self, req: Any, owner: str) -> None:
        """Note that a test's server answers a request."""
        incoming = Incoming.make(req.method, str(req.url), (), b"")
        self.network.note_elsewhere(incoming, lambda: owner)

    def refuse(self, owner: Owner, req: Any) -> Exception:
        """Return the error for a request of a task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        text = note_stray_request(owner, req.method, str(req.url))
        return self.errors.make_unconnected(req, text)


def _check_names(connector: Any) -> None:
    """See that connectors have what the adapter uses.

    Raises:
        LookupError: They have not.
    """
    known = {*vars(connector), *connector.__init__.__code__.co_names}
    missing = {"connect", "_create_connection", "_conns", "_factory"} - known
    if missing:
        raise LookupError(f"{connector.__name__} has no {min(missing)}")
