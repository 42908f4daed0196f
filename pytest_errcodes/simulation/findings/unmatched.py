"""Why no route answers: the routes that came nearest, what differed first; or who forbids it."""

from __future__ import annotations

import difflib
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_errcodes.simulation.findings.descriptions import (
    describe_part,
    describe_pattern,
    describe_request,
    find_key,
)
from pytest_errcodes.simulation.findings.finding import Difference, Finding, NearRoute
from pytest_errcodes.simulation.findings.request_difference import find_difference, sort_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx
    from respx.models import Route
    from respx.patterns import Pattern

#: What a matching part is worth; every other part is worth 1.
_WEIGHT = {"method": 3, "host": 4, "url": 6, "path": 6}
_SHOWN = 3
_WEBSOCKET = (
    "a route can refuse the handshake of a WebSocket, and no more; to talk, start a server in the "
    "test, and let it pass with .pass_through()"
)
#: Of a path so many characters are compared: the time grows with the third power of their number.
_COMPARED = 200


def make_finding(request: httpx.Request, routes: Sequence[Route]) -> Finding:
    """Return the finding of a request that no route matches, with the nearest routes."""
    nearest: tuple[NearRoute, ...] = ()
    # A pattern of others may raise anything: there is a finding all the same.
    with suppress(Exception):
        nearest = tuple(
            NearRoute(describe_pattern(route.pattern), find_difference(request, route.pattern))
            for route in _find_nearest(request, routes)
        )
    others = max(0, len(routes) - len(nearest))
    is_websocket = request.headers.get("upgrade", "").lower() == "websocket"
    hint = _WEBSOCKET if is_websocket else ""
    return Finding("unmatched-request", describe_request(request), hint, nearest, others)


def make_forbidden(request: httpx.Request, route: Route) -> Finding:
    """Return the finding of a request that a route forbids."""
    forbids = NearRoute(describe_pattern(route.pattern), Difference("forbids"))
    return Finding("forbidden-request", describe_request(request), "", (forbids,))


def _find_nearest(request: httpx.Request, routes: Sequence[Route]) -> list[Route]:
    paths = difflib.SequenceMatcher(b=request.url.path[:_COMPARED], autojunk=False)

    def measure(route: Route) -> float:
        return sum(_weigh(request, part, paths) for part in sort_parts(route.pattern))

    return sorted(routes, key=measure, reverse=True)[:_SHOWN]


def _weigh(request: httpx.Request, part: Pattern, paths: difflib.SequenceMatcher[str]) -> float:
    weight = _WEIGHT.get(find_key(part), 1)
    if part.match(request):
        return weight
    if find_key(part) != "path" or not isinstance(part.value, str):
        return -weight / 2
    paths.set_seq1(describe_part(part)[:_COMPARED])
    return (weight - 2) * paths.ratio()
