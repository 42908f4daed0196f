"""The router that the fixture ``errcodes`` hands out: respx's, with one more verb."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Unpack

import respx
from respx.models import AllMockedAssertionError, Call, CallList, ResolvedRoute, SideEffectError

from pytest_errcodes.simulation.address import base_patterns, fixed_address
from pytest_errcodes.simulation.index import IndexedRoutes
from pytest_errcodes.simulation.nearest import explain
from pytest_errcodes.simulation.reply import EXTENSION, Reply, ReplyOptions
from pytest_errcodes.simulation.route import CodeRoute, describe

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import TracebackType

    import httpx
    from respx.models import Route
    from respx.patterns import Pattern
    from respx.types import URLPatternTypes

    from pytest_errcodes.catalog import Catalog, Code, ErrorCode
    from pytest_errcodes.simulation.seam import HttpxSeam

    Observe = Callable[[Reply, httpx.Request], None]


class UnmatchedRequestError(AllMockedAssertionError):
    """A request came that no route matches; the text names the nearest routes."""


class CodeRouter(respx.MockRouter):
    """All of ``respx.MockRouter``; its routes have ``reply``, and so has the router itself.

    Args:
        catalog: The catalog whose codes the routes answer with.
        seam: Where requests are caught while the router is started.
        observe: Called with each reply that was sent, and its request.
        base_url: Put in front of the routes' paths.
        assert_all_called: Whether a route that nobody called is a finding.
        assert_all_mocked: Whether a request that no route matches is a finding; if not, it gets
            an empty HTTP 200, as in respx.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        seam: HttpxSeam,
        observe: Observe,
        base_url: str | None = None,
        assert_all_called: bool = True,
        assert_all_mocked: bool = True,
    ) -> None:
        # respx's own constructor makes mock objects worth ten requests; ours come when looked at.
        self._assert_all_called = assert_all_called
        self._assert_all_mocked = assert_all_mocked
        self._base_url = base_url
        self._bases = base_patterns(base_url)
        self._snapshots = []
        self._using = None
        self.Mocker = None
        self.routes: IndexedRoutes = IndexedRoutes()
        self.catalog = catalog
        self._seam = seam
        self._observe = observe
        self._unmatched: list[str] = []
        self._nested: list[CodeRouter] = []
        self._call_list: CallList | None = None
        self._exchanges: list[tuple[httpx.Request, Reply]] = []

    def reply(
        self, code: Code | ErrorCode, *params: object, **options: Unpack[ReplyOptions]
    ) -> CodeRoute:
        """Answer any request with this code; takes and returns what a route's ``reply`` does."""
        __tracebackhide__ = True
        return self.route().reply(code, *params, **options)

    def route(self, *patterns: Pattern, name: str | None = None, **lookups: Any) -> CodeRoute:
        """Add a route for the requests that fit all patterns and lookups, as respx does."""
        route = CodeRoute(*patterns, catalog=self.catalog, **lookups)
        added = self.add(route, name=name)
        return added if isinstance(added, CodeRoute) else route

    def request(
        self,
        method: str,
        url: URLPatternTypes | None = None,
        *,
        name: str | None = None,
        **lookups: Any,
    ) -> CodeRoute:
        """Add a route for a method and a URL, as respx does."""
        if lookups or not isinstance(method, str) or not isinstance(url, str | None):
            added: Route = super().request(method, url, name=name, **lookups)
        else:
            pattern, filing = fixed_address(method, url, self._base_url)
            route = CodeRoute(pattern, catalog=self.catalog)
            added = self.routes.add(route, name, filing)
        assert isinstance(added, CodeRoute)
        return added

    if TYPE_CHECKING:  # respx's verbs call request(); here they only learn what they return
        # fmt: off
        def get(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def post(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def put(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def patch(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def delete(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def head(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        def options(self, url: URLPatternTypes | None = None, *, name: str | None = None, **lookups: Any) -> CodeRoute: ...  # noqa: E501  # reads as a table
        # fmt: on

    def __call__(self, func: Any = None, **settings: Any) -> Any:
        """Return a router of the same catalog with other settings, to be used in ``with``.

        Raises:
            TypeError: A function is decorated; the fixture is what a test asks for.
        """
        if func is not None:
            raise TypeError("errcodes is a fixture, not a decorator: take it as an argument")
        nested = CodeRouter(
            catalog=self.catalog, seam=self._seam, observe=self._observe, **settings
        )
        self._nested.append(nested)
        return nested

    # -- starting and stopping -------------------------------------------------------------

    def start(self) -> None:
        """Catch requests from now on."""
        self._seam.enter(self)

    def stop(self, clear: bool = False, reset: bool = False, quiet: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002  # respx's own signature
        """Stop catching requests; what was found is judged at the end of the test."""
        self._seam.leave(self)

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.stop()

    # -- answering -------------------------------------------------------------------------

    def lookup(self, request: httpx.Request) -> Route | None:
        """Return the first route that matches."""
        for route in self.routes.candidates(request):
            if route.pattern.match(request):
                return route
        return None

    def serve(self, route: Route, request: httpx.Request) -> Reply | None:
        """Return the next reply of the route's script; None where respx has the answer."""
        reply = route.serve(request) if isinstance(route, CodeRoute) else None
        if reply is not None:
            self._exchanges.append((request, reply))
            self._observe(reply, request)
        return reply

    def resolve(self, request: httpx.Request) -> ResolvedRoute:
        """Answer a request as respx does, walking only the routes that may match."""
        with self.resolver(request) as resolved:
            for route in self.routes.candidates(request):
                prospect = route.match(request)
                if prospect is not None:
                    resolved.route, resolved.response = route, prospect
                    break
        return _read(resolved)

    async def aresolve(self, request: httpx.Request) -> ResolvedRoute:
        """Answer a request as respx does; side effects may be awaitable."""
        import inspect

        with self.resolver(request) as resolved:
            for route in self.routes.candidates(request):
                prospect = route.match(request)
                if inspect.isawaitable(prospect):
                    try:
                        prospect = await prospect
                    except Exception as error:
                        raise SideEffectError(route, origin=error) from error
                if prospect is not None:
                    resolved.route, resolved.response = route, prospect
                    break
        return _read(resolved)

    @contextmanager
    def resolver(self, request: httpx.Request) -> Generator[ResolvedRoute, None, None]:
        """Record what one request came to; a request that no route matches is a finding.

        Raises:
            UnmatchedRequestError: No route matches, and ``assert_all_mocked`` is set.
        """
        try:
            with super().resolver(request) as resolved:
                yield resolved
        except AllMockedAssertionError:
            text = explain(request, list(self.routes))
            self._unmatched.append(text)
            raise UnmatchedRequestError(text) from None

    def record(
        self,
        request: httpx.Request,
        *,
        response: httpx.Response | None = None,
        route: Route | None = None,
    ) -> None:
        """Record a call as respx does, and observe a reply of ours."""
        super().record(request, response=response, route=route)
        reply = response.extensions.get(EXTENSION) if response is not None else None
        if reply is not None:
            self._observe(reply, request)

    @property
    def calls(self) -> CallList:
        """The calls of all routes so far, with respx's assertions."""
        if self._call_list is None:
            self._call_list = CallList()
        if self._exchanges:
            exchanges, self._exchanges = self._exchanges, []
            self._call_list.extend(Call(request, reply.response(request)) for request, reply in exchanges)
        return self._call_list

    def reset(self) -> None:
        """Forget the calls of all routes."""
        self._exchanges.clear()
        super().reset()

    # -- what the test's own hook asks -----------------------------------------------------

    def findings(self, *, unused: bool = True) -> list[str]:
        """Return a text for each request that no route matched and each route nobody called."""
        texts = [*self._unmatched, *(self._unused() if unused else ())]
        for nested in self._nested:
            texts += nested.findings(unused=unused)
        return texts

    def _unused(self) -> Iterator[str]:
        if not self._assert_all_called:
            return
        covering: Route | None = None
        for route in self.routes:
            if not route.called:
                text = f"no request reached this route:\n  {describe(route)}"
                if covering is not None:
                    text += "\nhint: a route before it answers any request; register it last"
                yield text
            if not route.pattern:
                covering = route


def _read(resolved: ResolvedRoute) -> ResolvedRoute:
    """Read a response whose bytes are at hand, as respx does."""
    import httpx

    response = resolved.response
    if response is not None and isinstance(response.stream, httpx.ByteStream):
        response.read()
    return resolved
