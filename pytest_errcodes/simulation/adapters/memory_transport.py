"""A connection of asyncio that leads nowhere: what is written to it is read as one request.

A library that talks HTTP/1.1 by itself writes the bytes of its request into a transport, and parses
those of the answer. So both run through the library's own code, and neither through a socket.
"""

from __future__ import annotations

import re
from asyncio import Event, Transport
from typing import TYPE_CHECKING, Any

import h11  # bound here: it comes with httpcore

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, BaseProtocol, Task
    from collections.abc import AsyncIterable, Callable, Coroutine

    #: Answers the request that a transport has taken.
    Serve = Callable[["MemoryTransport"], object]


#: What says where a body ends, and when it comes.
_FRAMING = re.compile(
    rb"\r\n(content-length|transfer-encoding|expect):[ \t]*([^\r]*)", re.IGNORECASE
)


class WrittenRequest:
    """Reads one HTTP/1.1 request out of bytes as they are written.

    Attributes:
        body: The body, once the request is complete.
        written: All bytes so far.
        is_complete: Whether nothing is missing.
        awaits_continue: Whether the body comes only after a ``100 Continue``.
    """

    __slots__ = (
        "_body_begin",
        "_body_end",
        "_chunked",
        "awaits_continue",
        "body",
        "is_complete",
        "written",
    )

    def __init__(self) -> None:
        self.body = b""
        self.written = b""
        self.is_complete = False
        self.awaits_continue = False
        self._body_begin = self._body_end = 0  # 0 until the head is there
        self._chunked: h11.Connection | None = None

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Name and value of each header, in order; of a request whose head is there."""
        lines = self.written[: self._body_begin - 4].split(b"\r\n")[1:]
        pairs = [line.partition(b":") for line in lines]
        return [(name, value.strip(b" \t")) for name, _, value in pairs]

    def feed(self, data: bytes) -> bool:
        """Take what was written next; return whether the request is complete."""
        self.written = self.written + data if self.written else data
        if not self._body_begin:
            self._read_head()
            data = self.written
        if self._chunked is not None:
            self._read_chunks(self._chunked, data)
        elif self._body_begin and len(self.written) >= self._body_end:
            self.body = self.written[self._body_begin : self._body_end]
            self.is_complete = True
        return self.is_complete

    def _read_head(self) -> None:
        """Find where the body begins and ends, if all of the head is there.

        The head is well made: a library wrote it. h11 would take ten times as long.
        """
        end = self.written.find(b"\r\n\r\n")
        if end < 0:
            return
        self._body_begin = self._body_end = end + 4
        for found in _FRAMING.finditer(self.written, 0, end):
            name, value = found[1].lower(), found[2].strip()
            if name == b"content-length":
                self._body_end += int(value)
            elif name == b"transfer-encoding":
                self._chunked = h11.Connection(h11.SERVER)
            else:
                self.awaits_continue = value.lower() == b"100-continue"

    def _read_chunks(self, reader: h11.Connection, data: bytes) -> None:
        reader.receive_data(data)
        while True:
            event = reader.next_event()
            if isinstance(event, h11.Data):
                self.body += event.data
            elif isinstance(event, h11.EndOfMessage):
                self.is_complete = True
                return
            elif not isinstance(event, h11.Request):  # more is to come
                return


class MemoryTransport(Transport):
    """Stands between a client's protocol and nothing; for one request after the other.

    Args:
        loop: The event loop that runs.
        protocol: The client's side.
        peer: Host and port that the client means to talk to.

    Attributes:
        request: The request that is written, or was the last one.
        protocol: The client's side.
        known_body: The body of the last answer, if whoever sent it has observed it.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        protocol: Any,
        peer: tuple[str | None, int | None],
    ) -> None:
        super().__init__({"peername": peer})
        self.request = WrittenRequest()
        self.protocol = protocol
        self.known_body: bytes | None = None
        self._loop = loop
        self._serve: Serve | None = None
        self._task: Task[None] | None = None
        self._is_closing = self._is_lost = self._is_begun = False
        self._may_send: Event | None = None  # clear while the client asks for a pause

    def begin(self, serve: Serve) -> None:
        """Begin a request.

        Args:
            serve: Called once, from the event loop, when the request is complete.
        """
        self.request = WrittenRequest()
        self.known_body = None
        self._serve = serve
        self._task = None
        self._is_begun = False

    # -- the client's side -------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Take bytes of the request."""
        request = self.request
        if self._is_closing or request.is_complete:
            return
        if request.feed(bytes(data)):
            # Later, as an answer from afar: a client may look at the time when it has written.
            self._loop.call_soon(self._ask)
        elif request.awaits_continue:
            request.awaits_continue = False
            self._loop.call_soon(self.send, b"HTTP/1.1 100 Continue\r\n\r\n")

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
            self._is_begun = self.request.is_complete
            self.protocol.data_received(data)

    async def send_parts(self, parts: AsyncIterable[bytes]) -> None:
        """Send an answer in parts, none of which is held back longer than the client asks."""
        async for part in parts:
            if self._may_send is not None:
                await self._may_send.wait()
            self.send(part)

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
        self._is_closing = self._is_lost = True  # the client closes the other one
        transport.write(self.request.written)
