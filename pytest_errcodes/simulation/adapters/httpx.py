"""What httpx's clients receive, whatever answers: respx, pytest-httpx, a sandbox. httpx2's too.

Every answer comes through a transport, below event hooks, authentication, redirects and retries,
and above any mock. ``httpx.Client.send`` is watched too, for a test that replaces it. What our own
routes answer was observed by them. Requests are caught further down, in httpcore; where nobody
else can have anything to do with a reply of ours, it is given here.
"""

from __future__ import annotations

import sys
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import ASKED_FIRST, PatchingAdapter
from pytest_errcodes.simulation.adapters.caller import hand_over
from pytest_errcodes.simulation.adapters.httpx_answer import HttpxCall as Call
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.received_answer import KnownAnswer, find_call
from pytest_errcodes.simulation.adapters.tls import SharedTLS
from pytest_errcodes.simulation.adapters.transports import Transports
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.marked_stream import MarkedStream, find_mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import httpx

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked


class HttpxAdapter(PatchingAdapter):
    """Observes the envelope of each response that a client gets; shares TLS contexts."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self._response: Any = find_classes(library, "Response")[0]
        self._refused: Any = library.ConnectError
        #: Whether its responses take our streams, as httpx2's do not.
        self._takes_streams = issubclass(MarkedStream, library.SyncByteStream)
        #: Reads the headers of a reply; a response copies what it gets.
        self._read_headers = lru_cache(maxsize=1024)(find_classes(library, "Headers")[0])
        self._tls = SharedTLS(network, library)
        client, async_client = find_classes(library, "Client", "AsyncClient")
        self._transports = [
            Transports(library, "BaseTransport", "handle_request", self._wrap),
            Transports(library, "AsyncBaseTransport", "handle_async_request", self._wrap_async),
        ]
        #: Clients, which serve the test that runs now, and transports, which may answer it.
        self.patches = [
            Patch(client, "send", self._wrap_send),
            Patch(async_client, "send", self._wrap_async_send),
            *self._transports,
        ]

    def look_again(self) -> None:
        """Wrap the transports, which fixtures such as pytest-httpx's replace."""
        for transports in self._transports:
            transports.ensure()

    def unbind(self) -> None:
        """Give httpx its functions back; a wrapper that somebody else covers stays, and is idle."""
        super().unbind()
        self._tls.remove()

    def prepare(self) -> None:
        """Load equal TLS contexts once, while the network shares them."""
        self._tls.start()

    # -- clients -----------------------------------------------------------------------------

    def _wrap_send(self, original: Any) -> Any:
        adapter, network = self, self.network

        def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, request)
            if not network.watched:
                return original(self, request, **options)
            with Call(request, is_stream=options.get("stream") is True) as call:
                response = original(self, request, **options)
            hand_over(adapter.receive(call, response), sys._getframe(1))  # noqa: SLF001  # the only cheap way to a caller
            return response

        return send

    def _wrap_async_send(self, original: Any) -> Any:
        adapter, network = self, self.network

        async def send(self: Any, request: httpx.Request, **options: Any) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, request)
            if not network.watched:
                return await original(self, request, **options)
            with Call(request, is_stream=options.get("stream") is True) as call:
                response = await original(self, request, **options)
            hand_over(adapter.receive(call, response), sys._getframe(1))  # noqa: SLF001  # the only cheap way to a caller
            return response

        return send

    # -- transports --------------------------------------------------------------------------

    def _wrap(self, owner: type, original: Any) -> Any:
        adapter, network = self, self.network
        notes = not self._is_network(owner, original)

        def handle_request(self: Any, request: httpx.Request) -> Any:
            __tracebackhide__ = True
            if not notes and network.routers:
                early = adapter.answer_early(self, "handle_request", request)
                if early is not None:
                    return early
            if network.watched:
                with Call(request) as call:
                    call.has_application = notes and hasattr(self, "app")
                    response = original(self, request)
                adapter.receive(call, response)
            else:
                response = original(self, request)
            if notes:
                adapter.note(response, request, self, original)
            return response

        return handle_request

    def _wrap_async(self, owner: type, original: Any) -> Any:
        adapter, network = self, self.network
        notes = not self._is_network(owner, original)

        async def handle_async_request(self: Any, request: httpx.Request) -> Any:
            __tracebackhide__ = True
            if not notes and network.routers:
                early = adapter.answer_early(self, "handle_async_request", request)
                if early is not None:
                    return early
            if network.watched:
                with Call(request) as call:
                    call.has_application = notes and hasattr(self, "app")
                    response = await original(self, request)
                adapter.receive(call, response)
            else:
                response = await original(self, request)
            if notes:
                adapter.note(response, request, self, original)
            return response

        return handle_async_request

    def _is_network(self, owner: type, method: Any) -> bool:
        """Return whether a method hands its requests to httpcore, and answers nothing itself."""
        return owner.__name__ in _NETWORK and _find_package(method) == self.library.__name__

    def answer_early(self, transport: Any, method: str, request: httpx.Request) -> Any:
        """Answer with a reply of ours before httpcore is asked, whose pool would only ask us.

        A request and a response of httpcore's take longer to make than all that we do.

        Args:
            transport: One of those that hand their requests to httpcore.
            method: The method of its pool that would be asked.
            request: The request.

        Returns:
            The response; None where somebody else may answer, or what answers is no reply of ours.
        """
        pool = getattr(transport, "_pool", None)
        # The function of the bound method: the pool itself may have another one in its place.
        asked = getattr(getattr(pool, method, None), "__func__", None)
        below, first = getattr(asked, ASKED_FIRST, (None, None))
        if not self._takes_streams or below is None or first is not asked:
            return None
        if below.network is not self.network:
            return None
        reply = below.reply_early(request)
        if reply is None:
            return None
        response = self._response(
            reply.http_status,
            headers=self._read_headers(tuple(reply.headers)),
            stream=MarkedStream(reply.body, reply),
            extensions={"http_version": b"HTTP/1.1"},
        )
        call = find_call()
        if call is not None:  # a transport above may make a new response of it
            call.answers.append(KnownAnswer(response, reply.body))
        return response

    def refuse(self, owner: Owner, request: httpx.Request) -> Exception:
        """Return the error for a request of a thread or task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        text = note_stray_request(owner, request.method, str(request.url))
        error: Exception = self._refused(text, request=request)
        return error

    def receive(self, call: Call, response: Any) -> Any:
        """Observe what one layer answered, unless a layer below it did; return it."""
        if self.network.watched and isinstance(response, self._response):
            call.receive(response)
        return response

    def note(
        self, response: Any, request: httpx.Request, transport: Any, method: Callable[..., Any]
    ) -> None:
        """Note what somebody else has answered while routes were there to answer."""
        if not self.network.routers or not isinstance(response, self._response):
            return
        if find_mark(response) is None:
            sent = request if self.library.__name__ == "httpx" else _read_request(request)
            self.network.note_elsewhere(sent, partial(self._name_answerer, transport, method))

    def _name_answerer(self, transport: Any, method: Callable[..., Any]) -> str:
        """Return who answers by this method of a transport."""
        package, name = _find_package(method), type(transport).__name__
        if package == self.library.__name__:  # its MockTransport may be of anybody
            package = _find_package(getattr(transport, "handler", None))
            name = f"{self.library.__name__}.{name}"
        return _MOCKS.get(package, name)


#: The transports that hand their requests to httpcore.
_NETWORK = ("HTTPTransport", "AsyncHTTPTransport")
#: Packages that answer for others, as their users call them.
_MOCKS = {"pytest_httpx": "pytest-httpx", "pytest_httpx2": "httpx2-pytest", "respx": "respx"}


def _read_request(request: Any) -> Incoming:
    """Return a request of another library than httpx in neutral form, as far as it was read."""
    body = getattr(request, "_content", b"")
    return Incoming.make(request.method, str(request.url), request.headers.raw, body)


def _find_package(function: object) -> str:
    return str(getattr(function, "__module__", "")).partition(".")[0]
