"""What aiohttp's clients receive, whatever answers: our routes, aioresponses, a cassette, a server.

Each answer that came by a connection passes ``ClientResponse.start``, so each attempt and redirect.
A mock that replaces ``ClientSession._request`` makes its response itself; what a session's caller
gets passes the object that ``async with`` and ``await`` take, whoever made it.
"""

from __future__ import annotations

import sys
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.context import current
from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.received_answer import (
    Answer,
    Call,
    KnownAnswer,
    Sent,
    find_call,
)
from pytest_errcodes.simulation.address import name_url
from pytest_errcodes.simulation.incoming import Incoming, write_headers

if TYPE_CHECKING:
    from types import FrameType, ModuleType

    from pytest_errcodes.simulation.adapters.adapter import Asked

#: What a session sends, before any of its responses tells.
_UNKNOWN = Sent("", "")


class AiohttpResponses(PatchingAdapter):
    """Observes the envelope of each response that a client of aiohttp's gets.

    Args:
        network: Tells whether they are observed, and takes note of what mocks answer.
        library: aiohttp.
    """

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        #: The library's class of responses.
        self.kind = kind = find_classes(library, "ClientResponse")[0]
        managers = find_classes(
            library, "_BaseRequestContextManager", "_SessionRequestContextManager"
        )
        self.patches = [
            Patch(kind, "start", self._wrap_start),
            Patch(kind, "read", self._wrap_read),
            *(Patch(manager, "__init__", self._wrap_manager) for manager in managers),
        ]

    @property
    def is_idle(self) -> bool:
        """Whether nobody wants to know."""
        return not (self.network.watched or self.network.routers)

    def _wrap_start(self, original: Any) -> Any:
        responses = self

        async def start(self: Any, connection: Any) -> Any:
            __tracebackhide__ = True
            if responses.is_idle:
                return await original(self, connection)
            transport = connection.transport
            response = await original(self, connection)
            known = transport.known_body if type(transport) is MemoryTransport else None
            if known is None and responses.network.watched:
                with AiohttpCall(_describe_sent(self)) as call:
                    if call.above is not None:
                        call.begun = call.above.begun
                    call.receive(response)
            else:
                KnownAnswer(response, known).tell_above()
            return response

        return start

    def _wrap_read(self, original: Any) -> Any:
        responses = self

        async def read(self: Any) -> Any:
            __tracebackhide__ = True
            body = await original(self)
            # A mock's response may be read, and refused, before it is returned to anybody.
            call = find_call() if responses.network.watched else None
            if isinstance(call, AiohttpCall) and not call.knows(self):
                call.request = _describe_sent(self)
                call.answers.append(call.make_answer(self))
            return body

        return read

    def _wrap_manager(self, original: Any) -> Any:
        responses = self

        def __init__(self: Any, coro: Any, *args: Any) -> None:  # noqa: N807  # its name in Python
            # A test's mock may return anything; a wrapper of ours below this one does nothing more.
            if not (responses.is_idle or responses.watches(coro)) and hasattr(coro, "send"):
                coro = _Request(responses, coro)
            original(self, coro, *args)

        return __init__

    def watches(self, coro: object) -> bool:
        """Return whether what a session is asked for is watched already."""
        return type(coro) is _Request and coro.responses is self

    def receive(self, call: AiohttpCall, returned: object, frame: FrameType) -> None:
        """Take what a session returns to whoever called it.

        Args:
            call: What was asked, and has answered meanwhile.
            returned: The response; something else for a WebSocket.
            frame: The frame that waited for it.
        """
        if not issubclass(type(returned), self.kind):  # not isinstance: a mock may pretend
            return
        response: Any = returned
        is_unknown = self.network.routers and not call.knows(response)
        if not (is_unknown or self.network.watched):
            return
        call.request = sent = _describe_sent(response)
        if is_unknown:
            incoming = Incoming.make(sent.method, sent.url, (), b"")
            self.network.note_elsewhere(incoming, partial(_name_mock, type(response)))
        if self.network.watched:
            call.receive(response)
            hand_over(response, frame, sent)


