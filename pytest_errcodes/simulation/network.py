"""What stands where the real network would: it knows the active routers, and answers a request.

A request comes from one of the adapters, in neutral form, and what it comes to is a value. What
that is in the terms of the client's library is the adapter's business.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pytest_errcodes.simulation.adapters.late_imports import LateImports
from pytest_errcodes.simulation.adapters.patching import Outlook
from pytest_errcodes.simulation.adapters.table import TABLE
from pytest_errcodes.simulation.answers import PASS
from pytest_errcodes.simulation.own_servers import is_own_server

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from types import ModuleType

    import httpx
    from respx.models import Route

    from pytest_errcodes.simulation.adapters.adapter import Adapter
    from pytest_errcodes.simulation.adapters.table import Row
    from pytest_errcodes.simulation.answers import Answer
    from pytest_errcodes.simulation.findings.finding import Finding
    from pytest_errcodes.simulation.incoming import Incoming
    from pytest_errcodes.simulation.reply import Reply


#: So many requests tell who took a route's place.
_MOST_ELSEWHERE = 1_000


class Elsewhere(NamedTuple):
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


class Network:
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
        self.routers: list[Answering] = []
        self.elsewhere: list[Elsewhere] = []
        self.unfit: dict[str, str] = {}
        self._share_tls = share_tls
        self._rows = (*TABLE, *rows)
        self._late = LateImports({row.library for row in self._rows}, self._find_libraries)
        self._adapters: list[Adapter] = []
        self._libraries: dict[str, ModuleType] = {}  # those that have an adapter, by name
        self._prepared = 0  # how often it was prepared and not released
        self._outlook = Outlook()
        self._is_adding = False
        self.watched = self.guarded = False
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
        self._find_libraries()

    def _find_libraries(self, ready: str = "") -> None:
        """Patch the libraries that were imported meanwhile.

        Args:
            ready: The name of one that has just been run, and is not marked as imported yet.
        """
        # Each adapter needs httpx, which imports others of them; and to load one may import more.
        is_early = self._is_adding or _is_half_there("httpx", ready)
        for row in () if is_early else self._rows:
            library = sys.modules.get(row.library)
            if library is None or library is self._libraries.get(row.library):
                continue
            if _is_half_there(row.library, ready):
                is_early = True
            else:
                self._add(row)
        if is_early:
            self._outlook.keep(())  # they are looked for again
        else:
            self._keep_outlook()

    def look_again(self) -> None:
        """See to what a test's fixtures have replaced, before it runs with routes."""
        if self._outlook.is_unchanged():
            return
        for adapter in self._adapters:
            adapter.look_again()
        self._outlook.keep(())  # what they have replaced besides is bound before the next test

    def _keep_outlook(self) -> None:
        places = [(sys.modules, row.library) for row in self._rows]
        self._outlook.keep(chain(places, *[adapter.places() for adapter in self._adapters]))

    def _add_first(self, rows: Iterable[Row]) -> None:
        """Import libraries that are not imported yet, and patch them and what they import."""
        new = [row for row in rows if row.library not in self._libraries]
        for row in new:
            self._add(row)
        if new:
            self._find_libraries()

    def _add(self, row: Row) -> None:
        self._is_adding = True
        try:
            make_adapter = row.load()  # which imports the library too
            self._libraries[row.library] = library = sys.modules[row.library]
            adapter = make_adapter(self, library)
        except (LookupError, AttributeError) as missing:  # another release than it was made for
            self.unfit[row.library] = str(missing)
            return
        finally:
            self._is_adding = False
        self._adapters.append(adapter)
        adapter.bind()
        if self._prepared:
            adapter.prepare()
        if self.watched:
            adapter.watch()

    def prepare(self) -> None:
        """Let clients be cheap to build, until ``release`` was called as often as this."""
        self._add_first(row for row in self._rows if row.for_routes)
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
        self._late.start()
        if self._has_watched and self._outlook.is_unchanged():
            return
        self._has_watched = True
        self._add_first(row for row in self._rows if row.for_watching)
        for adapter in self._adapters:
            adapter.watch()
        self._outlook.keep(())  # what fixtures have replaced besides is bound before the next test

    def unwatch(self) -> None:
        """Observe them no longer."""
        self.watched = False
        self._attend()

    def _attend(self) -> None:
        """Be told of libraries that are imported, as long as there is something to do then."""
        if self.routers or self.watched:
            self._late.start()
        else:
            self._late.stop()

    def close(self) -> None:
        """Give everything back."""
        self.unwatch()
        self._late.stop()
        for adapter in reversed(self._adapters):  # two may have wrapped the same function
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
        self._attend()
        self.release()
        return True

    def _set_guard(self) -> None:
        self.guarded = bool(self.routers) and all(router.guards for router in self.routers)

    def note_refused(self, finding: Finding) -> None:
        """Let the first active router, which is the test's own, tell what would have left."""
        for router in self.routers[-1:]:
            router.note_refused(finding)

    def routes(self) -> Iterator[Route]:
        """Yield the routes of all active routers, in the order in which they are asked."""
        for router in self.routers:
            yield from router.routes

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


def _is_half_there(name: str, ready: str) -> bool:
    """Return whether a module is being imported now; one that has just been run is there."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    return name != ready and bool(getattr(spec, "_initializing", False))
