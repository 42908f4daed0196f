"""Where requests are caught: httpcore's pools, below everything that httpx does itself.

The seam is as low as respx's: the client's transport, its retries, timeouts and event hooks run
for real. It is installed once and asks for the active router, so a test costs no patching.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpcore
from respx.mocks import HTTPCoreMocker
from respx.models import PassThrough

from pytest_errcodes.simulation.adapters.patching import Patch
from pytest_errcodes.simulation.adapters.respx import RespxNeighbour
from pytest_errcodes.simulation.adapters.tls import SharedTLS
from pytest_errcodes.simulation.incoming import Caught, Incoming
from pytest_errcodes.simulation.router import UnmatchedRequestError

if TYPE_CHECKING:
    import httpx
    from respx.models import ResolvedRoute

    from pytest_errcodes.simulation.reply import Reply
    from pytest_errcodes.simulation.router import CodeRouter

#: Marks a request that a route lets pass, so that a lower layer of the seam lets it pass too.
_PASSED = "pytest_errcodes_passed"


class HttpxSeam:
    """Catches what httpx sends, sync and async, while a router is active.

    Args:
        share_tls: Whether equal TLS contexts are loaded once while routes are active.
    """

    def __init__(self, *, share_tls: bool = True) -> None:
        self._routers: list[CodeRouter] = []
        self._tls = SharedTLS() if share_tls else None
        self._respx = RespxNeighbour(self)
        self._patches = [
            Patch(httpcore.ConnectionPool, "handle_request", self._wrap_sync),
            Patch(httpcore.AsyncConnectionPool, "handle_async_request", self._wrap_async),
        ]

    @property
    def routers(self) -> list[CodeRouter]:
        """The active routers, the latest one first; not to be changed by the caller."""
        return self._routers

    def ensure(self) -> None:
        """Patch what is to be patched, unless it is."""
        for patch in self._patches:
            patch.ensure()
        self._respx.ensure()

    def enter(self, router: CodeRouter) -> None:
        """Let ``router`` answer from now on; the latest one is asked first."""
        self.ensure()
        self.share_tls()
        self._routers.insert(0, router)

    def leave(self, router: CodeRouter) -> bool:
        """Take ``router`` out; without a router, requests go where they went before.

        Returns:
            Whether it was in.
        """
        if router not in self._routers:
            return False
        self._routers.remove(router)
        self.unshare_tls()
        return True

    def share_tls(self) -> None:
        """Share TLS contexts until ``unshare_tls`` was called as often as this."""
        if self._tls:
            self._tls.start()

    def unshare_tls(self) -> None:
        """Take one ``share_tls`` back."""
        if self._tls:
            self._tls.stop()

    def remove(self) -> None:
        """Give back what was patched."""
        for patch in self._patches:
            patch.remove()
        self._respx.remove()
        if self._tls:
            self._tls.remove()

    # respx looks at the names and signatures of what it patches: both must stay httpcore's.

    def _wrap_sync(self, original: Any) -> Any:
        seam, over_respx = self, _is_respx(original)

        def handle_request(self: Any, request: httpcore.Request) -> Any:
            __tracebackhide__ = True
            if not seam.catches(request) or (over_respx and HTTPCoreMocker.routers):
                return original(self, request)
            incoming = Caught(request)
            incoming.read()
            router, reply = seam.ask(incoming)
            if reply is not None:
                return _from_reply(reply)
            try:
                return _from_httpx(_answer(router.resolve(incoming.request)))
            except UnmatchedRequestError as explanation:
                raise _transport_error(incoming.request) from explanation.with_traceback(None)
            except PassThrough:
                _let_pass(request)
            return original(self, request)

        return handle_request

    def _wrap_async(self, original: Any) -> Any:
        seam, over_respx = self, _is_respx(original)

        async def handle_async_request(self: Any, request: httpcore.Request) -> Any:
            __tracebackhide__ = True
            if not seam.catches(request) or (over_respx and HTTPCoreMocker.routers):
                return await original(self, request)
            incoming = Caught(request)
            await incoming.aread()
            router, reply = seam.ask(incoming)
            if reply is not None:
                return _from_reply(reply)
            try:
                return _from_httpx(_answer(await router.aresolve(incoming.request)))
            except UnmatchedRequestError as explanation:
                raise _transport_error(incoming.request) from explanation.with_traceback(None)
            except PassThrough:
                _let_pass(request)
            return await original(self, request)

        return handle_async_request

    def catches(self, request: httpcore.Request) -> bool:
        """Return whether a router is to be asked about this request."""
        return (
            bool(self._routers)
            and _PASSED not in request.extensions
            and not self._respx.lets_pass(request)
        )

    def ask(self, incoming: Incoming) -> tuple[CodeRouter, Reply | None]:
        """Return the router that answers, and its reply; None where respx's part has the answer."""
        for router in self._routers:
            route = router.lookup(incoming)
            if route is not None:
                return router, router.serve(route, incoming)
        for router in self._routers:
            if router.answers_anything:
                return router, None
        return self._routers[-1], None

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Answer a request that one of respx's mocks was asked about.

        Raises:
            httpcore.ConnectError: No route matches; chained to the explanation.
            PassThrough: A route lets the request pass.
        """
        router, reply = self.ask(Incoming(request))
        if reply is not None:
            return reply.response(request)
        try:
            return _answer(router.resolve(request))
        except UnmatchedRequestError as explanation:
            raise _transport_error(request) from explanation.with_traceback(None)

    async def arespond(self, request: httpx.Request) -> httpx.Response:
        """Answer as ``respond`` does; side effects may be awaitable."""
        router, reply = self.ask(Incoming(request))
        if reply is not None:
            return reply.response(request)
        try:
            return _answer(await router.aresolve(request))
        except UnmatchedRequestError as explanation:
            raise _transport_error(request) from explanation.with_traceback(None)


def _answer(resolved: ResolvedRoute) -> httpx.Response:
    return cast("httpx.Response", resolved.response)  # a request would have been let pass


def _is_respx(function: Any) -> bool:
    return getattr(function, "__module__", None) == HTTPCoreMocker.__module__


def _let_pass(request: httpcore.Request) -> None:
    # A copy: httpx's own request shares the dict, and a retry of it must be asked about again.
    request.extensions = {**request.extensions, _PASSED: True}


def _from_reply(reply: Reply) -> httpcore.Response:
    response = httpcore.Response(
        reply.http_status, content=reply.body, extensions=reply.extensions()
    )
    response.headers = reply.headers[:]  # the constructor would look at each again
    return response


def _from_httpx(response: httpx.Response) -> httpcore.Response:
    return httpcore.Response(
        response.status_code,
        headers=response.headers.raw,
        content=response.stream,
        extensions=response.extensions,
    )


def _transport_error(request: httpx.Request) -> httpcore.ConnectError:
    from pytest_errcodes.simulation.findings.describe import describe_request

    return httpcore.ConnectError(f"no route matches {describe_request(request)}")
