"""One request of aiohttp's that its connection in memory has taken, and how it is answered."""

from __future__ import annotations

from asyncio import CancelledError, current_task
from typing import TYPE_CHECKING, Any

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
from pytest_errcodes.simulation.wire_answer import write_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.aiohttp_errors import AiohttpErrors
    from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
    from pytest_errcodes.simulation.wire_answer import WireAnswer


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
