"""Requests of aiohttp: caught where its connectors would connect, below all that it does itself.

A connector gets a connection that leads nowhere (``MemoryTransport``). So aiohttp's own writer and
parser, its limits, timeouts, cookies, redirects, middlewares and trace hooks run for real.
"""

from __future__ import annotations

from asyncio import CancelledError, current_task, get_running_loop
from errno import ECONNREFUSED, ECONNRESET
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import Adapter
from pytest_errcodes.simulation.adapters.aiohttp_mocks import AiohttpMocks
from pytest_errcodes.simulation.adapters.aiohttp_responses import AiohttpResponses
from pytest_errcodes.simulation.adapters.answer_bytes import (
    encode_answer,
    encode_parts,
    ends_connection,
)
from pytest_errcodes.simulation.adapters.drivers import run_async
from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
from pytest_errcodes.simulation.adapters.passing import Passage
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.transports import Transports
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import find_fault, write_answer

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.patching import Place
    from pytest_errcodes.simulation.wire_answer import WireAnswer


class AiohttpAdapter(Adapter):
    """Catches what aiohttp's connectors send."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        connector: Any = find_classes(library, "BaseConnector")[0]
        _check_names(connector)
        self._connect = Patch(connector, "connect", self._wrap_connect)
        self._connectors = Transports(
            library, "BaseConnector", "_create_connection", self._wrap_create
        )
        self._responses = AiohttpResponses(network, library)
        self.mocks = AiohttpMocks(network)
        #: What could not connect, last of all in a task: the timer of the request, and the error.
        self.refused: WeakKeyDictionary[Task[Any], tuple[Any, Exception]] = WeakKeyDictionary()
        #: The identities of the requests for which a real connection is being made.
        self.passed: set[int] = set()

    def bind(self) -> None:
        """Patch the connectors, the library's own and those of others."""
        self._connect.ensure()
        self._connectors.ensure()
        self._responses.bind()
        self.mocks.bind()

    def look_again(self) -> None:
        """Look for mocks that a test's fixtures have imported."""
        self.mocks.bind()

    def places(self) -> Iterable[Place]:
        """Return where others may replace what is bound, and what mocks are imported as."""
        yield self._connect.place
        yield from self._connectors.places()
        yield from self._responses.places()
        yield from self.mocks.places()

    def unbind(self) -> None:
        """Give aiohttp its functions back."""
        self._connect.remove()
        self._connectors.remove()
        self._responses.unbind()
        self.mocks.unbind()

    def watch(self) -> None:
        """Observe from now on."""
        self.bind()

    # -- connecting --------------------------------------------------------------------------

    def _wrap_connect(self, original: Any) -> Any:
        adapter = self

        async def connect(self: Any, req: Any, *args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, req)
            if id(req) in adapter.passed:  # a wrapper of ours above this one has let it pass
                return await original(self, req, *args, **options)
            adapter.raise_again(req)
            owner = adapter.mocks.find_server(req) if adapter.network.routers else ""
            if owner:
                adapter.note_server(req, owner)
                return await adapter.pass_by(original(self, req, *args, **options), req)
            if self._conns:
                adapter.sort_out(self, req.connection_key)
            connection = await original(self, req, *args, **options)
            transport = connection.transport
            if type(transport) is MemoryTransport and (
                adapter.network.routers or transport.is_free
            ):

                def connect_for_real() -> Any:
                    create = self._create_connection(req, *args, **options)
                    return adapter.pass_by(create, req)

                exchange = _Exchange(adapter, req, connect_for_real, current_task())
                transport.begin(exchange.serve)
            return connection

        return connect

    def raise_again(self, req: Any) -> None:
        """Raise what could not connect, if aiohttp sends the same request once more.

        Some releases (3.10, 3.11) do, since it came where an answer does. All attempts of a request
        have one timer.
        """
        __tracebackhide__ = True
        task = current_task()
        timer, error = self.refused.pop(task, (None, None)) if task else (None, None)
        if error is not None and timer is req._timer:  # noqa: SLF001  # aiohttp says no other way
            raise error

    def sort_out(self, connector: Any, key: Any) -> None:
        """Close what a connector keeps for another time than this one, with routes or without.

        A real connection would be used without asking us, one of ours after its test has ended.
        """
        kept = connector._conns.get(key, ())  # noqa: SLF001  # aiohttp says no other way what it keeps
        for pair in list(kept):
            transport = pair[0].transport
            is_ours = type(transport) is MemoryTransport
            if is_ours and transport.maker is not self:
                continue  # another run's, which sorts it out itself
            if is_ours is not bool(self.network.routers):
                kept.remove(pair)
                pair[0].close()

    def _wrap_create(self, owner: type, original: Any) -> Any:  # noqa: ARG002  # the same for all of them
        adapter = self

        async def _create_connection(self: Any, req: Any, *args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            if not adapter.network.routers or id(req) in adapter.passed:
                return await original(self, req, *args, **options)
            protocol = self._factory()
            peer = (req.host, req.port)
            transport = MemoryTransport(get_running_loop(), protocol, peer, adapter)
            protocol.connection_made(transport)
            return protocol

        return _create_connection

    async def pass_by(self, connecting: Any, req: Any) -> Any:
        """Await what connects, or does so by way of other methods, and let it connect for real."""
        self.passed.add(id(req))
        try:
            with Passage():
                return await connecting
        finally:
            self.passed.discard(id(req))

    def note_server(self, req: Any, owner: str) -> None:
        """Note that a test's server answers a request."""
        incoming = Incoming.make(req.method, str(req.url), (), b"")
        self.network.note_elsewhere(incoming, lambda: owner)

    def refuse(self, owner: Owner, req: Any) -> Exception:
        """Return the error for a request of a task that has outlived its test."""
        from pytest_errcodes.simulation.findings.describe import describe_sent
        from pytest_errcodes.simulation.strays import note_stray

        line = describe_sent(req.method, str(req.url))
        return self.unconnected(req, note_stray(owner, line))

    def translate(self, error: BaseException, req: Any) -> BaseException:
        """Return what aiohttp raises where a route's side effect raised an error.

        respx's users write httpx's errors; aiohttp's own, and those of nobody, stay as they are.
        """
        library = self.library
        fault = None if isinstance(error, library.ClientError) else find_fault(error)
        if fault is None:
            return error
        text = str(error) or type(error).__name__
        # Both are ServerTimeoutError before 3.10.
        usual = library.ServerTimeoutError
        made: Exception
        if fault == "connect":
            made = self.unconnected(req, text)
        elif fault == "connect-timeout":
            made = getattr(library, "ConnectionTimeoutError", usual)(text)
        elif fault == "read-timeout":
            made = getattr(library, "SocketTimeoutError", usual)(text)
        elif fault == "closed":
            made = library.ServerDisconnectedError(text)
        else:
            made = library.ClientOSError(ECONNRESET, text)
        made.__cause__ = error
        return made

    def unconnected(self, req: Any, text: str) -> Exception:
        """Return aiohttp's own error for a host that cannot be reached."""
        refused = ConnectionRefusedError(ECONNREFUSED, text)
        error: Exception = self.library.ClientConnectorError(req.connection_key, refused)
        return error


def _check_names(connector: Any) -> None:
    """See that connectors have what the adapter uses.

    Raises:
        LookupError: They have not.
    """
    known = {*vars(connector), *connector.__init__.__code__.co_names}
    missing = {"connect", "_create_connection", "_conns", "_factory"} - known
    if missing:
        raise LookupError(f"{connector.__name__} has no {min(missing)}")


class _Exchange:
    """One request of aiohttp's, and how it is answered."""

    __slots__ = ("_adapter", "_connect", "_req", "_task")

    def __init__(
        self,
        adapter: AiohttpAdapter,
        req: Any,
        connect: Callable[[], Any],
        task: Task[Any] | None,
    ) -> None:
        self._adapter = adapter
        self._req = req
        self._connect = connect
        self._task = task

    def serve(self, transport: MemoryTransport) -> None:
        """Answer the request, which is complete."""
        request, req = transport.request, self._req
        incoming = Incoming.make(req.method, str(req.url), request.headers, request.body)
        try:
            reply = self._adapter.network.reply(incoming)
        except BaseException as error:  # noqa: BLE001  # raised where the client waits
            transport.fail(error)
            return
        if reply is None:
            transport.run(self._answer(transport, incoming))
        else:
            self._send(transport, write_answer(reply), reply.body)

    def _send(self, transport: MemoryTransport, answer: WireAnswer, body: bytes) -> None:
        transport.known_body = answer.seen
        transport.send(encode_answer(answer, body, self._req.method))
        if ends_connection(answer, self._req.method, len(body)):
            transport.lose(None)

    async def _answer(self, transport: MemoryTransport, incoming: Incoming) -> None:
        """Answer in one of the other ways; what that raises is raised where the client waits."""
        adapter, req = self._adapter, self._req
        try:
            answer = await run_async(adapter.network.answer(incoming))
            if answer is PASS:
                transport.lead_to((await self._connect()).transport)
            elif isinstance(answer, Unmatched):
                error = adapter.unconnected(req, answer.summary)
                error.__cause__ = answer.explanation
                self._fail(transport, error)
            else:
                await self._send_response(transport, write_answer(answer))
        except (CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001  # what pytest.fail() raises is no Exception
            self._fail(transport, adapter.translate(error, req))

    def _fail(self, transport: MemoryTransport, error: BaseException) -> None:
        if isinstance(error, self._adapter.library.ClientConnectorError) and self._task:
            self._adapter.refused[self._task] = (self._req._timer, error)  # noqa: SLF001  # see ``raise_again``
        transport.fail(error)

    async def _send_response(self, transport: MemoryTransport, answer: WireAnswer) -> None:
        if isinstance(answer.body, bytes):
            self._send(transport, answer, answer.body)
            return
        size = 0
        async for sent, part in encode_parts(answer, self._req.method):
            size += sent
            await transport.send_when_wanted(part)
        if ends_connection(answer, self._req.method, size):
            transport.lose(None)