class _Request:
    """What a session is asked for, awaited once: hands on all that its coroutine does.

    No coroutine itself: one that nobody awaits would be warned of twice.
    """

    __slots__ = ("_call", "_coro", "responses")

    def __init__(self, responses: AiohttpResponses, coro: Any) -> None:
        self.responses = responses
        self._coro = coro
        self._call: AiohttpCall | None = None

    def __await__(self) -> _Request:
        return self

    def __iter__(self) -> _Request:
        return self

    def __next__(self) -> Any:
        __tracebackhide__ = True
        return self._step(self._coro.send, (None,), sys._getframe(1))  # noqa: SLF001  # the only cheap way to a caller

    def send(self, value: Any) -> Any:
        __tracebackhide__ = True
        return self._step(self._coro.send, (value,), sys._getframe(1))  # noqa: SLF001  # as above

    def throw(self, *error: Any) -> Any:
        __tracebackhide__ = True
        return self._step(self._coro.throw, error, sys._getframe(1))  # noqa: SLF001  # as above

    def close(self) -> None:
        self._coro.close()

    def __getattr__(self, name: str) -> Any:
        """Return what a user asks of the coroutine: ``cr_running``."""
        return getattr(self._coro, name)

    def _step(self, step: Any, values: tuple[Any, ...], frame: FrameType) -> Any:
        __tracebackhide__ = True
        call = self._call
        if call is None:
            self._call = call = AiohttpCall(_UNKNOWN)
            call.__enter__()
        try:
            return step(*values)
        except StopIteration as end:
            call.__exit__(None, None, None)
            self.responses.receive(call, end.value, frame)
            raise
        except BaseException as error:
            call.__exit__(type(error), error, None)
            raise


class AiohttpCall(Call):
    """One layer of aiohttp: a session, or one connection of it."""

    __slots__ = ()

    def make_answer(self, response: Any) -> Answer:
        """Return the answer that a response of aiohttp's is."""
        return AiohttpAnswer(response, self)

    def knows(self, response: Any) -> bool:
        """Return whether a response came by a connection below."""
        return any(answer.is_of(response) for answer in self.answers)


class AiohttpAnswer(Answer):
    """One answer of aiohttp's: its bytes are looked at when the last of them has come."""

    __slots__ = ("_headers", "_http_status", "_parts")

    def __init__(self, response: Any, call: Call) -> None:
        super().__init__(response, call)
        self._parts: list[bytes] = []
        self._http_status = response.status
        self._headers = response.raw_headers
        if self._headers is None:  # a mock's, as VCR.py's, may have the other kind alone
            self._headers = write_headers(response.headers.items())
        body, stream = response._body, response.content  # noqa: SLF001  # where it keeps what it has read
        if isinstance(body, bytes):
            self._look(body)
        elif not hasattr(type(stream), "feed_data"):
            return  # a mock, whose bytes nobody knows
        elif stream.is_eof():
            self._look(b"".join(getattr(stream, "_buffer", ())))
        else:
            self._parts += stream._buffer  # noqa: SLF001  # what came with the head
            kind: Any = type(stream)
            stream.__class__ = _watch(kind)
            stream.on_eof(self)
            self.let_go()

    def take(self, part: bytes) -> None:
        """Take a part of the body, as it comes."""
        self._parts.append(part)

    def __call__(self) -> None:
        """Look at the body, which is at its end."""
        self._look(b"".join(self._parts))

    def break_off(self) -> None:
        """Take that the rest of the body does not come any more."""
        self._look(None)

    def _look(self, body: bytes | None) -> None:
        self._parts = []
        headers = [
            pair
            for pair in self._headers
            # aiohttp has decompressed the body, unless the user has switched that off.
            if pair[0].lower() != b"content-encoding" or (body or b"").startswith(_COMPRESSED)
        ]
        self.look_at(body, self._http_status, headers)


def note_attempt() -> None:
    """Note that a session sends its request, perhaps not for the first time."""
    call = find_call()
    if isinstance(call, AiohttpCall):
        call.begun = current().received


#: How data begins that gzip, deflate and zstd have compressed.
_COMPRESSED = (b"\x1f\x8b", b"\x78", b"\x28\xb5\x2f\xfd")


@lru_cache(maxsize=16)
def _watch(kind: Any) -> Any:
    """Return a class of streams like another, that tells of what comes.

    The answer stands among the callbacks for the stream's end: so it lives as long as the stream.
    """

    class WatchedStream(kind):  # type: ignore[misc]  # a class of aiohttp's, or of a mock's
        __slots__ = ()

        def feed_data(self, data: bytes, *args: Any) -> Any:
            for answer in self._eof_callbacks:
                if isinstance(answer, AiohttpAnswer):
                    answer.take(data)
            return super().feed_data(data, *args)

        def set_exception(self, *args: Any) -> None:
            for answer in self._eof_callbacks:
                if isinstance(answer, AiohttpAnswer):
                    answer.break_off()
            super().set_exception(*args)

    WatchedStream.__name__ = WatchedStream.__qualname__ = kind.__name__
    WatchedStream.__module__ = kind.__module__
    return WatchedStream


def _describe_sent(response: Any) -> Sent:
    """Return the request of a response; a mock may have its method in any letters."""
    return Sent(response.method.upper(), name_url(str(response.url)))


def _name_mock(kind: type) -> str:
    """Return who answers with responses of this type, and no connection."""
    package = kind.__module__.partition(".")[0]
    if package == "vcr":
        return "VCR.py"
    if package == "aiohttp" and "aioresponses" in sys.modules:
        return "aioresponses"
    return kind.__name__
