"""A connection of asyncio that leads nowhere: what is written to it is read as one request.

A library that talks HTTP/1.1 by itself writes the bytes of its request into a transport, and parses
those of the answer. So both run through the library's own code, and neither through a socket.
"""

from __future__ import annotations

from asyncio import Event, Transport
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.written_request import WrittenRequest

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, BaseProtocol, Task
    from collections.abc import Callable, Coroutine

    #: Answers the request that a transport has taken.
    Serve = Callable[["MemoryTransport"], object]


class MemoryTransport(Transport):
    """Stands between a client's protocol and nothing; for one request after the other.

    Args:
        loop: The event loop that runs.
        protocol: The client's side.
        peer: Host and port that the client means to talk to.
        maker: Who has made it.

    Attributes:
        maker: Who has made it: there may be several, as where a run is inside of a run.
        request: The request that is written, or was the last one.
        protocol: The client's side.
        known_body: The body of the last answer, if whoever sent it has observed it.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        protocol: Any,
        peer: tuple[str | None, int | None],
        maker: object = None,
    ) -> None:
        super().__init__({"peername": peer})
        self.maker = maker
        self.request = WrittenRequest()
        self.protocol = protocol
        self.known_body: bytes | None = None
        self._loop = loop
        self._serve: Serve | None = None
        self._task: Task[None] | None = None
        self._is_closing = self._is_lost = False
        self._is_written = False  # the request is complete
        self._is_told = False  # a client that waits for ``100 Continue`` has got it
        self._is_begun = False  # some of the answer has been sent
        self._may_send: Event | None = None  # not set while the client asks for a pause

    def begin(self, serve: Serve) -> None:
        """Begin a request.

        Args:
            serve: Called once, from the event loop, when the request is complete.
        """
        self.request = WrittenRequest()
        self.known_body = None
        self._serve = serve
        self._task = None
        self._is_written = self._is_told = self._is_begun = False

    # -- the client's side -------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Take bytes of the request."""
        data = bytes(data)
        if self._is_closing or self._is_written:
            return
        request = self.request
        request.add(data)
        # In a later turn of the loop, as over a network: a client may first note that it has sent.
        if request.expects_word and not self._is_told and _waits(request):
            self._is_told = True
            self._loop.call_soon(self.send, b"HTTP/1.1 100 Continue\r\n\r\n")
        if request.is_complete:
            self._is_written = True
            self._loop.call_soon(self._ask)

    def write_eof(self) -> None:
        """Take no more; a request says itself where it ends."""

    def can_write_eof(self) -> bool:
        """Return that there is no half of a connection to close."""
        return False

    def get_protocol(self) -> BaseProtocol:
        """Return the client's side."""
        protocol: BaseProtocol = self.protocol
        return protocol

    def set_protocol(self, protocol: BaseProtocol) -> None:
        """Let another one be the client's side."""
        self.protocol = protocol

    def is_closing(self) -> bool:
        """Return whether it was closed."""
        return self._is_closing

    def close(self) -> None:
        """Close it; who answers is told by cancellation."""
        if not self._is_closing:
            self._is_closing = True
            if self._task is not None:
                self._task.cancel()
            self._loop.call_soon(self.lose, None)

    abort = close

    def is_reading(self) -> bool:
        """Return whether the client takes what comes."""
        return not self._is_closing and (self._may_send is None or self._may_send.is_set())

    def pause_reading(self) -> None:
        """Hold back what comes in parts."""
        if self._may_send is None:
            self._may_send = Event()
        self._may_send.clear()

    def resume_reading(self) -> None:
        """Hold nothing back."""
        if self._may_send is not None:
            self._may_send.set()

    def get_write_buffer_size(self) -> int:
        """Return that nothing waits to be written."""
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Take limits of a buffer that is not there."""

    @property
    def is_free(self) -> bool:
        """Whether nobody is there to answer what is written next."""
        return self._serve is None

    # -- the answer's side -------------------------------------------------------------------

    def _ask(self) -> None:
        serve, self._serve = self._serve, None
        if serve is not None and not self._is_closing:
            serve(self)

    def run(self, answering: Coroutine[Any, Any, None]) -> None:
        """Let a coroutine answer; it is cancelled when the client closes the connection."""
        self._task = self._loop.create_task(answering)

    def send(self, data: bytes) -> None:
        """Send bytes of the answer."""
        if not self._is_closing:
            self._is_begun = self._serve is None  # before, only ``100 Continue`` is sent
            self.protocol.data_received(data)

    async def send_when_wanted(self, data: bytes) -> None:
        """Send bytes of the answer once the client asks for no pause."""
        if self._may_send is not None:
            await self._may_send.wait()
        self.send(data)

    def fail(self, error: BaseException) -> None:
        """Raise an error where the client waits; it may have got a part of the answer."""
        if self._is_closing:
            return
        if self._is_begun:
            self.lose(error)
        else:
            self.protocol.set_exception(error)

    def lose(self, error: BaseException | None) -> None:
        """End the connection, by an error or at the end of the answer."""
        if not self._is_lost:
            self._is_closing = self._is_lost = True
            self.protocol.connection_lost(error)

    def lead_to(self, transport: Any) -> None:
        """Let a real connection, whose other end has said nothing yet, take this one's place."""
        transport.set_protocol(self.protocol)
        self.protocol.transport = transport
        self._is_closing = self._is_lost = True  # from now on the client closes the real one
        transport.write(self.request.data)


def _waits(request: WrittenRequest) -> bool:
    """Return whether the rest of a request comes only after a ``100 Continue``."""
    return any(
        name.lower() == b"expect" and value.lower() == b"100-continue"
        for name, value in request.list_headers()
    )
