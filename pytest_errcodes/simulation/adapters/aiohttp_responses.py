"""What aiohttp's clients receive, whatever answers: our routes, aioresponses, a cassette, a server.

Each answer that came by a connection passes ``ClientResponse.start``, so each attempt and redirect.
A mock that replaces ``ClientSession._request`` makes its response itself; what a session's caller
gets passes the object that ``async with`` and ``await`` take, whoever made it.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.simulation.adapters.adapter import PatchingAdapter
from pytest_errcodes.simulation.adapters.aiohttp_answer import AiohttpCall
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.memory_transport import MemoryTransport
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.received_answer import KnownAnswer, Sent, find_call
from pytest_errcodes.simulation.address import name_url
from pytest_errcodes.simulation.incoming import Incoming

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
            Patch(kind, "raise_for_status", self._wrap_refusal),
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
            responses.take_unreturned(self)
            return body

        return read

    def _wrap_refusal(self, original: Any) -> Any:
        responses = self

        def raise_for_status(self: Any) -> None:
            __tracebackhide__ = True
            if not self.ok:
                responses.take_unreturned(self)
            original(self)

        return raise_for_status

    def take_unreturned(self, response: Any) -> None:
        """Take a mock's response that is read or refused before it is returned to anybody."""
        call = find_call() if self.network.watched else None
        if isinstance(call, AiohttpCall) and not call.knows(response):
            call.request = _describe_sent(response)
            call.answers.append(call.make_answer(response))

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
