"""Looking a request's routes up instead of searching them.

respx walks all routes for each request and compares each new route with all others. A route
whose pattern fixes the path can be found by it, and by method, host, query and scheme as far as it
fixes these; what is left over is walked, in respx's order. Whatever is found is still matched by
respx's own pattern, unless that asks for nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from httpx import QueryParams

from pytest_errcodes.simulation.adapters.respx_privates import BareRoutes, set_name, set_pattern
from pytest_errcodes.simulation.filing import Filing, file_pattern, identify_pattern, list_query
from pytest_errcodes.simulation.incoming import Incoming
from pytest_errcodes.simulation.route import CodeRoute

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from respx.models import Route, RouteList

    from pytest_errcodes.simulation.filing import Form, Key

#: The place of a route, the route, and whether a request that finds it also matches it.
Entry = tuple[int, "Route", bool]


class IndexedRoutes(BareRoutes):
    """respx's list of routes, with a look-up by path, method, host, query and scheme."""

    def __init__(self, routes: RouteList | None = None) -> None:
        super().__init__(routes)
        #: Routes by id whose pattern was replaced. A rollback of the route gives it its old pattern
        #: back without our notice, so these are always searched, and never looked up.
        self._moved: dict[int, Route] = {}
        #: Routes that were removed, and had not been used as they were written.
        self.gone: list[Route] = []
        self.reindex()

    def add(self, route: Route, name: str | None = None, filing: Filing | None = None) -> Route:
        """Add a route; one with the same name or pattern is replaced, as respx does.

        Args:
            route: The route, its pattern merged with the router's base.
            name: The name to find it by.
            filing: Where its pattern is filed, if that is known.

        Returns:
            The route that is now in the list: the replaced one keeps its place and its calls.
        """
        filing = filing or file_pattern(route.pattern)
        named, twin = self.by_name.pop(name or "", None), self._find_twin(route, filing)
        if named is not None and twin is not None and twin is not named:
            self._drop(twin)
        elif named is None and twin is not None:
            self._unname(twin)
        replaced = named if named is not None else twin
        if replaced is None:
            self.in_order.append(route)
            self._file(len(self.in_order) - 1, route, filing)
        elif replaced is not route:
            route = self._replace(replaced, route)
        if name:
            set_name(route, name)
            self.by_name[name] = route
        return route

    def pop(self, name: str, default: Any = ...) -> Any:
        """Remove a route by name and return it.

        Raises:
            KeyError: There is no such route, and no default.
        """
        if name not in self.by_name and default is not ...:
            return default
        route = self.by_name.pop(name)
        self._note_gone([route])
        self.in_order = [other for other in self.in_order if other is not route]
        self.reindex()
        return route

    def clear(self) -> None:
        """Remove all routes."""
        self._note_gone(self.in_order)
        super().clear()
        self.reindex()

    def __setitem__(self, i: slice, routes: RouteList) -> None:
        super().__setitem__(i, routes)
        self.gone = []  # a rollback assigns the list, and takes back what removed routes began
        self.reindex()

    def find_first(self, incoming: Incoming) -> Route | None:
        """Return the first route that matches, or None."""
        for _, route, matches in self._find_candidates(incoming):
            if matches or route.pattern.match(incoming.request):
                return route
        return None

    def list_candidates(self, request: httpx.Request) -> Iterator[Route]:
        """Yield the routes that may match, in respx's order; all others cannot."""
        for _, route, _ in self._find_candidates(Incoming.of(request)):
            yield route

    def _find_candidates(self, incoming: Incoming) -> list[Entry]:
        address = incoming.address
        query = None
        hits = [self._rest] if self._rest else []
        for by_method, by_host, by_query, by_scheme in self._forms:
            if by_query and query is None:
                query = list_query(QueryParams(address.url.query))
            key = (
                address.path,
                incoming.method if by_method else None,
                address.host if by_host else None,
                query if by_query else None,
                address.scheme if by_scheme else None,
            )
            if entries := self._filed.get(key):
                hits.append(entries)
        if len(hits) == 1:
            return hits[0]
        return sorted((entry for entries in hits for entry in entries), key=_position)

    def reindex(self) -> None:
        """Look at all patterns anew."""
        self._twins: dict[int, Route] = {}
        self._filed: dict[Key, list[Entry]] = {}
        self._forms: list[Form] = []
        self._rest: list[Entry] = []
        for position, route in enumerate(self.in_order):
            self._file(position, route, file_pattern(route.pattern))

    def _file(self, position: int, route: Route, filing: Filing) -> None:
        if id(route) in self._moved:
            self._rest.append((position, route, False))
            return
        if filing.identity is not None:
            self._twins[filing.identity] = route
        if not filing.keys:
            self._rest.append((position, route, False))
            return
        entry = (position, route, filing.decides)
        for key in filing.keys:
            self._filed.setdefault(key, []).append(entry)
        if filing.form not in self._forms:
            self._forms.append(filing.form)

    def _find_twin(self, route: Route, filing: Filing) -> Route | None:
        """Return the route that has the same pattern."""
        if filing.identity is None:  # respx compares hashes, and fails where there is none
            return route if _is_in(route, self.in_order) else None
        for moved in self._moved.values():
            if identify_pattern(moved.pattern) == filing.identity and _is_in(moved, self.in_order):
                return moved
        return self._twins.get(filing.identity)

    def _unname(self, route: Route) -> None:
        if route.name:
            del self.by_name[route.name]
            set_name(route, None)

    def _note_gone(self, routes: list[Route]) -> None:
        """Keep the routes that began what they were to do, and had not come to its end."""
        self.gone += [route for route in routes if route.called and may_have_loose_end(route)]

    def _drop(self, route: Route) -> None:
        self._note_gone([route])
        self._unname(route)
        self.in_order = [other for other in self.in_order if other is not route]
        self.reindex()

    def _replace(self, old: Route, new: Route) -> Route:
        """Let ``new`` answer in the place of ``old``, and return the route that is there now."""
        same_pattern = identify_pattern(new.pattern) == identify_pattern(old.pattern) is not None
        if isinstance(new, CodeRoute) and not isinstance(old, CodeRoute):
            # A plain route of respx cannot take a script over.
            self.in_order = [new if route is old else route for route in self.in_order]
            self.reindex()
            return new
        set_pattern(old, new.pattern)  # respx's own list copies the same
        old.return_value = new.return_value
        old.side_effect = new.side_effect
        old.pass_through(new.is_pass_through)
        if isinstance(old, CodeRoute):
            ours = new if isinstance(new, CodeRoute) else None
            old.script = ours.script if ours else None
            old.is_optional = ours.is_optional if ours else False
            old.is_forbidden = ours.is_forbidden if ours else False
        if not same_pattern:
            self._moved[id(old)] = old
            self.reindex()
        return old


def _is_in(route: Route, routes: list[Route]) -> bool:
    """Return whether this very route is in the list; respx calls routes with one pattern equal."""
    return any(other is route for other in routes)


def _position(entry: Entry) -> int:
    return entry[0]


def may_have_loose_end(route: Route) -> bool:
    """Return whether a route may not have been used as it was written; each test asks."""
    if not isinstance(route, CodeRoute):
        return True  # a plain route of respx: few tests have one, so it is always looked at
    if route.is_forbidden:  # it must not be called; a request to it was a finding at once
        return False
    script = route.script
    sent = (script is None or script.is_sent) and route.side_effect is None
    return not (sent and route.log) or route.gave_nothing or bool(route.broken_off)
