"""Why no route matched: the routes that came nearest, and what differed first."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pytest_errcodes.simulation.findings.describe import (
    describe_pattern,
    describe_request,
    key_of,
    wanted,
)
from pytest_errcodes.simulation.findings.difference import difference, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx
    from respx.models import Route
    from respx.patterns import Pattern

#: What a matching part is worth; every other part is worth 1.
_WEIGHT = {"method": 3, "host": 4, "url": 6, "path": 6}
_SHOWN = 3
#: So much of a path tells what is near; the time to compare grows with its third power.
_COMPARED = 200


def explain(request: httpx.Request, routes: Sequence[Route]) -> str:
    """Return the text for a request that no route matches: the request, and the nearest routes."""
    lines = [f"no route matches {describe_request(request)}"]
    if not routes:
        return "\n".join([*lines, "there are no routes yet"])
    nearest = _nearest(request, routes)
    lines.append("nearest route:" if len(nearest) == 1 else "nearest routes:")
    for route in nearest:
        lines += [
            f"  {describe_pattern(route.pattern)}",
            f"    {difference(request, route.pattern)}",
        ]
    if len(routes) > _SHOWN:
        lines.append(f"  (and {len(routes) - _SHOWN} more)")
    return "\n".join(lines)


def _nearest(request: httpx.Request, routes: Sequence[Route]) -> list[Route]:
    paths = difflib.SequenceMatcher(b=request.url.path[:_COMPARED], autojunk=False)

    def closeness(route: Route) -> float:
        return sum(_worth(request, part, paths) for part in ordered(route.pattern))

    return sorted(routes, key=closeness, reverse=True)[:_SHOWN]


def _worth(request: httpx.Request, part: Pattern, paths: difflib.SequenceMatcher[str]) -> float:
    weight = _WEIGHT.get(key_of(part), 1)
    if part.match(request):
        return weight
    if key_of(part) != "path" or not isinstance(part.value, str):
        return -weight / 2
    paths.set_seq1(wanted(part)[:_COMPARED])
    return (weight - 2) * paths.ratio()
