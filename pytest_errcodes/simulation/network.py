"""What stands where the real network would: it knows the active routers, and answers a request.

A request comes from one of the adapters, in neutral form, and what it comes to is a value. What
that is in the terms of the client's library is the adapter's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_errcodes.catalog.facts import Facts
from pytest_errcodes.simulation.adapters.local_hosts import is_own_server
from pytest_errcodes.simulation.adapters.unwatched import UnwatchedRequests
from pytest_errcodes.simulation.answers import PASS
from pytest_errcodes.simulation.patched_libraries import PatchedLibraries

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from typing import Protocol

    import httpx
    from respx.models import Route

    from pytest_errcodes.simulation.adapters.table import Row
    from pytest_errcodes.simulation.answers import Answer
    from pytest_errcodes.simulation.findings.finding import Finding
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply

    class Answering(Protocol):
        """A router, as the network sees it."""

        @property
        def answers_anything(self) -> bool:
            """Whether a request that no route matches gets an empty HTTP 200."""

        @property
        def routes(self) -> Any:
            """Its routes, which can be iterated over."""

        @property
        def guards(self) -> bool:
            """Whether nothing may leave this machine while it is active."""

        def note_refused(self, finding: Finding) -> None:
            """Take the finding of what would have left."""

        def lookup(self, incoming: Incoming) -> Route | None:
            """Return the first route that matches."""

        def serve(self, route: Route, incoming: Incoming) -> Reply | None:
            """Return the next reply of the route's script; None where respx has the answer."""

        def answer(self, incoming: Incoming) -> Generator[Any, Any, Answer]:
            """Answer as respx does; a body for ``run`` or ``run_async``."""


#: So many requests tell who took a route's place.
_MOST_ELSEWHERE = 1_000


class Elsewhere(Facts):
    """One request that somebody else has answered while routers were active.

    Attributes:
        sent: The request, httpx's or of any library's.
        name: Tells who answered it: ``pytest-httpx``.
    """

    sent: httpx.Request | Incoming
    name: Callable[[], str]

    @property
    def request(self) -> httpx.Request:
        """The request as patterns look at it."""
        sent: Any = self.sent
        found: httpx.Request = getattr(sent, "request", sent)
        return found


class Network(PatchedLibraries):
    """Answers what the adapters catch, while routers are active.

    Args:
        share_tls: Whether equal TLS contexts are loaded once while routes are in use.
        rows: The adapters of others, beside our own.

    Attributes:
        routers: The active routers, the latest one first; not to be changed by others.
        elsewhere: What others have answered since the first of them was started.
        guarded: Whether nothing may leave this machine now but what was let pass.
        watched: Whether what clients receive is observed now.
        unfit: The libraries whose releases do not fit their adapters, and what is missing.
    """

    def __init__(self, *, share_tls: bool = True, rows: Sequence[Row] = ()) -> None:
        super().__init__(share_tls=share_tls, rows=rows)
        self.routers: list[Answering] = []
        self.elsewhere: list[Elsewhere] = []
        self.guarded = False

    def enter(self, router: Answering) -> None:
        """Let ``router`` answer from now on; the latest one is asked first."""
        self.bind()
        self.prepare()
        if not self.routers:
            self.elsewhere.clear()
        self.routers.insert(0, router)
        self._set_guard()
        self._late.start()

    def leave(self, router: Answering) -> bool:
        """Take ``router`` out; without a router, requests go where they went before.

        Returns:
            Whether it was in.
        """
        if router not in self.routers:
            return False
        self.routers.remove(router)
        self._set_guard()
        self.attend()
        self.release()
        return True

    def _set_guard(self) -> None:
        self.guarded = bool(self.routers)
        for router in self.routers:  # a plain loop: all() takes twice as long
            if not router.guards:
                self.guarded = False

    def note_refused(self, finding: Finding) -> None:
        """Let the first active router, which is the test's own, tell what would have left."""
        for router in self.routers[-1:]:
            router.note_refused(finding)

    def routes(self) -> Iterator[Route]:
        """Yield the routes of all active routers, in the order in which they are asked."""
        for router in self.routers:
            yield from router.routes

    def begin_unwatched(self) -> UnwatchedRequests:
        """Return what tells who may have sent requests from now on that nothing sees."""
        return UnwatchedRequests()

    def note_elsewhere(self, request: httpx.Request | Incoming, name: Callable[[], str]) -> None:
        """Note that somebody else has answered a request, and what tells who it was."""
        if self.routers and len(self.elsewhere) < _MOST_ELSEWHERE:
            self.elsewhere.append(Elsewhere(request, name))

    def answer(self, incoming: Incoming) -> Generator[Any, Any, Answer]:
        """Tell what a request comes to; a body for ``run`` or ``run_async``."""
        reply = self.reply(incoming)
        if reply is not None:
            return reply
        routers = self.routers[:]
        for router in routers:
            if router.lookup(incoming) is not None:
                return (yield from router.answer(incoming))
        if is_own_server(incoming.address):
            return PASS
        for router in routers:
            if router.answers_anything:
                return (yield from router.answer(incoming))
        # None matches: the last router says so. Without a router, all were stopped meanwhile.
        return (yield from routers[-1].answer(incoming)) if routers else PASS

    def reply(self, incoming: Incoming) -> Reply | None:
        """Return the next reply of the first route that matches.

        None where respx has the route's answer, or no route matches: ``answer`` knows then.
        """
        for router in self.routers:
            route = router.lookup(incoming)
            if route is not None:
                return router.serve(route, incoming)
        return None
