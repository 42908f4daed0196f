"""Requests of httpcore, and so of httpx: caught in its pools, below all that httpx does itself.

Those of httpcore2 and httpx2 too, whose names and ways are the same.

That is as low as respx goes: the client's transport, its retries, timeouts and event hooks run for
real.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from httpx import ByteStream

from pytest_errcodes.active.ownership import find_ended_owner
from pytest_errcodes.simulation.adapters.adapter import ASKED_FIRST, PatchingAdapter
from pytest_errcodes.simulation.adapters.drivers import run, run_async
from pytest_errcodes.simulation.adapters.patching import Patch, find_classes
from pytest_errcodes.simulation.adapters.permits import Permit, was_let_pass
from pytest_errcodes.simulation.adapters.received_answer import KnownAnswer
from pytest_errcodes.simulation.address import Address
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.marked_stream import MarkedStream, find_mark
from pytest_errcodes.simulation.reply import Reply
from pytest_errcodes.simulation.wire_answer import find_fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Generator, Iterable
    from types import ModuleType

    import httpcore
    import httpx

    from pytest_errcodes.active.ownership import Owner
    from pytest_errcodes.simulation.adapters.adapter import Asked
    from pytest_errcodes.simulation.adapters.patching import Place
    from pytest_errcodes.simulation.adapters.respx import RespxMocks

#: The library that stands on each of these.
_ABOVE = {"httpcore": "httpx", "httpcore2": "httpx2"}
#: What each kind of fault is raised as.
_FAULTS = {
    "connect": "ConnectError",
    "connect-timeout": "ConnectTimeout",
    "read-timeout": "ReadTimeout",
    "closed": "RemoteProtocolError",
    "broken": "ReadError",
}


class HttpcoreAdapter(PatchingAdapter):
    """Catches what httpcore's pools send, sync and async."""

    def __init__(self, network: Asked, library: ModuleType) -> None:
        super().__init__(network, library)
        self._respx: RespxMocks | None = None
        above = sys.modules.get(_ABOVE[library.__name__])
        #: Bodies that are at hand; any other is read.
        self._bodies = {ByteStream, getattr(above, "ByteStream", ByteStream)}
        pool, async_pool = find_classes(library, "ConnectionPool", "AsyncConnectionPool")
        self.patches = [
            Patch(pool, "handle_request", self._wrap),
            Patch(async_pool, "handle_async_request", self._wrap_async),
        ]

    def bind(self) -> None:
        """Patch the pools; and respx's mocks of them, where there may be some."""
        super().bind()
        if self._respx is None and "respx.mocks" in sys.modules:
            from pytest_errcodes.simulation.adapters.respx import RespxMocks

            self._respx = RespxMocks.find(
                self.network, self.library.__name__, self.library.ConnectError
            )
        if self._respx is not None:
            self._respx.bind()

    def places(self) -> Iterable[Place]:
        """Return where the pools' methods and respx's stand."""
        yield sys.modules, "respx.mocks"
        yield from super().places()
        if self._respx is not None:
            yield from self._respx.places()

    def unbind(self) -> None:
        """Give httpcore and respx their functions back."""
        super().unbind()
        if self._respx is not None:
            self._respx.unbind()

    # respx looks at the names and signatures of what it patches: both must stay httpcore's.

    def _wrap(self, original: Any) -> Any:
        adapter, over_respx = self, _is_respx(original)

        def handle_request(self: Any, request: httpcore.Request) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, request)
            if not adapter.network.routers:
                return original(self, request)
            if not adapter.catches(request, over_respx):
                with Permit(is_open=adapter.was_let_pass(request)):
                    return original(self, request)
            return adapter.reply(request) or run(adapter.handle(original, self, request, _read))

        return self._note_first(handle_request, over_respx)

    def _wrap_async(self, original: Any) -> Any:
        adapter, over_respx = self, _is_respx(original)

        async def handle_async_request(self: Any, request: httpcore.Request) -> Any:
            __tracebackhide__ = True
            ended = find_ended_owner()
            if ended is not None:
                raise adapter.refuse(ended, request)
            if not adapter.network.routers:
                return await original(self, request)
            if not adapter.catches(request, over_respx):
                with Permit(is_open=adapter.was_let_pass(request)):
                    return await original(self, request)
            response = adapter.reply(request)
            if response is None:
                response = await run_async(adapter.handle(original, self, request, _aread))
            return response

        return self._note_first(handle_async_request, over_respx)

    def _note_first(self, wrapper: Any, over_respx: bool) -> Any:  # noqa: FBT001  # a fact of the wrapper
        if not over_respx:
            setattr(wrapper, ASKED_FIRST, (self, wrapper))
        return wrapper

    def catches(self, request: httpcore.Request, over_respx: bool) -> bool:  # noqa: FBT001  # a fact of the wrapper
        """Return whether the network, which has routers, is to be asked about this request.

        Args:
            request: The request.
            over_respx: Whether a mock of respx is right below; it asks the network itself.
        """
        asks_below = over_respx and self._respx is not None and self._respx.is_active
        return not (asks_below or self.was_let_pass(request))

    def was_let_pass(self, request: httpcore.Request) -> bool:
        """Return whether a request was let pass by a layer above, of ours or of respx's."""
        respx = self._respx
        return was_let_pass(request) or (respx is not None and respx.lets_pass(request.stream))

    def refuse(self, owner: Owner, request: httpcore.Request) -> Exception:
        """Return the error for a request of a thread or task that has outlived its test."""
        from pytest_errcodes.simulation.strays import note_stray_request

        url = request.url
        address = _read_address(url.scheme, url.host, url.port, url.target)
        text = note_stray_request(owner, request.method.decode("ascii"), address.text)
        error: Exception = self.library.ConnectError(text)
        return error

    def reply(self, request: httpcore.Request) -> httpcore.Response | None:
        """Answer a request with a reply of ours, if that is all there is to do."""
        if type(request.stream) not in self._bodies:
            return None
        reply = self.network.reply(read_request(request))
        return None if reply is None else self._make_response(reply)

    def reply_early(self, request: httpx.Request) -> Reply | None:
        """Return the reply to a request of httpx's that a pool would be asked for next; else None.

        None too where there is more to do than to send it.
        """
        method, url = request.method, request.url
        stream: Any = request.stream
        if type(stream) not in self._bodies or not method.isascii():
            return None
        if find_ended_owner() is not None:  # which is refused further down
            return None
        if self._respx is not None and self._respx.lets_pass(stream):
            return None
        address = _read_address(url.raw_scheme, url.raw_host, url.port, url.raw_path)
        headers, extensions = request.headers.raw, dict(request.extensions)
        return self.network.reply(Incoming(method.upper(), address, headers, stream, extensions))

    def handle(
        self, original: Any, pool: Any, request: httpcore.Request, read: Callable[[Any], Any]
    ) -> Generator[Any, Any, httpcore.Response]:
        """Answer one request; a body for ``run`` or ``run_async``.

        Args:
            original: The method of the pool that sends it.
            pool: The pool.
            request: The request.
            read: Returns the whole of a body that is a stream.

        Raises:
            httpcore.ConnectError: No route matches; chained to the explanation.
        """
        __tracebackhide__ = True
        response: httpcore.Response
        if type(request.stream) not in self._bodies:  # a stream: read once, here, for all
            request.stream = ByteStream((yield read(request.stream)))
        try:
            answer = yield from self.network.answer(read_request(request))
        except Exception as error:  # a side effect may raise anything
            own = self._translate(error)
            if own is None:
                raise
            raise own from error
        if isinstance(answer, Reply):
            return self._make_response(answer)
        if answer is PASS:
            with Permit(request):
                response = yield original(pool, request)
            return response
        if isinstance(answer, Unmatched):
            raise self.library.ConnectError(answer.summary) from answer.explanation
        return self._make_own(answer, is_async=read is _aread)

    def _make_own(self, answer: httpx.Response, *, is_async: bool) -> httpcore.Response:
        """Return the library's own response for one of respx's ways to answer."""
        stream: Any = answer.stream
        mark = find_mark(answer)
        if mark is not None and mark.is_observed and self.network.watched:
            KnownAnswer(answer, mark.body).tell_above()
        if is_async and not hasattr(stream, "__aiter__"):
            stream = ByteStream(b"".join(stream))
        response: httpcore.Response = self.library.Response(
            answer.status_code,
            headers=answer.headers.raw,
            content=stream,
            extensions=answer.extensions,
        )
        return response

    def _translate(self, error: Exception) -> Exception | None:
        """Return the library's own error for what a side effect raised; None where that will do."""
        name = self.library.__name__
        package = type(error).__module__.partition(".")[0]
        kind = None if name == "httpcore" or package in (name, _ABOVE[name]) else find_fault(error)
        own = None if kind is None else getattr(self.library, _FAULTS[kind])(str(error))
        found: Exception | None = own
        return found

    def _make_response(self, reply: Reply) -> httpcore.Response:
        response: httpcore.Response = self.library.Response(
            reply.http_status,
            content=MarkedStream(reply.body, reply),
            extensions={"http_version": b"HTTP/1.1"},
        )
        response.headers = reply.headers[:]  # past the constructor, which would check each again
        if self.network.watched:  # a mock above may make a new response of it: known, not new
            KnownAnswer(response, reply.body).tell_above()
        return response


def read_request(request: httpcore.Request) -> Incoming:
    """Return a request of httpcore's, whose body is read, in neutral form."""
    url, body = request.url, cast("ByteStream", request.stream)
    content = body if type(body) is ByteStream else b"".join(body)
    return Incoming(
        request.method.decode("ascii").upper(),
        _read_address(url.scheme, url.host, url.port, url.target),
        request.headers,
        content,
        dict(request.extensions),  # a copy: the client may change its own later
    )


def _is_respx(function: Any) -> bool:
    return getattr(function, "__module__", None) == "respx.mocks"


def _read(stream: Iterable[bytes]) -> bytes:
    return b"".join(stream)


async def _aread(stream: AsyncIterable[bytes]) -> bytes:
    return b"".join([part async for part in stream])


@lru_cache(maxsize=1024)
def _read_address(scheme: bytes, host: bytes, port: int | None, target: bytes) -> Address:
    """Read an address of httpcore's; tests send to the same few again and again."""
    name = host.decode("ascii")
    bracketed = f"[{name}]" if ":" in name and not name.startswith("[") else name
    number = "" if port is None else f":{port}"
    return Address.read(f"{scheme.decode('ascii')}://{bracketed}{number}{target.decode('ascii')}")
