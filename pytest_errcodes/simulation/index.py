"""Looking a request's routes up instead of searching them.

respx walks all routes for each request and compares each new route with all others. A route
whose pattern fixes method, path and query can be found by these; what is left over is walked,
in respx's order. Whatever is found is still matched by respx's own patterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import httpx
from respx.models import RouteList
from respx.patterns import Lookup, Method, Params, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from respx.models import Route
    from respx.patterns import Pattern

Query = tuple[tuple[str, tuple[str, ...]], ...]
Key = tuple[str | None, str, Query | None]
Entry = tuple[int, "Route"]


class IndexedRoutes(RouteList):
    """respx's list of routes, with a look-up by method, path and query."""

    def __init__(self, routes: RouteList | None = None) -> None:
        super().__init__(routes)
        self._reindex()

    def add(self, route: Route, name: str | None = None) -> Route:
        """Add a route; one with the same name or pattern is replaced, as respx does."""
        if name in self._names or hash(route.pattern) in self._patterns:
            route = super().add(route, name)
            self._reindex()
            return route
        self._routes.append(route)
        self._file(len(self._routes) - 1, route)
        if name:
            route._name = name  # noqa: SLF001  # respx's list is what gives a route its name
            self._names[name] = route
        return route

    def pop(self, name: str, default: Any = ...) -> Any:
        """Remove a route by name and return it, as respx does."""
        route = super().pop(name, default)
        self._reindex()
        return route

    def clear(self) -> None:
        """Remove all routes."""
        super().clear()
        self._reindex()

    def __setitem__(self, i: slice, routes: RouteList) -> None:
        super().__setitem__(i, routes)
        self._reindex()

    def candidates(self, request: httpx.Request) -> Iterator[Route]:
        """Yield the routes that may match, in respx's order; all others cannot."""
        found = self._found(request)
        if self._rest:
            found = sorted([*found, *self._rest], key=_position) if found else self._rest
        for _, route in found:
            yield route

    def _found(self, request: httpx.Request) -> list[Entry]:
        path, method = request.url.path, request.method
        lists = [self._filed.get((method, path, None)), self._filed.get((None, path, None))]
        if self._queries:
            query = _query(httpx.QueryParams(request.url.query))
            lists += [self._filed.get((method, path, query)), self._filed.get((None, path, query))]
        hits = [entries for entries in lists if entries]
        if len(hits) == 1:
            return hits[0]
        return sorted((entry for entries in hits for entry in entries), key=_position)

    def _reindex(self) -> None:
        self._patterns: set[int] = set()
        self._filed: dict[Key, list[Entry]] = {}
        self._rest: list[Entry] = []
        self._queries = False
        for position, route in enumerate(self._routes):
            self._file(position, route)

    def _file(self, position: int, route: Route) -> None:
        self._patterns.add(hash(route.pattern))
        keys = _keys(route.pattern)
        for key in keys:
            self._filed.setdefault(key, []).append((position, route))
            self._queries = self._queries or key[2] is not None
        if not keys:
            self._rest.append((position, route))


def _position(entry: Entry) -> int:
    return entry[0]


def _keys(pattern: Pattern) -> set[Key]:
    """Return the keys under which alone a request can match; none if it must be searched."""
    method: str | None = None
    query: Query | None = None
    paths: set[str] = set()
    for part in conjunction(pattern):
        if part.lookup is not Lookup.EQUAL:
            continue
        if isinstance(part, Method) and isinstance(part.value, str):
            method = part.value
        elif isinstance(part, Path) and isinstance(part.value, str):
            paths = _paths(part)
        elif isinstance(part, Params) and part.base is None:
            query = _fixed_query(part.value)
    return {(method, path, query) for path in paths}


def conjunction(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the parts that must all match; a part made of alternatives is left out."""
    from respx.patterns import _And, _Invert, _Or

    if isinstance(pattern, _And):
        for part in pattern.value:
            yield from conjunction(part)
    elif pattern and not isinstance(pattern, _Or | _Invert):
        yield pattern


def _paths(part: Path) -> set[str]:
    """Return the paths that fit; respx strips a base with or without its last slash."""
    path = str(part.value)
    if part.base is None:
        return {path}
    if part.base.lookup is not Lookup.STARTS_WITH or not isinstance(part.base.value, str):
        return set()
    return {part.base.value + path, part.base.value + path[1:]}


def _query(params: httpx.QueryParams) -> Query:
    return tuple((name, tuple(params.get_list(name))) for name in sorted(params.keys()))


def _fixed_query(params: httpx.QueryParams) -> Query | None:
    """Return the query to look up, or None where a value stands for any other."""
    query = _query(params)
    anything = any(value == str(ANY) for _, values in query for value in values)
    return None if anything else query
