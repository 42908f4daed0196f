"""How a router answers requests: as respx does, with scripts of codes beside its own ways."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from inspect import isawaitable
from threading import Lock
from typing import TYPE_CHECKING, Any, Unpack, cast

from httpx import ByteStream, Response
from respx.models import (
    AllMockedAssertionError,
    PassThrough,
    ResolvedRoute,
    Route,
    SideEffectError,
)

from pytest_errcodes.active.context import current
from pytest_errcodes.simulation.adapters.drivers import run, run_async
from pytest_errcodes.simulation.answers import PASS, Unmatched
from pytest_errcodes.simulation.calls import CallLog
from pytest_errcodes.simulation.forks import Forks
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.marked_stream import find_mark
from pytest_errcodes.simulation.reply import Reply, carry_body
from pytest_errcodes.simulation.route import CodeRoute
from pytest_errcodes.simulation.route_builder import RouteBuilder
from pytest_errcodes.simulation.routed_answer import observe_answer, observe_reply
from pytest_errcodes.simulation.unmatched_request import Unconnected, UnmatchedRequestError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    import httpx
    from respx.models import CallList

    from pytest_errcodes.simulation.answers import Answer
    from pytest_errcodes.simulation.findings.finding import Finding
    from pytest_errcodes.simulation.route_builder import Settings

_LIST_ITERATOR: type[Any] = type(iter([]))


class AnsweringRouter(RouteBuilder):
    """The part of a router that answers requests, and keeps what no route matches."""

    def __init__(self, **settings: Unpack[Settings]) -> None:
        super().__init__(**settings)
        self._log = CallLog()
        self._unmatched: list[Finding] = []
        self._forks = Forks()
        #: Ids of responses whose calls are in the log, so that they are not recorded once more; of
        #: a request where it got none.
        self._kept: set[int] = set()
        self._taking = Lock()

    def note(self, finding: Finding) -> None:
        """Take the finding of a request; a fork tells the test's own process of it."""
        self._unmatched.append(finding)
        self._forks.tell(finding)

    def list_nearest(self) -> Iterable[Route]:
        """Return the routes that a request which none matches may have been meant for."""
        raise NotImplementedError

    def lookup(self, incoming: Incoming) -> Route | None:
        """Return the first route that matches."""
        return self.routes.find_first(incoming)

    def serve(self, route: Route, incoming: Incoming) -> Reply | None:
        """Return the next reply of the route's script; None where respx has the answer."""
        if not isinstance(route, CodeRoute):
            return None
        script = route.script
        if script is None:
            return None
        reply = script.next_reply(incoming, route.log, self._log)
        if reply is not None and current().observers:  # else nobody asks what to observe
            observe_reply(reply, incoming)
        return reply

    def handler(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, for ``httpx.MockTransport``.

        Raises:
            httpx.ConnectError: No route matches; chained to the explanation.
        """
        with Unconnected(request):
            return super().handler(request)

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, for ``httpx.MockTransport`` of an asynchronous client.

        Raises:
            httpx.ConnectError: No route matches; chained to the explanation.
        """
        with Unconnected(request):
            return await super().async_handler(request)

    def resolve(self, request: httpx.Request) -> ResolvedRoute:
        """Answer a request as respx does, walking only the routes that may match."""
        return run(self._resolve(request))

    async def aresolve(self, request: httpx.Request) -> ResolvedRoute:
        """Answer a request as respx does; side effects may be awaitable."""
        return await run_async(self._resolve(request))

    def answer(self, incoming: Incoming) -> Generator[Any, Any, Answer]:
        """Answer a request as respx does; a body for ``run`` or ``run_async``."""
        try:
            resolved = yield from self._resolve(incoming.request)
        except UnmatchedRequestError as error:
            return Unmatched(error.with_traceback(None))
        except PassThrough:
            return PASS
        return cast("httpx.Response", resolved.response)  # an httpx.Request raises PassThrough

    def _resolve(self, request: httpx.Request) -> Generator[Any, Any, ResolvedRoute]:
        self._refuse_forbidden(request)
        with self.resolver(request) as resolved:
            for route in self.routes.list_candidates(request):
                try:
                    prospect: Any = self._serve_httpx(route, request)
                    if prospect is None:
                        prospect = self._match(route, request)
                    if isawaitable(prospect):
                        try:
                            prospect = yield prospect
                        except Exception as error:
                            raise SideEffectError(route, origin=error) from error
                except Exception as error:  # respx records what a side effect raises
                    self._record_refused(error, request, route)
                    _tell_failed(error, request)
                    raise
                except BaseException as error:
                    # Nor is a route uncalled that pytest.fail or Ctrl-C ended.
                    self.record(request, route=route)
                    _tell_failed(error, request)
                    raise
                if prospect is not None:
                    resolved.route, resolved.response = route, prospect
                    break
        response = resolved.response
        if isinstance(response, Response) and isinstance(response.stream, ByteStream):
            response.read()  # its bytes are at hand
            mark = find_mark(response)
            if mark is None or mark.reply is None:  # else it is a reply of ours
                carry_body(response)
                observe_answer(request, response)
        return resolved

    def _record_refused(self, error: Exception, request: httpx.Request, route: Route) -> None:
        """Record a call whose side effect has returned what is no answer: respx does not."""
        traceback = error.__traceback__
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        name = "" if traceback is None else traceback.tb_frame.f_globals.get("__name__")
        if type(error) is TypeError and name == Route.__module__:
            self.record(request, route=route)

    def _serve_httpx(self, route: Route, request: httpx.Request) -> httpx.Response | None:
        """Return the next reply of a route's script, if it has one and matches.

        The call is kept before another request gets the next reply, and not once more when respx
        records it: else the order of calls is that in which threads come back.
        """
        if getattr(route, "script", None) is None or not route.pattern.match(request):
            return None
        incoming = Incoming.of(request)
        reply = self.serve(route, incoming)
        if reply is None:  # another thread has just replaced the route's script
            return None
        response = reply.response(request)
        self._kept.add(id(response))
        return response

    def _match(self, route: Route, request: httpx.Request) -> Any:
        """Return what respx has for a request; of a list, its next element.

        The call is kept before another request gets the next one, as with a script. Not where the
        list holds functions, or is a generator: they may wait for other requests.
        """
        if not _is_settled(route.side_effect):
            return route.match(request)
        with self._taking:
            try:
                prospect = route.match(request)
            except SideEffectError as error:
                self.record(request, route=error.route)
                self._kept.add(id(request))
                raise
            if isinstance(prospect, Response):
                self.record(request, response=prospect, route=route)
                self._kept.add(id(prospect))
            return prospect

    def _refuse_forbidden(self, request: httpx.Request) -> None:
        """Refuse a request that its route forbids, and note it.

        Raises:
            UnmatchedRequestError: It is forbidden.
        """
        candidates = self.routes.list_candidates(request)
        if not any(getattr(route, "is_forbidden", False) for route in candidates):
            return
        route = self.routes.find_first(Incoming.of(request))
        if route is None or not getattr(route, "is_forbidden", False):
            return
        from pytest_errcodes.simulation.findings.finding_texts import render_finding
        from pytest_errcodes.simulation.findings.unmatched import make_forbidden

        super().record(request, response=None, route=route)
        finding = make_forbidden(request, route)
        self.note(finding)
        raise UnmatchedRequestError(render_finding(finding))

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
            from pytest_errcodes.simulation.findings.finding_texts import render_finding
            from pytest_errcodes.simulation.findings.unmatched import make_finding

            finding = make_finding(request, list(self.list_nearest()))
            self.note(finding)
            raise UnmatchedRequestError(render_finding(finding)) from None

    def record(
        self,
        request: httpx.Request,
        *,
        response: httpx.Response | None = None,
        route: Route | None = None,
    ) -> None:
        """Record a call as respx does, and observe a reply of ours, if that was not done."""
        key = id(request if response is None else response)
        if key in self._kept:
            self._kept.discard(key)
            return
        super().record(request, response=response, route=route)
        mark = find_mark(response)
        if mark is not None and mark.reply is not None:
            observe_reply(mark.reply, Incoming.of(request))

    @property
    def calls(self) -> CallList:  # type: ignore[override]  # made when looked at: see CallLog
        """The calls of all routes so far, with respx's assertions."""
        return self._log.as_list()


def _tell_failed(error: BaseException, request: httpx.Request) -> None:
    """Tell what came of asking a route, for a test that its client may keep it from."""
    from pytest_errcodes.simulation.findings.descriptions import describe_request

    current().take_failed_answer(error, describe_request(request))


def _is_settled(effect: Any) -> bool:
    """Return whether a side effect is a list of responses and errors, which calls no function."""
    if type(effect) is not _LIST_ITERATOR:
        return False
    return all(isinstance(one, Response | Exception | type) for one in copy(effect))
