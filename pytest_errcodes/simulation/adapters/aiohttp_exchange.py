"""One request of aiohttp's that its connection in memory has taken: its answer, or its error."""

from __future__ import annotations

from asyncio import CancelledError, current_task
from errno import ECONNREFUSED, ECONNRESET
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pytest_errcodes.simulation.adapters.answer_bytes import (
    encode_answer,
    encode_parts,
    ends_connection,
)
from pytest_errcodes.simulation.adapters.drivers import run_async
from pytest_errcodes.simulation.adapters.permits import Permit
from pytest_errcodes.simulation.address import find_address
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.wire_answer import find_fault, write_answer

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable
    from types import ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
    from pytest_errcodes.simulation.wire_answer import WireAnswer


class AiohttpErrors:
    """Makes aiohttp's errors.

    Args:
        library: aiohttp.
    """

    def __init__(self, library: ModuleType) -> None:
        self._library: Any = library
        #: By task, the last request that could not connect: its timer, which tells the request, and
        #: its error.
        self._refused: WeakKeyDictionary[Task[Any], tuple[Any, Exception]] = WeakKeyDictionary()

    def make_unconnected(self, req: Any, text: str) -> Exception:
        """Return the error for a host that cannot be reached."""
        refused = ConnectionRefusedError(ECONNREFUSED, text)
        error: Exception = self._library.ClientConnectorError(req.connection_key, refused)
        return error

    def translate(self, error: BaseException, req: Any) -> BaseException:
        """Return what aiohttp raises where a route's side effect raised an error.

        respx's users write httpx's errors; aiohttp's own, and those of nobody, stay as they are.
        """
        library = self._library
        fault = None if isinstance(error, library.ClientError) else find_fault(error)
        if fault is None:
            return error
        text = str(error) or type(error).__name__
        # Both are ServerTimeoutError before 3.10.
        usual = library.ServerTimeoutError
        made: Exception
        if fault == "connect":
            made = self.make_unconnected(req, text)
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

    # aiohttp 3.10 and 3.11 take our error for a broken connection, since it comes where an answer
    # would, and try once more. All attempts of one request share a timer: so we know it again.

    def keep_refused(self, error: BaseException, req: Any, task: Task[Any] | None) -> None:
        """Keep what a task is told, if it could not connect."""
        if isinstance(error, self._library.ClientConnectorError) and task is not None:
            self._refused[task] = (req._timer, error)  # noqa: SLF001  # aiohttp says no other way

    def raise_again(self, req: Any) -> None:
        """Raise what could not connect, if aiohttp sends the same request once more."""
        __tracebackhide__ = True
        if not self._refused:
            return
        task = current_task()
        timer, error = self._refused.pop(task, (None, None)) if task else (None, None)
        if error is not None and timer is req._timer:  # noqa: SLF001  # as above
            raise error


class AiohttpExchange:
    """One request and its answer.

    Args:
        network: What answers it.
        errors: What aiohttp raises where no answer comes.
        req: The request.
        connect: Makes the connection by which it would go, for one that is let pass.
    """

    __slots__ = ("_connect", "_errors", "_network", "_req", "_task")

    def __init__(
        self, network: Asked, errors: AiohttpErrors, req: Any, connect: Callable[[], Any]
    ) -> None:
        self._network = network
        self._errors = errors
        self._req = req
        self._connect = connect
        self._task = current_task()

    def serve(self, transport: MemoryTransport) -> None:
        """Answer the request, which is complete."""
        request, req = transport.request, self._req
        address = find_address(str(req.url))
        incoming = Incoming(req.method.upper(), address, request.list_headers, request.body)
        try:
            reply = self._network.reply(incoming)
        except BaseException as error:  # noqa: BLE001  # raised where the client waits
            transport.fail(error)
            return
        if reply is None:
            transport.run(self._answer(transport, incoming))
        else:
            self._send(transport, write_answer(reply), reply.body)

    def _send(self, transport: MemoryTransport, answer: WireAnswer, body: bytes) -> None:
        transport.known_body = answer.seen
        data, ends = encode_answer(answer, body, self._req.method)
        transport.send(data)
        if ends:
            transport.lose(None)

    async def _answer(self, transport: MemoryTransport, incoming: Incoming) -> None:
        """Answer in one of the other ways; what that raises is raised where the client waits."""
        errors, req = self._errors, self._req
        try:
            answer = await run_async(self._network.answer(incoming))
            if answer is PASS:
                with Permit(req):
                    connected = await self._connect()
                transport.lead_to(connected.transport)
            elif isinstance(answer, Unmatched):
                error = errors.make_unconnected(req, answer.summary)
                error.__cause__ = answer.explanation
                self._fail(transport, error)
            else:
                await self._send_response(transport, write_answer(answer))
        except (CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001  # what pytest.fail() raises is no Exception
            self._fail(transport, errors.translate(error, req))

    def _fail(self, transport: MemoryTransport, error: BaseException) -> None:
        self._errors.keep_refused(error, self._req, self._task)
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
