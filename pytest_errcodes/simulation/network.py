"""What stands where the real network would: it knows the active routers, and answers a request.

A request comes from one of the adapters, in neutral form, and what it comes to is a value. What
that is in the terms of the client's library is the adapter's business.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pytest_errcodes.simulation.adapters.patching import Outlook
from pytest_errcodes.simulation.adapters.table import TABLE
from pytest_errcodes.simulation.answers import PASS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import ModuleType

    import httpx
    from respx.models import Route

    from pytest_errcodes.simulation.adapters.adapter import Adapter
    from pytest_errcodes.simulation.adapters.table import Row
    from pytest_errcodes.simulation.answers import Answer
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply


#: So many requests tell who took a route's place.
_MOST_ELSEWHERE = 1_000


class Elsewhere(NamedTuple):
    """One request that somebody else has answered while routers were active.

    Attributes:
        request: The request.
        name: Tells who answered it: ``pytest-httpx``.
    """

    request: httpx.Request
    name: Callable[[], str]


class Answering(Protocol):
    """A router, as the network sees it."""

    @property
    def answers_anything(self) -> bool:
        """Whether a request that no route matches gets an empty HTTP 200."""

    @property
    def routes(self) -> Any:
        """Its routes, which can be iterated over."""

    def lookup(self, incoming: Incoming) -> Route | None:
        """Return the first route that matches."""

    def serve(self, route: Route, incoming: Incoming) -> Reply | None:
        """Return the next reply of the route's script; None where respx has the answer."""

    def answer(self, incoming: Incoming) -> Generator[Any, Any, Answer]:
        """Answer as respx does; a body for ``run`` or ``run_async``."""


class Network:
    """Answers what the adapters catch, while routers are active.

    Args:
        share_tls: Whether equal TLS contexts are loaded once while routes are in use.

    Attributes:
        routers: The active routers, the latest one first; not to be changed by others.
        elsewhere: What others have answered since the first of them was started.
        watched: Whether what clients receive is observed now.
    """

    def __init__(self, *, share_tls: bool = True) -> None:
        self.routers: list[Answering] = []
        self.elsewhere: list[Elsewhere] = []
        self._share_tls = share_tls
        self._adapters: list[Adapter] = []
        self._libraries: dict[str, ModuleType] = {}  # those that have an adapter, by name
        self._prepared = 0  # how often it was prepared and not released
        self._outlook = Outlook()
        self.watched = False
        self._has_watched = False

    # -- adapters --------------------------------------------------------------------------

    def bind(self) -> None:
        """Patch each library that is imported by now, and see that earlier patches are in place.

        To be called before anything of a test's own may have replaced what is patched.
        """
        if self._outlook.is_unchanged():
            return
        for adapter in self._adapters:
            adapter.bind()
        for row in TABLE:
            library = sys.modules.get(row.library)
            if library is not None and library is not self._libraries.get(row.library):
                self._add(row)
        self._keep_outlook()

    def look_again(self) -> None:
        """See to what a test's fixtures have replaced, before it runs with routes."""
        if self._outlook.is_unchanged():
            return
        for adapter in self._adapters:
            adapter.look_again()
        self._outlook.keep(())  # what they have replaced besides is bound before the next test

    def _keep_outlook(self) -> None:
        places = [(sys.modules, row.library) for row in TABLE]
        self._outlook.keep(chain(places, *[adapter.places() for adapter in self._adapters]))

    def _add(self, row: Row) -> None:
        make_adapter = row.load()  # which imports the library too
        self._libraries[row.library] = library = sys.modules[row.library]
        adapter = make_adapter(self, library)
        self._adapters.append(adapter)
        adapter.bind()
        if self._prepared:
            adapter.prepare()
        if self.watched:
            adapter.watch()

    def prepare(self) -> None:
        """Let clients be cheap to build, until ``release`` was called as often as this."""
        for row in TABLE:
            if row.for_routes and row.library not in self._libraries:
                self._add(row)
        if self._share_tls:
            self._prepared += 1
            for adapter in self._adapters:
                adapter.prepare()

    def release(self) -> None:
        """Take one ``prepare`` back; without any, clients are built as ever."""
        self._prepared = max(self._prepared - 1, 0)
        if not self._prepared:
            for adapter in self._adapters:
                adapter.release()

    def watch(self) -> None:
        """Observe the envelopes that clients receive from now on, whatever answers."""
        self.watched = True
        if self._has_watched and self._outlook.is_unchanged():
            return
        self._has_watched = True
        for row in TABLE:
            if row.for_watching and row.library not in self._libraries:
                self._add(row)
        for adapter in self._adapters:
            adapter.watch()
        self._outlook.keep(())  # what fixtures have replaced besides is bound before the next test

    def unwatch(self) -> None:
        """Observe them no longer."""
        self.watched = False

    def close(self) -> None:
        """Give everything back."""
        self.unwatch()
        for adapter in self._adapters:
            adapter.unbind()
        self._adapters.clear()
        self._libraries.clear()

    # -- routers ---------------------------------------------------------------------------

    def enter(self, router: Answering) -> None:
        """Let ``router`` answer from now on; the latest one is asked first."""
        self.bind()
        self.prepare()
        if not self.routers:
            self.elsewhere.clear()
        self.routers.insert(0, router)

    def leave(self, router: Answering) -> bool:
        """Take ``router`` out; without a router, requests go where they went before.

        Returns:
            Whether it was in.
        """
        if router not in self.routers:
            return False
        self.routers.remove(router)
        self.release()
        return True

    def routes(self) -> Iterator[Route]:
        """Yield the routes of all active routers, in the order in which they are asked."""
        for router in self.routers:
            yield from router.routes

    def note_elsewhere(self, request: httpx.Request, name: Callable[[], str]) -> None:
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
        for router in routers:
            if router.answers_anything:
                return (yield from router.answer(incoming))
        # All have been stopped meanwhile, or the last one tells that no route matches.
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
